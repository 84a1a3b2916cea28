"""Moving a case: the whole loop by the API, what is refused and by which word, and what two at once are told."""

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest

from dashboard.domain.workflow import TRANSITIONS
from tests.dashboard.api.client import FIRE, OTHER, Api, picture, shown

LOOP = (  # who, action, inputs, the state it leads to
    ("dispatcher", "accept", {}, "accepted"),
    ("dispatcher", "classify", {"severity": "03"}, "accepted"),
    ("dispatcher", "dispatch", {"unit": FIRE}, "dispatched"),
    ("handler", "object", {"reason": "not_ours", "note": "不归我们"}, "objected"),
    ("supervisor", "redispatch", {"unit": OTHER}, "dispatched"),
    ("handler2", "take", {}, "handling"),
    ("handler2", "progress", {"note": "到场"}, "handling"),
    ("handler2", "ask_extension", {"limit": "1wd", "reason": "materials"}, "handling"),
    ("supervisor", "grant_extension", {}, "handling"),
    ("supervisor", "supervise", {"level": "ordinary"}, "handling"),
    ("handler2", "stage", {"note": "已断电"}, "handling"),
    ("handler2", "handle", {"note": "已整改"}, "handled"),
    ("verifier", "rework", {"reason": "no_evidence"}, "handling"),
    ("handler2", "handle", {"note": "补了照片"}, "handled"),
    ("verifier", "verify", {}, "verified"),
    ("dispatcher", "call_back", {"reached": True, "rating": 5}, "verified"),
    ("dispatcher", "close", {}, "closed"),
    ("supervisor", "reopen", {"reason": "relapse"}, "handling"),
)
REFUSED = (  # who, action, inputs, code
    ("dispatcher", "fly", {}, "action"),
    ("dispatcher", "dispatch", {"unit": FIRE}, "transition"),
    ("dispatcher", "reject", {}, "inputs"),
    ("dispatcher", "reject", {"reason": "bad_mood"}, "inputs"),
    ("dispatcher", "accept", {"unit": FIRE}, "inputs"),
    ("dispatcher", "accept", {"note": "x" * 2001}, "inputs"),
    ("dispatcher", "accept", {"note": ["x"]}, "inputs"),
    ("dispatcher", "merge", {"into": str(uuid4())}, "merge"),
    ("dispatcher", "classify", {"kind": "nonsense"}, "inputs"),
    ("grid", "accept", {}, "forbidden"),
    ("verifier", "accept", {}, "forbidden"),
    ("supervisor", "supervise", {"level": "none"}, "inputs"),
    ("supervisor", "void", {"reason": "entered_by_mistake", "evidence": ["ab" * 32]}, "evidence"),
    ("supervisor", "void", {"reason": "entered_by_mistake", "evidence": "ab"}, "evidence"),
)


def test_a_case_goes_through_the_whole_loop_and_is_offered_each_step_before(api: Api):
    case = api.by("grid").report(source="grid").body
    for who, action, inputs, state in LOOP:
        api.later(minutes=7)
        offered = [one["action"] for one in api.by(who).dossier(case)["actions"]]
        assert action in offered, (who, action, offered)
        done = api.by(who).act(case, action, inputs=inputs, version=case["version"])
        assert done.status == 200, (action, done.body)
        case = done.body
        assert case["state"] == state
    full = api.by("dispatcher").dossier(case)
    assert [step["action"] for step in full["steps"]] == ["report", *(row[1] for row in LOOP)]
    assert full["chain_ok"]
    assert full["head"]["satisfaction"] == 5
    assert [clock["clock"] for clock in full["clocks"]] == ["accept", "handle", "verify"]
    assert sum(charge["minutes"] for charge in full["charges"]) >= 7 * (len(LOOP) - 2)
    assert {charge["holder"] for charge in full["charges"]} >= {FIRE, OTHER}


def test_what_is_not_allowed_is_refused_with_a_word_and_changes_nothing(api: Api):
    case = api.by("grid").report().body
    wrong = []
    for who, action, inputs, code in REFUSED:
        answer = api.by(who).act(case, action, inputs=inputs)
        if (answer.status, answer.body["error"]) != (400, code):
            wrong.append((who, action, inputs, answer.status, answer.body))
    assert wrong == []
    full = api.by("dispatcher").dossier(case)
    assert (full["head"]["version"], len(full["steps"])) == (1, 1)


def test_every_action_that_is_offered_is_in_the_table_and_primary_stands_once(api: Api):
    case = api.by("grid").report().body
    for login in ("dispatcher", "supervisor", "leader"):
        actions = api.by(login).dossier(case)["actions"]
        assert {one["action"] for one in actions} <= TRANSITIONS.keys()
        assert sum(one["primary"] for one in actions) <= 1
        for one in actions:
            assert (tuple(one["needs"]), tuple(one["takes"])) == (
                TRANSITIONS[one["action"]].needs, TRANSITIONS[one["action"]].takes)  # fmt: skip
    assert api.by("evaluator").dossier(case)["actions"] == []


def test_whoever_comes_second_is_told_how_the_case_stands(api: Api):
    case = api.by("grid").report().body
    assert api.by("dispatcher").act(case, "accept", version=1).status == 200
    late = api.by("supervisor").act(case, "void", version=1, inputs={"reason": "entered_by_mistake"})
    assert (late.status, late.body["error"]) == (409, "conflict")
    standing = late.body["standing"]
    assert {name: standing[name] for name in ("version", "state", "action", "actor", "role")} == {
        "version": 2, "state": "accepted", "action": "accept", "actor": "dispatcher·甲", "role": "dispatcher"}  # fmt: skip
    assert standing["state_label"] == "待分流"
    assert standing["at"].startswith("2026-06-22T")


def test_of_many_at_once_one_moves_the_case(api: Api):
    case = api.by("grid").report().body
    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda _n: api.by("dispatcher").act(case, "accept", version=1), range(6)))
    assert sorted(answer.status for answer in answers) == [200] + [409] * 5


@pytest.mark.parametrize("threads", [1, 6])
def test_an_action_sent_again_is_done_once(api: Api, threads: int):
    case = api.by("grid").report().body
    given = {"id": str(uuid4()), "version": 1, "inputs": {"note": "收到"}}
    with ThreadPoolExecutor(threads) as pool:
        answers = list(pool.map(lambda _n: api.by("dispatcher").act(case, "accept", **given), range(6)))
    assert [answer.status for answer in answers] == [200] * 6, [answer.body for answer in answers]
    assert sorted(answer.body["repeated"] for answer in answers) == [False] + [True] * 5
    assert len(api.by("dispatcher").dossier(case)["steps"]) == 2
    other = api.by("dispatcher").act(case, "dispatch", id=given["id"], inputs={"unit": FIRE})
    assert (other.status, other.body["error"]) == (400, "id")


def test_a_unit_sees_what_it_held_and_not_what_it_never_had(api: Api):
    case = api.by("grid").report().body
    assert api.by("handler").get(f"/cases/K1/{case['id']}").status == 404
    for who, action, inputs in (("dispatcher", "accept", {}), ("dispatcher", "dispatch", {"unit": FIRE}),
                                ("handler", "object", {"reason": "not_ours"}),
                                ("supervisor", "redispatch", {"unit": OTHER})):  # fmt: skip
        assert api.by(who).act(case, action, inputs=inputs).status == 200
    assert api.by("handler").get(f"/cases/K1/{case['id']}").status == 200
    assert api.by("handler").dossier(case)["actions"] == []
    assert api.by("handler2").dossier(case)["actions"][0]["action"] == "take"


def test_a_merged_case_brings_its_history_and_its_photos(api: Api):
    photo = picture(33)
    assert api.by("grid").put(photo).status == 201
    sha = api.by("grid").put(photo).body["sha256"]
    first = api.by("dispatcher").report(title="先报").body
    second = api.by("grid").report(title="后报", evidence=[sha]).body
    done = api.by("dispatcher").act(second, "merge", inputs={"into": first["id"]})
    assert (done.status, done.body["state"]) == (200, "merged")
    full = api.by("dispatcher").dossier(first)
    merged = [step for step in full["steps"] if step["detail"].get("merged") == second["number"]]
    assert sha in shown(merged)
    assert full["chain_ok"]
    assert api.by("dispatcher").dossier(second)["head"]["merged_into"] == first["id"]
    assert api.by("supervisor").get(f"/evidence/{sha}").status == 200
