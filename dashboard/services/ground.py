"""The work calendar and local days by which cases of a region pack are counted.

Calendars are read once a minute, not with every write: they change once a year.
"""

from dataclasses import dataclass
from datetime import date, datetime
from weakref import WeakKeyDictionary

from dashboard.deps import Deps
from dashboard.domain.clocks import WorkCalendar
from dashboard.domain.periods import local_day
from dashboard.services.calendars import work_calendar
from data.queries.ground import find_dataset_pack
from data.session import Database, Session

_KEPT: WeakKeyDictionary[Database, dict] = WeakKeyDictionary()


@dataclass(frozen=True)
class Ground:
    calendar: WorkCalendar

    def day_of(self, instant: datetime) -> date:
        return local_day(instant, self.calendar.zone)


def ground_of_pack(deps: Deps, session: Session, pack: str, now: datetime) -> Ground:
    """Raises UserError where the pack has no work calendar."""
    kept, minute = _KEPT.setdefault(deps.database, {}), int(now.timestamp()) // 60
    found = kept.get(pack)
    if found is None or found[0] != minute:
        kept[pack] = found = (minute, Ground(work_calendar(session, pack, deps.catalog.hours)))
    return found[1]


def ground_of(deps: Deps, session: Session, dataset: str, now: datetime) -> Ground:
    """As `ground_of_pack`, of the pack that a dataset belongs to: it never changes."""
    kept = _KEPT.setdefault(deps.database, {})
    if ("dataset", dataset) not in kept:
        kept["dataset", dataset] = find_dataset_pack(session, dataset)
    return ground_of_pack(deps, session, kept["dataset", dataset], now)
