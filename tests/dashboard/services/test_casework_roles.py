"""Who may do what: every action × every role from the one table, by region and by unit, and what the others are told."""

from uuid import uuid4

import pytest

from dashboard.domain.errors import NotFound, UserError
from dashboard.domain.people import CAPABILITIES, PUBLIC, ROLES, SYSTEM, Grant, Person
from dashboard.domain.workflow import TRANSITIONS
from data.session import Database
from tests.desk import FIRE, GIVEN, PEOPLE, SAFETY, Desk, needed, open_desk, person

WAY = {  # actions that lead to each state from which something can be done
    "reported": (), "accepted": ("accept",), "dispatched": ("accept", "dispatch"),
    "objected": ("accept", "dispatch", "object"), "handling": ("accept", "dispatch", "take"),
    "handled": ("accept", "dispatch", "take", "handle"), "verified": ("accept", "dispatch", "take", "handle", "verify"),
    "closed": ("accept", "dispatch", "take", "handle", "verify", "close"),
}  # fmt: skip
FIRST = {  # what must have been done before an action's guards let it pass
    "grant_extension": ("ask_extension",), "refuse_extension": ("ask_extension",), "expire_extension": ("ask_extension",),
    "resume": ("pause",), "lift_supervision": ("supervise",),
}  # fmt: skip


@pytest.fixture
def desk(sqlite_database: Database) -> Desk:
    return open_desk(sqlite_database)


def prepare(desk: Desk, action: str) -> dict:
    """A case on which `action` is allowed; what the action is given."""
    found = desk.report()
    source = sorted(TRANSITIONS[action].sources & WAY.keys())[0]
    for move in (*WAY[source], *FIRST.get(action, ())):
        desk.act(move, key=(found.county_code, found.id), **needed(move))
    given = needed(action)
    if action == "merge":
        given["into"] = desk.report().id
    return {"key": (found.county_code, found.id), **given}


@pytest.mark.parametrize("action", TRANSITIONS)
def test_an_action_is_open_to_the_roles_of_the_table_and_forbidden_to_all_others(desk: Desk, action: str):
    allowed = TRANSITIONS[action].roles
    for role, someone in PEOPLE.items():
        given = prepare(desk, action)
        before = desk.case(given["key"][1])
        if role in allowed or someone is SYSTEM:
            assert desk.act(action, someone, **given).version == before["version"] + 1, role
            continue
        with pytest.raises(UserError) as caught:
            desk.act(action, someone, **given)
        readers = CAPABILITIES["case.read"] | CAPABILITIES["case.act"] | {PUBLIC}
        assert isinstance(caught.value, NotFound) == (role not in readers), role
        assert caught.value.code == ("forbidden" if role in readers else "case"), role
        assert desk.case(given["key"][1]) == before
    assert desk.faults() == []


@pytest.mark.parametrize("role", (*ROLES, PUBLIC))
def test_reporting_is_open_to_the_roles_that_report(desk: Desk, role: str):
    someone = PEOPLE[role]
    if role in CAPABILITIES["case.report"]:
        assert desk.report(by=someone, source="public" if role == PUBLIC else "grid").state == "reported"
        return
    with pytest.raises(UserError) as caught:
        desk.report(by=someone)
    assert caught.value.code == ("region" if role == "administrator" else "forbidden")
    assert desk.cases() == []


def test_a_resident_reports_only_as_a_resident(desk: Desk):
    with pytest.raises(UserError):
        desk.report(by=PEOPLE[PUBLIC], source="police")
    assert desk.cases() == []


def test_a_unit_works_only_on_what_it_holds(desk: Desk):
    fire, safety = person("handler", unit=FIRE), person("handler", unit=SAFETY)
    desk.report()
    desk.walk("accept", "dispatch")
    with pytest.raises(NotFound):  # another unit's case is none of its business
        desk.act("take", safety)
    desk.act("take", fire)
    desk.act("handle", fire, note="已整改")
    assert desk.case()["holder_person"] == "handler"
    assert desk.case()["handled_by"] == fire.id


def test_a_unit_that_lost_the_case_is_told_so_and_by_whom(desk: Desk):
    fire = person("handler", unit=FIRE)
    desk.report()
    desk.walk("accept", "dispatch")
    desk.act("object", fire, reason="not_ours")
    desk.act("redispatch", unit=SAFETY)
    with pytest.raises(UserError, match="someone else changed this case first") as caught:
        desk.act("take", fire, version=4)
    assert caught.value.standing["action"] == "redispatch"
    with pytest.raises(UserError) as caught:
        desk.act("take", fire)
    assert caught.value.code == "forbidden"


def test_a_grid_worker_works_in_the_own_grid_or_village_only(desk: Desk):
    desk.report("G1")
    desk.walk("accept", "dispatch")
    for region in ("T1", "K1"):
        with pytest.raises(UserError, match="the case does not lie in your grid"):
            desk.act("take", person("grid_worker", region))
    with pytest.raises(NotFound):
        desk.act("take", person("grid_worker", "G2"))
    assert desk.act("take", person("grid_worker", "V1")).state == "handling"


def test_nobody_verifies_the_own_work(desk: Desk):
    both = Person(uuid4(), "一人两岗", (Grant("handler", "K1"), Grant("verifier", "K1")))
    desk.report()
    desk.walk("accept", "dispatch", "take")
    desk.act("handle", both, note="已整改")
    for action, given in (("verify", {}), ("rework", {"reason": "not_solved"})):
        with pytest.raises(UserError, match="who handled a case does not verify it"):
            desk.act(action, both, **given)
        with pytest.raises(UserError, match="the unit that handled a case does not verify it"):
            desk.act(action, person("verifier", unit=FIRE), **given)
    assert desk.act("verify", person("verifier")).state == "verified"


def test_nobody_decides_on_an_objection_to_the_own_dispatch(desk: Desk):
    both = Person(uuid4(), "一人两岗", (Grant("dispatcher", "K1"), Grant("supervisor", "K1")))
    desk.report()
    desk.act("accept")
    desk.act("dispatch", both, unit=FIRE)
    desk.act("object", reason="not_ours")
    for action, given in (("redispatch", {"unit": SAFETY}), ("uphold", {"note": "属本单位"})):
        with pytest.raises(UserError, match="who dispatched a case does not decide on the objection"):
            desk.act(action, both, **given)
    assert desk.act("uphold", person("supervisor"), note="属本单位").state == "dispatched"


def test_every_input_of_the_table_has_something_to_test_it_with():
    asked = {key for t in TRANSITIONS.values() for key in (*t.needs, *t.takes)}
    assert asked <= GIVEN.keys() | {"reason", "into", "evidence"}
