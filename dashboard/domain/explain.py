"""A deadline that explains itself: when a clock started, what rule it runs by, what did not count, when it falls due."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Skipped:
    """Time that does not count. `why`: night, lunch, weekend, holiday, pause."""

    start: datetime
    end: datetime
    why: str


@dataclass(frozen=True, slots=True)
class ClockTold:
    """One of a case's three clocks. Minutes are of the clock's own time (`work`: work time). Instants are aware, UTC.

    `status`: waiting (has not started), running, paused, done. `due_at` is when the red card falls, None while waiting.
    `left_minutes`: negative when late, None unless running or paused. `on_time`: None until it is known.
    `skipped`: what does not count from the start to the due time (or to now, where that is later), in order.
    """

    clock: str
    status: str
    rule: str
    limit_minutes: int
    yellow_minutes: int
    work: bool
    started_at: datetime | None = None
    yellow_at: datetime | None = None
    due_at: datetime | None = None
    stopped_at: datetime | None = None
    used_minutes: int = 0
    left_minutes: int | None = None
    on_time: bool | None = None
    extended_minutes: int = 0
    skipped: tuple[Skipped, ...] = ()
