"""Reads of whole region packs, for work on all of a pack's regions at once."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from dashboard.domain.regions import LEVELS, Region
from dashboard.domain.scope import Scope
from data.models import RegionRow


def list_pack_regions(session: Session, scope: Scope, pack: str, deepest: str) -> list[Region]:
    """Regions of `pack` down to the level `deepest` that the scope covers, by code."""
    levels = LEVELS[: LEVELS.index(deepest) + 1]
    rows = session.execute(
        select(RegionRow.__table__).where(RegionRow.pack == pack, RegionRow.level.in_(levels)).order_by(RegionRow.code)
    ).mappings()
    return [region for row in rows if scope.covers(region := _region(row))]


def _region(row) -> Region:
    path = tuple((level, code) for level in LEVELS if (code := row[f"{level}_code"]) is not None)
    return Region(row["code"], row["level"], row["name"], row["short_name"], row["parent_code"], row["pack"], path,
                  row["lon"], row["lat"], row["population"], row["households"])  # fmt: skip
