"""Keeps synthetic cases coming and moving, so that a demo wall lives. Only where the demo's dataset is installed."""

import random

from dashboard.deps import Deps
from dashboard.domain.regions import Region
from dashboard.domain.scope import EVERYTHING
from dashboard.services.casework import act, report
from data.queries.cases import list_open
from data.queries.regions import get_root, list_below, list_datasets
from data.seed.live import next_action, rhythm, synthetic_report
from data.writes.cases import Conflict

DATASET = "demo"
_REPORTS_A_SECOND = 1 / 30  # on an average hour; the rhythm of the day multiplies it
_ACTIONS_A_REPORT = 8


class LiveDemo:
    """One `step` a second. Does nothing while there is no demo dataset."""

    def __init__(self, deps: Deps, chance: random.Random | None = None):
        self.deps, self.chance = deps, chance or random.Random()
        self._counties: list[Region] = []

    def step(self) -> None:
        if not self._counties:
            self._counties = self._find_counties()
        if not self._counties:
            return
        rate = _REPORTS_A_SECOND * rhythm(self.deps.clock())
        if self.chance.random() < rate:
            self._report()
        if self.chance.random() < rate * _ACTIONS_A_REPORT:
            self._act()

    def _find_counties(self) -> list[Region]:
        with self.deps.database.read() as session:
            root = get_root(session, EVERYTHING)
            if not any(dataset.key == DATASET for dataset in list_datasets(session, root.pack)):
                return []
            return list_below(session, EVERYTHING, root, "county")

    def _county(self) -> Region:
        return self.chance.choices(self._counties, [region.population or 1 for region in self._counties])[0]

    def _report(self) -> None:
        with self.deps.database.read() as session:
            grids = list_below(session, EVERYTHING, self._county(), "grid")
        grid = self.chance.choices(grids, [region.population or 1 for region in grids])[0]
        kind, values, step = synthetic_report(self.deps.catalog, grid, self.chance)
        report(self.deps, EVERYTHING, grid.code, kind, {**values, "dataset": DATASET}, step)

    def _act(self) -> None:
        with self.deps.database.read() as session:
            cases = list_open(session, EVERYTHING, self._county(), limit=40)
        if not cases:
            return
        case = self.chance.choice(cases)
        action, step, extra = next_action(case.state, self.deps.clock(), self.chance)
        try:
            act(self.deps, EVERYTHING, (case.county_code, case.id), case.version, action, step, extra)
        except Conflict:
            return  # someone was quicker; the next round finds another case
