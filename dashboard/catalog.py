"""The catalogue: case kinds, clocks, bands and wall pages, read once from data/catalog/*.toml and checked.

A mistake in a file is a UserError that names the file, the line, what stands there and what is allowed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from functools import cached_property
from pathlib import Path

from dashboard.domain.clocks import ClockRule, Limit, WorkHours, parse_limit
from dashboard.domain.errors import NotFound, UserError
from dashboard.domain.evaluation.model import BANDS
from dashboard.domain.measures import MEASURES
from dashboard.domain.workflow import SEVERITIES
from dashboard.tomlfile import TomlFile, flag, name, one_of, share, whole

FOLDER = Path(__file__).parents[1] / "data" / "catalog"
LOOKS = ("figures", "evaluation")


@dataclass(frozen=True, slots=True)
class Group:
    key: str
    name: str
    name_en: str


@dataclass(frozen=True, slots=True)
class Kind:
    key: str
    group: str
    name: str
    name_en: str
    clock: str
    severity: str
    unit: str
    request: bool = False
    sensitive: bool = False
    public: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """`look`: which panels it shows, see LOOKS. `kind`: the group or kind of cases it looks at ("" all)."""

    key: str
    name: str
    name_en: str
    kind: str = ""
    look: str = "figures"


@dataclass(frozen=True)
class Bands:
    """Provisional process score: `weights` by measure, `cuts` lower bounds from A to E, `minimum` cases due."""

    weights: Mapping[str, float]
    cuts: tuple[tuple[str, float], ...]
    minimum: int
    digits: int

    def band(self, score: float | None) -> str | None:
        """The letter for a score already rounded to `digits`; None stays None."""
        return None if score is None else next(letter for letter, low in self.cuts if score >= low)


@dataclass(frozen=True, slots=True)
class SimilarRule:
    """When a case is suggested as being about the same: reported within `days`, within `metres`, scored `least` or more
    of 1, `most` of them."""

    days: int
    metres: int
    least: float
    most: int


@dataclass(frozen=True)
class Catalog:
    groups: Mapping[str, Group]
    kinds: Mapping[str, Kind]
    clocks: Mapping[str, ClockRule]
    hours: WorkHours
    arbitrate: Limit  # time for deciding an objection
    similar: SimilarRule
    bands: Bands
    pages: tuple[Page, ...]
    rotation_seconds: int
    announced: tuple[str, ...] = ()  # severities of which the wall announces a new case
    announce_seconds: int = 12

    @cached_property
    def members(self) -> Mapping[str, tuple[str, ...]]:
        """Kinds of each group, in file order."""
        return {g: tuple(k.key for k in self.kinds.values() if k.group == g) for g in self.groups}

    @cached_property
    def sensitive(self) -> frozenset[str]:
        """Kinds whose text does not reach the wall."""
        return frozenset(key for key, kind in self.kinds.items() if kind.sensitive)

    def check_kind(self, key: str) -> str:
        """A group's or a kind's key, or "" for all; NotFound for anything else."""
        if key and key not in self.kinds and key not in self.groups:
            raise NotFound("kind", "unknown kind of case", got=key, allowed=[*self.groups, *self.kinds])
        return key

    def page(self, key: str) -> Page:
        found = next((page for page in self.pages if page.key == key), None)
        if found is None:
            raise NotFound("page", "unknown page", got=key, allowed=[page.key for page in self.pages])
        return found


def load_catalog(folder: Path = FOLDER) -> Catalog:
    """Read and check the four files. Raises UserError at the first mistake."""
    clock_file, kind_file = TomlFile(folder / "clocks.toml"), TomlFile(folder / "kinds.toml")
    band_file, wall_file = TomlFile(folder / "bands.toml"), TomlFile(folder / "wall.toml")
    for file, tables in (
        (clock_file, ("work", "clock")),
        (kind_file, ("similar", "group", "kind")),
        (wall_file, ("seconds", "announce", "announce_seconds", "page")),
    ):
        file.known(tables)
    band_file.known(("minimum", "digits", "weights", "cuts"))
    names = {"key": name, "name": name, "name_en": name}
    hours = _hours(clock_file)
    limits = dict.fromkeys(("accept", "handle", "verify", "close"), lambda text: parse_limit(text, hours))
    clocks = clock_file.rows("clock", ClockRule, names | limits | {"yellow": share})
    groups = kind_file.rows("group", Group, names)
    checks = names | {
        "request": flag,
        "sensitive": flag,
        "public": flag,
        "unit": name,
        "group": one_of(groups),
        "clock": one_of(clocks),
        "severity": one_of(SEVERITIES),
    }
    kinds = kind_file.rows("kind", Kind, checks)
    pages = wall_file.rows("page", Page, names | {"kind": one_of(["", *groups, *kinds]), "look": one_of(LOOKS)})
    seconds = wall_file.value("seconds", whole)
    for key in kinds.keys() & groups.keys():
        raise kind_file.error("a kind has the name of a group", f'key = "{key}"', got=key)
    similar = kind_file.table("similar", SimilarRule, {"days": whole, "metres": whole, "least": share, "most": whole})
    arbitrate, bands = _arbitrate(clock_file, hours), _bands(band_file)
    return Catalog(groups, kinds, clocks, hours, arbitrate, similar, bands, tuple(pages.values()), seconds,
                   _announced(wall_file), wall_file.value("announce_seconds", whole))  # fmt: skip


def _announced(file: TomlFile) -> tuple[str, ...]:
    given = file.data.get("announce", [])
    if not isinstance(given, list) or any(one not in SEVERITIES for one in given):
        raise file.error("[] announce", r"^announce\b", got=given, allowed=SEVERITIES)
    return tuple(given)


def _hours(file: TomlFile) -> WorkHours:
    spans = file.data.get("work", {}).get("hours", [])
    try:
        pairs = tuple(tuple(time.fromisoformat(part) for part in span.split("-")) for span in spans)
    except (ValueError, AttributeError):
        pairs = ()
    flat = [at for pair in pairs for at in pair]
    if not pairs or any(len(pair) != 2 for pair in pairs) or flat != sorted(set(flat)):
        raise file.error("[work] hours", r"^hours", got=spans, allowed='spans in order, like "08:30-12:00"')
    return WorkHours(pairs)


def _arbitrate(file: TomlFile, hours: WorkHours) -> Limit:
    text = file.data.get("work", {}).get("arbitrate", "")
    try:
        return parse_limit(text, hours)
    except UserError as error:
        raise file.error("[work] arbitrate", r"^arbitrate", got=text, allowed=error.allowed) from None


def _bands(file: TomlFile) -> Bands:
    weights, cuts = file.data.get("weights", {}), file.data.get("cuts", {})
    rates = [key for key, measure in MEASURES.items() if measure.unit == "%"]
    for key in weights.keys() - set(rates):
        raise file.error("unknown measure in [weights]", rf"^{key}\s*=", got=key, allowed=rates)
    for key, value in (*weights.items(), *cuts.items()):
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise file.error("not a number", rf"^{key}\s*=", got=value, allowed="a number, without quotes")
    if abs(sum(weights.values()) - 1) > 1e-9:
        raise file.error("[weights] must add up to 1", r"^\[weights\]", got=round(sum(weights.values()), 6))
    if tuple(cuts) != BANDS or list(cuts.values()) != sorted(cuts.values(), reverse=True) or cuts["E"] != 0:
        raise file.error("[cuts] must fall from A to E, and E start at 0", r"^\[cuts\]", got=dict(cuts))
    digits = file.value("digits", whole)
    return Bands(dict(weights), tuple(cuts.items()), file.value("minimum", whole), digits)
