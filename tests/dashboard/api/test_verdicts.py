"""Verdicts as a program meets them: which role reaches which route, bodies by field, and answers that can be sent on."""

from uuid import UUID

import pytest

from tests.dashboard.api.client import Api, digest, picture

NONE = str(UUID(int=7))
STEPS = {step: {"owner": "K1 fire", "due_on": f"2026-07-0{n}"} for n, step in enumerate(
    ("find", "handle", "generalise", "rule"), start=1)}  # fmt: skip
DEDUCTION = {"region": "K1", "rule": "inspection", "day": "2026-06-01", "reason": "暗访发现问题一处"}
PROBLEM = {"region": "K1", "title": "受理超时集中在周末", "origin": "inspection", "steps": STEPS}
WISH = {"subject": "value", "region": "K1", "indicator": "survey", "top": 1}
READERS = {"leader", "evaluator", "supervisor", "auditor", "dispatcher", "dispatcher2", "verifier"}
KEEPERS = {"leader", "evaluator", "supervisor", "handler", "handler2"}
ROUTES = (  # method, path, body, who is let through the gate
    ("GET", f"/editions/{NONE}/appeals", None, READERS),
    ("POST", f"/editions/{NONE}/appeals", {"wish": WISH, "claim": "数据有误"}, {"leader", "supervisor"}),
    ("POST", f"/appeals/{NONE}/decision", {"upheld": False, "decision": "不予支持"}, {"auditor"}),
    ("POST", f"/appeals/{NONE}/withdrawal", {}, {"leader", "supervisor"}),
    ("GET", "/deductions", None, READERS),
    ("POST", "/deductions", DEDUCTION, {"evaluator"}),
    ("POST", f"/deductions/{NONE}/withdrawal", {"why": "不属实"}, {"evaluator"}),
    ("GET", "/vetoes", None, READERS),
    ("POST", f"/vetoes/{NONE}/lifting", {"why": "不成立"}, {"leader"}),
    ("GET", "/problems", None, READERS),
    ("GET", "/problems/mine", None, KEEPERS),
    ("POST", f"/problems/{NONE}/closing", {}, KEEPERS),
    ("GET", f"/editions/{NONE}/listings", None, READERS),
    ("POST", f"/listings/{NONE}/withdrawal", {"why": "证据有误"}, {"evaluator"}),
    ("GET", "/rungs", None, READERS),
)
WRONG = (  # path, body, field that is named
    ("/deductions", {**DEDUCTION, "day": "yesterday"}, "day"),
    ("/deductions", {**DEDUCTION, "units": 0}, "units"),
    ("/deductions", {**DEDUCTION, "colour": "red"}, "colour"),
    ("/problems", {**PROBLEM, "origin": "gossip"}, "origin"),
    ("/problems", {**PROBLEM, "steps": {"find": STEPS["find"]}}, "steps.handle"),
    ("/rungs", {"region": "K1", "rung": "shame", "basis": "理由充分"}, "rung"),
)
CORRECTIONS = (  # a wish that is no correction of one item, the code
    ({**WISH, "subject": "score"}, "field"),
    ({**WISH, "top": None}, "correction"),
    ({**WISH, "county": "K1"}, "correction"),
    ({**WISH, "top": -1}, "field"),
)


def test_each_role_reaches_its_routes_and_no_other(api: Api):
    for method, path, body, through in ROUTES:
        for who in api.tokens:
            answer = api.by(who)(method, path, body)
            gated = answer.status == 404 and answer.body["error"] == "not_found"
            assert gated is (who not in through), f"{who}: {method} {path}: {answer.body}"
        assert api.by(None)(method, path, body).status == 401


@pytest.mark.parametrize("path, body, field", WRONG)
def test_a_field_that_is_wrong_is_named(api: Api, path: str, body: dict, field: str):
    answer = api.by("evaluator").post(path, body)
    assert (answer.status, answer.body["error"]) == (400, "field")
    assert answer.body["message"].startswith(field)


@pytest.mark.parametrize("wish, code", CORRECTIONS)
def test_an_appeal_is_about_one_item(api: Api, wish: dict, code: str):
    answer = api.by("supervisor").post(f"/editions/{NONE}/appeals", {"wish": wish, "claim": "数据有误"})
    assert (answer.status, answer.body["error"]) == (400, code)


def test_a_deduction_with_its_evidence_is_read_by_those_it_concerns(api: Api):
    sent = picture()
    assert api.by("evaluator").put(sent).status == 201
    assert api.by("evaluator").post("/deductions", DEDUCTION).body["error"] == "evidence"
    made = api.by("evaluator").post("/deductions", {**DEDUCTION, "evidence": [digest(sent)]})
    assert made.status == 201, made.body
    (row,) = api.by("supervisor").get("/deductions?region=K1").body["rows"]
    assert (row["id"], row["points"], row["day"]) == (made.body["id"], 0.25, "2026-06-01")
    assert api.by("supervisor").get(f"/evidence/{row['evidence'][0]}").status == 200
    assert api.by("grid").get(f"/evidence/{row['evidence'][0]}").status == 404
    (blind,) = api.by("dispatcher").get("/deductions").body["rows"]
    assert blind["evidence"] == []
    again = api.by("evaluator").get("/deductions/again?region=K1&rule=inspection&day=2026-06-20").body
    assert again == {"again": True, "earlier": [made.body["id"]]}
    assert api.by("dispatcher2").get("/deductions").body["rows"] == []


def test_a_problem_is_opened_done_and_refused_to_whoever_saw_an_older_one(api: Api):
    made = api.by("evaluator").post("/problems", PROBLEM)
    assert made.status == 201, made.body
    path = f"/problems/{made.body['id']}"
    done = api.by("handler").post(f"{path}/steps/find", {"act": "done", "proof": "已核实情况", "version": 1})
    assert (done.status, done.body["version"], done.body["stage"]) == (200, 2, "find")
    late = api.by("supervisor").post(f"{path}/steps/find", {"act": "check", "version": 1})
    assert (late.status, late.body["error"]) == (409, "conflict")
    assert late.body["standing"]["version"] == 2
    checked = api.by("supervisor").post(f"{path}/steps/find", {"act": "check", "version": 2})
    assert (checked.body["stage"], checked.body["steps"][0]["checker"]) == ("handle", "supervisor·甲")
    assert api.by("handler2").get(path).status == 404
    assert api.by("handler").get("/problems/mine").body["total"] == 1
    assert api.by("evaluator").post(f"{path}/closing", {}).body["error"] == "step"
