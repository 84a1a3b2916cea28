"""The wall's questions as plain SQL over `case`: what one would write without roll-ups, and how much longer it takes.

Written well: only the counters the panels show, one question for each date column with its bounds in WHERE, grouped in
SQL, each question asked once however many panels share it, and while it is measured an index on every date column that
the product has none on. Scores, words and layout are left out.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import BigInteger, Index, func, or_, select, type_coerce

from dashboard.domain.measures import COUNTERS, MEASURES, STOCK_HISTORY, STOCK_NAMES
from dashboard.domain.periods import Period, instants
from dashboard.domain.regions import Region
from dashboard.domain.scope import EVERYTHING
from dashboard.domain.state import WallState
from dashboard.services import words
from dashboard.services.frame import Frame
from dashboard.services.levels import MAP_LEVELS, level_below
from dashboard.services.overview import KPIS, REPEATS
from data.models import Case
from data.queries.cases import list_recent
from data.queries.conditions import counter_sum, region_clauses
from data.queries.figures import Figures
from data.session import Database
from tests.bench.fill import settle
from tests.bench.panels import REGIONS, cold_times, measure, wall_of
from tests.bench.report import Row

ROUNDS = 3
GOAL = 20.0  # times the roll-ups' time
_DATES = (
    "accepted_at",
    "dispatched_at",
    "handled_at",
    "verified_at",
    "closed_at",
    "ended_at",
    "rated_at",
    "close_due_at",
)
_SMOOTH, _DAY_US = 6, 86_400_000_000


def run(database: Database, now: datetime, rounds: int) -> list[Row]:
    rows = []
    with wall_of(database, now) as deps, date_indexes(database):
        for name, code in REGIONS.items():
            state = WallState(region=code)
            rolled = cold_times(deps, state)
            times = measure(rounds, Plain(Frame(deps, state, EVERYTHING)).ask)
            note = f"{rolled.median:.1f} ms by roll-ups; fastest by fastest {min(times.each) / min(rolled.each):.1f}"
            rows.append(Row(f"{name}: plain SQL", times.median, "ms", note=times.note))
            rows.append(Row(f"{name}: plain SQL by roll-ups", times.median / rolled.median, "×", GOAL, True, note))
    return rows


@contextmanager
def date_indexes(database: Database) -> Iterator[None]:
    """An index on every date column the questions bound, for the time of the measurement."""
    indexes = [Index(f"bench_{name}", Case.__table__.c[name]) for name in _DATES]
    for index in indexes:
        Case.__table__.indexes.discard(index)  # not the product's
        index.create(database.engine)
    settle(database)
    try:
        yield
    finally:
        for index in indexes:
            index.drop(database.engine)


class Plain:
    """All questions of one wall."""

    def __init__(self, frame: Frame):
        self.frame, self.region, self.zone = frame, frame.region, frame.place.zone
        self.now, self.before, self.year = frame.period, frame.period.previous(), frame.period.last_year()
        level = level_below(frame, MAP_LEVELS)
        self.children = frame.below(level) if level else ()

    def ask(self) -> None:
        with self.frame.deps.database.read() as session:
            self.figures = Figures(session, EVERYTHING, self.zone, self.frame.catalog.members)
            self._own()
            self._below()
            self._days()
            for span in (self.now, self.before):
                self._kinds(span)
            list_recent(session, EVERYTHING, self.region, (), limit=14)
            session.scalar(select(func.min(Case.reported_at)).where(*region_clauses(self.region)))

    def _own(self) -> None:
        shown = counters(*KPIS, *REPEATS)
        stages = (
            *words.STAGES,
            *(f"{clock}_{part}" for clock in words.CLOCKS for part in ("done", "minutes", "limit")),
        )
        for span, names in ((self.now, {*shown, *stages}), (self.before, shown), (self.year, counters(*KPIS))):
            self._raw([self.region], span, sorted(names))
        self._raw([self.region], None, STOCK_NAMES)
        for past in (self.before, self.year):
            self._stood(instants(past, self.zone)[1])
            self.figures.closed_after([self.region], "", past)

    def _stood(self, until: datetime) -> None:
        """How many cases were open, and how many overdue, at a past moment."""
        open_then = (*region_clauses(self.region), or_(Case.ended_at.is_(None), Case.ended_at >= until))
        for came in ((Case.reported_at < until,), (Case.close_due_at < until, Case.overdue.is_(True))):
            self.figures.session.scalar(select(func.count()).select_from(Case).where(*came, *open_then))

    def _below(self) -> None:
        if not self.children:
            return
        names = sorted(counters(*self.frame.catalog.bands.weights))
        for span in (self.now, self.before):
            self._raw(self.children, span, names)
        self.figures.closed_after(self.children, "", self.before)
        self._raw(self.children, None, ("open", "overdue"))

    def _days(self) -> None:
        names = sorted({*counters(*KPIS), *(name for pair in STOCK_HISTORY.values() for name in pair)})
        for span, some in ((self.now, names), (self.before, counters("on_time")), (self.year, counters("on_time"))):
            self._daily(Period(span.start - timedelta(days=_SMOOTH), span.end), sorted(some))

    def _raw(self, regions: Sequence[Region], span: Period | None, names: Sequence[str]) -> None:
        self.figures.raw(regions, "", span, names)

    def _daily(self, span: Period, names: Sequence[str]) -> dict[date, dict[str, int]]:
        bounds = instants(span, self.zone)
        for at in {COUNTERS[name].at for name in names}:
            moment = getattr(Case, at)
            sums = [counter_sum(COUNTERS[name], bounds) for name in names if COUNTERS[name].at == at]
            where = (*region_clauses(self.region), moment >= bounds[0], moment < bounds[1])
            day = self._local_day(moment, self.zone).label("day")
            self.figures.session.execute(select(day, *sums).where(*where).group_by(day)).all()

    def _kinds(self, span: Period) -> None:
        start, until = instants(span, self.zone)
        where = (*region_clauses(self.region), Case.reported_at >= start, Case.reported_at < until)
        self.figures.session.execute(select(Case.kind, func.count()).where(*where).group_by(Case.kind)).all()

    def _local_day(self, moment, zone: ZoneInfo):
        if not self.frame.deps.database.is_sqlite:
            return func.date(func.timezone(zone.key, moment))
        offset = int(zone.utcoffset(self.frame.now.replace(tzinfo=None)).total_seconds()) * 1_000_000
        return (type_coerce(moment, BigInteger) + offset) // _DAY_US


def counters(*measures: str) -> set[str]:
    """Dated counters these measures are made of."""
    names = {name for key in measures for name in (*MEASURES[key].numerator, *MEASURES[key].denominator)}
    return {name for name in names if COUNTERS[name].at}
