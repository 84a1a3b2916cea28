"""Writes of directives and their receipts; each with its rows of the change feed, in the transaction of its caller."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from dashboard.domain.errors import UserError
from dashboard.domain.regions import Region
from data.models import ChangeRow, Directive, Receipt, Received
from data.writes.feed import add_change

TOPIC = "directive"


def add_directive(session: Session, row: Mapping[str, object], addressees: Iterable) -> None:
    """Insert an order with one receipt for each of `addressees` (data.queries.directives.Addressee)."""
    session.execute(insert(Directive), [dict(row)])
    rows = [{"directive_id": row["id"], "user_id": one.user_id, "region_code": one.region_code, "unit": one.unit,
             "role": one.role} for one in addressees]  # fmt: skip
    session.execute(insert(Receipt), rows)


def lock_receipt(session: Session, directive_id: UUID, user_id: UUID) -> Receipt | None:
    """The receipt, held until the transaction ends, so that two steps at once follow each other."""
    here = select(Receipt).where(Receipt.directive_id == directive_id, Receipt.user_id == user_id)
    return session.scalar(here.with_for_update())


def tell(
    session: Session, at: datetime, action: str, directive_id: UUID, region: Region, users: Iterable[UUID] = ()
) -> None:
    """Tell those who look at the region, and `users`, each for themselves."""
    place = {f"{level}_code": code for level, code in region.path}
    add_change(session, at, TOPIC, action, ref=str(directive_id), place=place)
    own = [{"at": at, "topic": TOPIC, "action": action, "ref": str(directive_id), "user_id": user, **place}
           for user in users]  # fmt: skip
    if own:
        session.execute(insert(ChangeRow), own)


def find_received(session: Session, command_id: UUID | None, user_id: UUID) -> dict | None:
    """The answer a command got before; None where it is new. Raises UserError for an id that somebody else has used."""
    row = session.get(Received, command_id) if command_id else None
    if row is not None and row.user_id != user_id:
        raise UserError("id", "this id is taken", got=str(command_id), hint="make a new UUIDv7")
    return dict(row.outcome) if row is not None else None


def add_received(session: Session, at: datetime, command_id: UUID | None, user_id: UUID, outcome: dict) -> None:
    if command_id is not None:
        session.execute(insert(Received), [{"id": command_id, "user_id": user_id, "at": at, "outcome": outcome}])
