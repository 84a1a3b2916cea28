"""Work calendars for tests: real public holidays and make-up work days, as data.writes.regions installs them."""

from datetime import date, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays

from dashboard.domain.clocks import WorkCalendar, WorkHours

HOURS = WorkHours(((time(8, 30), time(12)), (time(14), time(17, 30))))
SHANGHAI, LOS_ANGELES = ZoneInfo("Asia/Shanghai"), ZoneInfo("America/Los_Angeles")
FIRST, LAST = date(2025, 1, 1), date(2026, 12, 31)


@lru_cache
def work_calendar(zone: ZoneInfo = SHANGHAI, first: date = FIRST, last: date = LAST) -> WorkCalendar:
    country, part = ("CN", None) if zone == SHANGHAI else ("US", "CA")
    book = holidays.country_holidays(country, subdiv=part, years=range(first.year, last.year + 1))
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    return WorkCalendar(zone, HOURS, first, tuple(book.is_working_day(day) for day in days))
