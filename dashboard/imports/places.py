"""Which region a row belongs to, by the region rules of a mapping, and whether its position can be believed."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from string import Formatter

import numpy as np
import pandas as pd

from dashboard.domain.errors import UserError
from dashboard.domain.regions import LEVELS, Region
from dashboard.imports.mapping import REJECT, RegionRule, SourceMapping, template_fields


@dataclass(frozen=True, slots=True)
class Place:
    """`codes`: of province, city ... grid, None where the path has no such level. `flag`, `fault`: or ""."""

    code: str
    codes: tuple[str | None, ...]
    flag: str = ""
    fault: str = ""


class Places:
    """The regions of one pack, down to the deepest level of the rules. Checks the rules against them."""

    def __init__(self, mapping: SourceMapping, root: str, regions: Iterable[Region]):
        self.mapping, self.root = mapping, root
        self._nodes = {region.code: region for region in regions}
        self._names: dict[tuple[str, str], list[Region]] = defaultdict(list)
        for node in self._nodes.values():
            for name in {node.name.casefold(), node.short_name.casefold()}:
                self._names[node.level, name].append(node)
        self.columns = tuple(sorted({column for rule in mapping.regions for column in rule.columns()}))
        self._check()

    def find(self, values: tuple[str, ...]) -> Place:
        """The place of a row whose `columns` have these values."""
        cells, node, flag = dict(zip(self.columns, values, strict=True)), self._nodes[self.root], ""
        for rule in self.mapping.regions:
            found = self._match(rule, node, cells)
            if found is None and rule.unassigned == REJECT:
                return Place("", (), fault=f"{_asked(rule, cells)}: no such {rule.level} in {node.name}")
            if found is None:
                flag = flag or f"unassigned_{rule.level}"
                found = self._nodes.get(_fill(rule.unassigned, node, cells) or "")
            if found is None:
                return Place("", (), fault=f"{_asked(rule, cells)}: neither it nor its unassigned {rule.level} exists")
            node = found
        if node.ancestor("county") is None:
            return Place("", (), fault=f"region {node.code} lies in no county")
        return Place(node.code, tuple(node.ancestor(level) for level in LEVELS), flag)

    def _match(self, rule: RegionRule, parent: Region, cells: Mapping[str, str]) -> Region | None:
        """The one node of the rule's level below `parent` that the row names; None also where names are ambiguous."""
        if rule.code:
            code = _fill(rule.code, parent, cells)
            candidates = [self._nodes[code]] if code in self._nodes else []
        else:
            candidates = self._names.get((rule.level, cells[rule.name].casefold()), [])
        below = [node for node in candidates if node.level == rule.level and _lies_in(node, parent.code)]
        return below[0] if len(below) == 1 else None

    def _check(self) -> None:
        """Every unassigned node that can be needed is there."""
        levels = [rule.level for rule in self.mapping.regions]
        if LEVELS.index(levels[-1]) < LEVELS.index("county"):
            raise self._error("no region rule reaches a county", levels, "county or a level below it")
        parents = [self._nodes[self.root]]
        for rule in self.mapping.regions:
            if rule.unassigned != REJECT and not template_fields(rule.unassigned):
                for parent in parents:
                    self._check_node(rule, _fill(rule.unassigned, parent, {}))
            parents = [node for node in self._nodes.values() if node.level == rule.level]

    def _check_node(self, rule: RegionRule, code: str | None) -> None:
        node = self._nodes.get(code or "")
        if node is None or node.level != rule.level:
            what = f"[[region]] {rule.level}: unassigned is no {rule.level} of this region pack"
            raise self._error(what, code, "a code of the pack, or reject")

    def _error(self, what: str, got: object, allowed: str) -> UserError:
        return UserError("mapping", f"{self.mapping.file}: {what}", got=got, allowed=allowed)


class _Template(Formatter):
    """Digits count as numbers where a format is asked for, so {district:02} makes 06 out of 6."""

    def format_field(self, value: str, spec: str) -> str:
        return super().format_field(int(value) if spec and value.isdecimal() else value, spec)


def _fill(template: str, parent: Region, cells: Mapping[str, str]) -> str | None:
    """The template with its values; None where one is empty or does not fit."""
    if not all(cells[column] for column in template_fields(template)):
        return None
    try:
        return _Template().format(template, parent=parent.code, **cells)
    except (ValueError, KeyError, IndexError):
        return None


def _lies_in(node: Region, code: str) -> bool:
    return any(code == ancestor for _, ancestor in node.path)


def _asked(rule: RegionRule, cells: Mapping[str, str]) -> str:
    wanted = [rule.name] if rule.name else sorted(template_fields(rule.code))
    return ", ".join(f"{column} {cells[column]!r}" for column in wanted)


def positions(lon: list[str], lat: list[str], box: tuple[float, ...]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """(n,) longitudes and latitudes, NaN where there is none; and where one was given but lies outside `box`.

    0,0 is how many programs write "unknown", so it is no position. `box`: west, south, east, north; () for none.
    """
    x, y = (
        pd.to_numeric(pd.Series(texts, dtype=object), errors="coerce").to_numpy(dtype=float) for texts in (lon, lat)
    )
    given = np.isfinite(x) & np.isfinite(y) & ~((x == 0) & (y == 0))
    west, south, east, north = box or (-180, -90, 180, 90)
    inside = given & (west <= x) & (x <= east) & (south <= y) & (y <= north)
    return np.where(inside, x, np.nan), np.where(inside, y, np.nan), given & ~inside


def _floats(texts: list[str]) -> np.ndarray:
    return pd.to_numeric(pd.Series(texts, dtype=object), errors="coerce").to_numpy(dtype=float)
