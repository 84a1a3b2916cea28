"""Fills a database with the Zhejiang pack and synthetic cases in bulk; histories for a sample only."""

import json
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta

from dashboard.catalog import load_catalog
from dashboard.services.calendars import work_calendar
from dashboard.services.demo import MONTHS, PACK, SEED
from data.migrate import upgrade
from data.regions.pack import load_pack
from data.regions.synthetic import expand
from data.seed.load import seed_demo
from data.seed.places import make_places
from data.session import Database
from data.writes.datasets import extend_calendar
from data.writes.regions import install_pack
from tests.bench.report import Row
from tests.bench.stages import Stage

HISTORIES = 50_000
_CALENDAR = timedelta(days=600)  # longer than the demo's months, and than any deadline ahead
FLOOR = 200_000 / 30  # cases a second: 200,000 demo cases in 30 s, and those have all their histories


@dataclass(frozen=True, slots=True)
class Content:
    """What a filled database holds. `now`: the moment its cases end, which is the clock of all sections."""

    cases: int
    now: str
    seconds: float

    @property
    def moment(self) -> datetime:
        return datetime.fromisoformat(self.now)


def ensure_filled(stage: Stage, cases: int, say: Callable[[str], object]) -> tuple[Content, list[Row]]:
    """What the database holds, and the rate it was filled at. Raises SystemExit where it holds another number."""
    known = stage.folder / "content.json"
    if not known.exists():
        known.write_text(json.dumps(asdict(_fill(stage, cases, say))))
    content = Content(**json.loads(known.read_text()))
    if content.cases != cases:
        raise SystemExit(f"bench: the kept {stage.kind} holds {content.cases:,} cases; give --cases {content.cases}")
    note = f"{content.seconds:.0f} s with all indexes; histories for {min(cases, HISTORIES):,}"
    return content, [Row("cases loaded", cases / content.seconds, "cases/s", FLOOR, more=True, note=note)]


def _fill(stage: Stage, cases: int, say: Callable[[str], object]) -> Content:
    database, catalog, now = Database(stage.url), load_catalog(), datetime.now(UTC).replace(microsecond=0)
    upgrade(database.engine)
    pack = load_pack(PACK)
    rows = expand(pack)
    started = time.monotonic()
    with database.write() as session:
        install_pack(session, pack, rows)
        extend_calendar(session, pack.calendar, now.date() - _CALENDAR, now.date() + _CALENDAR)
        calendar = work_calendar(session, pack.key, catalog.hours)
        places = make_places(rows, pack=pack.key, calendar=pack.calendar)
        seed_demo(session.connection(), places, catalog, calendar, count=cases, seed=SEED, now=now, months=MONTHS,
                  histories=HISTORIES, progress=_every_tenth(say))  # fmt: skip
    content = Content(cases, (now + timedelta(seconds=1)).isoformat(), time.monotonic() - started)
    settle(database)
    database.engine.dispose()
    return content


def settle(database: Database) -> None:
    """Leave the database as it is after a quiet night: statistics taken, on PostgreSQL vacuumed too."""
    if database.is_sqlite:
        with database.write() as session:
            session.connection().exec_driver_sql("ANALYZE")  # SQLAlchemy has no construct for it
        return
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("VACUUM (ANALYZE)")  # nor for this


def _every_tenth(say: Callable[[str], object]) -> Callable[[int, int], None]:
    said = 0

    def progress(done: int, total: int) -> None:
        nonlocal said
        if done * 10 // total > said:
            said = done * 10 // total
            say(f"  {done:,} of {total:,} cases")

    return progress
