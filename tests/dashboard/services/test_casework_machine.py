"""No sequence of reports, actions, ticks and folds, by whomever, leaves the table of transitions; and after each the
roll-ups, the chains and the clocks are right."""

import shutil
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from flask import Flask
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from dashboard.cache import ReadCache
from dashboard.deps import Deps
from dashboard.domain.charges import charge
from dashboard.domain.errors import UserError
from dashboard.domain.explain import explain
from dashboard.domain.running import next_card, running
from dashboard.domain.workflow import CARDS, STATES, TRANSITIONS
from data.migrate import upgrade
from data.session import Database
from tests.calendars import SHANGHAI, work_calendar
from tests.desk import CATALOG, FIRE, PEOPLE, PHOTO, SAFETY, Desk, needed, open_desk, person

CALENDAR = work_calendar(SHANGHAI)
STAFF = [*PEOPLE.values(), person("handler", unit=FIRE), person("handler", unit=SAFETY), person("dispatcher", "C1")]
KINDS = ("worksafety", "fire", "noise", "gas")


@pytest.fixture(scope="module")
def template():
    """An empty desk's database, made once and copied for each run."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "empty.sqlite"
        database = Database(f"sqlite:///{path}")
        upgrade(database.engine)
        open_desk(database)
        database.engine.dispose()
        Casework.template = path
        yield path


class Casework(RuleBasedStateMachine):
    template: Path
    cases = Bundle("cases")

    @initialize()
    def open(self) -> None:
        self.folder = TemporaryDirectory()
        path = shutil.copy(self.template, Path(self.folder.name) / "desk.sqlite")
        database = Database(f"sqlite:///{path}")
        self.desk = Desk(Deps(database, CATALOG, ReadCache(Flask(__name__))))
        self.seen: dict = {}

    def teardown(self) -> None:
        if hasattr(self, "desk"):
            self.desk.deps.database.engine.dispose()
            self.folder.cleanup()

    @rule(target=cases, kind=st.sampled_from(KINDS), grid=st.sampled_from(("G1", "G4", "G5")),
          source=st.sampled_from(("grid", "public", "iot")), ago=st.none() | st.integers(-60, 6000))  # fmt: skip
    def report(self, kind: str, grid: str, source: str, ago: int | None):
        device_at = None if ago is None else self.desk.now - timedelta(minutes=ago)
        found = self.desk.report(grid, kind, source=source, device_at=device_at, evidence=(PHOTO,) if ago else ())
        return found.county_code, found.id

    @rule(key=cases, action=st.sampled_from(sorted(TRANSITIONS)), by=st.sampled_from(STAFF), other=cases,
          wait=st.integers(0, 4000), ago=st.none() | st.integers(0, 300), data=st.data())  # fmt: skip
    def act(self, key, action: str, by, other, wait: int, ago: int | None, data) -> None:
        self.desk.now += timedelta(minutes=wait)
        before = self.desk.case(key[1])
        if data.draw(st.integers(0, 3)):  # mostly something that the state allows, by someone who may
            action = data.draw(
                st.sampled_from(sorted(a for a, t in TRANSITIONS.items() if before["state"] in t.sources) or [action])
            )
            by = PEOPLE["system"]
        given = needed(action) | ({"into": other[1]} if action == "merge" else {})
        given |= {"level": data.draw(st.sampled_from(("ordinary", "yellow", "red")))} if action == "supervise" else {}
        given |= {"kind": data.draw(st.sampled_from(KINDS))} if action == "classify" else {}
        given |= {"unit": data.draw(st.sampled_from((FIRE, SAFETY)))} if "unit" in given else {}
        device_at = None if ago is None else self.desk.now - timedelta(minutes=ago)
        rows = self.desk.everything()
        try:
            outcome = self.desk.act(action, by, key=key, device_at=device_at, **given)
        except UserError:
            assert self.desk.everything() == rows
            return
        row, after = TRANSITIONS[action], self.desk.case(key[1])
        assert before["state"] in row.sources
        assert (outcome.state, after["state"]) == (row.target or before["state"],) * 2
        assert after["version"] == before["version"] + 1

    @rule(wait=st.integers(0, 10_000))
    def tick(self, wait: int) -> None:
        self.desk.tick(self.desk.now + timedelta(minutes=wait))

    @rule()
    def fold(self) -> None:
        self.desk.fold()

    @invariant()
    def everything_agrees(self) -> None:
        if not hasattr(self, "desk"):
            return
        assert self.desk.faults() == []
        for case in self.desk.cases():
            self._clocks(case)
            self._climbs(case)

    def _clocks(self, case: dict) -> None:
        limits = CATALOG.clocks[case["clock_kind"]]
        steps = self.desk.steps(case["id"])
        clock = running(case)
        if clock and not case["paused_at"]:
            assert case["next_card_at"] == next_card(case, limits, CALENDAR)
        for told in explain(case, limits, CALENDAR, self.desk.now, steps):
            assert told.used_minutes >= 0
            assert told.status in (("running", "paused") if told.clock == clock else ("waiting", "done"))
            if told.clock == clock and not case["paused_at"]:
                assert told.due_at == case[f"{clock}_due_at"]
        charges = charge(steps, self.desk.now, CALENDAR)
        assert all(one.end <= next_.start for one, next_ in pairwise(charges))
        assert case["overdue"] is False or case["close_due_at"] <= (case["ended_at"] or self.desk.now)

    def _climbs(self, case: dict) -> None:
        """Within one clock, cards only climb."""
        clock = running(case), case["clock_started_at"]
        before = self.seen.get(case["id"])
        if before and before[0] == clock and not STATES[case["state"]].ended:
            assert CARDS.index(case["card"]) >= CARDS.index(before[1])
        self.seen[case["id"]] = clock, case["card"]


def test_no_sequence_of_actions_leaves_the_table_or_the_truth(template):
    run = settings(max_examples=25, stateful_step_count=20, deadline=None)
    run_state_machine_as_test(Casework, settings=run)
