"""Work time: which hours count, how much lies between two instants, and when a limit falls due.

Work hours and limits are configuration (catalogue); the calendar of work days comes from the database.
All arithmetic is vectorised over int64 seconds since the epoch (UTC), so one case and a million use the same code.
"""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

import numpy as np

from dashboard.domain.errors import UserError

_LIMIT = re.compile(r"(\d+(?:\.\d+)?)(m|h|d|wh|wd)$")
LIMIT_UNITS = {"m": "minutes", "h": "hours", "d": "days", "wh": "work hours", "wd": "work days"}


@dataclass(frozen=True, slots=True)
class Limit:
    """A time allowed. `minutes` of work time when `work`, else of plain time."""

    minutes: int
    work: bool


@dataclass(frozen=True, slots=True)
class ClockRule:
    """The limits of one class of cases. `yellow`: share of a limit at which the yellow card falls."""

    key: str
    name: str
    name_en: str
    accept: Limit
    handle: Limit
    verify: Limit
    close: Limit
    yellow: float


@dataclass(frozen=True, slots=True)
class WorkHours:
    """Spans of local time that count on a work day, in order, e.g. 08:30–12:00 and 14:00–17:30."""

    spans: tuple[tuple[time, time], ...]

    @property
    def minutes_a_day(self) -> int:
        return sum(_minute(end) - _minute(start) for start, end in self.spans)


def parse_limit(text: str, hours: WorkHours) -> Limit:
    """'15m', '4h', '1d' run always; '2wh', '5wd' run in work time. Raises UserError for anything else."""
    match = _LIMIT.match(str(text))
    if not match or float(match[1]) <= 0:
        raise UserError("limit", "not a time limit", got=text, allowed=[f"N{u} ({w})" for u, w in LIMIT_UNITS.items()])
    amount, unit = float(match[1]), match[2]
    factor = {"m": 1, "h": 60, "d": 1440, "wh": 60, "wd": hours.minutes_a_day}[unit]
    return Limit(round(amount * factor), unit in ("wh", "wd"))


@dataclass(frozen=True)
class WorkCalendar:
    """Work time between `first` and the last of `workdays` (one bool a local day), in a zone.

    Outside those days the answer would be a guess, so it is a UserError.
    """

    zone: ZoneInfo
    hours: WorkHours
    first: date
    workdays: tuple[bool, ...]

    @cached_property
    def _edges(self) -> tuple[np.ndarray, np.ndarray]:
        """Seconds at which work starts or stops, and the work seconds done by then (both ascending)."""
        edges, done, total = [self._second(self.first, time())], [0], 0
        for offset, works in enumerate(self.workdays):
            day = self.first + timedelta(days=offset)
            for start, end in self.hours.spans if works else ():
                a, b = self._second(day, start), self._second(day, end)
                edges += [a, b]
                done += [total, total := total + b - a]
        edges.append(self._second(self.first + timedelta(days=len(self.workdays)), time()))
        done.append(total)
        return np.array(edges, dtype=np.int64), np.array(done, dtype=np.int64)

    def _second(self, day: date, at: time) -> int:
        return int(datetime.combine(day, at, self.zone).timestamp())

    def worked(self, seconds: np.ndarray) -> np.ndarray:
        """Work seconds done since `first` at each instant."""
        edges, done = self._edges
        self._check(seconds)
        return np.interp(seconds, edges, done).round().astype(np.int64)

    def add(self, seconds: np.ndarray, minutes: np.ndarray, work: np.ndarray) -> np.ndarray:
        """Instants at which `minutes` have passed, in work time where `work`, else in plain time."""
        edges, done = self._edges
        seconds, minutes = np.asarray(seconds, dtype=np.int64), np.asarray(minutes, dtype=np.int64)
        target = self.worked(seconds) + minutes * 60
        if np.any(np.asarray(work) & (target > done[-1])):
            raise self._outside("a deadline")
        # the span in which the target is reached: the last edge at which less had been done
        right = np.clip(np.searchsorted(done, target, side="left"), 1, len(done) - 1)
        reached = edges[right] - (done[right] - target)
        return np.where(work, reached, seconds + minutes * 60)

    def minutes_between(self, start: np.ndarray, end: np.ndarray, work: np.ndarray) -> np.ndarray:
        """Whole minutes from start to end (0 where end lies before start), in work time where `work`."""
        start, end = np.asarray(start, dtype=np.int64), np.asarray(end, dtype=np.int64)
        spent = np.where(work, self.worked(end) - self.worked(start), end - start)
        return np.maximum(spent, 0) // 60

    # One case at a time, as casework asks: the same arithmetic without arrays, many times quicker for a single instant.

    @cached_property
    def _lists(self) -> tuple[list[int], list[int]]:
        edges, done = self._edges
        return edges.tolist(), done.tolist()

    def due(self, start: datetime, limit: Limit) -> datetime:
        """When `limit` falls due for one clock started at `start` (aware)."""
        second = int(start.timestamp())
        worked, target = self._worked(second), limit.minutes * 60  # a start outside the calendar is an error either way
        if not limit.work:
            return datetime.fromtimestamp(second + target, UTC)
        edges, done = self._lists
        if worked + target > done[-1]:
            raise self._outside("a deadline")
        right = min(max(bisect_left(done, worked + target), 1), len(done) - 1)
        return datetime.fromtimestamp(edges[right] - (done[right] - worked - target), UTC)

    def minutes(self, start: datetime, end: datetime, work: bool) -> int:
        """Whole minutes from start to end, 0 where end lies before start."""
        a, b = int(start.timestamp()), int(end.timestamp())
        worked = self._worked(b) - self._worked(a)
        return max(worked if work else b - a, 0) // 60

    def _worked(self, second: int) -> int:
        """Work seconds done since `first` at one instant."""
        edges, done = self._lists
        if not edges[0] <= second <= edges[-1]:
            raise self._outside("an instant")
        left = bisect_right(edges, second) - 1
        return done[left] + (second - edges[left] if left + 1 < len(done) and done[left + 1] > done[left] else 0)

    def _check(self, seconds: np.ndarray) -> None:
        edges, _ = self._edges
        if np.any(np.asarray(seconds) < edges[0]) or np.any(np.asarray(seconds) > edges[-1]):
            raise self._outside("an instant")

    def _outside(self, what: str) -> UserError:
        last = self.first + timedelta(days=len(self.workdays) - 1)
        allowed = f"{self.first} to {last}"
        return UserError(
            "calendar", f"{what} lies outside the work calendar", allowed=allowed, hint="extend the calendar"
        )


def _minute(at: time) -> int:
    return at.hour * 60 + at.minute
