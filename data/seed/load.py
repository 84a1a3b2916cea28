"""Fills a database with demo cases: generate, load, roll up, in the caller's transaction.

Answers for the order of things and for progress. A second process makes the frames while this one writes them.
"""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Connection

from dashboard.catalog import Catalog
from dashboard.domain.clocks import WorkCalendar
from data.models import Dataset, rollup_day, rollup_stock
from data.seed.demo import DATASET, generate
from data.seed.places import Places
from data.writes.bulk import load_cases, load_rows, without_indexes
from data.writes.tally import Cube

NAME = "演示数据"
SOURCE = "由本产品生成的演示数据，人员、案件全部虚构 (data/seed, seed {seed})"


def seed_demo(
    connection: Connection, places: Places, catalog: Catalog, calendar: WorkCalendar, *, count: int, seed: int,
    now: datetime, progress: Callable[[int, int], None] = lambda done, total: None, months: float = 13,
) -> None:  # fmt: skip
    """Add the dataset "demo" with `count` cases, their histories and roll-ups. Never commits.

    `progress(done, total)` is called in cases. The pack of `places` must be installed, the roll-ups must hold nothing
    of its regions yet.
    """
    load_rows(connection, Dataset.__table__, _dataset(places, seed))
    cube, done = Cube(calendar.zone), 0
    chunks = generate(places, catalog, calendar, count=count, seed=seed, now=now, months=months)
    from data.models import Case
    with without_indexes(connection, [Case.__table__]):
        for cases, steps in chunks:
            load_cases(connection, cases, steps)
            cube.add(cases)
            progress(done := done + len(cases), count)
    for rows in cube.day_rows():
        load_rows(connection, rollup_day, rows)
    for rows in cube.stock_rows():
        load_rows(connection, rollup_stock, rows)


def _dataset(places: Places, seed: int) -> dict:
    return {"key": [DATASET], "pack": [places.pack], "name": [NAME], "synthetic": [True], "source": [SOURCE.format(seed=seed)]}
