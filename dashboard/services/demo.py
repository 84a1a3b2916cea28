"""Fills an empty database with a region pack and synthetic cases."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from dashboard.deps import Deps
from dashboard.domain.periods import local_day
from dashboard.services.calendars import work_calendar
from data.queries.regions import list_datasets
from data.regions.pack import Pack, load_pack
from data.regions.synthetic import expand
from data.seed.load import seed_demo
from data.seed.places import make_places
from data.session import Session
from data.writes.datasets import extend_calendar
from data.writes.regions import install_pack

PACK, SEED = "zhejiang", 33
MONTHS = 15  # 13 to compare with a year ago, and two before them in which the stock of open cases builds up
_PAST, _AHEAD = timedelta(days=560), timedelta(days=400)


def ensure_demo(deps: Deps, cases: int, say: Callable[[str], object]) -> bool:
    """Install the pack and `cases` synthetic cases unless the database has some; was anything done?

    One transaction: a database is either filled or as it was.
    """
    started = time.monotonic()
    pack = load_pack(PACK)
    now = deps.clock().replace(microsecond=0)
    with deps.database.write() as session:
        if list_datasets(session, pack.key):
            return False
        say(f"demo: regions of {pack.name} …")
        rows = expand(pack)
        install_pack(session, pack, rows)
        _extend(session, pack, now)
        say(f"demo: {cases:,} synthetic cases with their histories …")
        calendar = work_calendar(session, pack.key, deps.catalog.hours)
        places = make_places(rows, pack=pack.key, calendar=pack.calendar)
        seed_demo(session.connection(), places, deps.catalog, calendar, count=cases, seed=SEED, now=now, months=MONTHS,
                  progress=lambda done, total: say(f"demo: {done:,} of {total:,}"))  # fmt: skip
    say(f"demo: ready after {time.monotonic() - started:.0f} s")
    return True


def ensure_regions(deps: Deps, key: str) -> int:
    """Install a pack (its key, or its folder) without cases; how many regions were added, 0 where it is installed."""
    pack = load_pack(key)
    with deps.database.write() as session:
        _extend(session, pack, deps.clock())
        return install_pack(session, pack, expand(pack))


def _extend(session: Session, pack: Pack, now: datetime) -> int:
    """Work days from well before the demo's history to a year ahead, joined to those already there."""
    today = local_day(now, ZoneInfo(pack.timezone))
    return extend_calendar(session, pack.calendar, today - _PAST, today + _AHEAD)
