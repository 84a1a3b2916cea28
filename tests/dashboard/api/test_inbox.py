"""The inbox: whose turn it is, the first due first, my reports, my grids; patrols and devices beside it."""

from datetime import timedelta
from uuid import uuid4

from sqlalchemy import func, select, update

from data.models import Case, ChangeRow, Patrol
from tests.dashboard.api.client import FIRE, MONDAY, Api

TURNS = (  # who acts, action, inputs, in whose inbox it stands afterwards
    (None, None, {}, {"dispatcher"}),
    ("dispatcher", "accept", {}, {"dispatcher"}),
    ("dispatcher", "dispatch", {"unit": FIRE}, {"handler", "grid"}),
    ("handler", "object", {"reason": "wrong_area"}, {"supervisor"}),
    ("supervisor", "uphold", {"note": "就是你们"}, {"handler", "grid"}),
    ("handler", "take", {}, {"handler", "grid"}),
    ("handler", "ask_extension", {"limit": "2wd", "reason": "weather"}, {"handler", "grid", "supervisor"}),
    ("supervisor", "refuse_extension", {"note": "抓紧"}, {"handler", "grid"}),
    ("handler", "handle", {"note": "好了"}, {"verifier"}),
    ("verifier", "verify", {}, {"dispatcher"}),
    ("dispatcher", "close", {}, set()),
)
LOGINS = (
    "dispatcher",
    "dispatcher2",
    "handler",
    "handler2",
    "grid",
    "grid3",
    "verifier",
    "supervisor",
    "leader",
    "evaluator",
)


def test_a_case_stands_in_the_inbox_of_whoever_acts_next(api: Api):
    case = api.by("grid").report().body
    for who, action, inputs, waits in TURNS:
        if action:
            done = api.by(who).act(case, action, inputs=inputs)
            assert done.status == 200, (action, done.body)
        found = {login for login in LOGINS if api.by(login).get("/inbox").body["total"]}
        assert found == waits, action
    mine = api.by("grid").get("/inbox").body["mine"]
    assert [(one["id"], one["state"], one["last"]["label"]) for one in mine] == [(case["id"], "closed", "办结")]
    assert api.by("dispatcher").get("/inbox").body["mine"] == []


def test_the_first_due_comes_first_with_its_clock_and_its_actions(api: Api):
    for title in ("一", "二", "三"):
        api.by("grid").report(title=title)
        api.later(minutes=5)
    body = api.by("dispatcher").get("/inbox").body
    assert [one["head"]["title"] for one in body["cases"]] == ["一", "二", "三"]
    assert [one["due_at"] for one in body["cases"]] == [one["clock"]["due_at"] for one in body["cases"]]
    assert [one["clock"]["left_minutes"] for one in body["cases"]] == [15, 20, 25]
    assert {one["actions"][0]["action"] for one in body["cases"]} == {"accept"}
    assert body["states"] == [{"state": "reported", "state_label": "待受理", "count": 3}]


def test_an_inbox_that_did_not_change_is_not_sent_again(api: Api):
    api.by("grid").report()
    first = api.by("dispatcher").get("/inbox")
    tag = {"If-None-Match": first.headers["ETag"]}
    api.moment += timedelta(minutes=3)
    again = api.by("dispatcher").get("/inbox", headers=tag)
    assert (again.status, again.data) == (304, b"")
    api.by("grid").report(title="又一件")
    assert api.by("dispatcher").get("/inbox", headers=tag).status == 200
    assert api.by("grid").get("/inbox", headers=tag).status == 200
    assert api.by(None).get("/inbox", headers=tag).status == 401


def test_what_counts_against_a_grid_is_told_with_its_rule(api: Api):
    cases = {
        title: api.by("grid").report(title=title).body
        for title in ("超期", "红牌", "黄牌", "返工", "重开", "今日", "安好")
    }
    set_ = {
        "超期": {"overdue": True, "close_due_at": MONDAY - timedelta(hours=1)},
        "红牌": {"card": "red"}, "黄牌": {"card": "yellow"},
        "返工": {"state": "handling", "reworked": 1}, "重开": {"state": "handling", "reopened": 1},
        "今日": {"close_due_at": MONDAY + timedelta(hours=6)}, "安好": {},
    }  # fmt: skip
    with api.deps.database.write() as session:
        for title, values in set_.items():
            session.execute(update(Case).where(Case.title == title).values(card=Case.card, **values) if "card" not in values
                            else update(Case).where(Case.title == title).values(**values))  # fmt: skip
    today = api.by("grid").get("/inbox").body["grid_today"]
    assert [(one["title"], one["why"]) for one in today["items"]] == [
        ("超期", "overdue"), ("红牌", "red"), ("黄牌", "yellow"), ("返工", "reworked"), ("重开", "reopened"),
        ("今日", "due_today")]  # fmt: skip
    counts = {name: today[name] for name in ("open", "overdue", "red", "yellow", "reworked", "reopened", "due_today")}
    assert counts == {"open": 7, "overdue": 1, "red": 1, "yellow": 1, "reworked": 1, "reopened": 1, "due_today": 1}
    assert "09:00" in today["items"][0]["rule"]
    assert all(one["rule"] and one["why_label"] for one in today["items"])
    assert cases["安好"]["id"] not in str(today)
    assert api.by("dispatcher").get("/inbox").body["grid_today"] is None
    assert api.by("grid3").get("/inbox").body["grid_today"]["open"] == 0


def test_a_patrol_that_found_nothing_is_a_record_of_its_own(api: Api):
    given = {"id": str(uuid4()), "note": "巡查无异常", "device_at": (MONDAY - timedelta(minutes=9)).isoformat()}
    first, second = api.by("grid").post("/patrols", given), api.by("grid").post("/patrols", given)
    assert (first.status, second.status) == (201, 200)
    assert first.body["id"] == second.body["id"] == given["id"]
    refused = {"grid3": ({"place": "G1"}, 404), "dispatcher": ({"place": "G1"}, 404), "grid4": ({"place": "NOWHERE"}, 404),
               "handler": ({}, 404), "grid": ({"note": "x" * 501}, 400)}  # fmt: skip
    assert {login: api.by(login).post("/patrols", body).status for login, (body, _status) in refused.items()} == {
        login: status for login, (_body, status) in refused.items()}  # fmt: skip
    rows = api.by("dispatcher").get("/patrols?region=V1").body["rows"]
    assert [(row["region"], row["note"], row["mine"]) for row in rows] == [("G1", "巡查无异常", False)]
    assert "甲" not in str(rows)
    assert api.by("grid").get("/patrols").body["rows"][0]["mine"]
    assert api.by("dispatcher2").get("/patrols").body["rows"] == []
    assert api.by("dispatcher2").get("/patrols?region=V1").status == 404
    with api.deps.database.read() as session:
        assert session.scalar(select(func.count()).select_from(Patrol)) == 1
        assert session.scalar(select(func.count()).select_from(Case)) == 0
        assert session.scalars(select(ChangeRow.action).where(ChangeRow.topic == "patrol")).all() == ["record"]


def test_an_id_of_anothers_patrol_is_refused(api: Api):
    given = {"id": str(uuid4())}
    assert api.by("grid").post("/patrols", given).status == 201
    answer = api.by("grid3").post("/patrols", given)
    assert (answer.status, answer.body["error"]) == (400, "id")


def test_a_device_says_what_it_has_not_sent_and_is_told_on_when_that_changes(api: Api):
    path = f"/devices/{uuid4()}"
    said = {"unsent": 3, "oldest_at": (MONDAY - timedelta(hours=2)).isoformat()}
    for body in (said, said, {"unsent": 0}, {"unsent": 0}):
        assert api.by("grid")("PUT", path, body).status == 200
    assert api.by("grid3")("PUT", path, said).status == 404
    assert api.by("auditor")("PUT", path, said).status == 404
    assert api.by("grid")("PUT", path, {"unsent": -1}).status == 400
    assert api.by("grid")("PUT", "/devices/mine", said).status == 404
    with api.deps.database.read() as session:
        told = session.scalars(
            select(ChangeRow.detail).where(ChangeRow.topic == "device").order_by(ChangeRow.seq)
        ).all()
        assert told == [{"unsent": 3}, {"unsent": 0}]


def test_the_catalogue_has_words_for_every_key_and_is_not_sent_twice(api: Api):
    found = api.by("grid").get("/catalogue")
    assert all(entry["name"] for rows in found.body.values() for entry in rows if "name" in entry)
    assert {one["key"] for one in found.body["kinds"]} == api.deps.catalog.kinds.keys()
    assert api.by("grid").get("/catalogue", headers={"If-None-Match": found.headers["ETag"]}).status == 304
    assert api.by(None).get("/catalogue").status == 401
