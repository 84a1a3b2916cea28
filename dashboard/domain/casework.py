"""What an action does to a case: state, stamps, clocks and cards. Pure: the time and the calendar are given.

`case` is a mapping with the columns of the case table; each function answers with the columns that change. Who may do
it is not decided here: see guards.
"""

from collections.abc import Callable, Mapping
from datetime import datetime

from dashboard.domain import running
from dashboard.domain.clocks import ClockRule, Limit, WorkCalendar
from dashboard.domain.errors import UserError
from dashboard.domain.running import Changes
from dashboard.domain.workflow import CARDS, STATES, TIERS, TRANSITIONS, Transition

_ENDS_SOON = {"card": CARDS[0], "next_card_at": None, "paused_at": None}


def opening(at: datetime, rule: ClockRule, calendar: WorkCalendar, arrived: datetime | None = None) -> Changes:
    """The clock columns of a case reported at `at`. `arrived`: when the server got it and its clocks start; None: `at`."""
    arrived = arrived or at
    return {"state": "reported", "reported_at": at, "clock_kind": rule.key,
            "close_due_at": calendar.due(arrived, rule.close),
            **running.start("accept", arrived, rule, calendar)}  # fmt: skip


def transition(case: Mapping, action: str) -> Transition:
    """The row of the table for `action`. Raises UserError when the case's state does not allow it."""
    step = TRANSITIONS.get(action)
    if step is None or case["state"] not in step.sources:
        allowed = [t.action for t in TRANSITIONS.values() if case["state"] in t.sources]
        raise UserError("transition", f"a case that is {case['state']} cannot do this", got=action, allowed=allowed)
    return step


def advance(
    case: Mapping, action: str, at: datetime, rule: ClockRule | None, calendar: WorkCalendar, *,
    given: Mapping | None = None, arrived: datetime | None = None, arbitrate: Limit | None = None,
) -> Changes:  # fmt: skip
    """What `action` at `at` changes. `given`: its inputs. Raises UserError when the case's state does not allow it.

    `rule` None: the case's source set no limits, so no clock runs. `arrived`: when the server got it (None: `at`); a
    clock that the action starts for somebody else runs from then. `arbitrate`: time for deciding an objection.
    """
    step, given = transition(case, action), given or {}
    target = step.target or case["state"]
    changes: Changes = {"state": target, **dict.fromkeys(step.clears)}
    if step.stamp:
        changes[step.stamp] = at
    if step.counts:
        changes[step.counts] = case[step.counts] + 1
    changes["ended_at"] = (case.get("ended_at") or at) if STATES[target].ended else None
    if target != case["state"] and case.get("extension") == "pending":
        changes["extension"] = "expired"  # what was asked for has no meaning any more
    if action in _EFFECTS:
        changes |= _EFFECTS[action](case, given, at)
    if rule:
        changes |= _clocks(case, step, changes, at, arrived or at, rule, calendar)
        changes |= _arbiter(step, at, calendar, arbitrate)
    return changes | _overdue({**case, **changes}, at, moved="close_due_at" in changes)


def _clocks(case: Mapping, step: Transition, changes: Changes, at, arrived, rule: ClockRule, calendar: WorkCalendar):
    """Run on or stop the clock that ran, start the one of the new state where it is another."""
    old, new = STATES[case["state"]].clock, STATES[changes["state"]].clock
    out: Changes = {}
    if step.clock in ("run", "reset") or new != old:
        out |= running.run(case, at, rule, calendar)
    clock = running.STOPS.get(step.stamp or "")
    if clock:
        out |= running.stop({**case, **out}, clock, at, rule, calendar)
    if new is None or clock == new:
        out |= _ENDS_SOON
    elif new != old or step.clock == "reset":
        out |= running.start(new, arrived, rule, calendar)
    elif step.clock == "pause":
        out |= running.pause(case, at)
    if step.action == "grant_extension":
        out |= running.extend(case, case["extension_limit"], rule, calendar)
    return out


def _arbiter(step: Transition, at: datetime, calendar: WorkCalendar, limit: Limit | None) -> Changes:
    if step.target == "objected":
        return {"arbitrate_due_at": calendar.due(at, limit) if limit else None}
    return {"arbitrate_due_at": None} if "objected" in step.sources and step.target else {}


def _overdue(after: Mapping, at: datetime, *, moved: bool) -> Changes:
    """What is known of the deadline now: an ended case is late by its end, an open one no more once it was given time."""
    due = after.get("close_due_at")
    if due is None or "overdue" not in after:
        return {}
    if after["ended_at"] is not None:
        return {"overdue": after["ended_at"] > due}
    return {"overdue": False} if moved and due > at else {}


def mark(case: Mapping, now: datetime) -> Changes:
    """Cards and the overdue mark that have fallen by `now`; {} when none has. Cards only climb; a pause holds both."""
    out: Changes = {}
    if STATES[case["state"]].clock is None or case.get("paused_at") is not None:
        return out
    clock = running.running(case)
    due = case[f"{clock}_due_at"] if clock else None
    if due is not None and due <= now and case["card"] != "red":
        out = {"card": "red", "next_card_at": None}
    elif clock and case["card"] == "none" and case["next_card_at"] is not None and case["next_card_at"] <= now:
        out = {"card": "yellow", "next_card_at": due}
    if not case["overdue"] and case["close_due_at"] is not None and case["close_due_at"] <= now:
        out["overdue"] = True
    return out


def clock_effect(case: Mapping, step: Transition) -> str | None:
    """What the step's row says of the clock: run, pause, reset."""
    old, new = STATES[case["state"]].clock, STATES[step.target or case["state"]].clock
    return step.clock or ("run" if new is not None and new != old else None)


def _rated(case: Mapping, given: Mapping, at: datetime) -> Changes:
    return {"satisfaction": given["rating"], "rated_at": at} if given.get("rating") is not None else {}


def _kind(case: Mapping, given: Mapping, at: datetime) -> Changes:
    return {name: given[name] for name in ("kind", "severity") if given.get(name)}


def _climbed(case: Mapping, given: Mapping, at: datetime) -> Changes:
    return {"tier": TIERS[min(TIERS.index(case["tier"]) + 1, len(TIERS) - 1)]}


_EFFECTS: Mapping[str, Callable[[Mapping, Mapping, datetime], Changes]] = {
    "merge": lambda case, given, at: {"merged_into": given["into"]} if "into" in given else {},
    "classify": _kind,
    "escalate": _climbed,
    "ask_extension": lambda case, given, at: {"extension": "pending", "extension_limit": given.get("limit")},
    "grant_extension": lambda case, given, at: {"extension": "granted"},
    "refuse_extension": lambda case, given, at: {"extension": "refused"},
    "expire_extension": lambda case, given, at: {"extension": "expired"},
    "supervise": lambda case, given, at: {"supervision": given["level"]} if "level" in given else {},
    "lift_supervision": lambda case, given, at: {"supervision": "none"},
    "call_back": _rated,
    "rate": _rated,
}
