"""A full monthly edition from the cases: locking the figures with every case behind them, working them out, writing.

The month is the last one that is complete. Each round makes the edition anew; what it left behind is taken away again,
untimed. `lock` and `try` are what a person waits for; the parts are timed by themselves.
"""

from datetime import date, datetime, timedelta

from sqlalchemy import delete

from dashboard.deps import Deps
from dashboard.domain.evaluation.archive import COHORT
from dashboard.domain.evaluation.cohort import unpack
from dashboard.domain.people import SYSTEM
from dashboard.domain.scope import EVERYTHING
from dashboard.services import editions, freezing, parties
from dashboard.services.recomputing import read_bodies, work_out
from dashboard.services.schemes import DEFAULT
from dashboard.services.schemes import scheme as get_scheme
from dashboard.services.sealing import verify
from data.models import Edition, EditionArchive, EditionScore, EditionStanding, EditionStep, EditionValue
from data.queries.regions import get_root
from data.session import Database
from tests.bench.panels import measure, wall_of
from tests.bench.report import Row

GOAL = 10_000.0  # ms, at 10 million cases
ROUNDS = 3
_TABLES = (EditionValue, EditionScore, EditionStanding, EditionArchive, EditionStep, Edition)


def run(database: Database, now: datetime, rounds: int) -> list[Row]:
    with wall_of(database, now) as deps:
        with database.read() as session:
            root = get_root(session, EVERYTHING)
            today = parties.today_in(session, root, now)
        month = (today.replace(day=1) - timedelta(days=1)).replace(day=1)
        scheme, span = get_scheme(deps, DEFAULT), editions.month_of(month)

        def freeze() -> dict[str, bytes]:
            with database.read() as session:
                return freezing.freeze(deps, session, freezing.subject_of(session, scheme, root, span), now)

        frozen = freeze()
        counted = sum(len(unpack(body).marks) for name, body in frozen.items() if name.startswith(COHORT))
        parts = {"freeze: figures and cases": freeze}
        whole = measure(rounds, lambda: _make(deps, root.code, month), lambda: _clear(database))
        head = editions.list_editions(deps, SYSTEM)[0]
        with database.read() as session:
            bodies = read_bodies(session, head.id)
        parts |= {
            "evaluate: scores, ranks, doubt": lambda: work_out(bodies),
            "verify it": lambda: verify(deps, head.id),
        }
        timed = {name: measure(rounds, part) for name, part in parts.items()}
        rows = [Row(f"  {name}", times.median, "ms", note=times.note) for name, times in timed.items()]
        size = sum(map(len, frozen.values()))
        note = f"{whole.note}; {counted:,} cases counted, {size / 1e6:.1f} MB archived"
        _clear(database)
        return [Row("a full monthly edition", whole.median, "ms", GOAL, note=note), *rows]


def _make(deps: Deps, region: str, month: date) -> None:
    head = editions.open_edition(deps, SYSTEM, DEFAULT, region, month)
    for action in ("lock", "try"):
        editions.act(deps, SYSTEM, head.id, action)


def _clear(database: Database) -> None:
    with database.write() as session:
        for table in _TABLES:
            session.execute(delete(table))
