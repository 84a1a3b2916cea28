"""Writes of schemes and imported tables, in the caller's transaction. Nothing is changed once it stands."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import insert, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from data.models import IndicatorEntry, IndicatorTable, SchemeRow

_BATCH = 5000


def add_scheme(session: Session, row: dict) -> bool:
    """A new version; False where that version is there already, which then stays as it is."""
    dialect = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    once = dialect.insert(SchemeRow).values(**row).on_conflict_do_nothing(index_elements=["key", "version"])
    return session.execute(once.returning(SchemeRow.version)).first() is not None


def add_table(session: Session, row: dict, entries: Sequence[dict]) -> None:
    """A table with its figures: {region_code, column_key, numerator, denominator}."""
    session.execute(insert(IndicatorTable), [row])
    for start in range(0, len(entries), _BATCH):
        part = [{"table_id": row["id"], **entry} for entry in entries[start : start + _BATCH]]
        session.execute(insert(IndicatorEntry), part)


def withdraw_table(session: Session, table_id: UUID, now: datetime) -> bool:
    """It counts no more; False where it was withdrawn before."""
    here = IndicatorTable.id == table_id, IndicatorTable.withdrawn_at.is_(None)
    return session.execute(update(IndicatorTable).where(*here).values(withdrawn_at=now)).rowcount == 1
