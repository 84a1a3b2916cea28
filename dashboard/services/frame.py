"""The frame of one answer: which region, kind, days and moment a wall state means, and the figures all panels share.

Panels of one wall ask for the same few blocks (own sums, sums of the regions below); each block is computed once
for a data version and cached.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import TypeVar
from zoneinfo import ZoneInfo

from dashboard.deps import Deps
from dashboard.domain.measures import FLOW_NAMES, STOCK_HISTORY, STOCK_NAMES
from dashboard.domain.periods import Period, local_day, period_ending
from dashboard.domain.regions import Region
from dashboard.domain.scope import EVERYTHING, Scope
from dashboard.domain.state import WallState
from data.queries.figures import Figures, Sums, read_version
from data.queries.regions import get_pack, get_region, get_root, list_below, list_datasets, list_path

T = TypeVar("T")


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
    ends: datetime | None  # the moment all records of the pack end, where none of its datasets is live


class Frame:
    """One state, resolved. `at` and `kind` of the state narrow lists only, so panels use `region` and `page_kind`."""

    def __init__(self, deps: Deps, state: WallState, scope: Scope = EVERYTHING):
        self.deps, self.state, self.scope = deps, state, scope
        self.catalog = deps.catalog
        self.measure = state.measure or "band"
        self.page_kind = deps.catalog.page(state.page).kind
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
                tuple((one.name, one.synthetic) for one in sets), max(ends) if ends and all(ends) else None,
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

        def ask() -> T:
            with self.deps.database.read() as session:
                return make(Figures(session, self.scope, self.place.zone, self.catalog.members))

        return self.deps.cache.get(name, self.scope.key, self.version, key, ask)

    @cached_property
    def own(self) -> Own:
        return self.block("own", (self.state.period,), self._own)

    def _own(self, figures: Figures) -> Own:
        first = self.first_day
        past = (self.period.previous(), self.period.last_year())
        flows = [self._past(figures, span) if first and span.start >= first else None for span in past]
        stock = figures.stocks([self.region], self.page_kind, STOCK_NAMES)[self.region.code]
        ends = (past[0].end, past[1].end)
        before = [self._stock_at(figures, stock, end) if first and end >= first else None for end in ends]
        return Own(self._flows(figures, self.period), *flows, stock, *before)

    def _flows(self, figures: Figures, span: Period) -> Sums:
        return figures.flows([self.region], self.page_kind, span, FLOW_NAMES)[self.region.code]

    def _past(self, figures: Figures, span: Period) -> Sums:
        """Flows of a past period with its closings as they stood when it ended, like those of the running period."""
        late = figures.closed_after([self.region], self.page_kind, span)[self.region.code]
        return as_it_stood(self._flows(figures, span), late)

    def _stock_at(self, figures: Figures, now: Sums, end: date) -> Sums:
        """Stocks at the end of a past day: what stands now, less what came and plus what went since."""
        names = [name for pair in STOCK_HISTORY.values() for name in pair]
        since = Period(end + timedelta(days=1), self.today)
        moves = figures.flows([self.region], self.page_kind, since, names)[self.region.code]
        return {key: now[key] - moves[came] + moves[went] for key, (came, went) in STOCK_HISTORY.items()}

    def daily(self, span: Period, names: Sequence[str]) -> dict[date, Sums]:
        """The region's own flows by day."""
        arguments = (span.start.isoformat(), span.end.isoformat(), tuple(names))
        return self.block("daily", arguments, lambda f: f.daily(self.region, self.page_kind, span, names))

    def below(self, level: str) -> tuple[Region, ...]:
        """All regions of a level in this region's subtree."""

        def ask() -> tuple[Region, ...]:
            with self.deps.database.read() as session:
                return tuple(list_below(session, self.scope, self.region, level))

        return self.deps.cache.get("below", self.scope.key, "regions", (self.region.code, level), ask)

    def below_flows(self, level: str, span: Period, names: Sequence[str]) -> dict[str, Sums]:
        arguments = (level, span.start.isoformat(), span.end.isoformat(), tuple(names))
        regions = self.below(level)
        return self.block("below", arguments, lambda f: f.flows(regions, self.page_kind, span, names))

    def below_past(self, level: str, span: Period, names: Sequence[str]) -> dict[str, Sums]:
        """Flows of a past period, with its closings as they stood when it ended."""
        regions = self.below(level)
        arguments = (level, span.start.isoformat(), span.end.isoformat())
        late = self.block("late", arguments, lambda f: f.closed_after(regions, self.page_kind, span))
        return {code: as_it_stood(sums, late[code]) for code, sums in self.below_flows(level, span, names).items()}

    def below_stocks(self, level: str, names: Sequence[str]) -> dict[str, Sums]:
        regions = self.below(level)
        return self.block("stocks", (level, tuple(names)), lambda f: f.stocks(regions, self.page_kind, names))

    @cached_property
    def first_day(self) -> date | None:
        return self.block("first", (), lambda f: (f.first_day(self.region),))[0]


def as_it_stood(sums: Sums, late: int) -> Sums:
    """Sums of a past period without the `late` closings that came after it."""
    moved = {"due_closed": -late, "due_open": late}
    return {name: amount + moved.get(name, 0) for name, amount in sums.items()}
