"""A past period stands as it ended, whatever is closed afterwards and in whatever order it is asked for."""

import random
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from flask import Flask

from dashboard.cache import ReadCache
from dashboard.catalog import load_catalog
from dashboard.deps import Deps
from dashboard.domain.periods import local_day
from dashboard.domain.scope import EVERYTHING
from dashboard.domain.state import WallState
from dashboard.services.frame import Frame
from data.session import Database
from data.writes.cases import get_case_row, insert_case, update_case
from tests.factories import NOW, STEP, install_tree, make_case

NAMES = ("due_closed", "due_on_time", "due_open")
OPEN = {"state": "handling", "handled_at": None, "verified_at": None, "closed_at": None, "ended_at": None,
        "overdue": True, "rated_at": None, "satisfaction": None}  # fmt: skip


def day_of(at):
    return local_day(at, ZoneInfo("Asia/Shanghai"))


@pytest.fixture
def deps(sqlite_database: Database) -> Deps:
    return Deps(sqlite_database, load_catalog(), ReadCache(Flask("test")), lambda: NOW)


def test_a_case_closed_late_changes_no_past_period_though_part_of_the_answer_was_kept(deps: Deps):
    due = NOW - timedelta(days=40)
    early = make_case(random.Random(2), grid="G1", reported_at=NOW - timedelta(days=100),
                      close_due_at=NOW - timedelta(days=95), **OPEN)  # fmt: skip
    case = make_case(random.Random(1), grid="G1", reported_at=due - timedelta(days=5), close_due_at=due, **OPEN)
    with deps.database.write() as session:
        install_tree(session)
        for one in (early, case):
            insert_case(session, one, STEP, day_of)
    frame = Frame(deps, WallState(), EVERYTHING)
    span = frame.period.previous()
    assert frame.late("county", span)["K1"] == 0
    closed = {"state": "closed", "closed_at": NOW, "ended_at": NOW}
    with deps.database.write() as session:
        before = get_case_row(session, (case["county_code"], case["id"]))
        update_case(session, before, closed, {**STEP, "action": "close"}, day_of)
    after = Frame(deps, WallState(), EVERYTHING)
    assert after.late("county", span)["K1"] == 1
    assert after.below_past("county", span, NAMES)["K1"] == {"due_closed": 0, "due_on_time": 0, "due_open": 1}
    assert after.own.previous is not None
    assert {name: after.own.previous[name] for name in NAMES} == {"due_closed": 0, "due_on_time": 0, "due_open": 1}
