"""The frame of one answer: which region, kind, days and moment a wall state means, and the figures all panels share.

Panels of one wall ask for the same few blocks (own sums, days, sums of the regions below); each block is computed
once for a data version and cached. What costs is the number of questions and sessions, not their size: a block asked
for while another one is made shares its session, and so its moment.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import TypeVar
from zlib import crc32
from zoneinfo import ZoneInfo

from flask_babel import get_locale

from dashboard.deps import Deps
from dashboard.domain.measures import COUNTERS, FLOW_NAMES, MEASURES, STOCK_HISTORY, STOCK_NAMES
from dashboard.domain.periods import Period, local_day, period_ending
from dashboard.domain.regions import Region
from dashboard.domain.scope import Scope
from dashboard.domain.state import WallState
from data.queries.figures import Figures, Sums, read_version
from data.queries.regions import get_pack, get_region, get_root, list_below, list_datasets, list_path

T = TypeVar("T")
PAST_SECONDS = 3600  # how long an answer about past days is kept
TREND_DAYS, TREND_MOST, SMOOTH = 30, 366, 7
_STOCK_MOVES = tuple(name for pair in STOCK_HISTORY.values() for name in pair)
_RATED = tuple(name for one in MEASURES.values() for name in (*one.numerator, *one.denominator) if COUNTERS[name].at)
_DAILY = tuple(dict.fromkeys((*_STOCK_MOVES, *_RATED)))  # what days are shown of


@dataclass(frozen=True, slots=True)
class Own:
    """A region's sums: flows of three periods (None: before the data begins) and stocks at the end of each."""

    current: Sums
    previous: Sums | None
    last_year: Sums | None
    stock: Sums
    stock_previous: Sums | None
    stock_last_year: Sums | None


@dataclass(frozen=True, slots=True)
class Place:
    """A region with what its pack says about it."""

    region: Region
    zone: ZoneInfo
    about: dict
    path: tuple[Region, ...]  # from the root of what the scope may see
    datasets: tuple[tuple[str, bool], ...]  # (name, is synthetic)
    edition: str  # changes with the pack, so that what browsers keep of it is asked for again
    ends: datetime | None  # the moment all records of the pack end, where none of its datasets is live


class Frame:
    """One state, resolved. `at` and `kind` of the state narrow lists only, so panels use `region` and `page_kind`."""

    def __init__(self, deps: Deps, state: WallState, scope: Scope):
        self.deps, self.state, self.scope = deps, state, scope
        self.catalog = deps.catalog
        self.measure = state.measure or "band"
        self.page_kind = deps.catalog.page(state.page).kind
        self._asking: Figures | None = None
        self._below: dict[str, tuple[Region, ...]] = {}
        with deps.database.read() as session:
            self.version = read_version(session)

    @cached_property
    def place(self) -> Place:
        return self.deps.cache.get("place", self.scope.key, self.version, (self.state.region,), self._find_place)

    def _find_place(self) -> Place:
        with self.deps.database.read() as session:
            code = self.state.region
            region = get_region(session, self.scope, code) if code else get_root(session, self.scope)
            pack = get_pack(session, region.pack)
            sets = list_datasets(session, region.pack)
            ends = [one.as_of for one in sets]
            return Place(
                region, ZoneInfo(pack.timezone), pack.about, tuple(list_path(session, self.scope, region)),
                tuple((one.name, one.synthetic) for one in sets),
                f"{crc32(repr(pack.about).encode()):08x}", max(ends) if ends and all(ends) else None,
            )  # fmt: skip

    @property
    def region(self) -> Region:
        return self.place.region

    @cached_property
    def now(self) -> datetime:
        """The moment the wall shows: the present, or the end of records that are finished."""
        now = self.deps.clock()
        return min(now, self.place.ends) if self.place.ends else now

    @cached_property
    def today(self) -> date:
        return local_day(self.now, self.place.zone)

    @cached_property
    def period(self) -> Period:
        return period_ending(self.state.period, self.today, self.first_day)

    def block(self, name: str, arguments: tuple, make: Callable[[Figures], T]) -> T:
        """A cached answer from one snapshot; keyed by region, kind and today as well."""
        key = (self.region.code, self.page_kind, self.today.isoformat(), *arguments)

        return self.deps.cache.get(name, self.scope.key, self.version, key, lambda: self._ask(make))

    def past(self, name: str, arguments: tuple, make: Callable[[Figures], T]) -> T:
        """A cached answer about days that are over. It does not hang on the data version: what was done then is done,

        and a write of today must not ask for it again. Records brought in late show within PAST_SECONDS.
        """
        key = (self.region.code, self.page_kind, self.today.isoformat(), *arguments)
        return self.deps.cache.get(name, self.scope.key, "past", key, lambda: self._ask(make), seconds=PAST_SECONDS)

    def _ask(self, make: Callable[[Figures], T]) -> T:
        if self._asking:
            return make(self._asking)
        with self.deps.database.read() as session:
            self._asking = Figures(session, self.scope, self.place.zone, self.catalog.members)
            try:
                return make(self._asking)
            finally:
                self._asking = None

    def view(self, name: str, make: Callable[[], T]) -> T:
        """A whole panel's view, cached in the reader's language; for panels in which no time runs within the day."""
        arguments = (self.state.closed(), str(get_locale()))
        return self.block(f"view {name}", arguments, lambda _figures: make())

    @cached_property
    def own(self) -> Own:
        return self.block("own", (self.state.period,), self._own)

    def _own(self, figures: Figures) -> Own:
        first = self.first_day
        past = (self.period.previous(), self.period.last_year())
        now = self._flows(figures, self.period)
        flows = [self._past(figures, span) if first and span.start >= first else None for span in past]
        stock = figures.stocks([self.region], self.page_kind, STOCK_NAMES)[self.region.code]
        ends = (past[0].end, past[1].end)
        before = [self._stock_at(figures, stock, now, end) if first and end >= first else None for end in ends]
        return Own(now, *flows, stock, *before)

    def _flows(self, figures: Figures, span: Period, names: Sequence[str] = FLOW_NAMES) -> Sums:
        return figures.flows([self.region], self.page_kind, span, names)[self.region.code]

    def _past(self, figures: Figures, span: Period) -> Sums:
        """Flows of a past period with its closings as they stood when it ended, like those of the running period."""

        def make(asked: Figures) -> Sums:
            return as_it_stood(self._flows(asked, span), self.late(self.region.level, span)[self.region.code])

        return self.past("own past", (span.start.isoformat(), span.end.isoformat()), make)

    def _stock_at(self, figures: Figures, stock: Sums, now: Sums, end: date) -> Sums:
        """Stocks at the end of a past day: what stands now, less what came and plus what went since."""
        present = local_day(self.deps.clock(), self.place.zone)  # later than `today` where records are finished
        since = Period(end + timedelta(days=1), present)
        moves = now if since == self.period else self._flows(figures, since, _STOCK_MOVES)
        return {key: stock[key] - moves[came] + moves[went] for key, (came, went) in STOCK_HISTORY.items()}

    def late(self, level: str, span: Period) -> dict[str, int]:
        """Cases due in a past span and closed only after it, by region of `level`: this one's own or one below.

        Those of a province, its cities and its counties are one answer: they are counted by county and added up.
        """
        added = level in ("province", "city", "county") and self.region.level in ("province", "city")
        finest = "county" if added else level
        regions = [self.region] if finest == self.region.level else self.below(finest)
        arguments = (finest, span.start.isoformat(), span.end.isoformat())
        found = self.block("late", arguments, lambda f: f.closed_after(regions, self.page_kind, span))
        if finest == level:
            return found
        out = dict.fromkeys(
            (one.code for one in ([self.region] if level == self.region.level else self.below(level))), 0
        )
        for region in regions:
            if (code := region.ancestor(level)) in out:
                out[code] += found[region.code]
        return out

    @cached_property
    def trend_span(self) -> Period:
        """The days of a trend: the period, at least TREND_DAYS and at most TREND_MOST."""
        days = min(max(self.period.days, TREND_DAYS), TREND_MOST)
        return Period(self.today - timedelta(days=days - 1), self.today)

    @cached_property
    def days(self) -> dict[date, Sums]:
        """The region's own flows by day: the period, the trend's days, those before and a year before.

        Each with the week before it, for sums that roll over SMOOTH days. Days without anything are left out.
        """
        return self.block("days", (self.state.period,), self._days)

    def _days(self, figures: Figures) -> dict[date, Sums]:
        before, year = self.trend_span.previous(), self.trend_span.last_year()
        lead = timedelta(days=SMOOTH - 1)
        recent = Period(min(before.start, self.period.start) - lead, self.today)
        found = figures.daily(self.region, self.page_kind, recent, _DAILY)
        if year.start - lead >= recent.start:
            return found
        year = Period(year.start - lead, min(year.end, recent.start - timedelta(days=1)))
        return found | figures.daily(self.region, self.page_kind, year, _DAILY)

    def below(self, level: str) -> tuple[Region, ...]:
        """All regions of a level in this region's subtree."""
        if level not in self._below:
            self._below[level] = self.deps.cache.get(
                "below", self.scope.key, "regions", (self.region.code, level), lambda: self._list_below(level)
            )
        return self._below[level]

    def _list_below(self, level: str) -> tuple[Region, ...]:
        return self._ask(lambda figures: tuple(list_below(figures.session, self.scope, self.region, level)))

    def count_below(self, level: str) -> int:
        """How many regions of a level lie in this region's subtree."""
        arguments = (self.region.code, level)
        return self.deps.cache.get("count", self.scope.key, "regions", arguments, lambda: (len(self.below(level)),))[0]

    def below_flows(self, level: str, span: Period, names: Sequence[str]) -> dict[str, Sums]:
        arguments = (level, span.start.isoformat(), span.end.isoformat(), tuple(names))
        return self.block("below", arguments, lambda f: f.flows(self.below(level), self.page_kind, span, names))

    def below_past(self, level: str, span: Period, names: Sequence[str]) -> dict[str, Sums]:
        """Flows of a past period, with its closings as they stood when it ended."""
        regions = self.below(level)

        def make(figures: Figures) -> dict[str, Sums]:
            late = self.late(level, span)  # of the same version as the flows it is taken from
            flows = figures.flows(regions, self.page_kind, span, names)
            return {code: as_it_stood(sums, late[code]) for code, sums in flows.items()}

        return self.past("below past", (level, span.start.isoformat(), span.end.isoformat(), tuple(names)), make)

    def below_stocks(self, level: str, names: Sequence[str]) -> dict[str, Sums]:
        return self.block("stocks", (level, tuple(names)), lambda f: f.stocks(self.below(level), self.page_kind, names))

    @cached_property
    def first_day(self) -> date | None:
        return self.block("first", (), lambda f: (f.first_day(self.region),))[0]


def as_it_stood(sums: Sums, late: int) -> Sums:
    """Sums of a past period without the `late` closings that came after it."""
    moved = {"due_closed": -late, "due_open": late}
    return {name: amount + moved.get(name, 0) for name, amount in sums.items()}
