"""Two reports of one matter: merged with their histories, into an open case of the county, and never in a circle."""

import contextlib
from concurrent.futures import ThreadPoolExecutor

import pytest

from dashboard.domain.errors import UserError
from dashboard.domain.history import detail_of
from dashboard.domain.people import Grant, Person
from data.session import Database
from tests.desk import Desk, open_desk, person


@pytest.fixture
def desk(sqlite_database: Database) -> Desk:
    return open_desk(sqlite_database)


@pytest.fixture
def desk_on_each(database: Database) -> Desk:
    """On SQLite and on PostgreSQL."""
    return open_desk(database)


def test_a_merged_case_and_its_target_tell_of_each_other(desk_on_each: Desk):
    desk, dispatcher = desk_on_each, person("dispatcher", name="王分流")
    target, double = desk.report(title="一"), desk.report(title="二")
    desk.act("merge", dispatcher, key=(double.county_code, double.id), into=str(target.id))
    merged, kept = desk.case(double.id), desk.case(target.id)
    assert (merged["state"], merged["merged_into"], kept["state"], kept["version"]) == (
        "merged",
        target.id,
        "reported",
        2,
    )
    step, told = desk.steps(double.id)[-1], desk.steps(target.id)[-1]
    assert detail_of(step)["into"] == target.id.hex
    assert (told["action"], told["actor"], detail_of(told)["merged"]) == ("absorb", "王分流", double.number)
    assert desk.faults() == []


def test_a_case_is_merged_only_into_another_open_one_of_its_county(desk: Desk):
    one, two, far = desk.report(), desk.report(), desk.report("G5")
    key = (one.county_code, one.id)
    for into in (one.id, far.id):
        with pytest.raises(UserError):
            desk.act("merge", key=key, into=into)
    desk.act("merge", key=(two.county_code, two.id), into=one.id)
    with pytest.raises(UserError, match="that case was itself merged"):
        desk.act("merge", key=key, into=two.id)
    with pytest.raises(UserError, match="no such case"):  # the target must be in sight of who merges
        desk.act("merge", Person(None, "x", (Grant("dispatcher", "G1"),)), key=key, into=desk.report("G4").id)


def test_two_cases_merged_into_each_other_at_once_leave_one_open(desk_on_each: Desk):
    desk = desk_on_each
    keys = [(found.county_code, found.id) for found in (desk.report(), desk.report())]

    def merge(position: int) -> None:
        with contextlib.suppress(UserError):
            desk.act("merge", key=keys[position], into=keys[1 - position][1])

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(merge, (0, 1)))
    assert sorted(case["state"] for case in desk.cases()) == ["merged", "reported"]
    assert desk.faults() == []
