"""The work calendar of a region pack, ready for the clocks."""

from datetime import timedelta
from functools import lru_cache
from itertools import pairwise
from zoneinfo import ZoneInfo

from dashboard.domain.clocks import WorkCalendar, WorkHours
from dashboard.domain.errors import UserError
from data.queries.regions import get_pack, list_workdays
from data.session import Session


def work_calendar(session: Session, pack_key: str, hours: WorkHours) -> WorkCalendar:
    """Raises UserError where the calendar is empty or has a gap."""
    pack = get_pack(session, pack_key)
    return _build(ZoneInfo(pack.timezone), hours, tuple(list_workdays(session, pack.calendar)))


@lru_cache(maxsize=8)
def _build(zone: ZoneInfo, hours: WorkHours, days: tuple) -> WorkCalendar:
    if not days:
        raise UserError("calendar", "the work calendar is empty", hint="run: flask --app app seed, or import-regions")
    for (one, _), (other, _works) in pairwise(days):
        if other - one != timedelta(days=1):
            raise UserError("calendar", "the work calendar has a gap", got=f"{one} is followed by {other}")
    return WorkCalendar(zone, hours, days[0][0], tuple(works for _day, works in days))
