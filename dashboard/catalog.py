"""The catalogue: case kinds, clocks, bands and wall pages, read once from data/catalog/*.toml and checked.

A mistake in a file is a UserError that names the file, the line, what stands there and what is allowed.
"""

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, fields
from datetime import time
from functools import cached_property
from pathlib import Path

from dashboard.domain.clocks import Limit, WorkHours, parse_limit
from dashboard.domain.errors import NotFound, UserError
from dashboard.domain.measures import MEASURES
from dashboard.domain.workflow import SEVERITIES

FOLDER = Path(__file__).parents[1] / "data" / "catalog"
BANDS = ("A", "B", "C", "D", "E")


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


@dataclass(frozen=True, slots=True)
class Clock:
    key: str
    name: str
    name_en: str
    accept: Limit
    handle: Limit
    verify: Limit
    close: Limit
    yellow: float


@dataclass(frozen=True, slots=True)
class Page:
    key: str
    name: str
    name_en: str
    kind: str = ""


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


@dataclass(frozen=True)
class Catalog:
    groups: Mapping[str, Group]
    kinds: Mapping[str, Kind]
    clocks: Mapping[str, Clock]
    hours: WorkHours
    bands: Bands
    pages: tuple[Page, ...]
    rotation_seconds: int

    @cached_property
    def members(self) -> Mapping[str, tuple[str, ...]]:
        """Kinds of each group, in file order."""
        return {g: tuple(k.key for k in self.kinds.values() if k.group == g) for g in self.groups}

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
    clock_file, kind_file = _File(folder / "clocks.toml"), _File(folder / "kinds.toml")
    band_file, wall_file = _File(folder / "bands.toml"), _File(folder / "wall.toml")
    hours = _hours(clock_file)
    limits = dict.fromkeys(("accept", "handle", "verify", "close"), lambda text: parse_limit(text, hours))
    clocks = clock_file.rows("clock", Clock, limits | {"yellow": _share})
    groups = kind_file.rows("group", Group)
    checks = {"group": _one_of(groups), "clock": _one_of(clocks), "severity": _one_of(SEVERITIES)}
    kinds = kind_file.rows("kind", Kind, checks)
    pages = wall_file.rows("page", Page, {"kind": _one_of(["", *groups, *kinds])})
    seconds = wall_file.value("seconds", _whole)
    for key in kinds.keys() & groups.keys():
        raise kind_file.error("a kind has the name of a group", f'key = "{key}"', got=key)
    return Catalog(groups, kinds, clocks, hours, _bands(band_file), tuple(pages.values()), seconds)


class _File:
    """One TOML file, with the line numbers that tomllib does not keep."""

    def __init__(self, path: Path):
        self.path = path
        try:
            self.text = path.read_text(encoding="utf-8")
            self.data = tomllib.loads(self.text)
        except FileNotFoundError:
            raise UserError("catalog", f"{path.name} is missing", hint=f"put it into {path.parent.name}/") from None
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise UserError("catalog", f"{path.name} is not valid TOML: {error}") from None

    def error(self, what: str, near: str, *, got: object = None, allowed: object = None, nth: int = 0) -> UserError:
        return UserError("catalog", f"{self.path.name} line {self._line(near, nth)}: {what}", got=got, allowed=allowed)

    def value(self, name: str, check: Callable) -> object:
        if name not in self.data:
            raise self.error(f"{name} is missing", "", allowed=f"{name} = ...")
        return self._checked(check, self.data[name], name, rf"^\s*{name}\s*=", 0)

    def rows(self, table: str, kind: type, checks: Mapping[str, Callable] | None = None) -> dict:
        """The array of tables `table` as {key: kind(...)}, in file order; fields checked by `checks`."""
        entries = self.data.get(table)
        if not isinstance(entries, list) or not entries:
            raise self.error(f"no [[{table}]] here", "", allowed=f"at least one [[{table}]]")
        out: dict = {}
        for nth, entry in enumerate(entries):
            row = self._row(table, nth, entry, kind, checks or {})
            if row.key in out:
                raise self.error("key stands twice", rf"\[\[{table}\]\]", got=row.key, nth=nth)
            out[row.key] = row
        return out

    def _row(self, table: str, nth: int, entry: dict, kind: type, checks: Mapping[str, Callable]) -> object:
        known = {field.name: field for field in fields(kind)}
        start = rf"\[\[{table}\]\]"
        for name in entry.keys() - known.keys():
            raise self.error(f"unknown field in [[{table}]]", start, got=name, allowed=list(known), nth=nth)
        for name, field in known.items():
            if name not in entry and field.default is MISSING:
                raise self.error(f"[[{table}]] lacks a field", start, got=sorted(entry), allowed=list(known), nth=nth)
        values = {name: self._checked(checks.get(name, _plain), value, name, start, nth) for name, value in entry.items()}
        return kind(**values)

    def _checked(self, check: Callable, value: object, name: str, near: str, nth: int) -> object:
        try:
            return check(value)
        except UserError as error:
            what = f"{name}: {error.what}"
            raise self.error(what, near, got=error.got, allowed=error.allowed, nth=nth) from None

    def _line(self, pattern: str, nth: int) -> int:
        if not pattern:
            return 1
        starts = [m.start() for m in re.finditer(pattern, self.text, re.MULTILINE)]
        return self.text.count("\n", 0, starts[nth]) + 1 if nth < len(starts) else 1



def _plain(value: object) -> object:
    if not isinstance(value, (str, bool)) or value == "":
        raise UserError("catalog", "expected words or true/false", got=value)
    return value


def _one_of(allowed: object) -> Callable:
    def check(value: object) -> object:
        if value not in allowed:
            raise UserError("catalog", "not one of the known values", got=value, allowed=[a for a in allowed if a])
        return value

    return check


def _share(value: object) -> float:
    if not isinstance(value, (int, float)) or not 0 < value < 1:
        raise UserError("catalog", "expected a share", got=value, allowed="above 0 and below 1")
    return float(value)


def _whole(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise UserError("catalog", "expected a whole number", got=value, allowed="1 or more")
    return value


def _hours(file: _File) -> WorkHours:
    spans = file.data.get("work", {}).get("hours", [])
    try:
        pairs = tuple(tuple(time.fromisoformat(part) for part in span.split("-")) for span in spans)
    except (ValueError, AttributeError):
        pairs = ()
    flat = [at for pair in pairs for at in pair]
    if not pairs or any(len(pair) != 2 for pair in pairs) or flat != sorted(set(flat)):
        raise file.error("[work] hours", r"^hours", got=spans, allowed='spans in order, like "08:30-12:00"')
    return WorkHours(pairs)


def _bands(file: _File) -> Bands:
    weights, cuts = file.data.get("weights", {}), file.data.get("cuts", {})
    rates = [key for key, measure in MEASURES.items() if measure.unit == "%"]
    for key in weights.keys() - set(rates):
        raise file.error("unknown measure in [weights]", rf"^{key}\s*=", got=key, allowed=rates)
    if abs(sum(weights.values()) - 1) > 1e-9:
        raise file.error("[weights] must add up to 1", r"^\[weights\]", got=round(sum(weights.values()), 6))
    if tuple(cuts) != BANDS or list(cuts.values()) != sorted(cuts.values(), reverse=True) or cuts["E"] != 0:
        raise file.error("[cuts] must fall from A to E, and E start at 0", r"^\[cuts\]", got=dict(cuts))
    digits = file.value("digits", _whole)
    return Bands(dict(weights), tuple(cuts.items()), file.value("minimum", _whole), digits)
