"""Reads of accounts, grants, sessions and tries to sign in."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from dashboard.domain.people import Grant
from dashboard.domain.sessions import is_over
from data.models import GrantRow, LoginAttempt, SessionRow, User


def find_user(session: Session, login: str) -> User | None:
    return session.scalar(select(User).where(User.login == login))


def has_demo_users(session: Session) -> bool:
    return session.scalar(select(User.id).where(User.demo).limit(1)) is not None


def list_users(session: Session) -> list[User]:
    """All accounts by login."""
    return list(session.scalars(select(User).order_by(User.login)))


def list_grants(session: Session, user_id: UUID) -> tuple[Grant, ...]:
    """Grants that are not revoked, in the order they were given."""
    here = select(GrantRow).where(GrantRow.user_id == user_id, GrantRow.revoked_at.is_(None))
    rows = session.scalars(here.order_by(GrantRow.granted_at, GrantRow.id))
    return tuple(Grant(row.role, row.region_code, row.unit) for row in rows)


def list_grant_rows(session: Session, user_id: UUID | None = None) -> list[GrantRow]:
    """Rows of a user's grants or (None) everybody's, revoked ones too, in the order they were given."""
    mine = (GrantRow.user_id == user_id,) if user_id is not None else ()
    return list(session.scalars(select(GrantRow).where(*mine).order_by(GrantRow.granted_at, GrantRow.id)))


def find_session(session: Session, key: bytes, now: datetime) -> tuple[SessionRow, User | None] | None:
    """A session that has not ended, and its user (None: a kiosk); None where there is none or the user is disabled."""
    here = select(SessionRow, User).outerjoin(User, User.id == SessionRow.user_id).where(SessionRow.key == key)
    found = session.execute(here).one_or_none()
    if found is None:
        return None
    row, user = found
    if row.ended_at is not None or is_over(row.kind, row.seen_at, row.expires_at, now):
        return None
    if row.user_id is not None and (user is None or user.disabled_at is not None):
        return None
    return row, user


def list_sessions(session: Session, kind: str, user_id: UUID | None = None) -> list[SessionRow]:
    """Sessions of a kind that have not been ended, the newest first."""
    mine = (SessionRow.user_id == user_id,) if user_id is not None else ()
    here = select(SessionRow).where(SessionRow.kind == kind, SessionRow.ended_at.is_(None), *mine)
    return list(session.scalars(here.order_by(SessionRow.created_at.desc(), SessionRow.key)))


def has_signed_in_from(session: Session, login: str, remote: str, since: datetime) -> bool:
    """Did this login give its right password from this address after `since`?"""
    here = (LoginAttempt.login == login, LoginAttempt.remote == remote, LoginAttempt.succeeded, LoginAttempt.at > since)
    return session.scalar(select(LoginAttempt.id).where(*here).limit(1)) is not None


def list_wrong(session: Session, login: str, since: datetime, *, remote: str | None = None) -> list[datetime]:
    """Times of the wrong passwords for a login after `since` and after the last right one, ascending. With `remote`,
    of those from that address alone."""
    mine = (LoginAttempt.login == login, LoginAttempt.at > since)
    mine += (LoginAttempt.remote == remote,) if remote is not None else ()
    right = session.scalar(select(func.max(LoginAttempt.at)).where(*mine, LoginAttempt.succeeded))
    after = (LoginAttempt.at > right,) if right is not None else ()
    here = select(LoginAttempt.at).where(*mine, *after, LoginAttempt.succeeded.is_(False))
    return list(session.scalars(here.order_by(LoginAttempt.at)))


def list_wrong_from(session: Session, remote: str, since: datetime, *, limit: int) -> list[datetime]:
    """Times of the last `limit` wrong passwords that came from an address after `since`, whatever the login."""
    mine = (LoginAttempt.remote == remote, LoginAttempt.at > since, LoginAttempt.succeeded.is_(False))
    here = select(LoginAttempt.at).where(*mine).order_by(LoginAttempt.at.desc())
    return list(session.scalars(here.limit(limit)))
