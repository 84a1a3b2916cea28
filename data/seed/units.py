"""The units that can hold a region's cases: command rooms, departments, teams of the townships.

Answers for their names, by the same words as the demo cases (see words.py). Leaves out who works in them.
"""

from collections.abc import Iterable

from dashboard.catalog import Catalog
from dashboard.domain.regions import Region
from data.seed.words import CENTRE, DESK, TOWNSHIP_UNITS

CENTRE_KIND, DESK_KIND = "centre", "desk"
_PERSONS_A_CASE, _LEAST = 100_000, 4


def units_of(regions: Iterable[Region], catalog: Catalog, *, limits: bool) -> list[dict]:
    """Rows of the table unit for cities, counties and townships, in the order given.

    A county without townships has their teams itself. `limits`: with an invented load limit that grows with the
    population (demo); otherwise None, which is "not set".
    """
    regions = list(regions)
    kinds = tuple(dict.fromkeys(kind.unit for kind in catalog.kinds.values()))
    parted = {region.ancestor("county") for region in regions if region.level == "township"}
    return [
        {"region_code": region.code, "name": name, "kind_unit": kind_unit,
         "load_limit": _limit(region) if limits else None}
        for region in regions
        for kind_unit, name in _units(region, kinds, region.code not in parted)
    ]  # fmt: skip


def _units(region: Region, kinds: tuple[str, ...], whole: bool) -> list[tuple[str, str]]:
    """(kind of unit, name) of one region; `whole`: no townships lie below it."""
    centre, desk = (CENTRE_KIND, region.name + CENTRE), (DESK_KIND, region.name + DESK)
    own = [(kind, region.name + kind) for kind in kinds if kind not in TOWNSHIP_UNITS]
    teams = [desk, *((kind, region.name + TOWNSHIP_UNITS[kind]) for kind in kinds if kind in TOWNSHIP_UNITS)]
    table = {"city": [centre], "county": [centre, *own, *(teams if whole else ())], "township": teams}
    return table.get(region.level, [])


def _limit(region: Region) -> int:
    """Open cases that a unit of this region can carry, invented."""
    return max(_LEAST, round((region.population or 0) / _PERSONS_A_CASE))
