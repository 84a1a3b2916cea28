"""Periods of local days, what they are compared with, and their instants."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.domain.errors import UserError
from dashboard.domain.periods import PERIODS, Period, instants, local_day, period_ending

SHANGHAI, LOS_ANGELES = ZoneInfo("Asia/Shanghai"), ZoneInfo("America/Los_Angeles")
ENDING = (  # key, today: period, the one before, the one a year earlier
    ("today", "2026-06-18", "2026-06-18/2026-06-18", "2026-06-17/2026-06-17", "2025-06-18/2025-06-18"),
    ("7d", "2026-03-03", "2026-02-25/2026-03-03", "2026-02-18/2026-02-24", "2025-02-25/2025-03-03"),
    ("30d", "2026-06-18", "2026-05-20/2026-06-18", "2026-04-20/2026-05-19", "2025-05-20/2025-06-18"),
    ("30d", "2024-03-01", "2024-02-01/2024-03-01", "2024-01-02/2024-01-31", "2023-02-01/2023-03-01"),
    ("today", "2024-02-29", "2024-02-29/2024-02-29", "2024-02-28/2024-02-28", "2023-02-28/2023-02-28"),
    ("7d", "2024-02-29", "2024-02-23/2024-02-29", "2024-02-16/2024-02-22", "2023-02-23/2023-02-28"),
    ("year", "2026-06-18", "2026-01-01/2026-06-18", "2025-07-16/2025-12-31", "2025-01-01/2025-06-18"),
    ("year", "2026-01-01", "2026-01-01/2026-01-01", "2025-12-31/2025-12-31", "2025-01-01/2025-01-01"),
)
INSTANTS = (  # zone, days: UTC bounds
    (SHANGHAI, "2026-06-18/2026-06-18", "2026-06-17T16:00", "2026-06-18T16:00"),
    (LOS_ANGELES, "2026-03-07/2026-03-07", "2026-03-07T08:00", "2026-03-08T08:00"),
    (LOS_ANGELES, "2026-03-08/2026-03-08", "2026-03-08T08:00", "2026-03-09T07:00"),  # 23 hours
    (LOS_ANGELES, "2026-11-01/2026-11-01", "2026-11-01T07:00", "2026-11-02T08:00"),  # 25 hours
    (LOS_ANGELES, "2026-03-01/2026-03-30", "2026-03-01T08:00", "2026-03-31T07:00"),
)
DAYS = st.dates(date(1990, 1, 1), date(2100, 1, 1))


def period(text: str) -> Period:
    return Period(*(date.fromisoformat(day) for day in text.split("/")))


@pytest.mark.parametrize("key, today, own, previous, last_year", ENDING)
def test_a_period_ends_today_and_knows_the_two_it_is_compared_with(key, today, own, previous, last_year):
    found = period_ending(key, date.fromisoformat(today))
    assert (found, found.previous(), found.last_year()) == (period(own), period(previous), period(last_year))


@pytest.mark.parametrize("first, start", [("2025-05-18", "2025-05-18"), ("2026-06-18", "2026-06-18"), (None, "2026-06-18"),
                                          ("2026-07-01", "2026-06-18")])  # fmt: skip
def test_everything_starts_on_the_first_day_with_data_and_never_after_today(first: str | None, start: str):
    found = period_ending("all", date(2026, 6, 18), first and date.fromisoformat(first))
    assert found == period(f"{start}/2026-06-18")


@pytest.mark.parametrize("zone, days, first, after", INSTANTS)
def test_a_period_is_bounded_by_local_midnights(zone: ZoneInfo, days: str, first: str, after: str):
    assert instants(period(days), zone) == tuple(
        datetime.fromisoformat(at).replace(tzinfo=UTC) for at in (first, after)
    )


@given(key=st.sampled_from(PERIODS), today=DAYS)
def test_the_period_before_is_as_long_and_ends_where_this_one_starts(key: str, today: date):
    found = period_ending(key, today)
    assert found.previous().days == found.days == len(found.dates())
    assert found.previous().end + timedelta(days=1) == found.start
    assert found.end == today


@given(zone=st.sampled_from((SHANGHAI, LOS_ANGELES)), day=DAYS, second=st.integers(0, 86_399))
def test_an_instant_lies_within_the_bounds_of_its_local_day_and_of_no_other(zone: ZoneInfo, day: date, second: int):
    at = datetime.combine(day, datetime.min.time(), UTC) + timedelta(seconds=second)
    here = local_day(at, zone)
    first, after = instants(Period(here, here), zone)
    assert first <= at < after


@pytest.mark.parametrize("key", ("", "1d", "month", "YEAR"))
def test_an_unknown_period_is_answered_with_the_known_ones(key: str):
    with pytest.raises(UserError, match=r"unknown period.*allowed: today, 7d, 30d, year, all"):
        period_ending(key, date(2026, 6, 18))
