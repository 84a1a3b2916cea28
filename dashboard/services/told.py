"""Clocks and charges of cases as they are told: the domain's rules with the calendar of the place and the history."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from dashboard.deps import Deps
from dashboard.domain.charges import Charge, charge
from dashboard.domain.errors import UserError
from dashboard.domain.explain import ClockTold, explain
from dashboard.domain.running import running
from dashboard.services.ground import ground_of
from data.queries.dossier import list_steps_of_many
from data.session import Session

Key = tuple[str, UUID]


def clocks_of(deps: Deps, session: Session, rows: Sequence[Mapping], now: datetime) -> dict[Key, ClockTold]:
    """The clock that runs or is paused on each of the cases that has one. `rows`: all columns.

    For lists: of a clock that is late, what did not count after the due time is left out.
    """
    rows = [row for row in rows if row["clock_kind"] is not None]
    stood = [_key(row) for row in rows if row["paused_minutes"]]  # only these need their history
    steps = list_steps_of_many(session, stood) if stood else {}
    found = {}
    for row in rows:
        clock = running(row)
        told = next(
            (one for one in _explained(deps, session, row, now, steps.get(_key(row), ())) if one.clock == clock), None
        )
        if told is not None:
            found[_key(row)] = replace(told, skipped=tuple(part for part in told.skipped if part.start < told.due_at))
    return found


def told_in_full(
    deps: Deps, session: Session, case: Mapping, steps: list[dict], now: datetime
) -> tuple[tuple[ClockTold, ...], tuple[Charge, ...]]:
    """The three clocks of a case, and each stretch of its life charged to its holder; () where the calendar does not
    reach that far."""
    try:
        charges = charge(steps, now, ground_of(deps, session, case["dataset"], now).calendar)
    except UserError:
        charges = ()
    return _explained(deps, session, case, now, steps), charges


def _explained(
    deps: Deps, session: Session, case: Mapping, now: datetime, steps: Sequence[Mapping]
) -> tuple[ClockTold, ...]:
    rule = deps.catalog.clocks.get(case["clock_kind"] or "")
    try:
        return explain(case, rule, ground_of(deps, session, case["dataset"], now).calendar, now, steps)
    except UserError:  # records from before the calendar begins
        return ()


def _key(row: Mapping) -> Key:
    return row["county_code"], row["id"]
