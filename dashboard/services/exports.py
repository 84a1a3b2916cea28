"""Exports of the lists behind a number. Each is written down in the audit log before the first line leaves."""

import csv
import io
from collections.abc import Iterator

from dashboard.deps import Deps
from dashboard.domain.errors import UserError
from dashboard.domain.numbers import case_number
from dashboard.domain.people import Person
from dashboard.domain.state import WallState
from dashboard.services import words
from dashboard.services.cases import case_filter, shown_title
from dashboard.services.frame import Frame
from data.queries.cases import list_cases
from data.writes.audit import add_audit

LIMIT = 50_000
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")  # the wide ones are read as the others in East Asia
_HEAD = ("number", "reported_at", "county", "township", "grid", "kind", "severity", "title", "state", "close_due_at",
         "closed_at", "card", "overdue")  # fmt: skip


def cases_csv(deps: Deps, person: Person, state: WallState, remote: str = "") -> Iterator[str]:
    """CSV text, line by line, newest first, at most LIMIT cases. Raises UserError for a state without a list."""
    if not state.list:
        raise UserError("list", "no list is named", allowed="?list=... as on the wall")
    frame = Frame(deps, state, person.scope("wall.export"))
    with deps.database.read() as session:
        chosen = case_filter(frame, session)
        rows = list_cases(session, frame.scope, chosen, limit=LIMIT)
    with deps.database.write() as session:
        add_audit(session, deps.clock(), person, "case.export", subject=state.list, region=chosen.region.code,
                  detail={"query": state.to(p=1), "rows": len(rows)}, remote=remote)  # fmt: skip
    return _lines(frame, [dict(row._mapping) for row in rows])


def _lines(frame: Frame, rows: list[dict]) -> Iterator[str]:
    yield "﻿" + _line(_HEAD)
    for row in rows:
        times = (row[name] and f"{row[name].astimezone(frame.place.zone):%Y-%m-%d %H:%M:%S}"
                 for name in ("reported_at", "close_due_at", "closed_at"))  # fmt: skip
        reported, due, closed = times
        yield _line((case_number(row["id"]), reported, row["county_code"], row["township_code"], row["grid_code"],
                     words.named(frame.catalog.kinds[row["kind"]]), row["severity"], shown_title(frame, row),
                     str(words.STATES[row["state"]]), due, closed, row["card"], int(row["overdue"])))  # fmt: skip


def _line(values: tuple) -> str:
    buffer = io.StringIO()
    csv.writer(buffer).writerow([neutral(value) for value in values])
    return buffer.getvalue()


def neutral(value: object) -> object:
    """Text that a spreadsheet would run as a formula gets a quote before it, blanks before the sign or not."""
    return f"'{value}" if isinstance(value, str) and value.lstrip().startswith(_FORMULA) else value
