"""What a mapping says: how one source's columns become cases. Records only; reading the file is `mapping_file`.

A column is named as in the source's header. "" stands for a column the source does not have.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from string import Formatter
from zoneinfo import ZoneInfo

REJECT = "reject"  # as a region's `unassigned`: the row cannot be imported
STAGES = ("accepted", "dispatched", "handled", "verified")


@dataclass(frozen=True, slots=True)
class DatasetPart:
    """What every screen says about the records."""

    key: str
    name: str
    source: str
    synthetic: bool = False
    as_of: datetime | None = None  # a finished set: when it was taken, in the zone of its times; the wall stands there


@dataclass(frozen=True, slots=True)
class RecordPart:
    """`key`: the source's own key. `title`: columns joined with " · ". `severity`: a code, or "kind" for its usual one.

    `requests`: kinds that are requests count in the repeat rate; only where the source's repeats are known.
    """

    key: str
    title: tuple[str, ...]
    description: str = ""
    address: str = ""
    unit: str = ""
    note: str = ""  # goes with the closing step
    attrs: tuple[str, ...] = ()
    severity: str = "kind"
    tier: str = "county"
    requests: bool = False


@dataclass(frozen=True, slots=True)
class TimesPart:
    """`zone`: of times without an offset; of all of them where offsets are not to be trusted."""

    reported: str
    zone: ZoneInfo
    formats: tuple[str, ...]
    trust_offset: bool = True
    closed: str = ""
    updated: str = ""
    accepted: str = ""
    dispatched: str = ""
    handled: str = ""
    verified: str = ""

    def columns(self) -> dict[str, str]:
        """{time: column} of the times the source has."""
        names = ("reported", "closed", "updated", *STAGES)
        return {name: column for name in names if (column := getattr(self, name))}


@dataclass(frozen=True, slots=True)
class ValuesPart:
    """Values of one column and what they mean; `default` "": an unknown value is a reason to reject."""

    column: str
    values: Mapping[str, str]
    default: str = ""


@dataclass(frozen=True, slots=True)
class KindRule:
    """The kind of rows in which every column of `when` matches its pattern (* and ?, case ignored)."""

    kind: str
    when: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class RegionRule:
    """One level of the region rule: a node below the one found before, by `code` or by `name`.

    `code`: a template over columns and {parent}, e.g. "SF-{district:02}". `name`: a column with names.
    `unassigned`: template of the code that takes rows without a value or with an unknown one, or "reject".
    """

    level: str
    unassigned: str
    code: str = ""
    name: str = ""

    def columns(self) -> set[str]:
        return {self.name} - {""} | template_fields(self.code) | template_fields(self.unassigned)


@dataclass(frozen=True, slots=True)
class PositionPart:
    """WGS-84 degrees. `within`: west, south, east, north; empty: the box around the pack."""

    lon: str
    lat: str
    within: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class ClockPart:
    """`key`: a clock of the catalogue, "kind" for the kind's own, "none". `limits`: which of its limits are set."""

    key: str
    limits: tuple[str, ...] = ()


@dataclass(frozen=True)
class SourceMapping:
    """A whole mapping, checked. `file` is its name, for messages."""

    file: str
    dataset: DatasetPart
    record: RecordPart
    times: TimesPart
    state: ValuesPart
    kinds: tuple[KindRule, ...]
    regions: tuple[RegionRule, ...]
    clock: ClockPart
    channel: ValuesPart | None = None
    position: PositionPart | None = None
    columns: tuple[str, ...] = field(init=False)

    def __post_init__(self):
        object.__setattr__(self, "columns", tuple(sorted(self._columns())))

    def _columns(self) -> set[str]:
        record = self.record
        named = {record.key, *record.title, record.description, record.address, record.unit, record.note, *record.attrs}
        named |= set(self.times.columns().values()) | {self.state.column}
        named |= {self.channel.column} if self.channel else set()
        named |= {self.position.lon, self.position.lat} if self.position else set()
        named |= {column for rule in self.kinds for column in rule.when}
        named |= {column for rule in self.regions for column in rule.columns()}
        return named - {""}

    def unrecorded(self) -> tuple[str, ...]:
        """Stages the source says nothing about: no figure on them can be read out of these records."""
        return tuple(stage for stage in STAGES if not getattr(self.times, stage))


def template_fields(template: str) -> set[str]:
    """Columns a template names, {parent} left out. Raises ValueError for a broken template."""
    return {name for _, name, _, _ in Formatter().parse(template) if name is not None} - {"parent"}
