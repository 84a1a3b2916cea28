"""Fills a database with demo cases: generate, load, roll up, in the caller's transaction.

Answers for the order of things and for progress. For many cases a second process makes the frames that this one
writes; the result is the same.
"""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Connection

from dashboard.catalog import Catalog
from dashboard.domain.clocks import WorkCalendar
from data.models import Case, CaseStep, Dataset, rollup_day, rollup_stock
from data.seed.ahead import generate_ahead
from data.seed.demo import DATASET, generate
from data.seed.places import Places
from data.writes.bulk import load_cases, load_rows, without_indexes
from data.writes.tally import Cube

NAME = "演示数据"
SOURCE = "本产品生成的演示数据，人员、事件全部虚构（data/seed，种子 {seed}）"
CHUNK = 25_000
WORTH_A_PROCESS = 20_000
"""Cases from which a second process saves more than its start costs (about a second)."""


def seed_demo(
    connection: Connection, places: Places, catalog: Catalog, calendar: WorkCalendar, *, count: int, seed: int,
    now: datetime, progress: Callable[[int, int], None] = lambda done, total: None, months: float = 13,
    histories: int | None = None,
) -> None:  # fmt: skip
    """Add the dataset "demo" with `count` cases, their histories and roll-ups. Never commits.

    `histories`: load steps for about so many of the cases only, the oldest (None: all); for benchmarks.
    `progress(done, total)` is told the cases written. The pack of `places` must be installed, and the roll-ups must
    hold nothing of its regions yet: rows of both would collide.
    """
    load_rows(connection, Dataset.__table__, _dataset(places, seed))
    make = generate_ahead if count >= WORTH_A_PROCESS else generate
    chunks = make(places, catalog, calendar, count=count, seed=seed, now=now, months=months, chunk=CHUNK,
                  histories=histories)  # fmt: skip
    cube, done = Cube(calendar.zone), 0
    with without_indexes(connection, (Case.__table__, CaseStep.__table__)):
        for cases, steps in chunks:
            load_cases(connection, cases, steps)
            cube.add(cases)
            progress(done := done + len(cases), count)
    load_cube(connection, cube)


def load_cube(connection: Connection, cube: Cube) -> None:
    """Append the cube's rows to both roll-ups."""
    for table, blocks in ((rollup_day, cube.day_rows()), (rollup_stock, cube.stock_rows())):
        for rows in blocks:
            load_rows(connection, table, rows)


def _dataset(places: Places, seed: int) -> dict[str, list]:
    source = SOURCE.format(seed=seed)
    return {"key": [DATASET], "pack": [places.pack], "name": [NAME], "synthetic": [True], "source": [source]}
