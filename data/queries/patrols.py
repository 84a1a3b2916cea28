"""Reads of patrols that found nothing, and of devices."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from dashboard.domain.regions import Region
from dashboard.domain.scope import Scope
from data.models import Device, Patrol, RegionRow


def find_patrol(session: Session, key: tuple[str, UUID]) -> Patrol | None:
    return session.get(Patrol, key)


def list_patrols_in(
    session: Session, scope: Scope, regions: Sequence[Region], since: datetime, *, limit: int
) -> list[Patrol]:
    """Patrols in any of the regions or below, the newest first."""
    found: dict[tuple, Patrol] = {}
    for region in (scope.check(one) for one in regions):
        below = select(RegionRow.code).where(getattr(RegionRow, f"{region.level}_code") == region.code)
        county = [Patrol.county_code == region.ancestor("county")] if region.ancestor("county") else []
        here = select(Patrol).where(*county, Patrol.region_code.in_(below), Patrol.at >= since)
        rows = session.scalars(here.order_by(Patrol.at.desc(), Patrol.id).limit(limit))
        found |= {(row.county_code, row.id): row for row in rows}
    return sorted(found.values(), key=lambda row: (row.at, row.id), reverse=True)[:limit]


def find_device(session: Session, device_id: UUID) -> Device | None:
    return session.get(Device, device_id)
