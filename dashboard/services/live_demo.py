"""Keeps synthetic cases coming and moving, so that a demo wall lives. Only where the demo's dataset is installed."""

import logging
import random
from collections.abc import Mapping

from dashboard.deps import Deps
from dashboard.domain.commands import Command
from dashboard.domain.errors import UserError
from dashboard.domain.regions import LEVELS, Region
from dashboard.domain.scope import EVERYTHING
from dashboard.domain.workflow import TRANSITIONS
from dashboard.services.casework import act, report
from data.queries.cases import list_open
from data.queries.ground import list_unit_names
from data.queries.regions import get_root, list_below, list_datasets
from data.seed.live import actor_of, inputs_of, next_action, rhythm, synthetic_report
from data.session import Session
from data.writes.cases import Conflict

log = logging.getLogger(__name__)
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
        report(self.deps, *synthetic_report(self.deps.catalog, grid, self.chance, DATASET))

    def _act(self) -> None:
        catalog = self.deps.catalog
        with self.deps.database.read() as session:
            cases = list_open(session, EVERYTHING, self._county(), limit=40)
            if not cases:
                return
            case = self.chance.choice(cases)._mapping
            action = next_action(catalog, case, self.chance)
            unit = self._unit(session, case) if "unit" in TRANSITIONS[action].needs else None
        inputs = inputs_of(catalog, action, case, unit, self.chance)
        command = Command(action, case["version"], inputs)
        try:
            act(self.deps, actor_of(action, case["county_code"]), (case["county_code"], case["id"]), command)
        except Conflict:
            return  # someone was quicker; the next round finds another case
        except UserError as error:
            log.info("demo: %s on %s: %s", action, case["id"], error)

    def _unit(self, session: Session, case: Mapping) -> str | None:
        """Whoever settles such cases where it lies; after an objection anyone else."""
        codes = [code for level in LEVELS if (code := case[f"{level}_code"]) is not None]
        kind = self.deps.catalog.kinds[case["kind"]]
        fitting = list_unit_names(session, codes, kind.unit if case["state"] == "accepted" else None)
        others = [name for name in fitting if name != case["holder_unit"]] or fitting
        return self.chance.choice(others) if others else None
