"""Writes of accounts, grants, sessions and tries to sign in, all in the caller's transaction."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, insert, or_, select, update
from sqlalchemy.orm import Session

from dashboard.domain.people import Grant
from data.models import GrantRow, LoginAttempt, SessionRow, User
from data.writes.feed import add_change


def add_user(session: Session, user_id: UUID, login: str, name: str, password: str, now: datetime, demo: bool) -> None:
    """`password`: its hash."""
    row = {"id": user_id, "login": login, "name": name, "password": password, "created_at": now, "demo": demo}
    session.execute(insert(User), [row])


def add_grant(session: Session, grant_id: UUID, user_id: UUID, grant: Grant, now: datetime) -> None:
    row = {"id": grant_id, "user_id": user_id, "role": grant.role, "region_code": grant.region, "unit": grant.unit,
           "granted_at": now}  # fmt: skip
    session.execute(insert(GrantRow), [row])


def add_session(session: Session, key: bytes, kind: str, name: str, now: datetime, expires_at: datetime, *,
                user_id: UUID | None = None, region: str | None = None) -> None:  # fmt: skip
    row = {"key": key, "kind": kind, "user_id": user_id, "region_code": region, "name": name, "created_at": now,
           "seen_at": now, "expires_at": expires_at}  # fmt: skip
    session.execute(insert(SessionRow), [row])


def touch_session(session: Session, key: bytes, now: datetime) -> None:
    """Remember that the session was used."""
    here = SessionRow.key == key, SessionRow.ended_at.is_(None), SessionRow.seen_at < now
    session.execute(update(SessionRow).where(*here).values(seen_at=now))


def end_session(session: Session, key: bytes, now: datetime) -> SessionRow | None:
    """End a session and tell its live streams; None where there is none or it has ended already."""
    row = session.get(SessionRow, key)
    if row is None or row.ended_at is not None:
        return None
    _end(session, [row], now)
    return row


def end_sessions(session: Session, user_id: UUID, now: datetime, *, but: str = "") -> int:
    """End all sessions of a user except the one with the key `but` (hex); how many."""
    here = select(SessionRow).where(SessionRow.user_id == user_id, SessionRow.ended_at.is_(None))
    rows = [row for row in session.scalars(here) if row.key.hex() != but]
    _end(session, rows, now)
    return len(rows)


def _end(session: Session, rows: Iterable[SessionRow], now: datetime) -> None:
    for row in rows:
        row.ended_at = now
        add_change(session, now, "session", "end", ref=row.key.hex(), user_id=row.user_id)


def add_attempt(session: Session, at: datetime, login: str, remote: str, succeeded: bool) -> None:
    row = {"at": at, "login": login, "remote": remote, "succeeded": succeeded}
    session.execute(insert(LoginAttempt), [row])


def forget_attempts(session: Session, *, login: str | None = None, before: datetime | None = None) -> int:
    """Remove wrong tries of a login (its password was set anew), or all tries from before a moment; how many."""
    mine = LoginAttempt.login == login if login is not None else LoginAttempt.at < before
    return session.execute(delete(LoginAttempt).where(mine)).rowcount


def forget_sessions(session: Session, before: datetime) -> int:
    """Remove sessions that ended or ran out before a moment; how many."""
    over = or_(SessionRow.ended_at < before, SessionRow.expires_at < before)
    return session.execute(delete(SessionRow).where(over)).rowcount
