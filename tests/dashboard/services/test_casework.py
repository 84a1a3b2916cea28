"""Casework on a real database: report, move, and let cards fall; figures, history and errors right after each step."""

import contextlib
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import insert, update

from dashboard.domain.commands import Contact
from dashboard.domain.errors import NotFound, UserError
from dashboard.domain.history import COLUMNS, START, detail_of, step_hash
from dashboard.domain.people import SYSTEM
from dashboard.services import casework
from data.models import AuditRow, Case, ChangeRow, Dataset, Evidence, Reporter
from data.session import Database
from data.writes.cases import Conflict
from tests.desk import CENTRE, CITY_CENTRE, ELSEWHERE, FIRE, MONDAY, PHOTO, SAFETY, SENT, Desk, local, open_desk, person

LOOP = (  # hours after the report, action, inputs, state it leads to, who holds it then
    (1, "accept", {}, "accepted", CENTRE), (2, "dispatch", {"unit": FIRE}, "dispatched", FIRE),
    (3, "object", {"reason": "not_ours"}, "objected", FIRE),
    (4, "redispatch", {"unit": SAFETY}, "dispatched", SAFETY), (5, "take", {}, "handling", SAFETY),
    (22, "stage", {"note": "险情已控制"}, "handling", SAFETY), (24, "handle", {"note": "已整改"}, "handled", SAFETY),
    (25, "rework", {"reason": "not_solved"}, "handling", SAFETY), (26, "handle", {"note": "再整改"}, "handled", SAFETY),
    (27, "verify", {}, "verified", SAFETY), (27, "call_back", {"reached": True, "rating": 4}, "verified", SAFETY),
    (28, "close", {}, "closed", SAFETY), (48, "reopen", {"reason": "relapse"}, "handling", SAFETY),
    (72, "handle", {"note": "彻底整改"}, "handled", SAFETY), (73, "verify", {}, "verified", SAFETY),
    (74, "close", {}, "closed", SAFETY),
)  # fmt: skip


@pytest.fixture
def desk(sqlite_database: Database) -> Desk:
    return open_desk(sqlite_database)


@pytest.fixture
def desk_on_each(database: Database) -> Desk:
    """On SQLite and on PostgreSQL."""
    return open_desk(database)


def test_a_report_takes_place_kind_clocks_and_command_room_from_where_it_is(desk: Desk):
    found = desk.report("G4", "worksafety")
    case = desk.case()
    assert (case["id"], case["version"], case["state"], case["dataset"]) == (found.id, 1, "reported", "test")
    codes = [case[f"{level}_code"] for level in ("province", "city", "county", "township", "village", "grid")]
    assert codes == ["P", "C1", "K1", "T2", "V3", "G4"]
    assert (case["kind_group"], case["severity"], case["clock_kind"]) == ("hazard", "03", "ordinary")
    assert (case["accept_due_at"], case["close_due_at"]) == (local("06-22 12:00"), local("06-29 10:00"))
    assert case["holder_unit"] == CENTRE
    far = desk.report("G6")
    assert far.county_code == "K3"  # a county without units
    assert desk.case(far.id)["holder_unit"] is None


def test_the_loop_keeps_figures_exact_and_the_history_whole_at_every_step(desk_on_each: Desk):
    desk = desk_on_each
    desk.report()
    assert desk.faults() == []
    for version, (hours, action, inputs, state, holder) in enumerate(LOOP, start=1):
        desk.now = MONDAY + timedelta(hours=hours)
        outcome = desk.act(action, version=version, **inputs)
        case = desk.case()
        assert (outcome.state, outcome.version) == (case["state"], case["version"]) == (state, version + 1)
        assert case["holder_unit"] == holder
        assert desk.faults() == []
        if action in ("redispatch", "close"):
            assert desk.fold() > 0
            assert desk.faults() == []
    case = desk.case()
    assert (case["returned"], case["reworked"], case["reopened"], case["satisfaction"]) == (1, 1, 1, 4)
    assert case["closed_at"] == case["ended_at"] == MONDAY + timedelta(hours=74)
    assert [step["action"] for step in desk.steps()] == ["report", *(action for _hours, action, *_rest in LOOP)]


def test_every_change_stands_in_the_audit_log_and_in_the_feed(desk_on_each: Desk):
    desk, dispatcher = desk_on_each, person("dispatcher")
    desk.report(by=person("grid_worker", "G1"))
    desk.act("accept", dispatcher)
    desk.act("dispatch", dispatcher, unit=FIRE)
    told = [(row["topic"], row["action"], row["unit_before"], row["unit"]) for row in desk.rows(ChangeRow)]
    assert told == [
        ("case", "report", None, CENTRE),
        ("case", "accept", CENTRE, CENTRE),
        ("case", "dispatch", CENTRE, FIRE),
    ]
    audit = desk.rows(AuditRow)
    assert [row["action"] for row in audit] == ["case.report", "case.accept", "case.dispatch"]
    assert {row["subject"] for row in audit} == {str(desk.case()["id"])}
    assert audit[-1]["user_id"] == dispatcher.id


def test_each_step_is_appended_with_the_hash_of_the_one_before(desk: Desk):
    desk.report()
    before = desk.steps()
    for version, (hours, action, inputs, *_rest) in enumerate(LOOP[:5], start=1):
        desk.now = MONDAY + timedelta(hours=hours)
        desk.act(action, version=version, **inputs)
        steps = desk.steps()
        assert steps[:-1] == before
        before = steps
    previous = START
    for seq, step in enumerate(before, start=1):
        assert step["seq"] == seq
        assert step["hash"] == step_hash(previous, **{name: step[name] for name in COLUMNS})
        previous = step["hash"]


def test_a_step_tells_in_its_details_what_no_column_holds(desk: Desk):
    supervisor, worker = person("supervisor"), person("grid_worker", "G1")
    desk.report(by=worker, evidence=(SENT,))
    desk.walk("accept", ("dispatch", {"unit": FIRE}), "object")
    desk.act("redispatch", supervisor, unit=SAFETY)
    details = [detail_of(step) for step in desk.steps()]
    assert details[0] == {"by": worker.id.hex, "evidence": [PHOTO], "holder": CENTRE}
    assert details[2] == {"unit": FIRE, "holder": FIRE, "from": CENTRE}
    assert details[4] == {"unit": SAFETY, "holder": SAFETY, "charged": CENTRE, "from": CENTRE, "by": supervisor.id.hex}


def test_evidence_is_found_by_either_digest_and_stands_once(desk: Desk):
    desk.report()
    desk.walk("accept", "dispatch", "take")
    desk.act("progress", evidence=[SENT, PHOTO])
    desk.act("handle", note="已整改", evidence=[PHOTO.upper()])
    assert [(row["seq"], row["sha256"]) for row in desk.rows(Evidence)] == [(5, PHOTO), (6, PHOTO)]
    before = desk.everything()
    for bad in (["c" * 64], ["zz"], "a" * 64, [5], [f"{n:064x}" for n in range(10)]):
        with pytest.raises(UserError) as caught:
            desk.act("verify", evidence=bad)
        assert caught.value.code == "evidence"
    assert desk.everything() == before


def test_what_stands_on_an_old_version_is_a_conflict_that_says_who_was_first(desk_on_each: Desk):
    desk = desk_on_each
    desk.report()
    desk.now += timedelta(hours=1)
    desk.act("accept", person("dispatcher", name="王分流"), version=1)
    before = desk.everything()
    for action in ("dispatch", "accept", "void"):  # allowed now, allowed then, always allowed
        with pytest.raises(
            Conflict, match="someone else changed this case first; got 1; allowed: 2; look at it"
        ) as caught:
            desk.act(action, version=1)
        assert caught.value.standing == {"version": 2, "state": "accepted", "action": "accept", "actor": "王分流",
                                         "role": "dispatcher", "at": MONDAY + timedelta(hours=1)}  # fmt: skip
    assert desk.everything() == before


def test_a_command_without_a_version_meets_the_case_as_it_stands(desk: Desk):
    desk.report()
    assert desk.act("accept").version == 2
    assert desk.act("dispatch", unit=FIRE).version == 3


REFUSED = (  # action, inputs, what is said
    ("close", {}, "a case that is reported cannot do this; got 'close'"),
    ("vanish", {}, "got 'vanish'"),
    ("reject", {}, "reject needs this; allowed: reason"),
    ("reject", {"reason": "weather"}, "reason is not allowed; got 'weather'; allowed: out_of_scope"),
    ("accept", {"unit": FIRE}, "accept does not take this; got 'unit'; allowed: note"),
    ("accept", {"note": "x" * 2001}, "note is too long; got 2001"),
    ("accept", {"note": "a\x00b"}, "note has a control character"),
    ("classify", {"kind": "dragon"}, "kind is not allowed; got 'dragon'"),
    ("classify", {"severity": "03"}, "neither the kind nor the severity changes"),
    ("merge", {"into": "nonsense"}, "into is not a case id"),
    ("merge", {"into": str(UUID(int=7))}, "no such case in this county"),
)


@pytest.mark.parametrize("action, inputs, answer", REFUSED)
def test_what_is_refused_is_answered_and_changes_nothing(desk: Desk, action: str, inputs: dict, answer: str):
    desk.report()
    before = desk.everything()
    with pytest.raises(UserError) as caught:
        desk.act(action, **inputs)
    assert answer in str(caught.value)
    assert desk.everything() == before


@pytest.mark.parametrize("unit", ("没有的单位", ELSEWHERE))
def test_a_case_goes_only_to_a_unit_of_where_it_lies(desk: Desk, unit: str):
    desk.report()
    desk.act("accept")
    with pytest.raises(UserError, match="no such unit where the case lies"):
        desk.act("dispatch", unit=unit)


def test_escalation_hands_it_to_the_centre_of_the_next_level_up_to_the_city(desk: Desk):
    desk.report()
    desk.act("accept")
    for tier, holder in (("county", CENTRE), ("city", CITY_CENTRE)):
        desk.act("escalate", note="需上级协调")
        assert (desk.case()["tier"], desk.case()["holder_unit"]) == (tier, holder)
    with pytest.raises(UserError, match="it stands at the highest level already"):
        desk.act("escalate", note="需上级协调")


@pytest.mark.parametrize("place, kind, answer", (
    ("P", "worksafety", "a case is reported in a county or below; got 'P'"),
    ("C1", "worksafety", "a case is reported in a county or below; got 'C1'"),
    ("XX", "worksafety", "no such region; got 'XX'"),
    ("G1", "hazard", "unknown kind of case; got 'hazard'; allowed: fire"),  # a group is no kind
    ("G1", "", "unknown kind of case"),
    ("G1", "dragon", "unknown kind of case"),
))  # fmt: skip
def test_a_report_that_cannot_be_is_answered(desk: Desk, place: str, kind: str, answer: str):
    with pytest.raises(UserError) as caught:
        desk.report(place, kind)
    assert answer in str(caught.value)


@pytest.mark.parametrize("bad", (
    {"title": "  "}, {"title": "x" * 201}, {"title": "半\ud800"}, {"source": "rumour"}, {"severity": "09"}, {"lon": 120.0},
    {"lon": 200.0, "lat": 30.0}, {"lon": float("nan"), "lat": 30.0}, {"evidence": ("c" * 64,)}, {"dataset": "other"},
    {"repeat_of": UUID(int=9)}, {"description": "x" * 4001}, {"attrs": {"x": "y" * 9000}}, {"attrs": {"x": object()}},
    {"device_at": MONDAY.replace(tzinfo=None)},
))  # fmt: skip
def test_a_report_with_something_impossible_leaves_nothing_behind(desk: Desk, bad: dict):
    before = desk.everything()
    with pytest.raises(UserError):
        desk.report(**bad)
    assert desk.everything() == before


def test_without_a_live_dataset_nothing_can_be_reported(desk: Desk):
    with desk.deps.database.write() as session:
        session.execute(update(Dataset).values(as_of=MONDAY))
    with pytest.raises(UserError, match="no live dataset"):
        desk.report()


def test_who_reported_is_kept_apart(desk: Desk):
    found = desk.report(source="public", contact=Contact("某人", "13800000000", "f" * 64))
    assert [(row["case_id"], row["number"], row["name"]) for row in desk.rows(Reporter)] == [
        (found.id, found.number, "某人")
    ]


def test_a_case_whose_history_was_not_kept_begins_one(desk: Desk):
    desk.report()
    row = {**desk.case(), "id": UUID(int=3), "version": 9, "clock_started_at": None}
    with desk.deps.database.write() as session:
        session.execute(insert(Case), [row])
    desk.act("accept", key=("K1", UUID(int=3)))
    assert [step["seq"] for step in desk.steps(UUID(int=3))] == [10]


def test_a_case_that_changes_its_kind_leaves_the_old_figures_and_enters_the_new(desk_on_each: Desk):
    desk = desk_on_each
    desk.report(kind="worksafety")
    desk.fold()
    desk.act("classify", kind="noise", severity="02")
    case = desk.case()
    assert (case["kind"], case["severity"], case["is_request"]) == ("noise", "02", True)
    assert case["clock_kind"] == desk.deps.catalog.kinds["noise"].clock
    assert desk.faults() == []
    desk.fold()
    assert desk.faults() == []


def test_people_who_act_at_once_while_workers_mark_leave_figures_exact(desk_on_each: Desk):
    desk = desk_on_each
    keys = [("K1", desk.report().id) for _ in range(30)]
    desk.now = local("07-30 10:00")

    def accept(key: tuple) -> None:
        with contextlib.suppress(Conflict):
            desk.act("accept", version=1, key=key)

    with ThreadPoolExecutor(6) as pool:
        work = [pool.submit(desk.tick, desk.now) for _ in range(3)] + [pool.submit(accept, key) for key in keys]
        for done in work:
            done.result()
    assert desk.faults() == []
    assert {case["version"] for case in desk.cases()} == {2}


def test_ids_sort_by_time():
    early, late = casework.new_id(MONDAY), casework.new_id(MONDAY + timedelta(milliseconds=1))
    assert early < late
    assert {early.version, late.version} == {7}


def test_out_of_sight_a_case_is_as_little_found_as_one_that_is_not_there(desk: Desk):
    known = desk.report("G1")
    before = desk.everything()
    for region in ("C2", "K2", "T2", "V2", "G2", "nowhere"):
        for wanted in (known.id, UUID(int=5)):
            with pytest.raises(NotFound) as caught:
                desk.act("accept", person("dispatcher", region), key=(known.county_code, wanted))
            assert str(caught.value) == f"no such case; got '{wanted}'"
        with pytest.raises(NotFound, match="no such region"):
            desk.report("G1", by=person("dispatcher", region))
    assert desk.everything() == before
    assert desk.act("accept", SYSTEM).state == "accepted"
