"""A deadline that explains itself: when a clock started, what rule it runs by, what did not count, when it falls due."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from dashboard.domain import running
from dashboard.domain.clocks import ClockRule, Limit, WorkCalendar
from dashboard.domain.spans import Span, pauses, started
from dashboard.domain.workflow import CLOCKS, STATES

STATUSES = ("waiting", "running", "paused", "done")
WHY = ("night", "lunch", "weekend", "holiday", "pause")
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Skipped:
    """Time that does not count. `why`: one of WHY."""

    start: datetime
    end: datetime
    why: str


@dataclass(frozen=True, slots=True)
class ClockTold:
    """One of a case's three clocks. Minutes are of the clock's own time (`work`: work time). Instants are aware, UTC.

    `status`: one of STATUSES; waiting has not started. `due_at` is when the red card falls, None while waiting;
    of a paused clock: when it would fall if the clock ran on now. `left_minutes`: negative when late, None unless
    running or paused. `on_time`: None until it is known. `skipped`: what does not count from the start to the due time
    (or to now, or the stop, where that is later), in order.
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


def explain(
    case: Mapping, rule: ClockRule | None, calendar: WorkCalendar, now: datetime, steps: Sequence[Mapping] = ()
) -> tuple[ClockTold, ...]:
    """The three clocks, in order; () for a case whose source set no limits.

    `steps`: the case's history, from which pauses that are over and restarts are known; without it, a clock that is done
    is told as if it had started with its stage.
    """
    if rule is None or case["clock_kind"] is None:
        return ()
    return tuple(_told(clock, case, rule, calendar, now, steps) for clock in CLOCKS)


def _told(clock: str, case: Mapping, rule: ClockRule, calendar: WorkCalendar, now: datetime, steps) -> ClockTold:
    limit = running.limit_of(rule, clock)
    plain = ClockTold(clock, "waiting", rule.key, limit.minutes, round(limit.minutes * rule.yellow), limit.work)
    if case[f"{clock}_due_at"] is None:
        return plain
    if clock == running.running(case):
        return _running(plain, case, rule, calendar, now, pauses(steps))
    stopped = case[running.STAMPS[clock]] or (case["ended_at"] if clock == _cut_short(case) else None)
    return plain if stopped is None else _done(plain, case, rule, calendar, stopped, steps)


def _cut_short(case: Mapping) -> str | None:
    """The clock that ran when the case was ended before its time: rejected, merged, void."""
    ended = STATES[case["state"]].ended
    return next((clock for clock in CLOCKS if case[running.STAMPS[clock]] is None), None) if ended else None


def _running(plain: ClockTold, case: Mapping, rule: ClockRule, calendar: WorkCalendar, now: datetime, over: list[Span]):
    clock, work, since = plain.clock, plain.work, case.get("paused_at")
    begun, until = running.started_at(case, clock), since or now
    limit = running.allowed_minutes(case, clock, work, calendar)
    used = max(calendar.minutes(begun, until, work) - (case.get("paused_minutes") or 0), 0)
    wait = Limit(calendar.minutes(since, now, work) if since else 0, work)
    due = running.later(case[f"{clock}_due_at"], wait, calendar)
    stood = [*over, (since, max(now, since))] if since else over
    return ClockTold(
        clock, "paused" if since else "running", plain.rule, limit, round(limit * rule.yellow), work, begun,
        running.later(running.yellow_at(case, clock, rule, calendar), wait, calendar), due, None, used, limit - used,
        False if due <= now else None, _extended(plain, case, limit),
        skipped(calendar, begun, max(due, now), work, stood),
    )  # fmt: skip


def _done(
    plain: ClockTold, case: Mapping, rule: ClockRule, calendar: WorkCalendar, stopped: datetime, steps
) -> ClockTold:
    clock, work, due = plain.clock, plain.work, case[f"{plain.clock}_due_at"]
    begun = started(steps, clock) or case[running.STARTS[clock]] or case["reported_at"]
    whole = calendar.minutes(begun, due, work)
    recorded = case.get(f"{clock}_limit")
    over = [(max(a, begun), b) for a, b in pauses(steps) if b > begun and a < stopped]
    stood = sum(calendar.minutes(a, b, work) for a, b in over)
    limit = recorded if recorded is not None else max(whole - stood, 0)
    used = case.get(f"{clock}_minutes")
    used = max(calendar.minutes(begun, stopped, work) - stood, 0) if used is None else used
    share = round(limit * rule.yellow)
    return ClockTold(
        clock, "done", plain.rule, limit, share, work, begun,
        calendar.due(begun, Limit(share + max(whole - limit, 0), work)), due, stopped, used, None, stopped <= due,
        _extended(plain, case, limit), skipped(calendar, begun, max(due, stopped), work, over),
    )  # fmt: skip


def _extended(plain: ClockTold, case: Mapping, limit: int) -> int:
    granted = plain.clock == "handle" and case.get("extension") == "granted"
    return max(limit - plain.limit_minutes, 0) if granted else 0


def skipped(
    calendar: WorkCalendar, start: datetime, end: datetime, work: bool, stood: Sequence[Span]
) -> tuple[Skipped, ...]:
    """What does not count between two instants, in order and without gaps or overlaps among itself: pauses first, and
    for a clock of work time (`work`) all that lies outside work."""
    parts = [Skipped(a, b, "pause") for start_, end_ in stood if (a := max(start_, start)) < (b := min(end_, end))]
    for idle in _idle(calendar, start, end) if work else ():
        parts += _without(idle, [(a, b) for a, b in stood])
    return _joined(sorted(parts, key=lambda part: part.start))


def _idle(calendar: WorkCalendar, start: datetime, end: datetime) -> Iterator[Skipped]:
    """Nights, lunches and days off between two instants, by the local clock."""
    day, last = start.astimezone(calendar.zone).date(), end.astimezone(calendar.zone).date()
    while day <= last:
        for a, b, why in _idle_of(calendar, day):
            if (a := max(a, start)) < (b := min(b, end)):
                yield Skipped(a.astimezone(UTC), b.astimezone(UTC), why)
        day += timedelta(days=1)


def _idle_of(calendar: WorkCalendar, day: date) -> Iterator[tuple[datetime, datetime, str]]:
    midnight, next_day = (datetime.combine(one, time(), calendar.zone) for one in (day, day + timedelta(days=1)))
    offset = (day - calendar.first).days
    if not (0 <= offset < len(calendar.workdays) and calendar.workdays[offset]):
        yield midnight, next_day, "weekend" if day.weekday() >= _SATURDAY else "holiday"
        return
    at, why = midnight, "night"
    for opens, closes in calendar.hours.spans:
        yield at, datetime.combine(day, opens, calendar.zone), why
        at, why = datetime.combine(day, closes, calendar.zone), "lunch"
    yield at, next_day, "night"


def _without(part: Skipped, others: Sequence[Span]) -> list[Skipped]:
    """What is left of `part` outside the spans `others`, which are in order."""
    out, at = [], part.start
    for start, end in others:
        if end <= at or start >= part.end:
            continue
        if start > at:
            out.append(Skipped(at, start, part.why))
        at = max(at, end)
    return [*out, Skipped(at, part.end, part.why)] if at < part.end else out


def _joined(parts: Sequence[Skipped]) -> tuple[Skipped, ...]:
    """Neighbours of one sort as one: an evening and the morning after are one night."""
    out: list[Skipped] = []
    for part in parts:
        if out and out[-1].end == part.start and out[-1].why == part.why:
            out[-1] = Skipped(out[-1].start, part.end, part.why)
        else:
            out.append(part)
    return tuple(out)
