"""Corrects cases that were imported before: the new content, one more step, and another county where it was wrong.

A county is part of every key, so a case whose county changes is written anew there under the same id, with its whole
history chained again for the new key, and taken out of the old one. A step says where it came from.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import pandas as pd
from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.orm import Session

from dashboard.domain.history import FIELDS, START, step_hash
from data.models import Case, CaseStep
from data.models.base import UtcDateTime

Place = tuple[str, UUID]
_CASE, _STEP = Case.__table__, CaseStep.__table__
_NAMES = tuple(column.key for column in _CASE.columns)
_TIMES = tuple(column.key for column in _CASE.columns if isinstance(column.type, UtcDateTime))
# What the source says nothing about and an import therefore leaves as it is
_OURS = ("id", "dataset", "source_key", "holder_person", "version", "returned", "reworked", "reopened", "reopened_at",
         "repeat_of", "rated_at", "satisfaction")  # fmt: skip
_QUIET = ("attrs", "flags", "card", "next_card_at", "overdue", "version")  # not worth a word in the note
_AT_ONCE = 2000


def read_rows(session: Session, places: Sequence[Place]) -> dict[Place, dict]:
    """All columns of these cases, locked until the transaction ends."""
    found = {}
    for some in (places[start : start + _AT_ONCE] for start in range(0, len(places), _AT_ONCE)):
        counties, ids = {county for county, _ in some}, [uuid for _, uuid in some]
        here = select(_CASE).where(_CASE.c.county_code.in_(counties), _CASE.c.id.in_(ids)).with_for_update()
        found |= {(row["county_code"], row["id"]): dict(row) for row in session.execute(here).mappings()}
    return found


def read_histories(session: Session, places: Sequence[Place]) -> dict[Place, list[dict]]:
    """The steps of these cases, in order."""
    found = defaultdict(list)
    for some in (places[start : start + _AT_ONCE] for start in range(0, len(places), _AT_ONCE)):
        counties, ids = {county for county, _ in some}, [uuid for _, uuid in some]
        here = select(_STEP).where(_STEP.c.county_code.in_(counties), _STEP.c.case_id.in_(ids)).order_by(_STEP.c.seq)
        for row in session.execute(here).mappings():
            found[row["county_code"], row["case_id"]].append(dict(row))
    return found


def correct(session: Session, cases: pd.DataFrame, before: Sequence[dict], histories: Sequence[list[dict]],
            now: datetime) -> pd.DataFrame:  # fmt: skip
    """Write `cases` (new content; also `updated_at`) over the rows `before`; the rows as they are then."""
    names = [name for name in cases if name in _CASE.c and name not in _OURS]
    values = zip(*(_plain(cases[name]) for name in names), strict=True)
    contents = [dict(zip(names, row, strict=True)) for row in values]
    updated = _plain(cases["updated_at"])
    stay, steps, after = [], [], []
    for old, content, history, device_at in zip(before, contents, histories, updated, strict=True):
        new = {**old, **content, "version": old["version"] + 1}
        after.append(new)
        if new["county_code"] == old["county_code"]:
            stay.append(new)
            steps.append(_step(history[-1], old, new, now, device_at))
        else:
            _move(session, old, new, history, _step(history[-1], old, new, now, device_at))
    _update(session, stay, names)
    if steps:
        session.execute(insert(_STEP), [_hashed(step) for step in steps])
    return frame_of(after)


def frame_of(rows: Sequence[dict]) -> pd.DataFrame:
    """Rows of Case as a frame in which times are datetime64[us, UTC] and the rest plain objects."""
    frame = pd.DataFrame({name: pd.Series([row[name] for row in rows], dtype=object) for name in _NAMES})
    for name in _TIMES:
        frame[name] = pd.DatetimeIndex(pd.to_datetime(frame[name], utc=True)).as_unit("us")
    return frame


def _update(session: Session, rows: list[dict], names: list[str]) -> None:
    if not rows:
        return
    here = [_CASE.c.county_code == bindparam("at_county"), _CASE.c.id == bindparam("at_id")]
    changed = [name for name in (*names, "version") if name != "county_code"]
    statement = update(_CASE).where(*here).values({name: bindparam(f"new_{name}") for name in changed})
    keys = [{"at_county": row["county_code"], "at_id": row["id"]} for row in rows]
    values = [{f"new_{name}": row[name] for name in changed} for row in rows]
    session.connection().execute(statement, [key | value for key, value in zip(keys, values, strict=True)])


def _move(session: Session, old: dict, new: dict, history: list[dict], step: dict) -> None:
    """The case and its history under another county, and nothing left under the old one."""
    session.execute(insert(_CASE), [new])
    chained, previous = [], START
    for row in [*history, step]:
        row = _hashed({**row, "county_code": new["county_code"], "hash": previous})
        previous = row["hash"]
        chained.append(row)
    session.execute(insert(_STEP), chained)
    for table, key in ((_STEP, _STEP.c.case_id), (_CASE, _CASE.c.id)):
        session.execute(delete(table).where(table.c.county_code == old["county_code"], key == old["id"]))


def _step(last: dict, old: dict, new: dict, now: datetime, device_at: datetime | None) -> dict:
    """The step after `last`; its `hash` is the one before it until `_hashed`."""
    moved = old["county_code"] != new["county_code"]
    changed = [name for name in new if name not in _QUIET and old[name] != new[name]]
    note = ", ".join(changed) or "attrs"
    return {
        "county_code": new["county_code"], "case_id": old["id"], "seq": last["seq"] + 1, "action": "import",
        "state": new["state"], "at": now, "device_at": device_at, "actor": new["holder_unit"] or new["dataset"],
        "role": "import", "unit": new["holder_unit"], "reason": "region_corrected" if moved else "source_changed",
        "note": f"{old['county_code']} -> {new['county_code']}: {note}" if moved else note, "clock_effect": None,
        "detail": None, "hash": last["hash"],
    }  # fmt: skip


def _hashed(step: dict) -> dict:
    return {**step, "hash": step_hash(step["hash"], **{name: step[name] for name in FIELDS})}


def _plain(column: pd.Series) -> list:
    """Python's own values, None where one is missing."""
    if isinstance(column.dtype, pd.DatetimeTZDtype):
        return [None if value is pd.NaT else value.to_pydatetime() for value in column]
    if column.dtype == object:
        return column.tolist()
    return [None if gone else value for value, gone in zip(column.tolist(), column.isna(), strict=True)]
