"""Deductions, vetoes, problems, lists and rungs on real databases: who may, what is refused, what stays on record."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from dashboard.domain.errors import NotFound, UserError
from dashboard.domain.people import Person
from dashboard.services import deductions, listings, problem_lists, problems, vetoes
from dashboard.services.deductions import NewDeduction
from dashboard.services.evaluating import load
from dashboard.services.listings import NewListing, NewRung
from dashboard.services.problems import NewProblem, StepAct
from dashboard.services.vetoes import NewVeto
from data.models import AuditRow, ChangeRow, Edition, EditionStanding
from data.writes.cases import Conflict
from tests.desk import PHOTO, SENT, person
from tests.editions import AUDITOR, EVALUATOR, LEADER, MAY, Office, an_office
from tests.templates import KINDS

K1, K2, CITY = person("leader", "K1"), person("leader", "K2"), person("leader", "C1")
LOCAL, SUPERVISOR = person("evaluator", "K1"), person("supervisor", "P", name="督查")
UNIT, OTHER = person("handler", "K1", "K1消防"), person("handler", "K1", "K1应急")
TOMORROW, DAY = date(2026, 6, 9), date(2026, 5, 5)
STEPS = {step: ("K1消防", date(2026, 6, 10) + timedelta(days=n)) for n, step in enumerate(
    ("find", "handle", "generalise", "rule"))}  # fmt: skip


@pytest.fixture(params=KINDS)
def office(request, templates, tmp_path):
    yield from an_office(templates, request.param, tmp_path, 0)


@pytest.fixture
def one(templates, tmp_path):
    """For tables of refusals, which ask nothing that databases answer differently."""
    yield from an_office(templates, "sqlite", tmp_path, 0)


def refused(code: str, call, *args, **more) -> UserError:
    with pytest.raises(UserError) as error:
        call(*args, **more)
    assert error.value.code == code, error.value
    return error.value


def record(office: Office, by: Person = EVALUATOR, **given) -> UUID:
    new = {"scheme": "process", "region": "K1", "rule": "inspection", "day": DAY, "reason": "平安暗访发现两处",
           "evidence": (SENT,), **given}  # fmt: skip
    return deductions.record(office.deps, by, NewDeduction(**new))


def test_a_deduction_counts_and_the_second_of_its_sort_counts_twice(office: Office):
    first = record(office)
    assert deductions.propose_again(office.deps, EVALUATOR, "process", "K1", "inspection", DAY) == (str(first),)
    assert deductions.propose_again(office.deps, EVALUATOR, "process", "K2", "inspection", DAY) == ()
    record(office, day=DAY + timedelta(days=3))
    record(office, day=DAY + timedelta(days=4), again=False, id=UUID(int=5))
    record(office, day=DAY + timedelta(days=4), again=False, id=UUID(int=5))  # sent twice
    record(office, LOCAL, day=date(2025, 12, 31))  # another year: nothing came before
    rows = deductions.list_deductions(office.deps, K1, "process", year=2026)
    assert [(row.again, row.points) for row in rows] == [(False, 0.25), (True, 0.5), (False, 0.25)]
    assert {row.evidence for row in rows} == {(PHOTO,)}
    assert deductions.list_deductions(office.deps, K2, "process") == ()
    head = office.walk(office.open(MAY).id, "lock")
    deductions.withdraw(office.deps, EVALUATOR, first, "经复核不属实")
    refused("deduction", deductions.withdraw, office.deps, EVALUATOR, first, "再撤一次")
    assert [row.points for row in deductions.list_deductions(office.deps, K1, "process", year=2026)] == [0.25, 0.5]
    gone = deductions.list_deductions(office.deps, K1, "process", year=2026, withdrawn=True)[-1]
    assert (gone.id, gone.points, gone.withdrawn_why) == (str(first), None, "经复核不属实")
    office.walk(head.id, "try")
    assert str(first) in {row.id for row in load(office.deps, head.id)[1].deductions}  # frozen before
    with office.deps.database.read() as session:
        actions = list(session.scalars(select(AuditRow.action).where(AuditRow.subject == str(first))))
        told = list(session.scalars(select(ChangeRow.action).where(ChangeRow.ref == str(first))))
    assert (actions, told) == (["deduction.record", "deduction.withdraw"],
                               ["deduction.recorded", "deduction.withdrawn"])  # fmt: skip


def test_what_a_deduction_lacks_is_named_and_nothing_is_entered(one: Office):
    table = (
        ("rule", {"rule": "beauty"}), ("day", {"day": TOMORROW}), ("reason", {"reason": " x "}),
        ("evidence", {"evidence": ()}), ("evidence", {"evidence": ("c" * 64,)}), ("units", {"units": 0.0}),
        ("units", {"units": float("nan")}), ("units", {"units": 1e9}), ("secured_why", {"secured": True}),
        ("region", {"region": "C1"}), ("region", {"region": "nowhere"}), ("region", {"case": ("K9", "1")}),
    )  # fmt: skip
    for code, wrong in table:
        refused(code, record, one, **wrong)
    for by, code in ((K1, "forbidden"), (AUDITOR, "forbidden"), (LEADER, "forbidden"), (UNIT, "region"),
                     (person("evaluator", "K2"), "region")):  # fmt: skip
        refused(code, record, one, by)
    assert deductions.list_deductions(one.deps, EVALUATOR, "process", withdrawn=True) == ()
    key = record(one, secured=True, secured_why="重大活动保障期")
    assert deductions.list_deductions(one.deps, K1, "process")[0].points == 0.5
    refused("why", deductions.withdraw, one.deps, EVALUATOR, key, "")
    refused("forbidden", deductions.withdraw, one.deps, K1, key, "不服此项")
    for by in (K2, UNIT):
        with pytest.raises(NotFound):
            deductions.withdraw(one.deps, by, key, "不服此项")


def decide(office: Office, by: Person = LEADER, **given) -> UUID:
    new = {"scheme": "process", "region": "K1", "basis": "发生重大安全责任事故", "proposed_by": "省平安办",
           "decided_on": DAY, "evidence": (SENT,), **given}  # fmt: skip
    return vetoes.veto(office.deps, by, NewVeto(**new))


def test_a_veto_is_proposed_by_one_decided_by_who_leads_and_lifted_with_a_reason(office: Office):
    key = decide(office, until=date(2026, 6, 30))
    decide(office, CITY, region="K2", until=date(2026, 5, 6))
    rows = vetoes.list_vetoes(office.deps, EVALUATOR, "process")
    assert {(row.region, row.stands, row.proposed_by) for row in rows} == {
        ("K1", True, "省平安办"),
        ("K2", False, "省平安办"),
    }
    assert [row.region for row in vetoes.list_vetoes(office.deps, K1, "process")] == ["K1"]
    table = (
        ("forbidden", EVALUATOR, {}), ("forbidden", K1, {}), ("forbidden", SUPERVISOR, {}), ("region", K2, {}),
        ("proposed_by", LEADER, {"proposed_by": LEADER.name}), ("until", LEADER, {"until": DAY}),
        ("day", LEADER, {"decided_on": TOMORROW}), ("basis", LEADER, {"basis": ""}),
        ("evidence", LEADER, {"evidence": ()}), ("region", LEADER, {"region": "C1"}),
    )  # fmt: skip
    for code, by, wrong in table:
        refused(code, decide, office, by, **wrong)
    refused("forbidden", vetoes.lift, office.deps, K1, key, "自行撤销")
    with pytest.raises(NotFound):
        vetoes.lift(office.deps, K2, key, "与己无关")
    vetoes.lift(office.deps, LEADER, key, "复核后不成立")
    refused("veto", vetoes.lift, office.deps, LEADER, key, "再撤一次")
    (row,) = vetoes.list_vetoes(office.deps, K1, "process", lifted=True)
    assert (row.stands, row.lifted_why) == (False, "复核后不成立")


def opened(office: Office, by: Person = EVALUATOR, **given) -> UUID:
    new = {"region": "K1", "title": "受理超时集中在周末", "origin": "inspection", "steps": STEPS, **given}
    return problems.open_problem(office.deps, by, NewProblem(**new))


def act(office: Office, key: UUID, step: str, what: str, by: Person, **given):
    return problems.act(office.deps, by, key, StepAct(step, what, **{"proof": "已整改并留存照片", **given}))


def test_a_problem_goes_through_its_four_steps_with_two_people_at_each(office: Office):
    key = opened(office)
    for nth, step in enumerate(STEPS):
        row = act(office, key, step, "done", UNIT, version=3 * nth + 1, evidence=(SENT,))
        refused("forbidden", act, office, key, step, "check", UNIT)
        act(office, key, step, "send_back", EVALUATOR, proof="照片看不清")
        row = act(office, key, step, "done", UNIT) if nth else act(office, key, step, "done", EVALUATOR)
        refused("forbidden", act, office, key, step, "check", UNIT if nth else EVALUATOR)
        with office.deps.database.write() as session:
            session.get(problems.Problem, key).version = 3 * nth + 3
        refused("step", problems.close, office.deps, EVALUATOR, key)
        row = act(office, key, step, "check", SUPERVISOR)
        assert row.version == 3 * nth + 4
        assert row.steps[nth].checker == SUPERVISOR.name
    assert (row.stage, row.closed_at) == ("closed", None)
    with pytest.raises(Conflict):
        problems.close(office.deps, SUPERVISOR, key, version=1)
    assert problems.close(office.deps, SUPERVISOR, key, version=13).closed_at == office.now
    refused("problem", act, office, key, "rule", "send_back", EVALUATOR)
    with office.deps.database.read() as session:
        (sent_back, *_) = session.scalars(select(AuditRow).where(AuditRow.action == "problem.send_back")
                                          .order_by(AuditRow.id))  # fmt: skip
    assert sent_back.detail == {"step": "find", "why": "照片看不清", "proof": "已整改并留存照片", "files": [PHOTO]}


def test_who_sees_and_does_what_with_a_problem(one: Office):
    key = opened(one)
    opened(one, region="K2", title="另一个县的问题", steps={step: ("K2消防", day) for step, (_, day) in STEPS.items()})
    for who, count in ((EVALUATOR, 2), (K1, 1), (CITY, 2), (K2, 1)):
        assert problem_lists.list_problems(one.deps, who).total == count
    for who, count in ((UNIT, 1), (OTHER, 0)):
        assert problem_lists.list_problems(one.deps, who, capability="problem.keep").total == count
    for who in (K2, OTHER, person("grid_worker", "G1")):
        with pytest.raises(NotFound):
            problem_lists.get_problem(one.deps, who, key)
        with pytest.raises(NotFound):
            act(one, key, "find", "done", who)
    refused("forbidden", act, one, key, "find", "done", person("auditor", "K1"))
    refused("forbidden", act, one, key, "handle", "assign", UNIT, owner="K1应急", due_on=DAY)
    row = act(one, key, "handle", "assign", K1, owner="K1应急", due_on=date(2026, 6, 20))
    assert (row.steps[1].owner, row.steps[1].due_on) == ("K1应急", date(2026, 6, 20))
    assert problem_lists.list_problems(one.deps, OTHER, capability="problem.keep").total == 1
    act(one, key, "find", "done", UNIT)
    act(one, key, "find", "check", K1)
    refused("forbidden", act, one, key, "handle", "done", UNIT)  # it is the other unit's now
    refused("proof", act, one, key, "handle", "done", OTHER, proof="")
    one.now += timedelta(days=30)
    view = problem_lists.list_problems(one.deps, CITY)
    assert (view.overdue, view.stages["find"], view.stages["handle"]) == (2, 1, 1)
    assert [(loop.region, loop.overdue) for loop in view.regions] == [("K1", 1), ("K2", 1)]
    with pytest.raises(NotFound):
        problem_lists.list_problems(one.deps, K1, region="K2")


def test_what_a_problem_lacks_is_named(one: Office):
    late = {**STEPS, "find": ("K1消防", date(2027, 1, 1))}
    table = (
        ("region", {"region": "nowhere"}), ("title", {"title": "  "}), ("title", {"title": "长" * 121}),
        ("origin", {"origin": "gossip"}), ("edition", {"origin": "finding"}),
        ("edition", {"origin": "edition", "edition": uuid4()}), ("steps", {"steps": {"find": ("K1消防", DAY)}}),
        ("due_on", {"steps": late}), ("owner", {"steps": {**STEPS, "find": ("", DAY)}}), ("region", {"case": ("K9", "1")}),
    )  # fmt: skip
    for code, wrong in table:
        refused(code, opened, one, **wrong)
    for by in (UNIT, AUDITOR, K2):
        refused("region", opened, one, by)
    assert problem_lists.list_problems(one.deps, EVALUATOR).rows == ()
    key = opened(one, id=UUID(int=3))
    assert opened(one, id=UUID(int=3)) == key
    refused("id", opened, one, K1, id=UUID(int=3))
    refused("act", act, one, key, "find", "forget", EVALUATOR)
    refused("due_on", act, one, key, "find", "assign", EVALUATOR, owner="K1应急")


def edition(office: Office, month: int, state: str = "published", **ranks: int | None) -> UUID:
    """An edition of the province with these ranks."""
    key = UUID(int=month)
    start = date(2026, month, 1)
    with office.deps.database.write() as session:
        session.add(Edition(id=key, scheme_key="process", scheme_version=1, region_code="P", level="county", start=start,
                            end=start, state=state, opened_at=office.now, published_at=office.now))  # fmt: skip
        session.flush()
        session.add_all(EditionStanding(edition_id=key, region_code=code, rank=rank, tied=False, close=False, deducted=0.0,
                                        vetoed=False, coverage=1.0, peers="")
                        for code, rank in ranks.items())  # fmt: skip
    return key


def listed(office: Office, key: UUID, region: str, side: str, by: Person = EVALUATOR, **given) -> UUID:
    new = {"reason": "超时集中且无改进", "evidence": (SENT,), **given}
    return listings.add_listing(office.deps, by, key, NewListing(region, side, **new))


def test_a_region_is_listed_with_reason_and_not_twice_running_with_nothing_done(office: Office):
    april, may = edition(office, 4, K1=3, K2=1, K3=None), edition(office, 5, K1=3, K2=1)
    entry = listed(office, april, "K1", "black")
    listed(office, april, "K2", "red")
    table = (
        ("listing", ("K3", "black"), {}), ("listing", ("K1", "red"), {}), ("side", ("K1", "grey"), {}),
        ("region", ("nowhere", "red"), {}), ("listing", ("C1", "red"), {}), ("reason", ("K1", "red"), {"reason": ""}),
        ("evidence", ("K1", "red"), {"evidence": ()}), ("forbidden", ("K1", "red"), {"by": LEADER}),
        ("forbidden", ("K1", "red"), {"by": K1}),
    )  # fmt: skip
    for code, args, more in table:
        refused(code, listed, office, april, *args, **more)
    assert "last time" in str(refused("listing", listed, office, may, "K1", "black"))
    office.now += timedelta(days=1)
    key = opened(office)
    refused("listing", listed, office, may, "K1", "black")  # opened is not done
    act(office, key, "find", "done", UNIT)
    listed(office, may, "K1", "black")
    assert [(row.region, row.side) for row in listings.list_listings(office.deps, K1, april)] == [
        ("K2", "red"),
        ("K1", "black"),
    ]
    own, other = (listings.list_listings(office.deps, who, april)[1] for who in (K1, K2))
    assert (own.evidence, other.evidence, other.shown) == ((PHOTO,), (), 1)
    refused("forbidden", listings.withdraw_listing, office.deps, K1, entry, "自行撤下")
    listings.withdraw_listing(office.deps, EVALUATOR, entry, "证据有误")
    refused("listing", listings.withdraw_listing, office.deps, EVALUATOR, entry, "再撤一次")
    assert len(listings.list_listings(office.deps, K1, april)) == 1
    assert listings.list_listings(office.deps, K1, april, withdrawn=True)[1].withdrawn_why == "证据有误"
    refused("edition", listed, office, edition(office, 6, "trial", K1=1), "K1", "red")
    with pytest.raises(NotFound):
        listings.list_listings(office.deps, Person(uuid4(), "far", ()), april)


def climb(office: Office, rung: str, by: Person = LEADER, **given) -> UUID:
    office.now += timedelta(hours=1)
    new = {"region": "K1", "basis": "两期低于目标下限", "due_on": date(2026, 7, 1), **given}
    return listings.climb(office.deps, by, NewRung(rung=rung, **new))


def test_the_ladder_is_climbed_by_those_above_and_left_with_proof(office: Office):
    for by, code in ((K1, "forbidden"), (LOCAL, "forbidden"), (AUDITOR, "region"), (UNIT, "region"), (K2, "region")):
        refused(code, climb, office, "notice", by)
    refused("rung", climb, office, "talk")
    climb(office, "notice", EVALUATOR)
    refused("forbidden", climb, office, "talk", EVALUATOR)
    climb(office, "talk", SUPERVISOR)
    refused("rung", climb, office, "delisted", outcome="已整改", evidence=(SENT,))
    refused("forbidden", climb, office, "listed", SUPERVISOR)
    refused("rung", climb, office, "listed", due_on=None)
    climb(office, "listed", CITY)
    office.now += timedelta(days=40)
    rows = listings.list_rungs(office.deps, K1, region="K1")
    assert [(row.rung, row.overdue) for row in rows] == [("listed", True), ("talk", False), ("notice", False)]
    refused("rung", climb, office, "delisted", outcome="已整改")
    refused("problem", climb, office, "delisted", outcome="已整改", evidence=(SENT,), problem=uuid4())
    climb(office, "delisted", outcome="复查合格", evidence=(SENT,), due_on=None)
    assert not listings.list_rungs(office.deps, K1)[0].overdue
    assert listings.list_rungs(office.deps, K2) == ()
    climb(office, "notice")  # another matter
