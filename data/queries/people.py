"""Reads of accounts, grants and sessions."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from dashboard.domain.people import Grant
from data.models import GrantRow, SessionRow, User


def find_user(session: Session, login: str) -> User | None:
    return session.scalar(select(User).where(User.login == login))


def list_grants(session: Session, user_id: UUID) -> tuple[Grant, ...]:
    """Grants that are not revoked, in the order they were given."""
    here = select(GrantRow).where(GrantRow.user_id == user_id, GrantRow.revoked_at.is_(None))
    rows = session.scalars(here.order_by(GrantRow.granted_at, GrantRow.id))
    return tuple(Grant(row.role, row.region_code, row.unit) for row in rows)


def find_session(session: Session, key: bytes, now: datetime) -> tuple[SessionRow, User | None] | None:
    """A session that has not ended, and its user (None: a kiosk); None where there is none or the user is disabled."""
    row = session.get(SessionRow, key)
    if row is None or row.ended_at is not None or row.expires_at <= now:
        return None
    user = session.get(User, row.user_id) if row.user_id else None
    if row.user_id and (user is None or user.disabled_at is not None):
        return None
    return row, user
