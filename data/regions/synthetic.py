"""Completes a pack with what it declares as synthetic: grids, people, positions below county.

Answers for invented regions and numbers that are the same on every machine and every run. Leaves
where the positions lie to `scatter`. Nothing here is real; the pack says so and so must the screen.

Sizes follow GB/T 34300-2017 (no text found; as told in DOMAIN.md §4.2): a grid has 300–500
households in town, a natural village or village group in the country, so fewer.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from data.regions import scatter
from data.regions.pack import read_boundaries, read_regions
from data.regions.records import Pack, RegionRow
from data.regions.seeds import stable_hash, uniform

NUMERALS = "一二三四五"
VIRTUAL = ("虚拟生活区", "农场", "林场", "茶场", "生活区", "管理区", "场区")
TOWN_GRIDS, COUNTRY_GRIDS = (3, 5), (1, 2)
"""Grids a community and a village has, both ends included."""
TOWN_HOUSEHOLDS, COUNTRY_HOUSEHOLDS = (300, 500), (180, 380)
"""Households a grid has, both ends included."""
PERSONS_PER_HOUSEHOLD = (2.4, 3.2)
"""Set so that 浙江 comes to about 65 million (census 2020: 64.57 million, 2.35 a household; the
difference stands for collective households)."""


def expand(pack: Pack) -> list[RegionRow]:
    """All regions of the pack, parents before children: those of its file, and what the pack
    declares as synthetic. Population and households of a region are the sums of its children."""
    rows = _top_down(read_regions(pack), pack)
    if "grids" in pack.synthetic:
        rows += _make_grids(rows, pack)
    if "population" in pack.synthetic or "households" in pack.synthetic:
        rows = _with_people(rows, pack)
    if "positions below county" in pack.synthetic:
        rows = _with_positions(rows, pack)
    return rows


def _integers(seeds: np.ndarray, purpose: int, low: np.ndarray, high: np.ndarray) -> np.ndarray:
    """(n,) integers from low to high, both included."""
    return (low + np.floor(uniform(seeds, purpose) * (high - low + 1))).astype(np.int64)


def is_town(row: RegionRow, parent: RegionRow) -> bool:
    """Whether a village counts as town: a community, or a village that a street has swallowed."""
    if row.name.endswith(VIRTUAL):
        return False
    country = row.name.endswith(("村", "村委会", "村民委员会"))
    return not country or parent.name.endswith("街道")


def _top_down(rows: list[RegionRow], pack: Pack) -> list[RegionRow]:
    rank = {level: number for number, level in enumerate(pack.level_names)}
    return sorted(rows, key=lambda row: (rank[row.level], row.code))


def _make_grids(rows: Sequence[RegionRow], pack: Pack) -> list[RegionRow]:
    """Grids below every region of the level above "grid"; code = that region's code + 3 digits."""
    above = pack.level_names[pack.level_names.index("grid") - 1]
    by_code = {row.code: row for row in rows}
    villages = [row for row in rows if row.level == above]
    town = np.array([is_town(row, by_code.get(row.parent_code, row)) for row in villages])
    low, high = np.where(town, *np.array([TOWN_GRIDS, COUNTRY_GRIDS])[:, :, None])
    counts = _integers(stable_hash(row.code for row in villages), 1, low, high)
    counts[[row.name.endswith(VIRTUAL) for row in villages]] = 1
    return [
        RegionRow(
            code=f"{row.code}{number:03d}",
            level="grid",
            name=f"{row.short_name}第{NUMERALS[number - 1]}网格",
            short_name=f"第{NUMERALS[number - 1]}网格",
            parent_code=row.code,
        )
        for row, count in zip(villages, counts, strict=True)
        for number in range(1, count + 1)
    ]


def _with_people(rows: list[RegionRow], pack: Pack) -> list[RegionRow]:
    """Households and persons drawn for every region without children, and summed upwards."""
    index = {row.code: number for number, row in enumerate(rows)}
    parent = np.array([index.get(row.parent_code, -1) for row in rows])
    leaf = np.ones(len(rows), dtype=bool)
    leaf[parent[parent >= 0]] = False
    seeds = stable_hash(row.code for row in rows)
    town = np.array([_leaf_is_town(row, rows, index) for row in rows]) & leaf
    low, high = np.where(town, *np.array([TOWN_HOUSEHOLDS, COUNTRY_HOUSEHOLDS])[:, :, None])
    households = np.where(leaf, _integers(seeds, 2, low, high), 0)
    least, most = PERSONS_PER_HOUSEHOLD
    persons = np.rint(households * (least + (most - least) * uniform(seeds, 3))).astype(np.int64)
    for level in reversed(pack.level_names[1:]):
        mine = [number for number, row in enumerate(rows) if row.level == level]
        for totals in (households, persons):
            np.add.at(totals, parent[mine], totals[mine])
    return [
        replace(
            row,
            population=person if "population" in pack.synthetic else row.population,
            households=household if "households" in pack.synthetic else row.households,
        )
        for row, person, household in zip(rows, persons.tolist(), households.tolist(), strict=True)
    ]


def _leaf_is_town(row: RegionRow, rows: list[RegionRow], index: dict[str, int]) -> bool:
    """A grid is as urban as its village; any other region is judged by its own name."""
    if row.parent_code is None:
        return False
    parent = rows[index[row.parent_code]]
    if row.level == "grid" and parent.parent_code is not None:
        return is_town(parent, rows[index[parent.parent_code]])
    return is_town(row, parent)


def _with_positions(rows: list[RegionRow], pack: Pack) -> list[RegionRow]:
    """Positions for everything below county that has none: inside the county's polygon, or that of
    its parent when the county has no polygon; None where neither has one."""
    children = defaultdict(list)
    for number, row in enumerate(rows):
        children[row.parent_code].append(number)
    polygons = {
        level.level: read_boundaries(pack, level.level) for level in pack.levels if level.level in ("city", "county")
    }
    placed = {}
    for row in rows:
        if row.level != "county":
            continue
        outline = polygons["county"].get(row.code) or polygons.get("city", {}).get(row.parent_code)
        if outline:
            placed.update(_place_below(row, outline, rows, children))
    return [
        replace(row, lon=placed[number][0], lat=placed[number][1]) if number in placed and row.lon is None else row
        for number, row in enumerate(rows)
    ]


def _place_below(
    county: RegionRow, outline: dict, rows: list[RegionRow], children: dict[str, list[int]]
) -> dict[int, tuple[float, float]]:
    """Positions of all descendants of a county by their number in rows, a generation at a time."""
    area = scatter.Area(outline)
    heads = children[county.code]
    points = area.spread(len(heads), seed=int(stable_hash([county.code])[0]))
    placed = dict(zip(heads, map(tuple, points.tolist()), strict=True))
    radius = area.radius(len(heads))
    while heads:
        below = [child for head in heads for child in children[rows[head].code]]
        centres = np.repeat(points, [len(children[rows[head].code]) for head in heads], axis=0)
        seeds = stable_hash(rows[child].code for child in below)
        points = area.scatter(centres, radius, seeds)
        placed.update(zip(below, map(tuple, points.tolist()), strict=True))
        radius /= 1 + np.sqrt(len(below) / len(heads))
        heads = below
    return placed
