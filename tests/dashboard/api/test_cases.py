"""Reporting a case and reading it: each way in and each way it is refused, on a real database."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select

from dashboard.services.ids import new_id
from data.models import AuditRow, Case, CaseStep, ChangeRow, RegionRow, Reporter
from tests.dashboard.api.client import MONDAY, Api, shown

REFUSED = (  # what is sent, status, code, what the message names
    ({"kind": "nonsense"}, 404, "kind", "nonsense"),
    ({"kind": ""}, 400, "field", "kind"),
    ({"title": ""}, 400, "field", "title"),
    ({"title": "x" * 201}, 400, "field", "title"),
    ({"title": "a\nb"}, 400, "field", "title"),
    ({"title": "a\x00b"}, 400, "field", "title"),
    ({"description": "a\x00b"}, 400, "field", "description"),
    ({"place": "NOWHERE"}, 404, "region", "NOWHERE"),
    ({"place": "K2"}, 404, "region", "K2"),
    ({"place": "C1"}, 404, "region", "C1"),
    ({"place": None}, 400, "place", "lon"),
    ({"place": None, "lon": 120.0, "lat": 30.0}, 400, "place", "near"),
    ({"lon": 181, "lat": 0}, 400, "field", "lon"),
    ({"lon": "NaN", "lat": 0}, 400, "field", "lon"),
    ({"lon": 120.0}, 400, "position", "degrees"),
    ({"severity": "05"}, 400, "field", "severity"),
    ({"source": "import"}, 400, "field", "source"),
    ({"source": "police; drop table"}, 400, "field", "source"),
    ({"id": "not-a-uuid"}, 400, "field", "id"),
    ({"device_at": "2026-06-22T09:00:00"}, 400, "field", "device_at"),
    ({"device_at": "yesterday"}, 400, "field", "device_at"),
    ({"evidence": ["ab" * 32]}, 400, "evidence", "ab" * 32),
    ({"evidence": ["not a hash"]}, 400, "field", "evidence"),
    ({"evidence": [f"{n:064x}" for n in range(10)]}, 400, "field", "evidence"),
    ({"repeat_of": str(UUID(int=1))}, 400, "repeat_of", ""),
    ({"contact": {"name": "甲", "phone": "call me"}}, 400, "field", "phone"),
    ({"colour": "red"}, 400, "field", "colour"),
)


def test_a_report_is_a_case_with_its_history_feed_and_audit(api: Api):
    made = api.by("grid").report(description="三楼", lon=120.1, lat=30.2, accuracy=8.5, address="新河路 118 号")
    assert made.status == 201
    assert made.body["state"] == "reported"
    assert made.body["version"] == 1
    assert not made.body["repeated"]
    head = api.by("grid").dossier(made.body)["head"]
    assert (head["number"], head["place"], head["description"]) == (made.body["number"], "K1·T1·V1·G1", "三楼")
    assert (head["lon"], head["lat"], head["address"]) == (120.1, 30.2, "新河路 118 号")
    with api.deps.database.read() as session:
        assert session.scalar(select(AuditRow.action)) == "case.report"
        assert session.scalar(select(ChangeRow.ref).where(ChangeRow.topic == "case")) == made.body["id"]


def test_what_cannot_be_a_report_is_refused_by_name_and_leaves_nothing(api: Api):
    wrong = []
    for given, status, code, named in REFUSED:
        answer = api.by("grid").report(**given)
        if (answer.status, answer.body["error"]) != (status, code) or named not in answer.body["message"]:
            wrong.append((given, answer.status, answer.body))
    assert wrong == []
    with api.deps.database.read() as session:
        assert session.scalar(select(func.count()).select_from(Case)) == 0
        assert session.scalar(select(func.count()).select_from(ChangeRow)) == 0


def test_who_may_report(api: Api):
    expected = {None: 401, "verifier": 404, "supervisor": 404, "auditor": 404, "dispatcher": 201, "handler": 201,
                "grid": 201, "grid3": 404, "dispatcher2": 404}  # fmt: skip
    assert {login: api.by(login).report().status for login in expected} == expected


def test_a_body_that_is_no_json_is_refused(api: Api):
    answer = api.by("grid")("POST", "/cases", data=b"title=x", media="application/x-www-form-urlencoded")
    assert (answer.status, answer.body["error"]) == (400, "json")


def test_a_report_sent_twice_is_one_case(api: Api):
    given = {"id": str(new_id(MONDAY)), "title": "飞线充电"}
    first, second = api.by("grid").report(**given), api.by("grid").report(**given)
    assert (first.status, second.status) == (201, 200)
    assert second.body == {**first.body, "repeated": True}


def test_a_report_sent_by_many_threads_at_once_is_one_case(api: Api):
    given = {"id": str(new_id(MONDAY)), "title": "飞线充电"}
    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda _n: api.by("grid").report(**given), range(12)))
    assert sorted(answer.status for answer in answers) == [200] * 11 + [201]
    assert len({answer.body["number"] for answer in answers}) == 1
    with api.deps.database.read() as session:
        assert session.scalar(select(func.count()).select_from(Case)) == 1
        assert session.scalar(select(func.count()).select_from(CaseStep)) == 1


def test_an_id_that_another_person_used_is_not_answered_with_their_case(api: Api):
    given = {"id": str(new_id(MONDAY))}
    assert api.by("grid").report(**given).status == 201
    answer = api.by("grid3").report(place="G3", **given)
    assert (answer.status, answer.body["error"]) == (400, "id")


@pytest.mark.parametrize(
    "device_at, device_now, minutes",
    [  # by a clock two hours fast; by a right one; without its clock; one that claims the future
        (MONDAY + timedelta(minutes=60), MONDAY + timedelta(minutes=120), -60),
        (MONDAY - timedelta(minutes=25), MONDAY, -25),
        (MONDAY - timedelta(minutes=25), None, -25),
        (MONDAY + timedelta(minutes=9), None, 0),
    ],
)
def test_the_time_on_the_device_is_set_right_by_its_clock(api: Api, device_at, device_now, minutes):
    sent = {"device_at": device_at.isoformat(), "device_now": device_now and device_now.isoformat()}
    made = api.by("grid").report(**sent)
    assert made.status == 201
    with api.deps.database.read() as session:
        assert session.scalar(select(CaseStep.device_at)) == MONDAY + timedelta(minutes=minutes)
        assert session.scalar(select(CaseStep.at)) == MONDAY


def test_without_a_place_the_nearest_grid_of_ones_own_is_taken(api: Api):
    with api.deps.database.write() as session:
        for code, lon in (("G1", 120.00), ("G2", 120.02), ("G3", 120.04), ("G4", 120.05)):
            row = session.get(RegionRow, code)
            row.lon, row.lat = lon, 30.0
    near = {"place": None, "lon": 120.021, "lat": 30.001}
    assert api.by("dispatcher").dossier(api.by("dispatcher").report(**near).body)["head"]["grid_code"] == "G2"
    assert api.by("grid").dossier(api.by("grid").report(**near).body)["head"]["grid_code"] == "G1"
    assert api.by("dispatcher2").report(**near).status == 400


def test_who_reported_is_masked_and_unmasked_for_a_reason_that_is_kept(api: Api):
    contact = {"name": "林小满", "phone": "13812340421"}
    case = api.by("dispatcher").report(source="hotline", contact=contact).body
    assert api.by("dispatcher").dossier(case)["reporter"] == {"name": "林**", "phone": "138****0421"}
    path = f"/cases/{case['county_code']}/{case['id']}/reporter"
    assert api.by("dispatcher").get(path).status == 400
    assert api.by("dispatcher").get(f"{path}?reason=回访核实").body == contact
    assert api.by("verifier").get(f"{path}?reason=回访核实").status == 404
    assert api.by("dispatcher2").get(f"{path}?reason=回访核实").status == 404
    with api.deps.database.read() as session:
        rows = session.execute(select(AuditRow.actor, AuditRow.reason).where(AuditRow.action == "identity.read")).all()
        assert [tuple(row) for row in rows] == [("dispatcher·甲", "回访核实")]
        assert session.scalar(select(Reporter.phone)) == contact["phone"]


def test_a_case_that_is_not_granted_is_not_found_by_its_id(api: Api):
    case = api.by("grid").report(title="机密").body
    for login in ("dispatcher2", "grid4", "grid3", "handler2"):
        _is_not_found(api, login, case)


def _is_not_found(api: Api, login: str, case: dict) -> None:
    unknown = {**case, "id": str(uuid4())}
    there, nowhere = (api.by(login).get(f"/cases/K1/{one['id']}") for one in (case, unknown))
    assert there.status == nowhere.status == 404
    assert shown(there.body).replace(case["id"], "") == shown(nowhere.body).replace(unknown["id"], "")
    acted, nothing = (api.by(login).act(one, "take") for one in (case, unknown))
    assert acted.status == nothing.status == 404
    assert "机密" not in shown(api.by(login).get("/cases").body)
    assert api.by(login).get("/cases/K1/not-a-uuid").status == 404


def test_a_sensitive_case_says_its_kind_in_lists_and_its_text_to_those_who_work_on_it(api: Api):
    kind = next(one.key for one in api.deps.catalog.kinds.values() if one.sensitive)
    case = api.by("grid").report(kind=kind, title="家事细节", description="详情", address="某处").body
    for login in ("leader", "evaluator", "auditor"):
        full = api.by(login).dossier(case)
        assert "家事细节" not in shown(full)
        assert full["head"]["description"] is None
    assert "家事细节" not in shown(api.by("dispatcher").get("/cases").body)
    assert "家事细节" not in shown(api.by("grid").get("/inbox").body)
    assert api.by("dispatcher").get("/cases?q=家事").body["rows"] == []
    assert api.by("dispatcher").dossier(case)["head"]["title"] == "家事细节"
    with api.deps.database.read() as session:
        assert session.scalars(select(AuditRow.actor).where(AuditRow.action == "case.read")).all() == ["dispatcher·甲"]
