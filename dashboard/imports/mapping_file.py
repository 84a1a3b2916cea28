"""Reads a mapping file (TOML) and checks all of it before the first row is read.

Every mistake is a UserError that names file, line, what stands there and what is allowed.
What needs the region pack is checked by `places`, what needs the source's header by `reading`.
"""

from pathlib import Path
from zoneinfo import ZoneInfo, available_timezones

from dashboard.catalog import Catalog
from dashboard.domain.errors import UserError
from dashboard.domain.regions import LEVELS
from dashboard.domain.workflow import CLOCKS, SEVERITIES, SOURCES, STATES, TIERS
from dashboard.imports.mapping import (
    ClockPart,
    DatasetPart,
    KindRule,
    PositionPart,
    RecordPart,
    RegionRule,
    SourceMapping,
    TimesPart,
    ValuesPart,
    template_fields,
)
from dashboard.tomlfile import TomlFile, flag, list_of, moment, one_of, plain, table_of, words

TABLES = ("dataset", "record", "times", "state", "channel", "kind", "region", "position", "clock")
KEY_LENGTH, NAME_LENGTH = 32, 200


def load_mapping(path: Path, catalog: Catalog) -> SourceMapping:
    """The mapping in `path`. Raises UserError("mapping") at the first mistake."""
    file = TomlFile(path, "mapping")
    file.known(TABLES)
    mapping = SourceMapping(
        file=path.name,
        dataset=file.table("dataset", DatasetPart, {"key": _short, "name": _name, "synthetic": flag, "as_of": moment}),
        record=_record(file),
        times=_times(file),
        state=_values(file, "state", STATES),
        channel=_values(file, "channel", SOURCES) if "channel" in file.data else None,
        kinds=_kinds(file, catalog),
        regions=_regions(file),
        position=_position(file) if "position" in file.data else None,
        clock=_clock(file, catalog),
    )
    _check_limits(file, mapping)
    return mapping


def _check_limits(file: TomlFile, mapping: SourceMapping) -> None:
    """A limit can only be set where the source tells when its clock starts."""
    for limit, start in (("handle", "accepted"), ("verify", "handled")):
        if limit in mapping.clock.limits and not getattr(mapping.times, start):
            what = f"the limit {limit} starts at a time the source does not tell"
            raise file.error_in("clock", "limits", what, got=limit, allowed=f"with {start} = COLUMN in [times]")


def _record(file: TomlFile) -> RecordPart:
    columns = list_of(plain)
    optional = dict.fromkeys(("description", "address", "unit", "note"), words)
    checks = {"title": columns, "attrs": columns, "severity": one_of(["kind", *SEVERITIES])}
    checks |= {"tier": one_of(TIERS), "requests": flag}
    return file.table("record", RecordPart, optional | checks)


def _times(file: TomlFile) -> TimesPart:
    optional = dict.fromkeys(("closed", "updated", "accepted", "dispatched", "handled", "verified"), words)
    checks = {"zone": _zone, "formats": _formats, "trust_offset": flag}
    return file.table("times", TimesPart, optional | checks)


def _values(file: TomlFile, table: str, allowed: object) -> ValuesPart:
    known = one_of(allowed)
    checks = {"values": table_of(known), "default": lambda value: value if value == "" else known(value)}
    return file.table(table, ValuesPart, checks)


def _kinds(file: TomlFile, catalog: Catalog) -> tuple[KindRule, ...]:
    rules = file.entries("kind", KindRule, {"kind": one_of(catalog.kinds), "when": table_of(words)})
    for nth, rule in enumerate(rules[:-1]):
        if not rule.when:
            raise file.error_in("kind", "when", "a rule without conditions hides the rules after it",
                                got={}, allowed="as the last rule only", nth=nth)  # fmt: skip
    return tuple(rules)


def _regions(file: TomlFile) -> tuple[RegionRule, ...]:
    checks = {"level": one_of(LEVELS), "code": _template, "unassigned": _template}
    rules = file.entries("region", RegionRule, checks)
    for nth, rule in enumerate(rules):
        if bool(rule.code) == bool(rule.name):
            what = "a region is found by its code or by its name"
            raise file.error_in("region", "code", what, got=[rule.code, rule.name], allowed="one of the two", nth=nth)
    levels = [rule.level for rule in rules]
    if levels != [level for level in LEVELS if level in levels]:
        raise file.error_in("region", "level", "levels run from the top down", got=levels, allowed=LEVELS)
    return tuple(rules)


def _position(file: TomlFile) -> PositionPart:
    return file.table("position", PositionPart, {"within": _box})


def _clock(file: TomlFile, catalog: Catalog) -> ClockPart:
    limits = list_of(one_of([*CLOCKS, "close"]))
    part = file.table("clock", ClockPart, {"key": one_of(["none", "kind", *catalog.clocks]), "limits": limits})
    if (part.key == "none") != (not part.limits):
        what = "a clock needs limits, and no clock has none"
        raise file.error_in("clock", "limits", what, got=part.limits, allowed=[*CLOCKS, "close"])
    return part


def _short(value: object) -> str:
    return _sized(value, KEY_LENGTH)


def _name(value: object) -> str:
    return _sized(value, NAME_LENGTH)


def _sized(value: object, length: int) -> str:
    if not isinstance(value, str) or not value or len(value) > length:
        raise UserError("mapping", "expected words", got=value, allowed=f"1 to {length} characters")
    return value


def _zone(value: object) -> ZoneInfo:
    if value not in available_timezones():
        raise UserError("mapping", "unknown time zone", got=value, allowed="IANA names such as Asia/Shanghai")
    return ZoneInfo(value)


def _formats(value: object) -> tuple[str, ...]:
    formats = list_of(plain)(value)
    if not formats or not all("%" in text for text in formats):
        raise UserError("mapping", "not a list of time formats", got=value, allowed='like ["%Y-%m-%d %H:%M:%S%z"]')
    return formats


def _template(value: object) -> str:
    try:
        template_fields(words(value))
    except ValueError as error:
        raise UserError("mapping", f"not a template: {error}", got=value, allowed='like "SF-{district:02}"') from None
    return value


def _box(value: object) -> tuple[float, ...]:
    numbers = isinstance(value, list) and len(value) == 4 and all(isinstance(n, (int, float)) for n in value)
    if not numbers or not (-180 <= value[0] < value[2] <= 180 and -90 <= value[1] < value[3] <= 90):
        raise UserError("mapping", "not a box", got=value, allowed="[west, south, east, north] in degrees")
    return tuple(float(number) for number in value)
