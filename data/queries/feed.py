"""Reads of the change feed. The feed knows no scope: who may hear of a change is decided for each listener
(dashboard/domain/changes.py), and nothing of a row reaches anyone before that.

PostgreSQL gives out numbers before it commits, so a later number can be seen first. What is asked for is therefore
"after this one, and those still missing before it".
"""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from dashboard.domain.changes import Change
from dashboard.domain.regions import LEVELS
from data.models import ChangeRow

_COLUMNS = ChangeRow.__table__.c
_PATH = tuple(_COLUMNS[f"{level}_code"] for level in LEVELS)
_ASK = select(_COLUMNS.seq, _COLUMNS.at, _COLUMNS.topic, _COLUMNS.action, _COLUMNS.ref, _COLUMNS.unit,
              _COLUMNS.unit_before, _COLUMNS.user_id, _COLUMNS.detail, *_PATH).order_by(_COLUMNS.seq)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Ends:
    """The first and last number the feed holds; both None while it is empty."""

    first: int | None
    last: int | None


def read_ends(session: Session) -> Ends:
    return Ends(*session.execute(select(func.min(_COLUMNS.seq), func.max(_COLUMNS.seq))).one())


def list_changes(session: Session, after: int, *, limit: int) -> list[Change]:
    """Changes with a number above `after`, ascending."""
    return [_change(row) for row in session.execute(_ASK.where(_COLUMNS.seq > after).limit(limit))]


def list_missing(session: Session, numbers: Iterable[int]) -> list[Change]:
    """Of these numbers the changes that can be seen by now, ascending."""
    return [_change(row) for row in session.execute(_ASK.where(_COLUMNS.seq.in_(list(numbers))))]


def list_numbers(session: Session, after: int) -> list[int]:
    """Numbers above `after` that can be seen, ascending."""
    return list(session.scalars(select(_COLUMNS.seq).where(_COLUMNS.seq > after).order_by(_COLUMNS.seq)))


def _change(row: Row) -> Change:
    path = tuple(code for level in LEVELS if (code := row._mapping[f"{level}_code"]) is not None)
    return Change(row.seq, row.at, row.topic, row.action, row.ref, path, row.unit, row.unit_before, row.user_id,
                  row.detail or {})  # fmt: skip
