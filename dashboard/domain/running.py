"""The clock that runs on a case: started, paused, run on, stopped, given another limit. Pure.

`case` is a mapping with the columns of the case table; each function answers with the columns that change. A due time
moves by what the clock stood still, in the clock's own time; the closing deadline moves likewise, in its own. So a pause
keeps what was left and what was late exactly as it was. Minutes are whole; parts of a minute are dropped.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from dashboard.domain.clocks import ClockRule, Limit, WorkCalendar, WorkHours
from dashboard.domain.workflow import STATES

Changes = dict[str, object]
Span = tuple[datetime, datetime]
STARTS = {"accept": "reported_at", "handle": "accepted_at", "verify": "handled_at"}
STAMPS = {"accept": "accepted_at", "handle": "handled_at", "verify": "verified_at"}
STOPS = {stamp: clock for clock, stamp in STAMPS.items()}
_A_DAY = 1440


def running(case: Mapping) -> str | None:
    """The clock that runs or is paused on the case; None where none is, or its time was taken already."""
    clock = STATES[case["state"]].clock
    return None if clock is None or case.get(STAMPS[clock]) is not None else clock


def limit_of(rule: ClockRule, clock: str) -> Limit:
    return {"accept": rule.accept, "handle": rule.handle, "verify": rule.verify}[clock]


def started_at(case: Mapping, clock: str) -> datetime:
    """When the running clock started. Cases of bulk loads do not say: then it did with its stage, and where their source
    does not say that either, with the report."""
    return case.get("clock_started_at") or case[STARTS[clock]] or case["reported_at"]


def allowed_minutes(case: Mapping, clock: str, work: bool, calendar: WorkCalendar) -> int:
    """The running clock's limit as it stands on the case, with what was granted, without what it stood still."""
    whole = calendar.minutes(started_at(case, clock), case[f"{clock}_due_at"], work)
    return max(whole - (case.get("paused_minutes") or 0), 0)


def start(clock: str, at: datetime, rule: ClockRule, calendar: WorkCalendar) -> Changes:
    limit = limit_of(rule, clock)
    fresh = {f"{clock}_due_at": calendar.due(at, limit), "clock_started_at": at, "paused_at": None, "paused_minutes": 0}
    return fresh | {"card": "none", "next_card_at": calendar.due(at, _yellow(limit, rule))}


def pause(case: Mapping, at: datetime) -> Changes:
    """No card falls while the clock stands."""
    return {} if case.get("paused_at") else {"paused_at": at, "next_card_at": None}


def run(case: Mapping, at: datetime, rule: ClockRule, calendar: WorkCalendar) -> Changes:
    """Go on after a pause; {} where the clock does not stand."""
    since, clock = case.get("paused_at"), running(case)
    if since is None or clock is None:
        return {"paused_at": None} if since else {}
    work = limit_of(rule, clock).work
    stood = calendar.minutes(since, at, work)
    out: Changes = {"paused_at": None, "paused_minutes": (case.get("paused_minutes") or 0) + stood}
    out[f"{clock}_due_at"] = later(case[f"{clock}_due_at"], Limit(stood, work), calendar)
    close = rule.close.work
    out["close_due_at"] = later(case["close_due_at"], Limit(calendar.minutes(since, at, close), close), calendar)
    return out | {"next_card_at": next_card({**case, **out}, rule, calendar)}


def stop(case: Mapping, clock: str, at: datetime, rule: ClockRule, calendar: WorkCalendar) -> Changes:
    """Minutes used and allowed. `case` must not be paused any more."""
    work, begun = limit_of(rule, clock).work, started_at(case, clock)
    used = calendar.minutes(begun, at, work) - (case.get("paused_minutes") or 0)
    return {f"{clock}_minutes": max(used, 0), f"{clock}_limit": allowed_minutes(case, clock, work, calendar)}


def extend(case: Mapping, asked: str, rule: ClockRule, calendar: WorkCalendar) -> Changes:
    """Grant `asked` (of workflow.EXTENSIONS) on the clock that runs, and on the closing deadline."""
    clock = running(case)
    out: Changes = {}
    for column, limit in ((f"{clock}_due_at", limit_of(rule, clock)), ("close_due_at", rule.close)):
        out[column] = later(case[column], extension(asked, limit.work, calendar.hours), calendar)
    return out | {"next_card_at": next_card({**case, **out}, rule, calendar)}


def extension(asked: str, work: bool, hours: WorkHours) -> Limit:
    """ "2wd" on a clock that runs in work time is two work days, on one that always runs two days."""
    return Limit(int(asked.removesuffix("wd")) * (hours.minutes_a_day if work else _A_DAY), work)


def reclock(case: Mapping, rule: ClockRule, calendar: WorkCalendar, opened: datetime, stood: Sequence[Span]) -> Changes:
    """The running clock and the closing deadline by another rule. `opened`: when the case's first clock started;
    `stood`: spans in which the running clock was paused before. Cards that fell stay."""
    clock = running(case)
    out: Changes = {"clock_kind": rule.key}
    if clock is None:
        return out
    limit, close = limit_of(rule, clock), rule.close
    out["paused_minutes"] = sum(calendar.minutes(a, b, limit.work) for a, b in stood)
    out[f"{clock}_due_at"] = calendar.due(
        started_at(case, clock), Limit(limit.minutes + out["paused_minutes"], limit.work)
    )
    closing = close.minutes + sum(calendar.minutes(a, b, close.work) for a, b in stood)
    out["close_due_at"] = calendar.due(opened, Limit(closing, close.work))
    return out | {"next_card_at": next_card({**case, **out}, rule, calendar)}


def next_card(case: Mapping, rule: ClockRule, calendar: WorkCalendar) -> datetime | None:
    """When the next card falls; None after the red one and while the clock stands."""
    clock = running(case)
    if clock is None or case.get("paused_at") or case["card"] == "red":
        return None
    return case[f"{clock}_due_at"] if case["card"] == "yellow" else yellow_at(case, clock, rule, calendar)


def yellow_at(case: Mapping, clock: str, rule: ClockRule, calendar: WorkCalendar) -> datetime:
    """When the running clock's yellow card falls, going by the limit it has now."""
    work = limit_of(rule, clock).work
    share = _yellow(Limit(allowed_minutes(case, clock, work, calendar), work), rule)
    return calendar.due(started_at(case, clock), Limit(share.minutes + (case.get("paused_minutes") or 0), work))


def later(due: datetime | None, by: Limit, calendar: WorkCalendar) -> datetime | None:
    return due if due is None or not by.minutes else calendar.due(due, by)


def _yellow(limit: Limit, rule: ClockRule) -> Limit:
    return Limit(round(limit.minutes * rule.yellow), limit.work)
