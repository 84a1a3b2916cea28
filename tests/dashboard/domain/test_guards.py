"""Guards: for each a case that passes and those that do not, and what is said."""

from datetime import timedelta
from uuid import UUID

import pytest

from dashboard.domain.errors import UserError
from dashboard.domain.guards import GUARDS, Actor, Move, check
from dashboard.domain.people import Grant
from dashboard.domain.workflow import INPUTS, SUPERVISION, TRANSITIONS
from tests.dashboard.domain.test_casework import BLANK, START

ONE, TWO = UUID(int=1), UUID(int=2)
CASE = {**BLANK, "county_code": "K1", "id": ONE, "grid_code": "G1", "village_code": "V1", "holder_unit": "消防", "kind": "fire",
        "severity": "03", "source": "grid", "is_request": False, "dispatched_by": None, "handled_by": None,
        "merged_into": None, "clock_kind": "ordinary", "state": "handling", "handle_due_at": START + timedelta(days=1),
        "accepted_at": START}  # fmt: skip
TARGET = {**CASE, "id": TWO}
HANDLER = Actor(ONE, "经办人", "handler", Grant("handler", "K1", "消防"))
CASES = (  # guard, what is special about the case, inputs, what is said ("": it passes)
    ("changes", {}, {"kind": "gas"}, ""), ("changes", {}, {"severity": "02"}, ""),
    ("changes", {}, {"kind": "fire", "severity": "03"}, "neither the kind nor the severity changes"), ("changes", {}, {}, "neither"),
    ("below_city", {"tier": "county"}, {}, ""), ("below_city", {"tier": "city"}, {}, "the highest level"),
    ("said", {}, {"note": "x"}, ""), ("said", {}, {"evidence": ("a",)}, ""), ("said", {}, {}, "nothing was said"),
    ("may_extend", {}, {}, ""), ("may_extend", {"extension": "refused"}, {}, ""), ("may_extend", {"card": "yellow"}, {}, ""),
    ("may_extend", {"extension": "granted"}, {}, "can be had once"), ("may_extend", {"extension": "pending"}, {}, "once"),
    ("may_extend", {"card": "red"}, {}, "the red card has fallen"), ("may_extend", {"handle_due_at": START}, {}, "red card"),
    ("may_extend", {"handle_due_at": START, "paused_at": START}, {}, ""), ("may_extend", {"clock_kind": None}, {}, "no clock"),
    ("extension_pending", {"extension": "pending"}, {}, ""), ("extension_pending", {}, {}, "nobody asks"),
    ("extension_pending", {"extension": "expired"}, {}, "nobody asks"), ("in_time", {}, {}, ""),
    ("in_time", {"card": "red"}, {}, "the request has expired"), ("in_time", {"handle_due_at": START}, {}, "expired"),
    ("running", {}, {}, ""), ("running", {"paused_at": START}, {}, "stands already"),
    ("running", {"clock_kind": None}, {}, "no clock"),
    ("running", {"state": "verified", "verified_at": START}, {}, "no clock"), ("paused", {"paused_at": START}, {}, ""),
    ("paused", {}, {}, "is not paused"), ("supervised", {"supervision": "red"}, {}, ""), ("supervised", {}, {}, "not supervised"),
    ("reached", {}, {"reached": False}, ""), ("reached", {}, {"reached": True, "rating": 3}, ""),
    ("reached", {}, {"reached": False, "rating": 3}, "who was not reached has not rated"),
    ("called_back", {"source": "public", "called_at": START}, {}, ""), ("called_back", {"source": "public"}, {}, "call back"),
    ("called_back", {"source": "police"}, {}, "waits for an answer"), ("called_back", {"source": "hotline"}, {}, "call back"),
    ("called_back", {"is_request": True}, {}, "call back"), ("called_back", {}, {}, ""), ("called_back", {"source": "iot"}, {}, ""),
    ("unrated", {}, {}, ""), ("unrated", {"rated_at": START, "satisfaction": 2}, {}, "it has been rated; got 2"),
    ("unrated", {"rated_at": START, "reopened_at": START + timedelta(days=1)}, {}, ""),
    ("recent", {"closed_at": START - timedelta(days=30)}, {}, ""),
    ("recent", {"closed_at": START - timedelta(days=30, seconds=1)}, {}, "closed too long ago"),
    ("holder", {}, {}, ""), ("holder", {"holder_unit": "应急"}, {}, "another unit holds the case"),
)  # fmt: skip


def move(given: dict, actor: Actor = HANDLER, target: dict | None = None, **case) -> Move:
    return Move({**CASE, **case}, actor, given, START, target)


@pytest.mark.parametrize("guard, special, given, answer", CASES)
def test_a_guard_says_yes_or_says_why_not(guard: str, special: dict, given: dict, answer: str):
    if not answer:
        GUARDS[guard](move(given, **special))
        return
    with pytest.raises(UserError) as caught:
        GUARDS[guard](move(given, **special))
    assert answer in str(caught.value)


CLIMBS = [(now, wanted) for now in SUPERVISION for wanted in SUPERVISION[1:]]


@pytest.mark.parametrize("now, wanted", CLIMBS)
def test_supervision_only_climbs_and_no_level_is_given_twice(now: str, wanted: str):
    tried = move({"level": wanted}, supervision=now)
    if SUPERVISION.index(wanted) > SUPERVISION.index(now):
        GUARDS["climbs"](tried)
        return
    with pytest.raises(UserError, match="supervision only climbs"):
        GUARDS["climbs"](tried)


PEOPLE = (  # guard, actor's id, role, region, unit, what is said
    ("holder", ONE, "grid_worker", "G1", None, ""), ("holder", ONE, "grid_worker", "V1", None, ""),
    ("holder", ONE, "grid_worker", "K1", None, "does not lie in your grid"), ("holder", ONE, "grid_worker", "K1", "消防", ""),
    ("holder", ONE, "handler", "K1", None, ""), ("not_handler", ONE, "verifier", "K1", None, "does not verify it"),
    ("not_handler", TWO, "verifier", "K1", None, ""), ("not_handler", TWO, "verifier", "K1", "消防", "the unit that handled"),
    ("not_handler", TWO, "verifier", "K1", "应急", ""), ("not_dispatcher", ONE, "supervisor", "K1", None, "does not decide"),
    ("not_dispatcher", TWO, "supervisor", "K1", None, ""),
)  # fmt: skip


@pytest.mark.parametrize("guard, who, role, region, unit, answer", PEOPLE)
def test_a_guard_looks_at_who_acts(guard: str, who: UUID, role: str, region: str, unit: str | None, answer: str):
    tried = move({}, Actor(who, "x", role, Grant(role, region, unit)), dispatched_by=ONE, handled_by=ONE)
    if not answer:
        GUARDS[guard](tried)
        return
    with pytest.raises(UserError, match=answer):
        GUARDS[guard](tried)


@pytest.mark.parametrize("guard", ("holder", "not_handler", "not_dispatcher"))
def test_the_product_itself_is_bound_by_no_place(guard: str):
    GUARDS[guard](move({}, Actor(None, "系统", "system"), holder_unit="应急"))


TARGETS = (  # the target, what is said
    (TARGET, ""), (None, "no such case"), ({**TARGET, "county_code": "K2"}, "no such case"), (CASE, "into itself"),
    ({**TARGET, "state": "merged", "merged_into": ONE}, "was itself merged"), ({**TARGET, "state": "closed"}, "is over"),
)  # fmt: skip


@pytest.mark.parametrize("target, answer", TARGETS)
def test_a_case_is_merged_into_another_open_one_of_its_county(target: dict | None, answer: str):
    tried = move({"into": TWO}, target=target)
    if not answer:
        GUARDS["merge_target"](tried)
        return
    with pytest.raises(UserError, match=answer):
        GUARDS["merge_target"](tried)


def test_the_table_names_only_guards_and_inputs_that_there_are_and_all_of_them():
    assert {guard for t in TRANSITIONS.values() for guard in t.guards} == GUARDS.keys()
    assert {key for t in TRANSITIONS.values() for key in (*t.needs, *t.takes)} == INPUTS.keys()
    assert all(bool(t.reasons) == ("reason" in (*t.needs, *t.takes)) for t in TRANSITIONS.values())


def test_a_transition_is_checked_by_all_its_guards():
    with pytest.raises(UserError, match="another unit holds"):
        check(TRANSITIONS["progress"], move({}, holder_unit="应急"))
    with pytest.raises(UserError, match="nothing was said"):
        check(TRANSITIONS["progress"], move({}))
