"""Whose time it was: each minute of a case's life charged to the one who held it.

While a unit has the case in hand (dispatched, handling) it is the unit's; all other time is the command room's, which
accepts, decides on objections, verifies and calls back.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from dashboard.domain.clocks import WorkCalendar
from dashboard.domain.history import detail_of
from dashboard.domain.spans import counted, standing
from dashboard.domain.workflow import STATES

_IN_HAND = ("dispatched", "handling")
_SENT = ("dispatch", "redispatch")
_BY_UNIT = ("take", "object", "progress", "stage", "handle", "ask_extension")
_KEPT = ("report", "accept", "escalate")  # steps whose details name the command room


@dataclass(frozen=True, slots=True)
class Charge:
    """A stretch between two steps. `holder`: the unit that had the case ("" where no unit is known); `minutes` of plain
    time, `work_minutes` of work time in it, none of that while the clock was paused."""

    holder: str
    state: str
    start: datetime
    end: datetime
    minutes: int
    work_minutes: int
    paused: bool = False


def charge(steps: Sequence[Mapping], now: datetime, calendar: WorkCalendar) -> tuple[Charge, ...]:
    """Stretches from the report to the end (or to now), in order, without gap or overlap; between an end and a
    reopening nobody has the case. Minutes add up to the whole, whatever seconds the steps fell on."""
    if not steps:
        return ()
    times = _ascending([counted(step) for step in steps])
    ends, stood, out = [*times[1:], max(now, times[-1])], standing(steps), []
    for position, (start, end) in enumerate(zip(times, ends, strict=True)):
        state = steps[position]["state"]
        if start < end and not STATES[state].ended:
            paused = any(a <= start and (b is None or end <= b) for a, b in stood)
            minutes, work = _minutes(times[0], start, end, calendar)
            out.append(Charge(_holder(steps, position), state, start, end, minutes, 0 if paused else work, paused))
    return tuple(out)


def _ascending(times: list[datetime]) -> list[datetime]:
    for position in range(1, len(times)):
        times[position] = max(times[position], times[position - 1])
    return times


def _minutes(first: datetime, start: datetime, end: datetime, calendar: WorkCalendar) -> tuple[int, int]:
    """(plain, work) minutes of a stretch as differences of whole minutes since the report, so that none is lost."""
    plain = [int((at - first).total_seconds()) // 60 for at in (start, end)]
    work = [calendar.minutes(first, at, True) for at in (start, end)]
    return plain[1] - plain[0], work[1] - work[0]


def _holder(steps: Sequence[Mapping], position: int) -> str:
    """Who had the case after the step at `position`: as the details say; of loaded records, as the units of steps do."""
    named = _unit_of if steps[position]["state"] in _IN_HAND else _room_of
    before = (named(step) for step in reversed(steps[: position + 1]))
    if found := next(filter(None, before), None):
        return found
    after = (named(step) or _acted(step, named) for step in steps[position + 1 :])
    own = (_acted(step, named) for step in reversed(steps[: position + 1]))
    return next(filter(None, after), None) or next(filter(None, own), None) or ""


def _unit_of(step: Mapping) -> str | None:
    """The unit that a step hands the case to."""
    if step["action"] in _SENT:
        detail = detail_of(step)
        return detail.get("holder") or detail.get("unit")
    return None


def _room_of(step: Mapping) -> str | None:
    return detail_of(step).get("holder") if step["action"] in _KEPT else None


def _acted(step: Mapping, named) -> str | None:
    """The unit of who took the step, where that says who had the case."""
    by_unit = step["action"] in _BY_UNIT
    return step["unit"] if step["action"] != "report" and by_unit == (named is _unit_of) else None
