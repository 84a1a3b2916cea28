"""Writes that all verdicts share: a row locked at the version its writer saw, the files it shows, and who is told."""

from collections.abc import Iterable
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from dashboard.domain.errors import NotFound
from dashboard.domain.regions import Region
from data.models import Base, Exhibit, RegionRow
from data.writes.cases import Conflict
from data.writes.feed import add_change

TOPIC = "edition"
Row = TypeVar("Row", bound=Base)


def lock(session: Session, model: type[Row], key: UUID, version: int | None = None) -> Row:
    """The row `key` of a table with an `id`, held until the transaction ends. `version`: what its writer looked at
    (None: whatever stands there). Raises NotFound; Conflict where somebody else wrote first."""
    row = session.scalar(select(model).where(model.id == key).with_for_update())
    if row is None:
        raise NotFound(model.__tablename__, f"no such {model.__tablename__}", got=str(key))
    if version is not None and version != row.version:
        standing = {"version": row.version, "state": getattr(row, "state", None)}
        raise Conflict(version, standing, model.__tablename__)
    return row


def add_exhibits(session: Session, ref: UUID, region: Region, hashes: Iterable[str]) -> None:
    """Note that the verdict `ref` about `region` shows these stored files, each once."""
    known = set(session.scalars(select(Exhibit.sha256).where(Exhibit.ref == ref)))
    rows = [{"ref": ref, "sha256": one, "region_code": region.code} for one in dict.fromkeys(hashes)]
    rows = [row for row in rows if row["sha256"] not in known]
    if rows:
        session.execute(insert(Exhibit), rows)


def tell_verdict(session: Session, at: datetime, action: str, ref: UUID, region: Region) -> None:
    """Tell those who look at the region. `ref`: id of the edition, or of what has none."""
    place = {f"{level}_code": code for level, code in region.path}
    add_change(session, at, TOPIC, action, ref=str(ref), place=place)


def lock_region(session: Session, region: Region) -> None:
    """Hold the region's row until the transaction ends, so that what depends on its last record follows it."""
    session.execute(select(RegionRow.code).where(RegionRow.code == region.code).with_for_update())
