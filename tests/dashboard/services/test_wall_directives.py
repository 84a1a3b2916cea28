"""Directives on the wall: which rows, in which order, in which words; and what the composer offers to whom."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import pytest

from dashboard.domain.errors import NotFound
from dashboard.domain.people import GUEST, Grant, Person
from dashboard.domain.state import WallState
from dashboard.services import orders, wall_directives
from tests.calendars import SHANGHAI
from tests.dashboard.api.client import FIRE, Api, make_api

GUEST_OF_ALL = Person(None, GUEST, (Grant(GUEST, "P"),))
DEADLINES = (  # now, today's, tomorrow's
    ("06-22 10:00", "06-22 18:00", "06-23 18:00"),
    ("06-22 17:29", "06-22 18:00", "06-23 18:00"),
    ("06-22 17:31", "06-23 00:00", "06-23 18:00"),
    ("06-22 23:00", "06-23 00:00", "06-23 18:00"),
)


@pytest.fixture
def api(sqlite_database, tmp_path) -> Api:
    return make_api(sqlite_database, tmp_path / "evidence")


@contextmanager
def asking(api: Api, login: str | None) -> Iterator[Person]:
    """Inside a request, as `login`; None: a guest."""
    with api.app.test_request_context():
        yield _person(api, login)


def _person(api: Api, login: str | None) -> Person:
    if login is None:
        return GUEST_OF_ALL
    from_api = api.by(login).get("/me").body
    return Person(api.ids[login], login, tuple(Grant(g["role"], g["region"], g["unit"]) for g in from_api["grants"]))


def issue(api: Api, by: str = "supervisor", **given) -> str:
    order = {"region": "K1", "text": "请立即核查", "roles": ["grid_worker"], "due_in": "2h", **given}
    answer = api.by(by).post("/directives", order)
    assert answer.status == 201, answer.body
    return answer.body["id"]


def panel(api: Api, region: str = "K1", login: str | None = None):
    with asking(api, login) as person:
        return wall_directives.directives(api.deps, WallState(region=region), person.scope("wall.view"))


def test_late_ones_come_first_and_answered_ones_last_and_go(api: Api):
    done = issue(api, roles=["handler"], unit=FIRE, due_in="30m")
    api.by("handler").post(f"/directives/{done}/receipts", {"step": "answered", "answer": "已处置"})
    long, short = issue(api, due_in="3h"), issue(api, due_in="1h")
    view = panel(api)
    assert [row.id for row in view.rows] == [short, long], "two find room"
    assert (view.subtitle, view.late) == ("未答复 2 件", "")
    api.later(minutes=70)
    view = panel(api)
    assert [(row.id, row.left) for row in view.rows] == [(short, "超 0:10"), (long, "剩 1:50")]
    assert view.late == "逾期 1 件"
    assert done not in {row.id for row in panel(api, "P").rows}


def test_the_panel_shows_the_region_and_what_lies_below_and_nothing_else(api: Api):
    key = issue(api)
    assert [row.id for row in panel(api, "P").rows] == [key]
    assert panel(api, "K2").rows == panel(api, "T1").rows == ()
    with pytest.raises(NotFound):
        panel(api, "K1", "dispatcher2")


def test_the_wall_names_units_and_regions_and_no_person_and_no_number(api: Api):
    key = issue(api, text="请立即核查，联系 13800001111", roles=["handler", "grid_worker"])
    api.by("handler").post(f"/directives/{key}/receipts", {"step": "answered", "answer": "好，我的电话 138 0000 2222"})
    with asking(api, None) as person:
        view = wall_directives.directive(api.deps, WallState(directive=key), person.scope("wall.view"), person=person)
    assert (view.row.text, view.withdraw) == ("请立即核查，联系 ＊＊＊", None)
    assert [(answer.label, answer.text) for answer in view.answers] == [(FIRE, "好，我的电话 ＊＊＊")]
    assert "甲" not in repr(view)
    assert sum(group.counts.addressed for group in view.groups) == 5


def test_of_an_order_about_a_sensitive_case_only_the_kind_is_shown(api: Api):
    sensitive = next(iter(api.deps.catalog.sensitive))
    case = api.by("grid").report(kind=sensitive, title="不可示人").body
    key = issue(api, text="不可示人的内容", case={"county_code": "K1", "id": case["id"]})
    api.by("grid").post(f"/directives/{key}/receipts", {"step": "answered", "answer": "不可示人的答复"})
    issue(api, text="可以示人")
    assert "不可示人" not in repr(panel(api))
    with asking(api, None) as person:
        view = wall_directives.directive(api.deps, WallState(directive=key), person.scope("wall.view"), person=person)
    assert "不可示人" not in repr(view)
    assert api.deps.catalog.kinds[sensitive].name in view.row.text


@pytest.mark.parametrize("key", ["1", "00000000-0000-0000-0000-000000000001"])
def test_an_order_that_is_none_is_not_found(api: Api, key: str):
    with asking(api, None) as person, pytest.raises(NotFound):
        wall_directives.directive(api.deps, WallState(directive=key), person.scope("wall.view"), person=person)


def compose(api: Api, login: str | None, **state):
    with asking(api, login) as person:
        return orders.order(api.deps, WallState(order="new", **state), person.scope("wall.view"), person=person)


def test_the_composer_counts_who_would_be_reached_in_the_region(api: Api):
    view = compose(api, "leader", region="K1")
    counts = {key: count for key, _words, count in view.roles}
    assert counts == {"leader": 0, "dispatcher": 1, "handler": 2, "verifier": 1, "grid_worker": 3, "supervisor": 1}
    assert view.units == ((FIRE, 1), ("K1 safety", 1))
    assert [name for name, _href, _chosen in view.path] == ["C1", "K1"], "up to what one may order, no further"
    assert view.refused == ""


def test_an_order_about_a_case_goes_to_its_county(api: Api):
    case = api.by("grid").report(title="楼道堆物").body
    view = compose(api, "leader", region="C1", case=case["id"])
    assert (view.region, view.case.county_code, view.case.id) == ("K1", "K1", case["id"])
    assert all(view.case.number in text for _name, text in view.templates)
    assert view.subject == f"?region=C1&case={case['id']}"
    assert compose(api, "leader", region="C1", case=case["id"], at="C1").region == "C1"


@pytest.mark.parametrize("login", [None, "evaluator", "auditor"])
def test_who_may_only_look_is_told_so_and_not_who_is_there(api: Api, login: str | None):
    view = compose(api, login, region="K1")
    assert view.refused == "您不能向这个辖区下达指令"
    assert (view.path, view.units, {count for *_words, count in view.roles}) == ((), (), {0})


@pytest.mark.parametrize("now, today, tomorrow", DEADLINES)
def test_ready_deadlines_are_the_close_of_work(now: str, today: str, tomorrow: str):
    def at(text: str) -> datetime:
        return datetime.fromisoformat(f"2026-{text}").replace(tzinfo=SHANGHAI)

    assert (orders.close_of_work(at(now), 0), orders.close_of_work(at(now), 1)) == (at(today), at(tomorrow))
