"""Writes of pairings, each with its row of the change feed. The wall's id is the only way to hear of it."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete, insert
from sqlalchemy.orm import Session

from data.models import Pairing
from data.writes.feed import add_change


def offer_pairing(session: Session, row: Mapping[str, object], *, forget: datetime) -> None:
    """Insert a pairing in place of the wall's last one; those that ran out before `forget` go."""
    session.execute(delete(Pairing).where((Pairing.wall == row["wall"]) | (Pairing.expires_at < forget)))
    session.execute(insert(Pairing), [dict(row)])


def tell_wall(session: Session, at: datetime, wall: str, action: str, detail: Mapping | None = None) -> None:
    """Tell the wall and its phone, who both know its id."""
    add_change(session, at, "drive", action, ref=wall, detail=detail)
