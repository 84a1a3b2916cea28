"""What an action does to a case: state, stamps, clocks and cards. Pure: the time and the calendar are given.

`case` is a mapping with the columns of the case table; each function answers with the columns that change.
"""

from collections.abc import Mapping
from datetime import datetime

from dashboard.domain.clocks import ClockRule, Limit, WorkCalendar
from dashboard.domain.errors import UserError
from dashboard.domain.workflow import STATES, TRANSITIONS, Transition

Changes = dict[str, object]
_STARTS = {"accept": "reported_at", "handle": "accepted_at", "verify": "handled_at"}
_STOPS = {"accepted_at": "accept", "handled_at": "handle", "verified_at": "verify"}


def opening(at: datetime, rule: ClockRule, calendar: WorkCalendar) -> Changes:
    """The clock columns of a case reported at `at`."""
    due = calendar.due(at, rule.close)
    return {"state": "reported", "reported_at": at, "clock_kind": rule.key, "close_due_at": due,
            **_start("accept", at, rule, calendar)}  # fmt: skip


def advance(case: Mapping, action: str, at: datetime, rule: ClockRule | None, calendar: WorkCalendar) -> Changes:
    """What `action` at `at` changes. Raises UserError when the case's state does not allow it.

    `rule` None: the case's source set no limits, so no clock runs.
    """
    step = TRANSITIONS.get(action)
    if step is None or case["state"] not in step.sources:
        allowed = [t.action for t in TRANSITIONS.values() if case["state"] in t.sources]
        raise UserError("transition", f"a case that is {case['state']} cannot do this", got=action, allowed=allowed)
    changes: Changes = {"state": step.target, **dict.fromkeys(step.clears)}
    if step.stamp:
        changes[step.stamp] = at
    if step.counts:
        changes[step.counts] = case[step.counts] + 1
    changes["ended_at"] = at if STATES[step.target].ended else None
    return changes | (_clocks(case, step, changes, at, rule, calendar) if rule else {})


def _clocks(case: Mapping, step: Transition, changes: Changes, at: datetime, rule: ClockRule, calendar: WorkCalendar):
    """Stop the clock that the step's stamp ends, start the one of the new state where it is another."""
    out: Changes = {}
    stopped = _STOPS.get(step.stamp or "")
    if stopped:
        start, limit = {**case, **changes}[_STARTS[stopped]], _limit(rule, stopped)
        out |= {f"{stopped}_minutes": calendar.minutes(start, at, limit.work), f"{stopped}_limit": limit.minutes}
    old, new = STATES[case["state"]].clock, STATES[step.target].clock
    if new is None:
        return out | {"card": "none", "next_card_at": None}
    if new == old:
        return out
    start = case["accepted_at"] if step.action in ("rework", "reopen") else at
    return out | _start(new, start, rule, calendar)


def _start(clock: str, at: datetime, rule: ClockRule, calendar: WorkCalendar) -> Changes:
    limit = _limit(rule, clock)
    yellow = calendar.due(at, Limit(round(limit.minutes * rule.yellow), limit.work))
    return {f"{clock}_due_at": calendar.due(at, limit), "card": "none", "next_card_at": yellow}


def _limit(rule: ClockRule, clock: str) -> Limit:
    return {"accept": rule.accept, "handle": rule.handle, "verify": rule.verify}[clock]


def mark(case: Mapping, now: datetime) -> Changes:
    """Cards and the overdue mark that have fallen by `now`; {} when none has. Cards only climb."""
    clock, out = STATES[case["state"]].clock, {}
    if clock is None:
        return out
    due = case[f"{clock}_due_at"]
    if due is not None and due <= now and case["card"] != "red":
        out = {"card": "red", "next_card_at": None}
    elif case["card"] == "none" and case["next_card_at"] is not None and case["next_card_at"] <= now:
        out = {"card": "yellow", "next_card_at": due}
    if not case["overdue"] and case["close_due_at"] is not None and case["close_due_at"] <= now:
        out["overdue"] = True
    return out
