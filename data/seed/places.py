"""Where demo cases happen: the leaves of a region tree as arrays.

Answers for turning region rows into arrays with every ancestor. Leaves how often something happens there to `where`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from dashboard.domain.errors import UserError
from dashboard.domain.regions import LEVELS

_CALLED = {"village": "short_name"}
"""In an address a village goes by its short name (大石村, not 大石村村委会); grids are named after it."""


class RegionLike(Protocol):
    """What is read of a region: data.regions.RegionRow and the row of the table region both have it."""

    code: str
    level: str
    name: str
    short_name: str
    parent_code: str | None
    lon: float | None
    lat: float | None
    population: int | None


@dataclass(frozen=True)
class Places:
    """n leaves (grids where the pack has them) that lie in a county, ordered by county and code.

    `codes[level]` and `names[level]`: (n,) objects, None where the path has no such level. `lon`, `lat`: WGS-84
    degrees, NaN unknown. `population`: persons, at least 1. `county`, `township`: (n,) positions in `counties` and
    `townships` (codes, sorted; a leaf outside townships has -1). `calendar`: ISO code such as CN or US-CA.
    """

    pack: str
    calendar: str
    codes: dict[str, np.ndarray]
    names: dict[str, np.ndarray]
    lon: np.ndarray
    lat: np.ndarray
    population: np.ndarray
    county: np.ndarray
    counties: np.ndarray
    township: np.ndarray
    townships: np.ndarray

    def __len__(self) -> int:
        return len(self.lon)


def make_places(rows: Iterable[RegionLike], *, pack: str, calendar: str = "CN") -> Places:
    """Places of a pack's regions, in any order. Raises UserError when none lies in a county."""
    by_code = {row.code: row for row in rows}
    parents = {row.parent_code for row in by_code.values()}
    paths = [_path(row, by_code) for row in by_code.values() if row.code not in parents]
    paths = [path for path in paths if "county" in path]
    paths.sort(key=lambda path: (path["county"].code, _leaf(path).code))
    if not paths:
        raise UserError("places", f"no region of {pack} lies in a county", hint="demo cases need a county level")
    codes = {level: _column([_word(path.get(level), "code") for path in paths]) for level in LEVELS}
    names = {level: _column([_word(path.get(level), _CALLED.get(level, "name")) for path in paths]) for level in LEVELS}
    counties, county = np.unique(codes["county"], return_inverse=True)
    townships, township = np.unique([code or "" for code in codes["township"]], return_inverse=True)
    lacking = int(townships[0] == "")  # "" sorts first
    lon, lat = np.array([_position(path) for path in paths], dtype=float).T
    people = np.array([max(_leaf(path).population or 1, 1) for path in paths])
    known = {"codes": codes, "names": names, "lon": lon, "lat": lat, "population": people}
    return Places(pack, calendar, **known, county=county, counties=counties, township=township - lacking,
                  townships=townships[lacking:].astype(object))  # fmt: skip


def _path(row: RegionLike, by_code: dict[str, RegionLike]) -> dict[str, RegionLike]:
    """The regions from `row` up to the root by level, the leaf first."""
    path = {}
    while row is not None:
        path[row.level] = row
        row = by_code.get(row.parent_code)
    return path


def _leaf(path: dict[str, RegionLike]) -> RegionLike:
    return next(iter(path.values()))


def _position(path: dict[str, RegionLike]) -> tuple[float, float]:
    """Of the leaf, or of the lowest region above it that has one."""
    return next(((r.lon, r.lat) for r in path.values() if r.lon is not None), (np.nan, np.nan))


def _word(row: RegionLike | None, name: str) -> str | None:
    return None if row is None else getattr(row, name)


def _column(words: list) -> np.ndarray:
    out = np.empty(len(words), dtype=object)
    out[:] = words
    return out
