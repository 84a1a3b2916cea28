"""The cases behind the walls of these tests, read by the test's own process straight from the server's database."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from types import SimpleNamespace
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from dashboard.catalog import load_catalog
from dashboard.deps import utc_now
from dashboard.domain.commands import Report
from dashboard.domain.measures import COUNTERS, MEASURES
from dashboard.domain.people import Grant, Person
from dashboard.domain.periods import local_day, period_ending
from dashboard.domain.regions import Region
from dashboard.domain.scope import EVERYTHING
from dashboard.services.casework import report
from dashboard.services.devices import tell_unsent
from dashboard.services.people import NewUser, create_user
from data.models import Case
from data.queries.figures import Figures
from data.queries.regions import get_region
from tests.browser.servers import Server

ZONE = ZoneInfo("Asia/Shanghai")
CATALOG = load_catalog()
WORKER = Person(None, "浏览器测试", everything=True)


@contextmanager
def reading(server: Server) -> Iterator[Session]:
    database = server.database()
    try:
        with database.read() as session:
            yield session
    finally:
        database.engine.dispose()


def busy_grid(server: Server, county: str) -> Region:
    """The grid of a county with the most cases, below a township and a village."""
    where = (Case.county_code == county, Case.grid_code.is_not(None), Case.village_code.is_not(None))
    ask = select(Case.grid_code).where(*where).group_by(Case.grid_code).order_by(func.count().desc(), Case.grid_code)
    with reading(server) as session:
        return get_region(session, EVERYTHING, session.scalars(ask.limit(1)).one())


def count_raw(server: Server, region: str, period: str, kind: str, names: tuple[str, ...]) -> dict[str, int]:
    """Sums of counters over the raw cases of a region: {counter: sum}."""
    with reading(server) as session:
        figures = Figures(session, EVERYTHING, ZONE, CATALOG.members)
        place = get_region(session, EVERYTHING, region)
        span = period_ending(period, local_day(datetime.now(UTC), ZONE))
        flows = [name for name in dict.fromkeys(names) if COUNTERS[name].at]
        stocks = [name for name in dict.fromkeys(names) if not COUNTERS[name].at]
        found = figures.raw([place], kind, span, flows)[region] if flows else {}
        return found | (figures.raw([place], kind, None, stocks)[region] if stocks else {})


def kpi_raw(server: Server, key: str, region: str = "330000", period: str = "30d", kind: str = "") -> float | None:
    """A key figure counted over the raw cases."""
    measure = MEASURES[key]
    return measure.value(count_raw(server, region, period, kind, (*measure.numerator, *measure.denominator)))


def report_case(server: Server, place: str, title: str, kind: str = "fire", severity: str | None = None) -> UUID:
    """Write a case into the server's database from this process, as any other door of the product would."""
    with _services(server) as deps:
        return report(deps, WORKER, Report(place, kind, title, "grid", dataset="demo", severity=severity)).id


def worker_of(server: Server, grid: str) -> Person:
    """A grid worker with an account, of this grid."""
    new = NewUser(f"worker-{grid}", "演示·网格员", "a long enough sentence", (Grant("grid_worker", grid),), demo=True)
    with _services(server) as deps:
        return create_user(deps, new)


def tell(server: Server, worker: Person, device: UUID, unsent: int, oldest_at: datetime | None) -> None:
    """What a phone says of itself."""
    with _services(server) as deps:
        tell_unsent(deps, worker, device, unsent, oldest_at)


@contextmanager
def _services(server: Server) -> Iterator[SimpleNamespace]:
    database = server.database(writable=True)
    try:
        yield SimpleNamespace(database=database, catalog=CATALOG, clock=utc_now)
    finally:
        database.engine.dispose()
