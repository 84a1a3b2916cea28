"""How fast cases come in: an import with validation, reports beside a bare INSERT, and the fold of their deltas.

In a small database of its own beside the filled one, so that a kept database stays as it was filled.
"""

import csv
import random
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from uuid import uuid4
from zoneinfo import ZoneInfo

from flask import Flask
from sqlalchemy import insert, select

from dashboard.cache import ReadCache
from dashboard.catalog import load_catalog
from dashboard.deps import Deps
from dashboard.domain.commands import Report
from dashboard.domain.people import SYSTEM
from dashboard.domain.periods import local_day
from dashboard.services.casework import report
from dashboard.services.ids import new_id
from dashboard.services.importing import import_cases
from data.migrate import upgrade
from data.models import Case
from data.regions.synthetic import expand
from data.session import Database
from data.writes.cases import insert_case
from data.writes.quick import add_row
from data.writes.rollups import fold
from tests.bench.fill import ensure_filled
from tests.bench.report import Row
from tests.bench.stages import Stage, beside
from tests.import_samples import CATALOG, COLUMNS, PACK, sample_mapping

ROWS, SINGLES, BATCH, CASES = 200_000, 1_000, 50, 20_000
IMPORT_FLOOR = 10_000.0  # rows a second: DESIGN.md §10
REPORT_SHARE = 0.40  # of a bare INSERT and COMMIT
UPSERT_SHARE = 1_933 / 4_718  # what upserting roll-ups inside each write left of the rate: DESIGN.md §4
_STEP = {"action": "report", "actor": "网格员", "role": "grid"}
_ZONE = ZoneInfo("Asia/Shanghai")
_LATER = ("accepted_at", "dispatched_at", "handled_at", "verified_at", "closed_at", "ended_at", "reopened_at", "rated_at",
          "handle_due_at", "verify_due_at", "accept_minutes", "handle_minutes", "verify_minutes", "satisfaction")  # fmt: skip
_FRESH = {"state": "reported", "version": 1, "overdue": False, "card": "none", "repeat_of": None,
          "returned": 0, "reworked": 0, "reopened": 0, **dict.fromkeys(_LATER)}  # fmt: skip
_START, _NOW = datetime(2025, 6, 1), datetime(2026, 7, 1, tzinfo=UTC)


def run_import(stage: Stage, rows: int = ROWS) -> list[Row]:
    with beside(stage) as empty, tempfile.TemporaryDirectory() as folder:
        database = Database(empty.url)
        upgrade(database.engine)
        file, mapping = _write_csv(Path(folder) / "records.csv", rows), sample_mapping(Path(folder))
        started = time.perf_counter()
        report = import_cases(database, CATALOG, file, mapping, PACK, now=_NOW)
        taken = time.perf_counter() - started
        database.engine.dispose()
    note = f"{report.new:,} new, {report.rejected:,} rejected in {taken:.1f} s, with steps, deltas and folds"
    return [Row("rows imported", rows / taken, "rows/s", IMPORT_FLOOR, more=True, note=note)]


def run_writes(stage: Stage, say: Callable[[str], object], singles: int = SINGLES) -> list[Row]:
    with beside(stage) as small:
        ensure_filled(small, CASES, say)
        database = Database(small.url)
        cases = _new_cases(database, 3 * singles)
        bare, least, full = _race(database, cases)
        note = f"{full / bare:.0%} of bare: step, deltas, audit, feed, answer kept; upserting roll-ups left {UPSERT_SHARE:.0%}"
        rows = [
            Row("bare INSERT and COMMIT of a case", bare, "writes/s", note=f"{singles:,} writes, one client"),
            Row("the same by a prepared statement", least, "writes/s", note="as little around the driver as can be"),
            Row("a report through the service, whole", full, "writes/s", bare * REPORT_SHARE, more=True, note=note),
            _fold(database, cases),
        ]
        database.engine.dispose()
    return rows


def _race(database: Database, cases: list[dict]) -> tuple[float, float, float]:
    """Writes a second, (bare, by a prepared statement, whole reports): batches by turns, so that all meet the same
    weather, and the faster half of each."""
    deps = Deps(database, load_catalog(), ReadCache(Flask(__name__)))
    ways = (_bare, _prepared, partial(_report, deps))
    seconds: tuple[list[float], ...] = tuple([] for _way in ways)
    for number, start in enumerate(range(0, len(cases), BATCH)):
        batch, way = cases[start : start + BATCH], number % len(ways)
        started = time.perf_counter()
        for case in batch:
            ways[way](database, case)
        seconds[way].append((time.perf_counter() - started) / len(batch))
    faster = [sorted(each)[: max(1, len(each) // 2)] for each in seconds]
    return tuple(len(each) / sum(each) for each in faster)


def _bare(database: Database, case: dict) -> None:
    with database.write() as session:
        session.execute(insert(Case), [case])


def _prepared(database: Database, case: dict) -> None:
    with database.write() as session:
        add_row(session, Case.__table__, case)


def _report(deps: Deps, database: Database, case: dict) -> None:
    """As a phone sends it: under an id of its own, with the time by its clock."""
    now = deps.clock()
    report(deps, SYSTEM, Report(case["grid_code"] or case["county_code"], case["kind"], case["title"], case["source"],
                                id=new_id(now), lon=case["lon"], lat=case["lat"], address=case["address"],
                                device_at=now, dataset=case["dataset"]))  # fmt: skip


def _fold(database: Database, cases: list[dict]) -> Row:
    """The deltas of cases written one by one, folded at once into roll-ups that hold their days already."""
    with database.fold() as session:
        fold(session)
    with database.write() as session:
        for case in cases:
            _insert(session, {**case, "id": uuid4()})
    started = time.perf_counter()
    with database.fold() as session:
        count = fold(session)
    taken = time.perf_counter() - started
    note = f"{count:,} deltas of {len(cases):,} cases in {taken:.2f} s; an import must not outrun it"
    return Row("deltas folded", count / taken, "rows/s", IMPORT_FLOOR, more=True, note=note)


def _new_cases(database: Database, count: int) -> list[dict]:
    """Reports as they come in: cases like those that stand there, on the days and in the places of theirs."""
    with database.read() as session:
        rows = session.execute(select(Case.__table__).limit(count)).mappings().all()
    return [{**row, **_FRESH, "id": uuid4()} for row in rows]


def _insert(session, case: dict) -> None:
    insert_case(session, case, {**_STEP, "at": case["reported_at"]}, lambda at: local_day(at, _ZONE))


def _write_csv(path: Path, rows: int) -> Path:
    """Records as another system would export them, in the columns of tests.import_samples."""
    chance, hoods = random.Random(8), [region.name for region in expand(PACK) if region.level == "township"]
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(COLUMNS)
        writer.writerows(_record(key, chance, hoods) for key in range(rows))
    return path


def _record(key: int, chance: random.Random, hoods: list[str]) -> tuple:
    made = _START + timedelta(minutes=chance.randrange(525_600))
    done = made + timedelta(minutes=chance.randrange(30, 60_000))
    closed = done < _NOW.replace(tzinfo=None) - timedelta(days=1)
    ended = f"{done:%Y-%m-%d %H:%M}" if closed else ""
    return (key, f"{made:%Y-%m-%d %H:%M}", ended, ended, "closed" if closed else "open", chance.choice(("noise", "other")),
            chance.randrange(1, 12), chance.choice(hoods), round(-122.5 + chance.random() * 0.12, 5),
            round(37.71 + chance.random() * 0.1, 5), f"record {key}", chance.choice(("Police", "Parks", "Streets")))  # fmt: skip
