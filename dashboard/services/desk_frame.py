"""What every read of the desk stands on: who asks, which region and queue they mean, and what of it they may see."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from flask_babel import get_locale

from dashboard.deps import Deps
from dashboard.domain.desk_state import DeskState, tabs_of
from dashboard.domain.errors import NotFound
from dashboard.domain.people import Person
from dashboard.domain.periods import local_day
from dashboard.domain.regions import Region
from dashboard.domain.scope import EVERYTHING, Scope
from dashboard.services.ground import ground_of_pack
from data.queries.board import BoardFilter, count_queues
from data.queries.figures import read_version
from data.queries.regions import find_regions, get_pack, get_region, list_datasets

_LATER = {"red": 1, "yellow": 2, "open": 3}  # queues that nobody starts with while another holds work


class Desk:
    """One person's desk in one state. Reads are cached by their scope and the data version."""

    def __init__(self, deps: Deps, person: Person, state: DeskState):
        self.deps, self.person, self.state, self.catalog = deps, person, state, deps.catalog
        self.scope: Scope = person.scope("case.read")
        self.now = deps.clock()
        with deps.database.read() as session:
            self.version = read_version(session)
            self.region = self._find_region(session)
            pack = get_pack(session, self.region.pack)
            self.zone, self.about = ZoneInfo(pack.timezone), pack.about
            self.calendar = ground_of_pack(deps, session, self.region.pack, self.now).calendar

    def _find_region(self, session) -> Region:
        """The region of the state, or the first that the person was granted. NotFound where nothing of it is theirs."""
        code = self.state.region or self.home
        region = get_region(session, EVERYTHING, code)
        path = {one for _level, one in region.path}
        if not (self.scope.everything or path & {grant.region for grant in self.person.grants}):
            raise NotFound("region", "no such region", got=code)
        return region

    @cached_property
    def home(self) -> str:
        """Code of the first region that the person reads cases of, else of any grant."""
        for grant in self.person.grants:
            if grant.region in self.scope.roots or (grant.region, grant.unit) in self.scope.units:
                return grant.region
        if not self.person.grants:
            raise NotFound("region", "nothing is granted to you", hint="ask an administrator")
        return self.person.grants[0].region

    @property
    def roles(self) -> frozenset[str]:
        return frozenset(grant.role for grant in self.person.grants)

    @property
    def units(self) -> tuple[str, ...]:
        """The person's own units."""
        return tuple(sorted({grant.unit for grant in self.person.grants if grant.unit}))

    @cached_property
    def tabs(self) -> tuple[str, ...]:
        return tabs_of(self.roles)

    @property
    def tab(self) -> str:
        return self.state.tab or self.landing

    @cached_property
    def landing(self) -> str:
        """The first queue with work in it, red cards before yellow ones; with none, the first."""
        order = sorted(self.tabs, key=lambda tab: _LATER.get(tab, 0))
        return next((tab for tab in order if self.queues[tab]), order[0] if order else "open")

    @cached_property
    def queues(self) -> Mapping[str, int]:
        """{queue: cases in it}, without filters."""

        def ask() -> dict[str, int]:
            with self.deps.database.read() as session:
                return count_queues(session, self.scope, self.region, self.units)

        return self.cached("queues", (self.units,), ask)

    @cached_property
    def chosen(self) -> BoardFilter:
        """The queue and filters of the state. Raises NotFound for an unknown kind."""
        state = self.state
        kind = self.catalog.check_kind(state.kind)
        kinds = tuple(self.catalog.members.get(kind, (kind,) if kind else ()))
        units = (state.unit,) if state.unit else self.units if self.tab == "mine" else ()
        return BoardFilter(self.region, self.tab, kinds, state.source, state.severity, state.supervision, units,
                           self._due_before(), state.q.strip(), self._untold)  # fmt: skip

    @property
    def _untold(self) -> tuple[str, ...]:
        return tuple(kind.key for kind in self.catalog.kinds.values() if kind.sensitive)

    def _due_before(self) -> datetime | None:
        """Cases late by now, or due before the local day or week is over."""
        days = {"late": None, "today": 1, "week": 7}.get(self.state.due, 0)
        if days == 0:
            return None
        if days is None:
            return self.now
        end = local_day(self.now, self.zone) + timedelta(days=days)
        return datetime.combine(end, datetime.min.time(), self.zone)

    def cached(self, name: str, arguments: tuple, make, *, version: object = None, seconds: int = 600):
        """A read kept for this scope. `version` None: until the cases change."""
        key = (self.region.code, str(get_locale()), *arguments)
        held = self.version if version is None else version
        return self.deps.cache.get(f"desk {name}", self.scope.key, held, key, make, seconds=seconds)

    @cached_property
    def path(self) -> tuple[Region, ...]:
        """Regions down to the one shown: what the person may see, and for orientation the one above it."""
        with self.deps.database.read() as session:
            found = find_regions(session, EVERYTHING, [code for _level, code in self.region.path])
        regions = [found[code] for _level, code in self.region.path if code in found]
        start = next((n for n, one in enumerate(regions) if self._granted(one.code)), len(regions) - 1)
        return tuple(regions[max(0, start - 1) :])

    @property
    def above(self) -> frozenset[str]:
        """Codes of the path that lie above what the person may see."""
        return frozenset(one.code for one in self.path[:1] if not self._granted(one.code))

    def _granted(self, code: str) -> bool:
        return (
            self.scope.everything or code in self.scope.roots or any(root == code for root, _unit in self.scope.units)
        )

    @cached_property
    def datasets(self) -> tuple[tuple[str, bool], ...]:
        with self.deps.database.read() as session:
            return tuple((one.name, one.synthetic) for one in list_datasets(session, self.region.pack))

    @property
    def hour(self) -> str:
        return f"{self.now:%Y%m%d%H}"
