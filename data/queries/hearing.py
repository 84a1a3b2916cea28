"""Does a live stream's session still hold? One question, because every stream asks it every few seconds."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from dashboard.domain.people import Grant
from dashboard.domain.sessions import is_over
from data.models import GrantRow, SessionRow, User

_ASK = (
    select(SessionRow.kind, SessionRow.seen_at, SessionRow.expires_at, SessionRow.ended_at, SessionRow.user_id,
           User.id.label("found"), User.disabled_at, GrantRow.role, GrantRow.region_code, GrantRow.unit)
    .outerjoin(User, User.id == SessionRow.user_id)
    .outerjoin(GrantRow, (GrantRow.user_id == SessionRow.user_id) & GrantRow.revoked_at.is_(None))
    .order_by(GrantRow.granted_at, GrantRow.id)
)  # fmt: skip


def holds(session: Session, key: bytes, grants: tuple[Grant, ...], now: datetime) -> bool:
    """Has the session with this key not ended, and are its user's grants still `grants`? A kiosk has no user."""
    rows = session.execute(_ASK.where(SessionRow.key == key)).all()
    first = rows[0] if rows else None
    if first is None or first.ended_at is not None or is_over(first.kind, first.seen_at, first.expires_at, now):
        return False
    if first.user_id is None:
        return True
    if first.found is None or first.disabled_at is not None:
        return False
    return tuple(Grant(row.role, row.region_code, row.unit) for row in rows if row.role is not None) == grants
