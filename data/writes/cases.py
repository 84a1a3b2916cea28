"""Writes of cases: the row, its step and its deltas, all in the caller's transaction."""

from collections.abc import Callable, Mapping
from datetime import date, datetime

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from dashboard.domain.errors import NotFound, UserError
from dashboard.domain.history import START, step_hash
from dashboard.domain.measures import change, facts
from data.models import Case, CaseStep
from data.writes.feed import add_change
from data.writes.rollups import add_delta

DayOf = Callable[[datetime], date]
_COLUMNS = tuple(column.key for column in Case.__table__.columns)
_BLANK = {
    c.key: c.default.arg if c.default is not None and c.default.is_scalar else None for c in Case.__table__.columns
}


class Conflict(UserError):
    """Someone else changed the case first."""


def insert_case(session: Session, values: Mapping[str, object], step: Mapping[str, object], day_of: DayOf) -> None:
    """Add a new case with its first step. `values`: columns of Case; the rest take their defaults."""
    case = {**_BLANK, "attrs": {}, "flags": [], "version": 1, **values}
    session.execute(insert(Case), [case])
    _append(session, case, 1, START, step)
    add_delta(session, case, facts(case, day_of))
    _tell(session, case, step["action"], step["at"], None)


def update_case(session: Session, key: tuple, version: int, changes: Mapping[str, object],
                step: Mapping[str, object] | None, day_of: DayOf, marked_at: datetime | None = None) -> dict:  # fmt: skip
    """Change a case that stands at `version`; the new row.

    `step` None: a clock's mark at `marked_at`, which is no part of the history.

    Raises NotFound, or Conflict when the case has another version by now.
    """
    before = get_case_row(session, key, lock=True)
    if before["version"] != version:
        raise Conflict("conflict", "someone else changed this case first", got=version, allowed=before["version"],
                       hint="look at it again and decide")  # fmt: skip
    after = {**before, **changes, "version": version + (step is not None)}
    here = (Case.county_code == key[0], Case.id == key[1], Case.version == version)
    result = session.execute(update(Case).where(*here).values({**changes, "version": after["version"]}))
    if result.rowcount != 1:
        raise Conflict(
            "conflict", "someone else changed this case first", got=version, hint="look at it again and decide"
        )
    if step is not None:
        last = session.execute(_last_step(key)).one()
        _append(session, after, last.seq + 1, last.hash, step)
    add_delta(session, after, change(facts(before, day_of), facts(after, day_of)))
    action, at = (step["action"], step["at"]) if step else ("mark", marked_at)
    _tell(session, after, action, at, before["holder_unit"])
    return after


def has_case(session: Session, key: tuple) -> bool:
    return session.scalar(select(Case.version).where(Case.county_code == key[0], Case.id == key[1])) is not None


def get_case_row(session: Session, key: tuple, *, lock: bool = False) -> dict:
    """All columns of a case; NotFound where there is none.

    `lock`: nobody else changes it before this transaction ends, so that a delta is the difference to what really
    stood there (SQLite locks as a whole, see Database.write).
    """
    here = select(Case.__table__).where(Case.county_code == key[0], Case.id == key[1])
    row = session.execute(here.with_for_update() if lock else here).mappings().first()
    if row is None:
        raise NotFound("case", "no such case", got=str(key[1]))
    return dict(row)


def _last_step(key: tuple):
    here = select(CaseStep.seq, CaseStep.hash).where(CaseStep.county_code == key[0], CaseStep.case_id == key[1])
    return here.order_by(CaseStep.seq.desc()).limit(1)


def _append(session: Session, case: Mapping[str, object], seq: int, previous: bytes, step: Mapping) -> None:
    row = {name: step.get(name) for name in ("device_at", "unit", "reason", "note", "clock_effect", "detail")}
    row |= {"county_code": case["county_code"], "case_id": case["id"], "seq": seq, "state": case["state"]}
    row |= {name: step[name] for name in ("action", "at", "actor", "role")}
    session.execute(insert(CaseStep), [{**row, "hash": step_hash(previous, **row)}])


def _tell(session: Session, case: Mapping, action: str, at: datetime, unit_before: str | None) -> None:
    """Put the change into the feed."""
    detail = {
        name: case[name] for name in ("kind", "severity", "state", "card", "supervision", "county_code", "version")
    }
    add_change(session, at, "case", action, ref=str(case["id"]), place=case, unit=case["holder_unit"],
               unit_before=unit_before, detail=detail)  # fmt: skip
