"""Reads of devices that work offline: how many hold reports they have not sent, and since when."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from dashboard.domain.regions import Region
from dashboard.domain.scope import Scope
from data.models import Device, GrantRow, RegionRow


def count_unsent(session: Session, scope: Scope, region: Region, since: datetime) -> tuple[int, datetime | None]:
    """(devices, time of the oldest entry) of devices that hold something unsent and were heard of after `since`.

    A device is where its user is granted something, in the region or below: a province's dispatcher is in no county.
    """
    scope.check(region)
    here = getattr(RegionRow, f"{region.level}_code") == region.code
    users = select(GrantRow.user_id).join(RegionRow, RegionRow.code == GrantRow.region_code)
    users = users.where(GrantRow.revoked_at.is_(None), here)
    oldest = func.min(func.coalesce(Device.oldest_at, Device.seen_at), type_=Device.oldest_at.type)
    ask = select(func.count(), oldest).where(Device.unsent > 0, Device.seen_at > since, Device.user_id.in_(users))
    return tuple(session.execute(ask).one())
