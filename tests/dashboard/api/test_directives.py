"""Directives as a program meets them: routes, gates, errors by field, and the same answer to what is sent twice."""

from datetime import timedelta
from uuid import UUID

import pytest

from tests.dashboard.api.client import FIRE, MONDAY, Api

ORDER = {"region": "K1", "text": "请立即核查", "roles": ["grid_worker", "handler"], "due_in": "2h"}
KEY = str(UUID(int=7))
REFUSED = (  # changes of ORDER, status, code
    ({"region": "K2"}, 404, "region"),
    ({"region": "C1"}, 404, "region"),
    ({"region": "nowhere"}, 404, "region"),
    ({"text": "   "}, 400, "text"),
    ({"text": "字" * 501}, 400, "text"),
    ({"roles": []}, 400, "roles"),
    ({"roles": ["king"]}, 400, "roles"),
    ({"roles": ["leader"]}, 400, "addressees"),
    ({"due_in": "soon"}, 400, "due"),
    ({"due_in": None}, 400, "due"),
    ({"due_at": "2026-06-22T12:00:00"}, 400, "field"),  # without a zone
    ({"id": "1"}, 400, "field"),
    ({"colour": "red"}, 400, "field"),
    ({"case": {"county_code": "K1", "id": KEY}}, 404, "case"),
)


def issue(api: Api, by: str = "supervisor", **given) -> str:
    answer = api.by(by).post("/directives", {**ORDER, **given})
    assert answer.status == 201, answer.body
    return answer.body["id"]


def test_an_order_reaches_the_boxes_of_those_it_means_and_their_answers_the_issuer(api: Api):
    key = issue(api, id=KEY)
    assert api.by("supervisor").post("/directives", {**ORDER, "id": key}).body == {
        "id": key,
        "addressees": 5,
        "repeated": True,
    }
    (mine,) = api.by("grid").get("/directives?box=mine&open=1").body["rows"]
    assert (mine["id"], mine["text"], mine["issuer"], mine["region"]) == (key, "请立即核查", "supervisor·甲", "K1")
    assert mine["mine"] == {"delivered_at": None, "read_at": None, "answered_at": None, "answer": None, "late": False}
    for step, more in (("delivered", {}), ("read", {}), ("answered", {"answer": "已到场"})):
        assert api.by("grid").post(f"/directives/{key}/receipts", {"step": step, **more}).status == 200
    assert api.by("grid").get("/directives?open=1").body["rows"] == []
    (row,) = api.by("supervisor").get("/directives?box=issued").body["rows"]
    assert row["counts"] == {"addressed": 5, "delivered": 1, "read": 1, "answered": 1}
    assert row["mine"] is None
    groups = api.by("supervisor").get(f"/directives/{key}").body["groups"]
    assert [answer["name"] for group in groups for answer in group["answers"]] == ["grid·甲"]
    assert {group["unit"] for group in groups} >= {FIRE, None}


@pytest.mark.parametrize("given, status, code", REFUSED)
def test_what_is_wrong_is_answered_by_its_name(api: Api, given: dict, status: int, code: str):
    answer = api.by("supervisor").post("/directives", {**ORDER, **given})
    assert (answer.status, answer.body["error"]) == (status, code)


@pytest.mark.parametrize("who, status", [("grid", 404), ("handler", 404), ("evaluator", 404), ("auditor", 404), (None, 401),
                                         ("leader", 201), ("dispatcher", 201), ("dispatcher2", 404)])  # fmt: skip
def test_who_may_give_orders(api: Api, who: str | None, status: int):
    assert api.by(who).post("/directives", ORDER).status == status


@pytest.mark.parametrize("who", ["dispatcher2", "grid4", "administrator"])
def test_an_order_elsewhere_does_not_exist(api: Api, who: str):
    key = issue(api, roles=["handler"])
    assert api.by(who).get(f"/directives/{key}").status == 404
    assert api.by(who).post(f"/directives/{key}/receipts", {"step": "read"}).status == 404
    assert api.by(who)("DELETE", f"/directives/{key}").status == 404
    assert api.by(who).get("/directives").body["rows"] == []


def test_a_device_is_set_right_by_the_clock_it_shows_when_it_sends(api: Api):
    """The phone's clock is an hour slow; the answer was entered half an hour ago, before the deadline."""
    key = issue(api, due_in="2h")
    api.later(hours=2, minutes=15)
    slow = api.moment - timedelta(hours=1)
    sent = {"step": "answered", "answer": "已处置", "device_at": (slow - timedelta(minutes=30)).isoformat(),
            "device_now": slow.isoformat()}  # fmt: skip
    assert api.by("grid").post(f"/directives/{key}/receipts", sent).body["late"] is False
    assert (
        api.by("handler").post(f"/directives/{key}/receipts", {"step": "answered", "answer": "晚了"}).body["late"]
        is True
    )
    (row,) = api.by("supervisor").get("/directives?box=region&region=K1").body["rows"]
    assert row["standing"] == "late"


def test_an_order_about_a_case_names_it_and_withdrawing_ends_it(api: Api):
    case = api.by("grid").report().body
    key = issue(api, case={"county_code": case["county_code"], "id": case["id"]}, subject="?region=K1&list=open",
                due_at=(MONDAY + timedelta(hours=3)).isoformat(), due_in=None)  # fmt: skip
    found = api.by("handler").get(f"/directives/{key}").body["directive"]
    assert found["case"] == {"county_code": "K1", "id": case["id"], "number": case["number"]}
    assert found["subject"] == "?region=K1&list=open"
    assert api.by("supervisor")("DELETE", f"/directives/{key}").status == 200
    answer = api.by("handler").post(f"/directives/{key}/receipts", {"step": "answered", "answer": "好"})
    assert (answer.status, answer.body["error"]) == (400, "withdrawn")
