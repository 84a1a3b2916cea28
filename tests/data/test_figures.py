"""Every figure equals a count over the raw cases, at any moment, for any region, period and kind."""

import random
import threading
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from dashboard.domain.measures import FLOW_NAMES, STOCK_NAMES
from dashboard.domain.periods import PERIODS, instants, local_day, period_ending
from dashboard.domain.scope import EVERYTHING
from data.models import Case
from data.queries.figures import Figures, read_version
from data.queries.regions import get_region
from data.session import Database
from data.writes.cases import get_case_row, insert_case, update_case
from data.writes.rollups import fold
from tests.factories import KINDS, STEP, TODAY, TREE, install_tree, make_case

ZONE = ZoneInfo("Asia/Shanghai")
MEMBERS = {"hazard": ("fire", "gas"), "police": ("noise",), "request": ("school",), "dispute": ("family",)}
QUESTIONS = [(code, kind, key) for code in TREE for kind in ("", "hazard", *KINDS) for key in PERIODS]


def day_of(at):
    return local_day(at, ZONE)


def add(database: Database, cases: list[dict]) -> None:
    with database.write() as session:
        for case in cases:
            insert_case(session, case, STEP, day_of)


def assert_exact(database: Database, questions) -> None:
    """Roll-up plus deltas equals the raw count, within one snapshot."""
    for code, kind, key in questions:
        with database.read() as session:
            figures, region = Figures(session, EVERYTHING, ZONE, MEMBERS), get_region(session, EVERYTHING, code)
            span = period_ending(key, TODAY)
            assert figures.flows([region], kind, span, FLOW_NAMES) == figures.raw([region], kind, span, FLOW_NAMES)
            assert figures.stocks([region], kind, STOCK_NAMES) == figures.raw([region], kind, None, STOCK_NAMES)
            daily = figures.daily(region, kind, span, FLOW_NAMES).values()
            total = figures.raw([region], kind, span, FLOW_NAMES)[code]
            assert {name: sum(day[name] for day in daily) for name in FLOW_NAMES} == total


@pytest.fixture
def filled(database: Database) -> Database:
    chance = random.Random(7)
    with database.write() as session:
        install_tree(session)
    add(database, [make_case(chance) for _ in range(300)])
    return database


def test_figures_are_exact_before_during_and_after_a_fold(filled: Database):
    chance = random.Random(1)
    assert_exact(filled, chance.sample(QUESTIONS, 50))
    with filled.fold() as session:
        assert fold(session) > 0
    add(filled, [make_case(chance) for _ in range(40)])
    assert_exact(filled, chance.sample(QUESTIONS, 50))
    with filled.fold() as session:
        fold(session)
        assert fold(session) == 0
    assert_exact(filled, chance.sample(QUESTIONS, 50))


def test_figures_are_exact_while_cases_are_written_and_folded(filled: Database):
    stop, errors = threading.Event(), []

    def write() -> None:
        chance = random.Random(2)
        try:
            while not stop.is_set():
                case = make_case(chance)
                add(filled, [case])
                with filled.write() as session:
                    changes = {name: make_case(chance)[name] for name in ("satisfaction",)}
                    update_case(
                        session, get_case_row(session, (case["county_code"], case["id"])), changes, STEP, day_of
                    )
                if chance.random() < 0.2:
                    with filled.fold() as session:
                        fold(session)
        except Exception as error:  # the main thread reports it
            errors.append(error)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        assert_exact(filled, random.Random(3).sample(QUESTIONS, 50))
    finally:
        stop.set()
        writer.join()
    assert errors == []


def test_children_add_up_to_their_parent(filled: Database):
    with filled.read() as session:
        figures = Figures(session, EVERYTHING, ZONE, MEMBERS)
        span = period_ending("year", TODAY)
        regions = {code: get_region(session, EVERYTHING, code) for code in ("P", "C1", "C2")}
        parent = figures.flows([regions["P"]], "", span, FLOW_NAMES)["P"]
        children = figures.flows([regions["C1"], regions["C2"]], "", span, FLOW_NAMES)
        assert parent == {name: children["C1"][name] + children["C2"][name] for name in FLOW_NAMES}


def test_the_version_grows_with_writes_and_not_with_folds(filled: Database):
    def version() -> int:
        with filled.read() as session:
            return read_version(session)

    before = version()
    with filled.fold() as session:
        fold(session)
    assert version() == before
    add(filled, [make_case(random.Random(9))])
    assert version() > before


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32))
def test_kinds_add_up_to_their_group(filled: Database, seed: int):
    code, _kind, key = random.Random(seed).choice(QUESTIONS)
    with filled.read() as session:
        figures, region = Figures(session, EVERYTHING, ZONE, MEMBERS), get_region(session, EVERYTHING, code)
        span = period_ending(key, TODAY)
        kinds = figures.by_kind(region, list(KINDS), span, ("reported",))
        groups = figures.by_kind(region, list(MEMBERS), span, ("reported",))
        for group, members in MEMBERS.items():
            total = sum(kinds.get(kind, {"reported": 0})["reported"] for kind in members)
            assert groups.get(group, {"reported": 0})["reported"] == total


def test_a_past_period_is_judged_by_what_was_closed_when_it_ended(filled: Database):
    span = period_ending("30d", TODAY).previous()
    end = instants(span, ZONE)[1]
    for code, (level, _parent) in TREE.items():
        for kind in ("", "hazard", "fire"):
            with filled.read() as session:
                figures, region = Figures(session, EVERYTHING, ZONE, MEMBERS), get_region(session, EVERYTHING, code)
                kinds = MEMBERS.get(kind, (kind,))
                wanted = [
                    case
                    for case in session.scalars(select(Case).where(getattr(Case, f"{level}_code") == code))
                    if case.overdue and case.closed_at and case.closed_at >= end and (not kind or case.kind in kinds)
                    and span.start <= day_of(case.close_due_at) <= span.end
                ]  # fmt: skip
                assert figures.closed_after([region], kind, span) == {code: len(wanted)}
