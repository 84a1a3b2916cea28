"""Writes of cases: the row, its step with its evidence, its deltas and its place in the feed, all in the caller's
transaction."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from dashboard.domain.errors import NotFound, UserError
from dashboard.domain.history import START, step_hash
from dashboard.domain.measures import change, facts
from data.models import Case, CaseStep, Evidence
from data.writes.feed import add_change
from data.writes.quick import add_row, is_taken, together
from data.writes.rollups import PLACE, add_delta

DayOf = Callable[[datetime], date]
_BLANK = {
    c.key: c.default.arg if c.default is not None and c.default.is_scalar else None for c in Case.__table__.columns
}
_SET = {name: value for name, value in _BLANK.items() if value is not None}  # the others are NULL when left out
_OPTIONAL = ("device_at", "unit", "reason", "note", "clock_effect", "detail")
_TOLD = ("kind", "severity", "state", "card", "supervision", "county_code", "version")


class Conflict(UserError):
    """Someone else changed the case first. `standing`: {version, state, action, actor, role, at} of its last step."""

    def __init__(self, got: int, standing: Mapping[str, object], what: str = "case"):
        self.standing = dict(standing)
        super().__init__("conflict", f"someone else changed this {what} first", got=got, allowed=standing["version"],
                         hint="look at it again and decide")  # fmt: skip


def insert_case(session: Session, values: Mapping[str, object], step: Mapping[str, object], day_of: DayOf) -> None:
    """Add a new case with its first step. `values`: columns of Case; the rest take their defaults. `step`: columns of
    CaseStep, and "evidence": SHA-256 of stored files. An id that a case has already: see `new_case`."""
    row = {**_SET, "attrs": {}, "flags": [], "version": 1, **values}
    case = {**_BLANK, **row}
    add_row(session, Case.__table__, row)
    _append(session, case, 1, START, step)
    add_delta(session, case, facts(case, day_of))
    _tell(session, case, step["action"], step["at"], None)


@contextmanager
def new_case(session: Session, case_id: UUID) -> Iterator[None]:
    """Around all that is written of a new case, which goes out together. Raises UserError for an id that a case has."""
    try:
        with together(session):
            yield
    except IntegrityError as error:
        if not is_taken(error):
            raise
        what = "a case has this id already"
        raise UserError("id", what, got=str(case_id), hint="send it under a new id") from None


def update_case(
    session: Session, before: Mapping[str, object], changes: Mapping[str, object],
    step: Mapping[str, object] | None, day_of: DayOf, *, last: Mapping | None = None, marked_at: datetime | None = None,
) -> dict:  # fmt: skip
    """Change a case that was read with a lock and stands as `before`; the new row.

    `step` None: a clock's mark at `marked_at`, which is no part of the history. `last`: the case's last step, where it
    has been read. Raises Conflict when the case has another version by now.
    """
    after = {**before, **changes, "version": before["version"] + (step is not None)}
    key = before["county_code"], before["id"]
    here = (Case.county_code == key[0], Case.id == key[1], Case.version == before["version"])
    if session.execute(update(Case).where(*here).values({**changes, "version": after["version"]})).rowcount != 1:
        raise conflict(session, get_case_row(session, key), before["version"])
    if step is not None:
        last = last or get_last_step(session, key)  # none: its history was not kept, and begins here
    with together(session):
        if step is not None:
            _append(session, after, after["version"], last["hash"] if last else START, step)
        _add_change(session, before, after, day_of)
        action, at = (step["action"], step["at"]) if step else ("mark", marked_at)
        _tell(session, after, action, at, before["holder_unit"])
    return after


def conflict(session: Session, case: Mapping, version: int) -> Conflict:
    """The answer to whoever acts on `version` of a case that stands otherwise."""
    last = get_last_step(session, (case["county_code"], case["id"]))
    told = {name: last[name] if last else None for name in ("action", "actor", "role", "at")}
    return Conflict(version, {"version": case["version"], "state": case["state"], **told})


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


def lock_case(session: Session, key: tuple) -> None:
    """As `get_case_row` with a lock, for its lock alone; nothing happens where there is no such case."""
    session.execute(select(Case.version).where(Case.county_code == key[0], Case.id == key[1]).with_for_update())


def has_case(session: Session, key: tuple) -> bool:
    return session.scalar(select(Case.version).where(Case.county_code == key[0], Case.id == key[1])) is not None


def get_last_step(session: Session, key: tuple) -> Mapping | None:
    """None where the history of a loaded case was not kept."""
    here = select(CaseStep.__table__).where(CaseStep.county_code == key[0], CaseStep.case_id == key[1])
    return session.execute(here.order_by(CaseStep.seq.desc()).limit(1)).mappings().first()


def find_dispatch(session: Session, case: Mapping) -> Mapping | None:
    """The step by which the case went out last."""
    here = select(CaseStep.__table__).where(CaseStep.county_code == case["county_code"], CaseStep.case_id == case["id"])
    out = here.where(CaseStep.action.in_(("dispatch", "redispatch"))).order_by(CaseStep.seq.desc()).limit(1)
    return session.execute(out).mappings().first()


def _add_change(session: Session, before: Mapping, after: Mapping, day_of: DayOf) -> None:
    """What the write adds to the roll-ups; a case that changes its kind leaves the old cells and enters the new ones."""
    old, new = facts(before, day_of), facts(after, day_of)
    if all(before[name] == after[name] for name in PLACE):
        add_delta(session, after, change(old, new))
    else:
        add_delta(session, before, change(old, {}))
        add_delta(session, after, new)


def _append(session: Session, case: Mapping[str, object], seq: int, previous: bytes, step: Mapping) -> None:
    row = {name: step.get(name) for name in _OPTIONAL}
    row |= {"county_code": case["county_code"], "case_id": case["id"], "seq": seq, "state": case["state"]}
    row |= {name: step[name] for name in ("action", "at", "actor", "role")}
    add_row(session, CaseStep.__table__, {**row, "hash": step_hash(previous, **row)})
    if files := step.get("evidence"):
        key = {"county_code": case["county_code"], "case_id": case["id"], "seq": seq}
        for file in files:
            add_row(session, Evidence.__table__, {**key, "sha256": file})


def _tell(session: Session, case: Mapping, action: str, at: datetime, unit_before: str | None) -> None:
    """Put the change into the feed."""
    detail = {name: case[name] for name in _TOLD}
    add_change(session, at, "case", action, ref=str(case["id"]), place=case, unit=case["holder_unit"],
               unit_before=unit_before, detail=detail)  # fmt: skip
