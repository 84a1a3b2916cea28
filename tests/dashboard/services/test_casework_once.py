"""What is sent twice is done once, in any interleaving, and whoever sends again gets the same answer."""

import contextlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Barrier
from uuid import UUID, uuid4

import pytest
from sqlalchemy import delete

from dashboard.domain.errors import UserError
from data.models import Received
from data.session import Database
from data.writes.cases import Conflict
from tests.desk import FIRE, MONDAY, SAFETY, Desk, open_desk, person

MINE = UUID("01890a5d-ac96-774b-bcce-b302099a8057")


@pytest.fixture
def desk(database: Database) -> Desk:
    """On SQLite and on PostgreSQL."""
    return open_desk(database)


def at_once(count: int, do) -> list:
    gate = Barrier(count)

    def one(number: int):
        gate.wait()
        try:
            return do(number)
        except UserError as error:
            return error

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(one, range(count)))


def test_a_report_sent_again_is_the_same_case_and_the_same_answer(desk: Desk):
    worker = person("grid_worker", "G1")
    first = desk.report(by=worker, id=MINE)
    desk.act("accept")
    desk.now += timedelta(days=1)
    again = desk.report(by=worker, id=MINE, device_at=MONDAY)
    assert first.id == MINE
    assert again == replace(first, repeated=True)
    assert len(desk.steps()) == 2
    assert desk.faults() == []


def test_a_report_sent_many_times_at_once_is_one_case(desk: Desk):
    worker = person("grid_worker", "G1")
    answers = at_once(8, lambda _number: desk.report(by=worker, id=MINE))
    assert sorted(answer.repeated for answer in answers) == [False] + [True] * 7
    assert {replace(answer, repeated=False) for answer in answers} == {replace(answers[0], repeated=False)}
    assert len(desk.cases()) == len(desk.steps()) == 1
    assert desk.faults() == []


def test_a_command_sent_again_is_answered_as_then_however_far_the_case_has_gone(desk: Desk):
    desk.report()
    desk.walk("accept", "dispatch")
    fire, mine = person("handler", unit=FIRE), uuid4()
    first = desk.act("object", fire, version=3, id=mine, reason="not_ours")
    desk.act("redispatch", unit=SAFETY)  # now it is out of the unit's sight
    before = desk.everything()
    again = desk.act("object", fire, version=3, id=mine, reason="not_ours")
    assert again == replace(first, repeated=True)
    assert (again.version, again.state) == (4, "objected")
    assert desk.everything() == before


def test_a_command_sent_many_times_at_once_is_done_once(desk: Desk):
    dispatcher, mine = person("dispatcher"), uuid4()
    desk.report()
    answers = at_once(8, lambda _number: desk.act("accept", dispatcher, version=1, id=mine))
    assert sorted(answer.repeated for answer in answers) == [False] + [True] * 7
    assert {(answer.version, answer.state) for answer in answers} == {(2, "accepted")}
    assert len(desk.steps()) == 2
    assert desk.faults() == []


def test_two_people_at_once_are_one_who_did_it_and_one_who_is_told(desk: Desk):
    people = [person("dispatcher", name=name) for name in ("甲", "乙")]
    desk.report()
    answers = at_once(2, lambda number: desk.act("accept", people[number], version=1, id=uuid4()))
    told = [answer for answer in answers if isinstance(answer, Conflict)]
    assert len(told) == 1
    assert told[0].standing["actor"] == people[1 - answers.index(told[0])].name
    assert desk.faults() == []


def test_an_id_stands_for_one_thing_only(desk: Desk):
    one, two = person("dispatcher"), person("dispatcher")
    desk.report(by=one, id=MINE)
    desk.act("accept", one, id=UUID(int=1))
    before = desk.everything()
    for again in (
        lambda: desk.report(by=two, id=MINE),  # somebody else's
        lambda: desk.report(by=one, id=MINE, title="另一件"),  # another report
        lambda: desk.report("G5", by=one, id=MINE),
        lambda: desk.act("accept", two, id=UUID(int=1)),
        lambda: desk.act("void", one, id=UUID(int=1), reason="entered_by_mistake"),
        lambda: desk.act("accept", one, id=MINE),  # a report's id
    ):
        with pytest.raises(UserError) as caught:
            again()
        assert caught.value.code in ("id", "region")
    assert desk.everything() == before


def test_one_id_for_two_cases_at_once_moves_one_of_them(desk: Desk):
    dispatcher, mine = person("dispatcher"), uuid4()
    keys = [(found.county_code, found.id) for found in (desk.report(), desk.report())]
    answers = at_once(2, lambda number: desk.act("accept", dispatcher, key=keys[number], id=mine))
    assert sum(isinstance(answer, UserError) for answer in answers) == 1
    assert sorted(case["version"] for case in desk.cases()) == [1, 2]
    assert desk.faults() == []


def test_what_failed_was_not_done_and_may_be_sent_again_under_its_id(desk: Desk):
    desk.report()
    desk.act("accept")
    mine = uuid4()
    with pytest.raises(Conflict):
        desk.act("dispatch", version=1, id=mine, unit=FIRE)
    with contextlib.suppress(UserError):
        desk.act("dispatch", version=2, id=mine, unit="没有的单位")
    assert desk.act("dispatch", version=2, id=mine, unit=FIRE).repeated is False


def test_a_case_that_stands_under_a_report_s_id_without_its_answer_is_no_second_case(desk: Desk):
    desk.report(id=MINE)
    with desk.deps.database.write() as session:
        session.execute(delete(Received))
    with pytest.raises(UserError, match="a case has this id already"):
        desk.report(id=MINE)
    assert len(desk.cases()) == 1
