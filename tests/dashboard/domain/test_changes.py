"""Who hears of a change: scope × path × unit × user × region, and in which words."""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from dashboard.domain.changes import TOPICS, Change, hearing, told, told_guest
from dashboard.domain.errors import UserError
from dashboard.domain.people import GUEST, NOBODY, Grant, Person

AT = datetime(2026, 6, 18, 6, 5, tzinfo=UTC)
ME, OTHER = UUID(int=1), UUID(int=2)
GRID = ("P", "C1", "K1", "T1", "V1", "G1")
SENSITIVE = frozenset({"family"})


def person(*grants: Grant, key: UUID | None = ME, session: str = "aa") -> Person:
    return Person(key, "x", grants, session=session)


LEADER = person(Grant("leader", "P"))
DISPATCHER = person(Grant("dispatcher", "K1"))
HANDLER = person(Grant("handler", "K1", "消防救援"))
WORKER = person(Grant("grid_worker", "G1"))
ADMINISTRATOR = person(Grant("administrator", "P"))
VISITOR = person(Grant(GUEST, "C1"), key=None, session="")


def change(topic: str = "case", path: tuple[str, ...] = GRID, **given: object) -> Change:
    row = {"seq": 7, "at": AT, "action": "report", "ref": "r", "unit": None, "unit_before": None, "user_id": None,
           "detail": {"kind": "fire", "severity": "01", "title": "secret", "lon": 120.1}}  # fmt: skip
    return Change(topic=topic, path=path, **{**row, **given})


CASES = (  # who, what they asked for, the change, heard
    (LEADER, {}, change(), True),
    (LEADER, {"region": "K1"}, change(), True),
    (LEADER, {"region": "K2"}, change(), False),
    (LEADER, {"topics": "directive"}, change(), False),
    (LEADER, {"topics": "directive,case"}, change(), True),
    (LEADER, {}, change(path=()), False),
    (DISPATCHER, {}, change(), True),
    (DISPATCHER, {}, change(path=("P", "C1", "K2", "T3")), False),
    (DISPATCHER, {}, change(path=("P", "C1")), False),  # what happens above is not in the county
    (DISPATCHER, {"region": "K2"}, change(path=("P", "C1", "K2")), False),  # asking for more does not give more
    (HANDLER, {}, change(unit="消防救援"), True),
    (HANDLER, {}, change(unit="城管"), False),
    (HANDLER, {}, change(unit="城管", unit_before="消防救援"), True),  # it was handed on: it goes from the list
    (HANDLER, {}, change(unit="消防救援", path=("P", "C1", "K2")), False),
    (HANDLER, {}, change(), False),
    (WORKER, {}, change(), True),
    (WORKER, {}, change(path=(*GRID[:-1], "G2")), False),
    (WORKER, {}, change("patrol"), True),
    (ADMINISTRATOR, {}, change(), False),  # manages accounts, reads no cases
    (VISITOR, {}, change(), True),
    (VISITOR, {}, change(path=("P", "C2", "K3")), False),
    (NOBODY, {}, change(), False),
    (LEADER, {}, change("directive", user_id=ME), True),
    (LEADER, {"region": "C2"}, change("directive", user_id=ME), True),  # mine, wherever I look
    (LEADER, {}, change("directive", user_id=OTHER), False),
    (VISITOR, {}, change("directive", user_id=OTHER), False),
    (VISITOR, {}, change("directive"), True),
    (LEADER, {"wall": "w1"}, change("drive", ref="w1"), True),
    (VISITOR, {"wall": "w1"}, change("drive", ref="w1"), True),
    (LEADER, {"wall": "w2"}, change("drive", ref="w1"), False),
    (LEADER, {}, change("drive", ref=""), False),
    (LEADER, {}, change("session", ref="aa"), False),
)


@pytest.mark.parametrize("who, asked, what, heard", CASES)
def test_a_change_is_heard_by_those_who_may_see_it(who: Person, asked: dict, what: Change, heard: bool):
    assert hearing(who, **asked).hears(what) is heard


@pytest.mark.parametrize(
    "what, mine",
    [
        (change("session", ref="aa"), True),
        (change("session", ref="bb"), False),
        (change("session", ref=None, user_id=ME), True),
        (change("session", ref=None, user_id=OTHER), False),
        (change("case", ref="aa"), False),
    ],
)
def test_the_end_of_a_session_concerns_its_own_streams(what: Change, mine: bool):
    assert hearing(LEADER).concerns(what) is mine


def test_a_guest_has_no_session_that_could_end():
    assert not hearing(VISITOR).concerns(change("session", ref=""))


@pytest.mark.parametrize("topics", ["session", "case,cases", "x"])
def test_an_unknown_topic_is_an_error_that_names_the_others(topics: str):
    with pytest.raises(UserError, match="case, directive"):
        hearing(LEADER, topics=topics)


@pytest.mark.parametrize("topic", TOPICS[:4])
def test_neither_text_nor_position_leaves_the_feed(topic: str):
    for words in (told(change(topic)), told_guest(change(topic), SENSITIVE)):
        assert words["detail"] == {"kind": "fire", "severity": "01"}
        assert "secret" not in str(words)


def test_a_guest_learns_neither_the_holder_nor_which_sensitive_case_it_is():
    open_, closed = change(unit="城管"), change(detail={"kind": "family", "severity": "02"})
    assert (told(open_)["unit"], told_guest(open_, SENSITIVE)["unit"]) == ("城管", None)
    assert told_guest(open_, SENSITIVE)["ref"] == "r"
    assert (told(closed)["ref"], told_guest(closed, SENSITIVE)["ref"]) == ("r", None)
    assert told_guest(change("directive"), SENSITIVE)["ref"] is None


def test_a_drive_carries_where_the_wall_is_to_go():
    assert told_guest(change("drive", detail={"search": "?region=C1"}), SENSITIVE)["detail"] == {"search": "?region=C1"}
