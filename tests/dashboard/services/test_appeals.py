"""Appeals on real databases: who may file when, against what; who may decide; what an upheld one changes, and who is told."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from dashboard.domain.errors import NotFound, UserError
from dashboard.domain.evaluation.appeal import Correction, counts
from dashboard.domain.evaluation.archive import COHORT
from dashboard.domain.evaluation.cohort import unpack
from dashboard.domain.people import SYSTEM, Grant, Person
from dashboard.services import appeals, editions
from dashboard.services.appeals import Filing
from dashboard.services.evaluating import load
from dashboard.services.evidence import forget_unused, read_file
from data.models import AuditRow, ChangeRow, DeductionRow, Exhibit
from data.queries.editions import read_archive
from data.writes.cases import Conflict
from tests.desk import PHOTO, SENT, person
from tests.editions import AUDITOR, EVALUATOR, LEADER, Office, an_office
from tests.templates import KINDS

K1, K2, SUPERVISOR = person("leader", "K1"), person("leader", "K2"), person("supervisor", "K1")
CITY, LOCAL_AUDITOR, DISPATCHER = person("leader", "C1"), person("auditor", "K1"), person("dispatcher", "K1")
TO_HEARING = ("lock", "try", "preview", "hear")
LATE = "accept_on_time"
WHY = "附签收截图，当日已受理"


@pytest.fixture(params=KINDS)
def office(request, templates, tmp_path):
    yield from an_office(templates, request.param, tmp_path, 150)


@pytest.fixture
def one(templates, tmp_path):
    """For tables of refusals, which ask nothing that databases answer differently."""
    yield from an_office(templates, "sqlite", tmp_path, 150)


def cases_of(office: Office, edition: UUID, county: str, *, top: int, base: int = 1) -> list[UUID]:
    """Cases that count so under LATE."""
    scheme = load(office.deps, edition)[0]
    with office.deps.database.read() as session:
        cohort = unpack(read_archive(session, edition)[f"{COHORT}{county}"].body)
    leaf = scheme.indicator(LATE)
    fits = [counts(scheme, leaf, int(mark)) == (top, base) for mark in cohort.marks]
    return [key for key, fit in zip(cohort.keys(), fits, strict=True) if fit]


def wish(office: Office, edition: UUID, county: str = "K1", n: int = 0, **says) -> Correction:
    key = cases_of(office, edition, county, top=0)[n]
    return Correction("case", county, LATE, county, key, **(says or {"top": 1}))


def filed(office: Office, edition: UUID, by: Person = K1, asked: Correction | None = None, **more) -> UUID:
    given = Filing(asked or wish(office, edition), WHY, (SENT,), **more)
    return appeals.file(office.deps, by, edition, given)


def hearing(office: Office, *actions: str) -> UUID:
    return office.walk(office.open().id, *(actions or TO_HEARING)).id


def refused(code: str, call, *args, **more) -> UserError:
    with pytest.raises(UserError) as error:
        call(*args, **more)
    assert error.value.code == code, error.value
    return error.value


def test_an_upheld_appeal_changes_what_it_says_and_all_are_told(office: Office):
    edition = hearing(office)
    before = load(office.deps, edition)[1]
    key = filed(office, edition, SUPERVISOR)
    row = appeals.get_appeal(office.deps, K1, key)
    assert (row.state, row.region, row.evidence, row.shown, row.actions) == ("filed", "K1", (PHOTO,), 1, ("withdraw",))
    assert (row.late, row.limit, row.due_at.date()) == (False, 5, date(2026, 6, 15))  # a weekend lies between
    assert appeals.get_appeal(office.deps, AUDITOR, key).actions == ("uphold", "refuse")
    refused("appeals", office.walk, edition, "review", "publish")  # one waits
    found = appeals.decide(office.deps, AUDITOR, key, True, "签收时间以回执为准", version=1)
    assert (found.state, found.version, found.effect, found.late) == ("upheld", 2, found.wish, True)
    office.walk(edition, "review", "publish")
    scheme, after, _result = load(office.deps, edition)
    row_, column = after.regions.index("K1"), scheme.keys.index(LATE)
    assert after.numerator[row_, column] == before.numerator[row_, column] + 1
    assert after.denominator[row_, column] == before.denominator[row_, column]
    assert editions.verify(office.deps, edition) == ()
    for reader, evidence in ((K2, ()), (DISPATCHER, ()), (K1, (PHOTO,)), (EVALUATOR, (PHOTO,)), (AUDITOR, (PHOTO,))):
        (shown,) = appeals.list_appeals(office.deps, reader, edition).rows
        assert (shown.decision, shown.evidence) == ("签收时间以回执为准", evidence)
    with office.deps.database.read() as session:
        actions = list(
            session.scalars(select(AuditRow.action).where(AuditRow.subject == str(key)).order_by(AuditRow.id))
        )
        told = list(session.scalars(select(ChangeRow).where(ChangeRow.action.like("appeal.%")).order_by(ChangeRow.seq)))
    assert actions == ["appeal.filed", "appeal.upheld"]
    assert [(one.topic, one.action, one.ref, one.county_code) for one in told] == [
        ("edition", action, str(edition), "K1") for action in actions]  # fmt: skip


def test_one_that_comes_after_publication_leads_to_the_next_issue(office: Office):
    edition = hearing(office, *TO_HEARING, "review", "publish")
    refused("appeals", editions.reissue, office.deps, EVALUATOR, edition, "nothing to change")
    key = filed(office, edition, asked=wish(office, edition, base=0))
    narrower = replace(wish(office, edition), top=1, base=None)
    appeals.decide(office.deps, AUDITOR, key, True, "保留在分母内，改为按期", effect=narrower)
    head = editions.reissue(office.deps, EVALUATOR, edition, "申诉成立")
    assert head.issue == 2
    old, new = load(office.deps, edition), load(office.deps, head.id)
    row, column = old[1].regions.index("K1"), old[0].keys.index(LATE)
    assert new[1].numerator[row, column] == old[1].numerator[row, column] + 1
    assert new[1].denominator[row, column] == old[1].denominator[row, column]
    office.now += timedelta(days=12)
    refused("window", filed, office, edition, asked=wish(office, edition, n=1))


def test_the_window_opens_with_the_preview_and_closes_by_the_hour(one: Office):
    edition = one.open().id
    with pytest.raises(NotFound):
        filed(one, edition, asked=Correction("value", "K1", LATE, top=1))  # nobody ranked has seen it
    one.walk(edition, "lock", "try")
    with pytest.raises(NotFound):
        filed(one, edition)
    one.walk(edition, "preview")
    assert appeals.list_appeals(one.deps, K1, edition).taken
    filed(one, edition)
    head = one.walk(edition, "hear")
    one.now = head.appeal_until
    filed(one, edition, asked=wish(one, edition, n=1))
    one.now += timedelta(seconds=1)
    error = refused("window", filed, one, edition, asked=wish(one, edition, n=2))
    assert "until" in str(error)
    assert not appeals.list_appeals(one.deps, K1, edition).taken
    for row in appeals.list_appeals(one.deps, AUDITOR, edition).rows:
        appeals.decide(one.deps, AUDITOR, UUID(row.id), False, "回执时间晚于时限")
    one.walk(edition, "review")
    refused("window", filed, one, edition, asked=wish(one, edition, n=2))
    one.walk(edition, "publish")
    filed(one, edition, asked=wish(one, edition, n=2))


def test_a_region_appeals_for_itself_against_what_counts(one: Office):
    edition = hearing(one)
    asked = wish(one, edition)
    elsewhere = wish(one, edition, "K2")
    for by, code in ((CITY, "forbidden"), (LEADER, "forbidden"), (EVALUATOR, "forbidden"), (DISPATCHER, "forbidden"),
                     (K2, "region")):  # fmt: skip
        refused(code, filed, one, edition, by, asked)
    table = (
        ("case", replace(asked, case=elsewhere.case)),
        ("case", replace(elsewhere, region="K1")),  # a case of another county
        ("case", replace(asked, case=uuid4())),
        ("region", replace(asked, county="K9")),
        ("indicator", replace(asked, indicator="beauty")),
        ("correction", replace(asked, top=1, base=0)),
        ("correction", replace(asked, top=None)),
        ("value", Correction("value", "K1", LATE, top=1)),
        ("deduction", Correction("deduction", "K1", deduction=uuid4(), removed=True)),
        ("region", replace(asked, region="T1")),  # not ranked, and not who asks for it
    )
    for code, wrong in table:
        by = K1 if wrong.region != "T1" else Person(uuid4(), "town", (Grant("leader", "T1"),))
        refused(code, filed, one, edition, by, wrong)
    refused("evidence", appeals.file, one.deps, K1, edition, Filing(asked, WHY))
    refused("evidence", appeals.file, one.deps, K1, edition, Filing(asked, WHY, ("c" * 64,)))
    refused("claim", appeals.file, one.deps, K1, edition, Filing(asked, " ", (SENT,)))
    assert appeals.list_appeals(one.deps, K1, edition).rows == ()


def test_one_appeal_an_item_and_what_is_sent_twice_is_filed_once(one: Office):
    edition, asked, key = hearing(one), None, uuid4()
    asked = wish(one, edition)
    assert filed(one, edition, asked=asked, id=key) == filed(one, edition, asked=asked, id=key) == key
    refused("id", filed, one, edition, SUPERVISOR, asked, id=key)
    refused("appeal", filed, one, edition, asked=replace(asked, top=None, base=0))
    assert appeals.withdraw(one.deps, SUPERVISOR, key, version=1).state == "withdrawn"
    again = filed(one, edition, asked=asked)
    refused("appeal", appeals.decide, one.deps, AUDITOR, key, True, "已经撤回的申诉")
    with pytest.raises(Conflict) as error:
        appeals.decide(one.deps, AUDITOR, again, False, "回执晚于时限", version=7)
    assert error.value.standing == {"version": 1, "state": "filed"}
    refused("decision", appeals.decide, one.deps, AUDITOR, again, False, "  ")
    refused("effect", appeals.decide, one.deps, AUDITOR, again, False, "回执晚于时限", effect=asked)
    refused("effect", appeals.decide, one.deps, AUDITOR, again, True, "应当更正另一件", effect=wish(one, edition, n=1))
    assert appeals.decide(one.deps, AUDITOR, again, False, "回执晚于时限").effect is None
    refused("appeal", appeals.withdraw, one.deps, K1, again)


def test_only_somebody_outside_the_chain_decides(one: Office):
    one.now += timedelta(days=1)
    both = Person(uuid4(), "both", (Grant("evaluator", "P"), Grant("auditor", "P")))
    recorder = person("auditor", "P")
    party = Person(uuid4(), "party", (Grant("auditor", "P"), Grant("supervisor", "K1")))
    deduction = UUID(int=77)
    with one.deps.database.write() as session:
        session.add(DeductionRow(id=deduction, scheme_key="process", region_code="K1", rule="homicide",
                                 day=date(2026, 5, 5), units=1, again=False, secured=False, reason="通报", evidence=[],
                                 recorded_at=one.now, recorded_by=recorder.id, actor=recorder.name))  # fmt: skip
    edition = one.open().id
    one.walk(edition, "lock", by=both)
    one.walk(edition, "try", "preview", "hear")
    key = filed(one, edition, party, Correction("deduction", "K1", deduction=deduction, units=0.5))
    for who, code, bar in ((both, "chain", "scored"), (recorder, "chain", "recorded"), (party, "chain", "filed"),
                           (LOCAL_AUDITOR, "forbidden", None), (EVALUATOR, "forbidden", None),
                           (LEADER, "forbidden", None), (K1, "forbidden", None)):  # fmt: skip
        error = refused(code, appeals.decide, one.deps, who, key, True, "同意更正")
        assert bar in (None, error.got)
        assert "uphold" not in appeals.get_appeal(one.deps, who, key).actions or code == "forbidden"
    other = filed(one, edition, K1)
    refused("chain", appeals.decide, one.deps, party, other, True, "同意更正")
    with pytest.raises(NotFound):
        appeals.decide(one.deps, Person(uuid4(), "far", (Grant("auditor", "nowhere"),)), key, True, "同意更正")
    appeals.decide(one.deps, AUDITOR, key, True, "同意更正")
    appeals.decide(one.deps, SYSTEM, other, False, "系统演示")
    one.walk(edition, "review", "publish")
    assert load(one.deps, edition)[1].deductions[0].units == 0.5


def test_evidence_of_a_verdict_is_kept_and_shown_to_its_parties(one: Office, tmp_path):
    from_store = replace(one.base, evidence=Shelf())
    one.base = from_store
    edition = hearing(one)
    filed(one, edition)
    one.now += timedelta(days=3)
    assert forget_unused(one.deps, "") == 0
    for who in (K1, SUPERVISOR, CITY, LEADER, EVALUATOR, AUDITOR):
        assert read_file(one.deps, who, PHOTO, "full") == b"jpeg"
    for who in (K2, person("handler", "K1", "unit"), person("grid_worker", "G1")):
        with pytest.raises(NotFound):
            read_file(one.deps, who, PHOTO, "full")
    with one.deps.database.read() as session:
        assert [row.region_code for row in session.scalars(select(Exhibit))] == ["K1"]


class Shelf:
    """A store that holds one picture."""

    def read(self, key: str, size: str) -> bytes | None:
        return b"jpeg" if key == PHOTO else None

    def list_before(self, _moment: float, _start: str) -> list[str]:
        return []

    def delete(self, _key: str) -> None:
        raise AssertionError("nothing is deleted here")
