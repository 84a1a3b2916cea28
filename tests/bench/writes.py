"""How fast cases come in: an import with validation, single writes beside a bare INSERT, and the fold of their deltas.

In a small database of its own beside the filled one, so that a kept database stays as it was filled.
"""

import csv
import itertools
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

from sqlalchemy import create_engine, delete, func, insert, select, text
from sqlalchemy.engine import make_url

from dashboard.domain.periods import local_day
from dashboard.services.importing import import_cases
from data.models import Case, rollup_delta
from data.regions.pack import load_pack
from data.session import Database
from data.writes.cases import insert_case
from data.writes.rollups import fold
from tests.bench.fill import ensure_filled
from tests.bench.report import Row
from tests.bench.stages import Stage
from tests.import_samples import CATALOG, COLUMNS, PACK, sample_mapping

ROWS, SINGLES, BATCH, CASES = 200_000, 1_000, 50, 20_000
IMPORT_FLOOR = 10_000.0  # rows a second: DESIGN.md §10
UPSERT_SHARE = 1_933 / 4_718  # what upserting roll-ups inside each write left of the rate: DESIGN.md §4
_STEP = {"action": "report", "actor": "网格员", "role": "grid"}


def run_import(stage: Stage, rows: int = ROWS) -> list[Row]:
    with _beside(stage) as beside, tempfile.TemporaryDirectory() as folder:
        database = _migrated(beside)
        file = _write_csv(Path(folder) / "records.csv", rows)
        mapping = sample_mapping(Path(folder))
        now = datetime(2026, 7, 1, tzinfo=UTC)
        started = time.perf_counter()
        report = import_cases(database, CATALOG, file, mapping, PACK, now=now)
        taken = time.perf_counter() - started
        database.engine.dispose()
    note = f"{report.new:,} new, {report.rejected:,} rejected, in {taken:.1f} s with steps, deltas and folds"
    return [Row("rows imported", rows / taken, "rows/s", IMPORT_FLOOR, more=True, note=note)]


def run_writes(stage: Stage, say: Callable[[str], object], singles: int = SINGLES) -> list[Row]:
    with _beside(stage) as beside:
        ensure_filled(beside, CASES, say)
        database = Database(beside.url)
        cases = list(_new_cases(database, 2 * singles))
        bare, full = _race(database, cases)
        rows = [
            Row("bare INSERT and COMMIT of a case", bare, "writes/s", note=f"{singles:,} writes, one client"),
            Row("with its step and deltas", full, "writes/s", bare * UPSERT_SHARE, more=True,
                note=f"{full / bare:.0%} of bare; upserting roll-ups instead left {UPSERT_SHARE:.0%}"),
        ]  # fmt: skip
        rows.append(_fold(database, cases))
        database.engine.dispose()
    return rows


def _race(database: Database, cases: list[dict]) -> tuple[float, float]:
    """(bare, full) writes a second, by turns so that both meet the same weather; each by its fastest half."""
    times: tuple[list[float], list[float]] = ([], [])
    for number, batch in enumerate(itertools.batched(cases, BATCH) if hasattr(itertools, "batched") else _batches(cases)):
        started = time.perf_counter()
        for case in batch:
            with database.write() as session:
                if number % 2:
                    insert_case(session, case, {**_STEP, "at": case["reported_at"]}, _day)
                else:
                    session.execute(insert(Case), [case])
        times[number % 2].append((time.perf_counter() - started) / len(batch))
    return tuple(1 / (sum(sorted(each)[: max(1, len(each) // 2)]) / max(1, len(each) // 2)) for each in times)


def _batches(cases: list[dict]) -> Iterator[list[dict]]:
    return (cases[start : start + BATCH] for start in range(0, len(cases), BATCH))


def _fold(database: Database, cases: list[dict]) -> Row:
    """The deltas of many cases written one by one, folded at once."""
    with database.fold() as session:
        fold(session)
    with database.write() as session:
        session.execute(delete(Case).where(Case.id.in_([case["id"] for case in cases[:0]])))
        for case in cases:
            insert_case(session, {**case, "id": uuid4()}, {**_STEP, "at": case["reported_at"]}, _day)
        waiting = session.scalar(select(func.count()).select_from(rollup_delta))
    started = time.perf_counter()
    with database.fold() as session:
        count = fold(session)
    taken = time.perf_counter() - started
    assert count == waiting
    note = f"{count:,} deltas of {len(cases):,} cases in {taken:.2f} s; the goal is the import's rate"
    return Row("deltas folded", count / taken, "rows/s", IMPORT_FLOOR, more=True, note=note)


def _new_cases(database: Database, count: int) -> Iterator[dict]:
    """New cases like those that stand there, reported lately."""
    with database.read() as session:
        rows = session.execute(select(Case.__table__).limit(count)).mappings().all()
    for number, row in enumerate(itertools.islice(itertools.cycle(rows), count)):
        yield {**row, "id": uuid4(), "reported_at": row["reported_at"] + timedelta(seconds=number)}


def _day(at: datetime):
    return local_day(at, _ZONE)


def _write_csv(path: Path, rows: int) -> Path:
    """Records of San Francisco as another system would export them, in the columns of tests.import_samples."""
    chance, start = random.Random(8), datetime(2025, 6, 1)
    hoods = [hood for hood in load_pack("san_francisco").names("township")] if hasattr(PACK, "names") else ["Mission"]
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, COLUMNS)
        writer.writeheader()
        for key in range(rows):
            made = start + timedelta(minutes=chance.randrange(0, 525_600))
            done = made + timedelta(minutes=chance.randrange(30, 60_000))
            closed = done < datetime(2026, 6, 30)
            writer.writerow({
                "id": key, "made": f"{made:%Y-%m-%d %H:%M}", "done": f"{done:%Y-%m-%d %H:%M}" if closed else "",
                "changed": f"{max(made, done):%Y-%m-%d %H:%M}", "status": "closed" if closed else "open",
                "type": chance.choice(("noise", "other")), "area": chance.randrange(1, 12), "hood": chance.choice(hoods),
                "lon": round(-122.5 + chance.random() * 0.12, 5), "lat": round(37.71 + chance.random() * 0.1, 5),
                "text": f"record {key}", "office": chance.choice(("Police", "Public Works", "Parks")),
            })  # fmt: skip
    return path
