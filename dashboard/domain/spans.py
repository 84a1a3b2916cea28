"""What a history says of time: when each step counted, when the first clock started, when clocks stood still."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from dashboard.domain.credit import counted_at
from dashboard.domain.history import detail_of
from dashboard.domain.workflow import STATES

Span = tuple[datetime, datetime]


def counted(step: Mapping) -> datetime:
    """The time by which a step counts."""
    return counted_at(step, detail_of(step))


def opened_at(steps: Sequence[Mapping]) -> datetime:
    """When the first clock started: a report's clocks run from when the server got it."""
    return steps[0]["at"]


def started(steps: Sequence[Mapping], clock: str) -> datetime | None:
    """When `clock` started last; None where the history does not tell."""
    found, before = None, None
    for step in steps:
        now = STATES[step["state"]].clock
        if now == clock and (now != before or step["clock_effect"] == "reset"):
            found = step["at"]
        before = now
    return found


def pauses(steps: Sequence[Mapping]) -> list[Span]:
    """Spans in which the clock stood and ran on again, in order; one that still stands is not in it."""
    return [(start, end) for start, end in standing(steps) if end is not None]


def standing(steps: Sequence[Mapping]) -> list[tuple[datetime, datetime | None]]:
    """As `pauses`, with the one that still stands, whose end is None. A pause ends with the step that runs the clock on,
    resets it, or leads to a state with another clock."""
    out: list[tuple[datetime, datetime | None]] = []
    since, clock = None, None
    for step in steps:
        now = STATES[step["state"]].clock
        if since is not None and (step["clock_effect"] in ("run", "reset") or now != clock):
            out.append((since, counted(step)))
            since = None
        if step["clock_effect"] == "pause" and since is None:
            since = counted(step)
        clock = now
    return out if since is None else [*out, (since, None)]
