"""Peer groups: whom a region is fairly set beside, by type and size. Keys only; the words for them are the services'.

The type is what the name says it is (GB/T 2260: 市辖区, 县级市, 县), since the three differ in purpose and density; the
size is its half of the type by population. Where a name tells no type, all regions are put into thirds by population.
Leaves 山区 and 海岛 out: no source of this product says which they are, and a group is nothing to guess at.
"""

from collections.abc import Sequence

import numpy as np

ENDINGS = (("街道", "street"), ("镇", "town"), ("乡", "rural"), ("区", "district"), ("市", "city"), ("县", "county"),
           ("旗", "county"))  # fmt: skip
HALVES = ("small", "large")
THIRDS = ("small", "middle", "large")
ALL = "all"
LEAST = 4  # fewer are no company: the group is not divided

TYPES = tuple(dict.fromkeys(kind for _ending, kind in ENDINGS))
KEYS = (ALL, *THIRDS, *TYPES, *(f"{kind}_{size}" for kind in TYPES for size in HALVES))


def groups(names: Sequence[str], populations: Sequence[float | None]) -> tuple[str, ...]:
    """A key of KEYS for each region, in their order. `populations`: persons; None or NaN unknown.

    A type is halved at the median of its populations, which itself is large. It stays whole (`district`, not
    `district_small`) where a population of it is unknown or a half would have fewer than LEAST; so do the thirds.
    """
    people = np.array([np.nan if one is None else one for one in populations], dtype=float)
    kinds = [_kind(name) for name in names]
    if None in kinds:
        return tuple(_sizes(people, THIRDS, ALL, "{size}"))
    found = np.array(kinds, dtype=object)
    result = found.copy()
    for kind in set(kinds):
        result[found == kind] = _sizes(people[found == kind], HALVES, kind, f"{kind}_{{size}}")
    return tuple(result)


def _kind(name: str) -> str | None:
    return next((kind for ending, kind in ENDINGS if name.endswith(ending)), None)


def _sizes(people: np.ndarray, sizes: Sequence[str], whole: str, pattern: str) -> list[str]:
    """Equal parts by population, from small to large; who lives on a limit belongs above it."""
    if np.isnan(people).any() or len(people) < LEAST * len(sizes):
        return [whole] * len(people)
    limits = np.quantile(people, np.arange(1, len(sizes)) / len(sizes))
    parts = np.searchsorted(limits, people, side="right")
    if min(np.bincount(parts, minlength=len(sizes))) < LEAST:
        return [whole] * len(people)
    return [pattern.format(size=sizes[part]) for part in parts]
