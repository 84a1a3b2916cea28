"""The change feed: a row goes in with the write it tells of, in the same transaction."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.orm import Session

from dashboard.domain.regions import LEVELS
from data.models import ChangeRow
from data.session import TOLD
from data.writes.quick import add_row

_PATH = tuple(f"{level}_code" for level in LEVELS)


def add_change(
    session: Session, at: datetime, topic: str, action: str, *, ref: str | None = None,
    place: Mapping[str, str | None] | None = None, unit: str | None = None, unit_before: str | None = None,
    user_id: UUID | None = None, detail: Mapping | None = None,
) -> None:  # fmt: skip
    """Tell of a change. `place`: a mapping with the columns `<level>_code`; see data.models.feed.ChangeRow."""
    path = {name: (place or {}).get(name) for name in _PATH}
    row = {"at": at, "topic": topic, "action": action, "ref": ref, "unit": unit, "unit_before": unit_before,
           "user_id": user_id, "detail": dict(detail) if detail else None}  # fmt: skip
    add_row(session, ChangeRow.__table__, row | path)
    session.info[TOLD] = True


def forget_changes(session: Session, before: datetime) -> int:
    """Remove what no stream will ask for any more; how many."""
    return session.execute(delete(ChangeRow).where(ChangeRow.at < before)).rowcount
