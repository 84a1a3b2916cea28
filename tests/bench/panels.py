"""Server time of all wall panels together: cold, warm, drawn, and each panel by itself.

Cold: the read cache is cleared before each round, the process and the database are warm. After a write: the data
version is new, what was read of past days is kept. Warm: the data is unchanged
and every answer is cached. A panel's own time is taken with an empty cache, so what panels share counts in each.
"""

import gc
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from dash._utils import to_json
from flask import Flask, g
from flask_babel import Babel
from sqlalchemy import event, update

import callbacks.wall as wall_callbacks
from dashboard.cache import ReadCache
from dashboard.catalog import load_catalog
from dashboard.deps import Deps
from dashboard.domain.people import SYSTEM
from dashboard.domain.scope import EVERYTHING
from dashboard.domain.state import WallState
from dashboard.services.wall import READS
from data.models import rollup_fold
from data.session import Database
from tests.bench.report import Row

# opened over the wall; drawn once a region pack and kept; of another page
ELSEWHERE = (
    "case_list",
    "case_detail",
    "directive",
    "order",
    "shapes",
    "score",
    "behind",
    "edition",
    "loop",
    "plot",
    "now",
)
PANELS = tuple(name for name in READS if name not in ELSEWHERE)
REGIONS = {"province": "", "city 杭州": "330100", "county 西湖": "330106"}
ROUNDS = 9
COLD, WARM = 50.0, 10.0  # ms: DESIGN.md §10


@dataclass(frozen=True, slots=True)
class Times:
    """Milliseconds of some rounds."""

    each: tuple[float, ...]

    @property
    def median(self) -> float:
        return statistics.median(self.each)

    @property
    def note(self) -> str:
        return f"median of {len(self.each)}, {min(self.each):.1f} to {max(self.each):.1f}"


def measure(rounds: int, work: Callable[[], object], before: Callable[[], object] = lambda: None) -> Times:
    """Time `work` so many times, each after an untimed `before`, with the collector at rest meanwhile."""
    each = []
    gc.collect()
    gc.disable()
    for _round in range(rounds):
        before()
        started = time.perf_counter()
        work()
        each.append((time.perf_counter() - started) * 1000)
    gc.enable()
    return Times(tuple(each))


@contextmanager
def wall_of(database: Database, now: datetime) -> Iterator[Deps]:
    """What services need, inside a request, at the moment `now`."""
    server = Flask("bench")
    Babel(server, default_locale="zh")
    deps = Deps(database, load_catalog(), ReadCache(server), lambda: now)
    server.extensions["deps"] = deps
    with server.test_request_context():
        g.person = SYSTEM
        yield deps


def run(database: Database, now: datetime, rounds: int = ROUNDS) -> list[Row]:
    rows = []
    with wall_of(database, now) as deps:
        for name, code in REGIONS.items():
            rows += _region(deps, name, WallState(region=code), rounds)
    return rows


def _region(deps: Deps, name: str, state: WallState, rounds: int) -> list[Row]:
    def ask() -> None:
        for panel in PANELS:
            READS[panel](deps, state, EVERYTHING)

    cold = cold_times(deps, state, rounds)
    warm = measure(rounds, ask)
    written = measure(rounds, ask, lambda: count_a_write(deps.database))
    with counted(deps.database) as statements:
        ask()
        warm_statements = len(statements)
        deps.cache.clear()
        ask()
    query = state.to()
    drawn = measure(rounds, lambda: draw(query), deps.cache.clear)
    again = measure(rounds, lambda: draw(query))
    rows = [
        Row(f"{name}: all panels cold", cold.median, "ms", COLD, note=cold.note),
        Row(f"{name}: all panels after a write", written.median, "ms", COLD, note=written.note),
        Row(f"{name}: all panels warm", warm.median, "ms", WARM, note=warm.note),
        Row(f"{name}: statements cold", len(statements) - warm_statements, "", note=f"warm {warm_statements}"),
        Row(f"{name}: read, drawn, as JSON, cold", drawn.median, "ms", COLD, note=drawn.note),
        Row(f"{name}: read, drawn, as JSON, warm", again.median, "ms", COLD, note=again.note),
        Row(f"{name}: JSON of all panels", len(draw(query)) / 1024, "KB", note="before compression"),
    ]
    return rows + [_alone(deps, name, panel, state, rounds) for panel in PANELS]


def count_a_write(database: Database) -> None:
    """A new data version, as after any write: only what was read of days that are over is still good."""
    with database.write() as session:
        session.execute(update(rollup_fold).values(folded=rollup_fold.c.folded + 1))


def cold_times(deps: Deps, state: WallState, rounds: int = ROUNDS) -> Times:
    """All panels together with an empty read cache, after one round that warms process and database."""

    def ask() -> None:
        for panel in PANELS:
            READS[panel](deps, state, EVERYTHING)

    ask()
    return measure(rounds, ask, deps.cache.clear)


def _alone(deps: Deps, name: str, panel: str, state: WallState, rounds: int) -> Row:
    times = measure(rounds, lambda: READS[panel](deps, state, EVERYTHING), deps.cache.clear)
    return Row(f"{name}:   {panel} alone, cold", times.median, "ms", COLD, note=times.note)


def draw(query: str) -> str:
    """What all panels' callbacks answer together, as JSON."""
    modules = [module for module in wall_callbacks.MODULES if getattr(module, "PANEL", None)]
    return "".join(to_json(module.refresh(query)) for module in modules)


@contextmanager
def counted(database: Database) -> Iterator[list[str]]:
    """The statements that are run meanwhile."""
    seen: list[str] = []

    def note(_connection, _cursor, statement, *_more) -> None:
        seen.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(database.engine, "before_cursor_execute", note)
