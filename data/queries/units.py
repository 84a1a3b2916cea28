"""Reads of units: who can hold a case where."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from dashboard.domain.regions import LEVELS, Region
from dashboard.domain.scope import Scope
from data.models import RegionRow, Unit


def has_units(session: Session, pack: str) -> bool:
    here = select(Unit.name).join(RegionRow, RegionRow.code == Unit.region_code).where(RegionRow.pack == pack)
    return session.scalar(here.limit(1)) is not None


def list_units(session: Session, scope: Scope, region: Region) -> list[Unit]:
    """Units of a region and of all below it, from the top down; total order by (level, region, name)."""
    scope.check(region)
    depth = {level: number for number, level in enumerate(LEVELS)}
    here = getattr(RegionRow, f"{region.level}_code") == region.code
    found = session.execute(
        select(Unit, RegionRow.level).join(RegionRow, RegionRow.code == Unit.region_code).where(here)
    )
    rows = sorted(found, key=lambda row: (depth[row[1]], row[0].region_code, row[0].name))
    return [unit for unit, _level in rows]
