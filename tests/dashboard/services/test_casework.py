"""Casework on a real database: report, move, and let cards fall; figures, history and errors right after each step."""

import contextlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from dashboard.cache import ReadCache
from dashboard.catalog import load_catalog
from dashboard.deps import Deps
from dashboard.domain.errors import NotFound, UserError
from dashboard.domain.history import FIELDS, START, step_hash
from dashboard.domain.scope import EVERYTHING, Scope
from dashboard.services import casework
from data.models import Case, CaseStep, rollup_delta
from data.queries.audit import compare_rollups, find_broken_chains
from data.session import Database
from data.writes.cases import Conflict
from data.writes.regions import install_calendar
from tests.calendars import SHANGHAI
from tests.factories import install_tree

ACTOR = {"actor": "网格员", "role": "grid"}
TEXT = {"dataset": "test", "title": "楼道堆物", "source": "grid"}
MONDAY = datetime(2026, 6, 22, 2, tzinfo=UTC)  # 10:00 in Shanghai
LOOP = (  # hours after the report, action, state it leads to
    (1, "accept", "accepted"), (2, "dispatch", "dispatched"), (3, "object", "objected"), (4, "redispatch", "dispatched"),
    (5, "take", "handling"), (24, "handle", "handled"), (25, "rework", "handling"), (26, "handle", "handled"),
    (27, "verify", "verified"), (28, "close", "closed"), (48, "reopen", "handling"), (72, "handle", "handled"),
    (73, "verify", "verified"), (74, "close", "closed"),
)  # fmt: skip


@dataclass
class Desk:
    """The services with a clock that the test sets, and the one case it is about."""

    deps: Deps
    now: datetime = MONDAY

    def report(self, place: str = "G1", kind: str = "worksafety", scope: Scope = EVERYTHING, **values) -> UUID:
        return casework.report(self._deps(), scope, place, kind, {**TEXT, **values}, ACTOR)

    def act(self, action: str, version: int, scope: Scope = EVERYTHING, key: tuple | None = None, **extra) -> dict:
        return casework.act(self._deps(), scope, key or self.key(), version, action, ACTOR, extra)

    def tick(self, now: datetime) -> int:
        self.now = now
        return casework.tick(self._deps())

    def fold(self) -> int:
        return casework.fold_deltas(self._deps())

    def key(self) -> tuple[str, UUID]:
        return self.case()["county_code"], self.case()["id"]

    def case(self) -> dict:
        with self.deps.database.read() as session:
            return dict(session.execute(select(Case.__table__)).mappings().one())

    def steps(self) -> list[dict]:
        with self.deps.database.read() as session:
            rows = session.execute(select(CaseStep.__table__).order_by(CaseStep.seq)).mappings()
            return [dict(row) for row in rows]

    def everything(self) -> tuple:
        with self.deps.database.read() as session:
            deltas = session.execute(select(rollup_delta)).all()
        return self.case(), self.steps(), deltas

    def faults(self) -> list[str]:
        with self.deps.database.read() as session:
            return compare_rollups(session)

    def _deps(self) -> Deps:
        return replace(self.deps, clock=lambda: self.now)


@pytest.fixture
def desk(sqlite_database: Database) -> Desk:
    return open_desk(sqlite_database)


@pytest.fixture
def desk_on_each(database: Database) -> Desk:
    """On SQLite and on PostgreSQL."""
    return open_desk(database)


def open_desk(database: Database) -> Desk:
    with database.write() as session:
        install_tree(session)
        install_calendar(session, "CN", date(2026, 1, 1), date(2027, 12, 31))
    return Desk(Deps(database, load_catalog(), ReadCache(Flask(__name__))))


def local(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-{text}").replace(tzinfo=SHANGHAI)


def test_a_report_takes_place_kind_and_clocks_from_the_tree_and_the_catalogue(desk: Desk):
    found = desk.report("G4", "worksafety")
    case = desk.case()
    assert (case["id"], case["version"], case["state"]) == (found, 1, "reported")
    codes = [case[f"{level}_code"] for level in ("province", "city", "county", "township", "village", "grid")]
    assert codes == ["P", "C1", "K1", "T2", "V3", "G4"]
    assert (case["kind_group"], case["severity"], case["clock_kind"]) == ("hazard", "03", "ordinary")
    assert (case["accept_due_at"], case["close_due_at"]) == (local("06-22 12:00"), local("06-29 10:00"))


def test_the_loop_keeps_figures_exact_and_the_history_whole_at_every_step(desk_on_each: Desk):
    desk = desk_on_each
    desk.report()
    assert desk.faults() == []
    for version, (hours, action, state) in enumerate(LOOP, start=1):
        desk.now = MONDAY + timedelta(hours=hours)
        row = desk.act(action, version)
        assert (row["state"], row["version"]) == (state, version + 1)
        assert desk.case() == row
        assert desk.faults() == []
        if action in ("redispatch", "close"):
            assert desk.fold() > 0
            assert desk.faults() == []
    case = desk.case()
    assert (case["returned"], case["reworked"], case["reopened"]) == (1, 1, 1)
    assert case["closed_at"] == case["ended_at"] == MONDAY + timedelta(hours=74)
    assert [step["action"] for step in desk.steps()] == ["report", *(action for _hours, action, _state in LOOP)]


def test_each_step_is_appended_with_the_hash_of_the_one_before(desk: Desk):
    desk.report()
    before = desk.steps()
    for version, (hours, action, _state) in enumerate(LOOP[:5], start=1):
        desk.now = MONDAY + timedelta(hours=hours)
        desk.act(action, version)
        steps = desk.steps()
        assert steps[:-1] == before
        before = steps
    previous = START
    for seq, step in enumerate(before, start=1):
        assert step["seq"] == seq
        assert step["hash"] == step_hash(previous, **{name: step[name] for name in FIELDS})
        previous = step["hash"]


def test_the_check_of_histories_agrees_and_finds_a_changed_step(desk: Desk):
    desk.report()
    desk.act("accept", 1)
    with desk.deps.database.write() as session:
        assert find_broken_chains(session) == (2, [])
        step = session.scalar(select(CaseStep).where(CaseStep.seq == 1))
        step.actor = "另一人"
        session.flush()
        assert len(find_broken_chains(session)[1]) == 1


def test_what_stands_on_an_old_version_is_a_conflict_and_changes_nothing(desk_on_each: Desk):
    desk = desk_on_each
    desk.report()
    desk.act("accept", 1)
    before = desk.everything()
    for action in ("dispatch", "accept", "void"):  # allowed now, allowed then, always allowed
        with pytest.raises(Conflict, match="someone else changed this case first; got 1; allowed: 2; look at it again"):
            desk.act(action, 1)
    assert desk.everything() == before


def test_a_forbidden_move_changes_nothing(desk: Desk):
    desk.report()
    before = desk.everything()
    with pytest.raises(UserError, match="a case that is reported cannot do this; got 'close'"):
        desk.act("close", 1)
    assert desk.everything() == before


@pytest.mark.parametrize("root", ("P", "C1", "K1", "T1", "V1", "G1"))
def test_whoever_may_see_the_case_may_move_it(desk: Desk, root: str):
    scope = Scope(frozenset({root}))
    desk.report("G1", scope=Scope(frozenset({"G1"})))
    assert desk.act("accept", 1, scope)["state"] == "accepted"


@pytest.mark.parametrize("root", ("C2", "K2", "T2", "V2", "G2", "nowhere"))
def test_out_of_scope_a_case_is_as_little_found_as_one_that_is_not_there(desk: Desk, root: str):
    scope = Scope(frozenset({root}))
    desk.report("G1")
    before = desk.everything()
    county, known = desk.key()
    for wanted in (known, UUID(int=5)):
        with pytest.raises(NotFound) as caught:
            desk.act("accept", 1, scope, key=(county, wanted))
        assert str(caught.value) == f"no such case; got '{wanted}'"
    with pytest.raises(NotFound, match="no such region"):
        desk.report("G1", scope=scope)
    assert desk.everything() == before


@pytest.mark.parametrize("place, kind, answer", (
    ("P", "worksafety", "a case is reported in a county or below; got 'P'"),
    ("C1", "worksafety", "a case is reported in a county or below; got 'C1'"),
    ("XX", "worksafety", "no such region; got 'XX'"),
    ("G1", "hazard", "unknown kind of case; got 'hazard'; allowed: fire"),  # a group is no kind
    ("G1", "", "unknown kind of case"),
    ("G1", "dragon", "unknown kind of case"),
))  # fmt: skip
def test_a_report_that_cannot_be_is_answered(desk: Desk, place: str, kind: str, answer: str):
    with pytest.raises(UserError) as caught:
        desk.report(place, kind)
    assert answer in str(caught.value)


TICKS = (  # now, cases changed, card, overdue; report at Monday 10:00, accept within 2 work hours, close in 5 work days
    ("06-22 11:29", 0, "none", False),
    ("06-22 11:30", 1, "yellow", False),
    ("06-22 11:59", 0, "yellow", False),
    ("06-22 12:00", 1, "red", False),
    ("06-28 10:00", 0, "red", False),
    ("06-29 10:00", 1, "red", True),
    ("06-30 10:00", 0, "red", True),
)


def test_a_tick_lets_cards_fall_and_the_closing_deadline_pass_with_figures_exact(desk_on_each: Desk):
    desk = desk_on_each
    desk.report()
    for now, changed, card, overdue in TICKS:
        assert desk.tick(local(now)) == changed, now
        case = desk.case()
        assert (case["card"], case["overdue"], case["version"]) == (card, overdue, 1)
        assert desk.faults() == []
    assert len(desk.steps()) == 1  # a mark of the clock is no step of the history


def test_a_tick_after_a_long_stop_marks_all_at_once(desk: Desk):
    desk.report()
    assert desk.tick(local("07-30 10:00")) == 1
    assert (desk.case()["card"], desk.case()["overdue"]) == ("red", True)
    assert desk.tick(local("07-30 10:00")) == 0


def test_a_tick_leaves_ended_cases_alone(desk: Desk):
    desk.report()
    desk.act("void", 1)
    assert desk.tick(local("07-30 10:00")) == 0
    assert desk.faults() == []


def test_a_report_may_bring_its_own_id_and_else_gets_one_that_sorts_by_time(desk: Desk):
    mine = UUID("01890a5d-ac96-774b-bcce-b302099a8057")
    assert desk.report(id=mine) == mine
    early, late = casework.new_id(MONDAY), casework.new_id(MONDAY + timedelta(milliseconds=1))
    assert early < late
    assert {early.version, late.version} == {7}
    assert {early.variant, late.variant} == {mine.variant}


def test_a_report_sent_again_is_the_same_case(desk: Desk):
    mine = UUID("01890a5d-ac96-774b-bcce-b302099a8057")
    assert desk.report(id=mine) == desk.report(id=mine) == mine
    assert len(desk.steps()) == 1
    assert desk.faults() == []


def test_workers_that_mark_at_once_and_people_who_act_meanwhile_leave_figures_exact(desk_on_each: Desk):
    desk = desk_on_each
    keys = [("K1", desk.report()) for _ in range(40)]
    desk.now = local("07-30 10:00")

    def accept(key: tuple) -> None:
        with contextlib.suppress(Conflict):
            desk.act("accept", 1, key=key)

    with ThreadPoolExecutor(6) as pool:
        work = [pool.submit(desk.tick, desk.now) for _ in range(3)] + [pool.submit(accept, key) for key in keys]
        for done in work:
            done.result()
    assert desk.faults() == []
    assert len(desk.steps()) == 80
