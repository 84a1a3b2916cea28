"""Periods of local days, the two they are compared with, and the instants that bound them."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from dashboard.domain.errors import UserError

PERIODS = ("today", "7d", "30d", "year", "all")
_LENGTH = {"today": 1, "7d": 7, "30d": 30}


@dataclass(frozen=True, slots=True)
class Period:
    """Local days from `start` to `end`, both included."""

    start: date
    end: date

    @property
    def days(self) -> int:
        return (self.end - self.start).days + 1

    def previous(self) -> "Period":
        """As many days, ending the day before this one starts (环比)."""
        return Period(self.start - timedelta(days=self.days), self.start - timedelta(days=1))

    def last_year(self) -> "Period":
        """The same days a year earlier (同比); 29 February becomes the 28th."""
        return Period(_year_before(self.start), _year_before(self.end))

    def dates(self) -> list[date]:
        return [self.start + timedelta(days=n) for n in range(self.days)]


def period_ending(key: str, today: date, first: date | None = None) -> Period:
    """The named period that ends today; "all" starts on `first`, the first day with data (None: today).

    Raises UserError for a key outside PERIODS.
    """
    if key not in PERIODS:
        raise UserError("period", "unknown period", got=key, allowed=PERIODS)
    if key == "all":
        return Period(min(first or today, today), today)
    start = date(today.year, 1, 1) if key == "year" else today - timedelta(days=_LENGTH[key] - 1)
    return Period(start, today)


def local_day(instant: datetime, zone: ZoneInfo) -> date:
    return instant.astimezone(zone).date()


def instants(period: Period, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """UTC bounds [from, until) of the period's local days."""
    first = datetime.combine(period.start, time(), zone)
    after = datetime.combine(period.end + timedelta(days=1), time(), zone)
    return first.astimezone(UTC), after.astimezone(UTC)


def _year_before(day: date) -> date:
    return day.replace(year=day.year - 1, day=28) if (day.month, day.day) == (2, 29) else day.replace(year=day.year - 1)
