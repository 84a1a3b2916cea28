"""Reads of pairings: by the wall's id and by the code its QR says."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from data.models import Pairing
from data.queries.people import find_session


def find_pairing(session: Session, wall: str) -> Pairing | None:
    return session.get(Pairing, wall)


def find_offer(session: Session, code: str, now: datetime) -> Pairing | None:
    """The pairing whose code can still be claimed."""
    here = select(Pairing).where(Pairing.code == code, Pairing.claimed_at.is_(None), Pairing.ended_at.is_(None))
    return session.scalar(here.where(Pairing.expires_at > now).with_for_update())


def is_driven(session: Session, row: Pairing, now: datetime) -> bool:
    """Does a phone drive the wall: claimed, not ended, in time, and its session still holds?"""
    if row.claimed_at is None or row.ended_at is not None or row.expires_at <= now:
        return False
    return row.session is not None and find_session(session, bytes.fromhex(row.session), now) is not None
