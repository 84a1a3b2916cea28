"""Commands that were carried out, by the id their client gave them: what is sent twice is done once."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from data.models import Received
from data.writes.quick import add_row_once


def find_received(session: Session, command_id: UUID) -> tuple[UUID | None, Mapping] | None:
    """(user, outcome) of a command that was carried out; None for one that was not."""
    row = session.execute(select(Received.user_id, Received.outcome).where(Received.id == command_id)).first()
    return tuple(row) if row else None


def add_received(session: Session, command_id: UUID, user_id: UUID | None, at: datetime, outcome: Mapping) -> bool:
    """Keep an outcome; False where the id has one already. While another transaction writes the same id, this waits."""
    row = {"id": command_id, "user_id": user_id, "at": at, "outcome": dict(outcome)}
    return add_row_once(session, Received.__table__, row, "id")
