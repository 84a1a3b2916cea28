"""The live demo moves cases through every stage by the same door as people, and leaves nothing wrong behind."""

import random
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from dashboard.services import live_demo
from dashboard.services.live_demo import LiveDemo
from data.models import Dataset, RegionRow
from data.session import Database
from tests.desk import Desk, open_desk


@pytest.fixture
def desk(sqlite_database: Database, monkeypatch) -> Desk:
    monkeypatch.setattr(live_demo, "DATASET", "test")
    return open_desk(sqlite_database)


def test_it_walks_through_the_whole_loop_and_every_figure_stays_right(desk: Desk):
    demo = LiveDemo(desk.at_now(), random.Random(4))
    demo._counties = demo._find_counties()
    for _round in range(12):
        demo._report()
    for round_ in range(260):
        desk.now += timedelta(minutes=7)
        demo.deps = desk.at_now()
        demo._act()
        if round_ % 20 == 0:
            desk.tick()
            assert desk.faults() == []
    done = {step["action"] for case in desk.cases() for step in desk.steps(case["id"])}
    assert {"accept", "dispatch", "take", "handle", "verify", "call_back", "close"} <= done
    assert desk.faults() == []


def test_it_does_nothing_where_the_demo_is_not_installed(desk: Desk, monkeypatch):
    monkeypatch.setattr(live_demo, "DATASET", "another")
    LiveDemo(desk.at_now(), random.Random(1)).step()
    assert desk.cases() == []


def test_its_county_is_chosen_by_population(desk: Desk):
    with desk.deps.database.write() as session:
        session.execute(update(RegionRow).where(RegionRow.code != "K2").values(population=None))
        session.execute(update(RegionRow).where(RegionRow.code == "K2").values(population=10**9))
        assert session.scalar(select(Dataset.key)) == "test"
    demo = LiveDemo(desk.at_now(), random.Random(1))
    demo._counties = demo._find_counties()
    assert demo._county().code == "K2"
