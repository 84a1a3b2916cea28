"""Work time: deadlines as a table, and arithmetic against a slow day-by-day reference."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.catalog import load_catalog
from dashboard.domain.clocks import Limit, WorkCalendar, parse_limit
from dashboard.domain.errors import UserError
from tests.calendars import FIRST, HOURS, LAST, LOS_ANGELES, SHANGHAI, work_calendar

CALENDAR = work_calendar()
CLOCKS = load_catalog().clocks
DEADLINES = (  # started, limit, due (local time, Asia/Shanghai)
    ("2026-06-17 03:10", "15m", "2026-06-17 03:25"),  # plain time runs at night,
    ("2026-02-17 23:50", "24h", "2026-02-18 23:50"),  # and through the Spring Festival
    ("2026-06-17 09:00", "2wh", "2026-06-17 11:00"),
    ("2026-06-17 11:00", "2wh", "2026-06-17 15:00"),  # the lunch break does not count
    ("2026-06-17 10:00", "2wh", "2026-06-17 12:00"),  # done at noon, not at two
    ("2026-06-17 12:30", "2wh", "2026-06-17 16:00"),
    ("2026-06-17 16:30", "2wh", "2026-06-18 09:30"),  # nor the night
    ("2026-06-17 17:30", "2wh", "2026-06-18 10:30"),
    ("2026-06-17 05:00", "2wh", "2026-06-17 10:30"),
    ("2026-06-26 16:30", "2wh", "2026-06-29 09:30"),  # a Friday; nor the weekend
    ("2026-06-27 11:00", "2wh", "2026-06-29 10:30"),  # a Saturday
    ("2026-06-17 09:00", "1wd", "2026-06-18 09:00"),
    ("2026-06-17 08:30", "1wd", "2026-06-17 17:30"),
    ("2026-06-16 10:15", "5wd", "2026-06-24 10:15"),  # over 端午, the 19th
    ("2026-02-13 16:30", "2wh", "2026-02-14 09:30"),  # Saturday the 14th is a make-up work day
    ("2026-02-14 16:30", "2wh", "2026-02-24 09:30"),  # and then the Spring Festival, 15th to 23rd
    ("2026-02-20 10:00", "1wd", "2026-02-24 17:30"),
    ("2026-02-27 17:00", "1wd", "2026-02-28 17:00"),  # Saturday the 28th makes up, too
    ("2026-02-28 17:00", "1wd", "2026-03-02 17:00"),
    ("2025-09-30 17:00", "15wd", "2025-10-28 17:00"),  # 国庆 1st to 8th; the 11th makes up
)
RULES = (  # clock of clocks.toml, stage, started, due: the table of DOMAIN §3.3
    ("urgent", "accept", "2026-06-17 22:00", "2026-06-17 22:15"),
    ("urgent", "close", "2026-06-17 22:00", "2026-06-18 22:00"),
    ("fast", "accept", "2026-06-17 22:00", "2026-06-17 22:30"),
    ("fast", "close", "2026-06-17 22:00", "2026-06-22 17:30"),  # 18th, and the 22nd after 端午
    ("ordinary", "accept", "2026-06-17 22:00", "2026-06-18 10:30"),
    ("ordinary", "close", "2026-06-22 10:00", "2026-06-29 10:00"),
    ("complex", "accept", "2026-06-22 10:00", "2026-06-22 12:00"),
    ("complex", "close", "2026-06-22 10:00", "2026-07-13 10:00"),
)
LIMITS = (  # words, minutes, work time?
    ("15m", 15, False), ("4h", 240, False), ("1d", 1440, False), ("1.5h", 90, False), ("2wh", 120, True),
    ("5wd", 2100, True), ("0.5wd", 210, True),
)  # fmt: skip
ZONES = st.sampled_from((SHANGHAI, LOS_ANGELES))
STARTS = st.integers(0, 365 * 86_400 - 1)  # seconds into 2025
MINUTES = st.integers(1, 60_000)


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def started(calendar: WorkCalendar, seconds: int) -> int:
    return int(datetime(2025, 1, 1, tzinfo=calendar.zone).timestamp()) + seconds


def spans(calendar: WorkCalendar):
    """(start, end) of all work time in seconds, day by day."""
    for offset, works in enumerate(calendar.workdays):
        day = calendar.first + timedelta(days=offset)
        for start, end in calendar.hours.spans if works else ():
            yield tuple(int(datetime.combine(day, at, calendar.zone).timestamp()) for at in (start, end))


def slow_between(calendar: WorkCalendar, start: int, end: int) -> int:
    return sum(max(0, min(end, b) - max(start, a)) for a, b in spans(calendar)) // 60


def slow_add(calendar: WorkCalendar, start: int, minutes: int) -> int:
    left = minutes * 60
    for a, b in spans(calendar):
        mine = max(0, b - max(start, a))
        if mine >= left:
            return max(start, a) + left
        left -= mine
    raise AssertionError("the calendar is too short for this test")


def add(calendar: WorkCalendar, start: int, minutes: int, work: bool = True) -> int:
    return int(calendar.add(np.array([start]), np.array([minutes]), np.array([work]))[0])


def between(calendar: WorkCalendar, start: int, end: int, work: bool = True) -> int:
    return int(calendar.minutes_between(np.array([start]), np.array([end]), np.array([work]))[0])


@pytest.mark.parametrize("start, limit, due", DEADLINES)
def test_a_limit_falls_due(start: str, limit: str, due: str):
    assert CALENDAR.due(local(start), parse_limit(limit, HOURS)) == local(due)


@pytest.mark.parametrize("clock, stage, start, due", RULES)
def test_the_clocks_of_the_catalogue_fall_due(clock: str, stage: str, start: str, due: str):
    assert CALENDAR.due(local(start), getattr(CLOCKS[clock], stage)) == local(due)


@pytest.mark.parametrize("text, minutes, work", LIMITS)
def test_a_limit_is_read(text: str, minutes: int, work: bool):
    assert parse_limit(text, HOURS) == Limit(minutes, work)


@pytest.mark.parametrize("text", ("", "5", "wd", "0h", "-1h", "1 h", "2 wd", "1w", "h5", "1h30m", 5))
def test_what_is_no_limit_is_answered_with_the_units(text: object):
    with pytest.raises(UserError, match=r"not a time limit.*allowed: Nm \(minutes\).*Nwd \(work days\)"):
        parse_limit(text, HOURS)


@given(zone=ZONES, second=STARTS, minutes=MINUTES)
def test_add_agrees_with_the_slow_reference(zone, second: int, minutes: int):
    calendar = work_calendar(zone)
    start = started(calendar, second)
    assert add(calendar, start, minutes) == slow_add(calendar, start, minutes)
    assert add(calendar, start, minutes, work=False) == start + minutes * 60


@given(zone=ZONES, second=STARTS, length=st.integers(-10 * 86_400, 300 * 86_400))
def test_minutes_between_agrees_with_the_slow_reference(zone, second: int, length: int):
    calendar = work_calendar(zone)
    start = started(calendar, second)
    end = max(start + length, started(calendar, 0))
    assert between(calendar, start, end) == (slow_between(calendar, start, end) if end > start else 0)
    assert between(calendar, start, end, work=False) == max(0, end - start) // 60


@given(zone=ZONES, second=STARTS, minutes=MINUTES, work=st.booleans())
def test_the_minutes_added_lie_between(zone, second: int, minutes: int, work: bool):
    calendar = work_calendar(zone)
    start = started(calendar, second)
    due = calendar.due(datetime.fromtimestamp(start, UTC), Limit(minutes, work))
    assert calendar.minutes(datetime.fromtimestamp(start, UTC), due, work) == minutes
    assert due.timestamp() == add(calendar, start, minutes, work)


@given(seconds=st.lists(STARTS, min_size=1, max_size=20), data=st.data())
def test_many_at_once_equal_one_by_one(seconds: list[int], data):
    start = np.array([started(CALENDAR, second) for second in seconds])
    minutes = np.array([data.draw(MINUTES) for _ in seconds])
    work = np.array([data.draw(st.booleans()) for _ in seconds])
    due = CALENDAR.add(start, minutes, work)
    assert due.tolist() == [add(CALENDAR, *one) for one in zip(start, minutes, work, strict=True)]
    assert CALENDAR.minutes_between(start, due, work).tolist() == minutes.tolist()


@pytest.mark.parametrize("at", ("2024-12-31 23:59", "2027-01-01 00:01"))
def test_an_instant_outside_the_calendar_is_an_error_that_names_its_days(at: str):
    with pytest.raises(UserError, match=f"an instant lies outside.*{FIRST} to {LAST}.*extend the calendar"):
        CALENDAR.due(local(at), Limit(60, work=True))


def test_a_deadline_outside_the_calendar_is_an_error():
    with pytest.raises(UserError, match="a deadline lies outside"):
        CALENDAR.due(local("2026-12-31 17:00"), Limit(60, work=True))


def test_plain_time_needs_no_work_day_after_the_calendar():
    assert CALENDAR.due(local("2026-12-31 23:00"), Limit(120, work=False)) == local("2027-01-01 01:00")


def test_a_plain_day_is_24_hours_also_when_the_clocks_change():
    start = datetime(2026, 3, 7, 12, tzinfo=LOS_ANGELES)
    due = work_calendar(LOS_ANGELES).due(start, parse_limit("1d", HOURS))
    assert due.astimezone(LOS_ANGELES) == datetime(2026, 3, 8, 13, tzinfo=LOS_ANGELES)
