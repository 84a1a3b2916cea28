"""The life of an edition: who may do what when, what is frozen, and what a new issue changes."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import update

from dashboard.domain.errors import NotFound, UserError
from dashboard.domain.evaluation.edition import ACTIONS, STATES
from dashboard.domain.people import SYSTEM
from dashboard.services import editions, evaluating
from dashboard.services.edition_work import WORK
from dashboard.services.sealing import verify, verify_all
from data.models import Appeal, AuditRow, Case, ChangeRow, EditionStanding, EditionValue
from data.writes.cases import Conflict, insert_case
from tests.editions import (
    APRIL,
    EVALUATOR,
    LEADER,
    MAY,
    RANKED,
    STRANGER,
    TO_PUBLISHED,
    Office,
    an_office,
    day_of,
    may_case,
    rows,
    uphold,
)
from tests.factories import STEP
from tests.templates import KINDS


@pytest.fixture(params=KINDS)
def office(request, templates, tmp_path):
    yield from an_office(templates, request.param, tmp_path)


@pytest.fixture
def quick(templates, tmp_path):
    yield from an_office(templates, "sqlite", tmp_path, 60)


def test_an_edition_goes_through_its_life_and_is_what_was_sealed(office: Office):
    head = office.open()
    assert (head.state, head.version, head.level, head.issue) == ("collecting", 1, "county", 1)
    head = office.walk(head.id, *TO_PUBLISHED, "archive")
    assert (head.state, head.version, head.actions) == ("archived", 8, ())
    assert [step.action for step in editions.list_steps(office.deps, SYSTEM, head.id)] == [
        "open",
        *TO_PUBLISHED,
        "archive",
    ]
    assert verify(office.deps, head.id) == ()
    assert editions.latest(office.deps, "process", "P", "county").id == head.id
    scheme, inputs, _result = evaluating.load(office.deps, head.id)
    assert inputs.regions == ("K1", "K2", "K3")
    assert len(rows(office, EditionStanding)) == 3
    assert len(rows(office, EditionValue)) == 3 * len(scheme.keys)
    told = [row for row in rows(office, ChangeRow) if row["topic"] == "edition"]
    assert {row["county_code"] for row in told if row["action"] == "publish"} == {"K1", "K2", "K3"}
    assert [row["action"] for row in rows(office, AuditRow)] == [
        f"edition.{action}" for action in ("open", *TO_PUBLISHED, "archive")
    ]


def test_only_what_the_table_allows_can_follow_a_state(quick: Office):
    head = quick.open()
    for state, following in zip(STATES, (*TO_PUBLISHED[:-1], "publish", "archive", None), strict=True):
        for action in ACTIONS.values():
            if state not in action.sources:
                with pytest.raises(UserError, match="not the time"):
                    editions.act(quick.deps, SYSTEM, head.id, action.key)
        head = quick.walk(head.id, following) if following else head
        assert following is None or head.state == ACTIONS[following].target


def test_only_evaluators_run_an_edition_and_only_leaders_publish_it(quick: Office):
    head = quick.open(by=EVALUATOR)
    with pytest.raises(UserError, match="role"):
        editions.act(quick.deps, LEADER, head.id, "lock")
    quick.walk(head.id, *TO_PUBLISHED[:-1], by=EVALUATOR)
    with pytest.raises(UserError, match="role"):
        editions.act(quick.deps, EVALUATOR, head.id, "publish")
    assert editions.get_edition(quick.deps, LEADER, head.id).actions == ("publish",)
    assert quick.walk(head.id, "publish", by=LEADER).state == "published"


def test_the_ranked_see_an_edition_from_its_preview_on_and_others_never(quick: Office):
    head = quick.open()
    for action in ("lock", "try"):
        quick.walk(head.id, action)
        with pytest.raises(NotFound):
            editions.get_edition(quick.deps, RANKED, head.id)
        assert editions.list_editions(quick.deps, RANKED) == ()
    quick.walk(head.id, "preview")
    assert editions.get_edition(quick.deps, RANKED, head.id).actions == ()
    assert [one.id for one in editions.list_editions(quick.deps, RANKED)] == [head.id]
    assert editions.list_editions(quick.deps, STRANGER) == ()
    with pytest.raises(NotFound):
        editions.get_edition(quick.deps, STRANGER, head.id)
    with pytest.raises(UserError, match="role"):
        editions.act(quick.deps, RANKED, head.id, "hear")


def test_an_action_on_a_version_that_has_passed_is_a_conflict(quick: Office):
    head = quick.walk(quick.open().id, "lock")
    quick.walk(head.id, "try")
    with pytest.raises(Conflict, match="edition"):
        editions.act(quick.deps, SYSTEM, head.id, "try", version=head.version)
    assert editions.act(quick.deps, SYSTEM, head.id, "try", version=head.version + 1).version == head.version + 2


@pytest.mark.parametrize("given, code", [
    ({"month": date(2026, 7, 1)}, "month"), ({"region": "T1"}, "region"), ({"key": "nothing"}, "scheme"),
    ({"region": "X"}, "region"),
])  # fmt: skip
def test_what_cannot_be_opened_is_refused(quick: Office, given, code):
    with pytest.raises(UserError) as error:
        quick.open(**given)
    assert error.value.code == code


def test_a_month_has_one_edition(quick: Office):
    quick.open(date(2026, 5, 17))
    with pytest.raises(UserError, match="already"):
        quick.open(date(2026, 5, 2))
    assert quick.open(APRIL).start == APRIL


def test_a_month_that_runs_cannot_be_locked(quick: Office):
    with pytest.raises(UserError, match="not over"):
        quick.walk(quick.open(date(2026, 6, 1)).id, "lock")


def test_appeals_may_be_filed_for_as_long_as_the_scheme_says(quick: Office):
    head = quick.walk(quick.open().id, "lock", "try", "preview", "hear")
    with pytest.raises(UserError, match="may still be filed"):
        editions.act(quick.deps, SYSTEM, head.id, "review")
    quick.now = head.appeal_until
    assert editions.act(quick.deps, SYSTEM, head.id, "review").state == "review"


def test_what_happens_after_the_lock_changes_nothing(quick: Office):
    head = quick.walk(quick.open().id, "lock", "try")
    before = evaluating.load(quick.deps, head.id)[2].standings
    with quick.base.database.write() as session:
        case = may_case("G1", 99)
        insert_case(session, case, {**STEP, "at": case["reported_at"]}, day_of)
    again = quick.walk(head.id, "try")
    assert again.inputs_digest == head.inputs_digest
    assert evaluating.load(quick.deps, head.id)[2].standings == before
    assert verify(quick.deps, head.id) == ()


def test_a_case_that_took_very_long_is_counted_too(office: Office):
    """Reported half a year ago without limits, closed in May: no index leads to it, so all cases are looked through."""
    case = may_case("G5", 99) | {"clock_kind": None, "close_due_at": None, "overdue": False}
    case["reported_at"] = office.now - timedelta(days=200)
    with office.base.database.write() as session:
        insert_case(session, case, {**STEP, "at": case["reported_at"]}, day_of)
    head = office.walk(office.open().id, "lock", "try")
    assert verify(office.deps, head.id) == ()


def test_figures_that_the_cases_do_not_add_up_to_are_refused(office: Office):
    with office.base.database.write() as session:
        session.execute(update(Case).where(Case.county_code == "K2").values(dispatched_at=None))
    with pytest.raises(UserError, match="figures and cases of K2 differ"):
        office.walk(office.open().id, "lock")


@pytest.mark.parametrize("region, level, ranked", [("C1", "county", ("K1", "K2")), ("K1", "township", ("T1", "T2"))])
def test_a_city_ranks_its_counties_and_a_county_its_townships(office: Office, region, level, ranked):
    head = office.published(region=region)
    assert head.level == level
    assert evaluating.load(office.deps, head.id)[1].regions == ranked
    assert editions.latest(office.deps, "process", region, level).id == head.id
    assert editions.latest(office.deps, "process", "P", "county") is None
    assert verify(office.deps, head.id) == ()


def test_an_appeal_that_waits_holds_the_edition_back(quick: Office):
    head = quick.walk(quick.open().id, *TO_PUBLISHED[:-1])
    key = uphold(quick, head.id, state="filed")
    with pytest.raises(UserError, match="wait for a decision"):
        editions.act(quick.deps, SYSTEM, head.id, "publish")
    with quick.base.database.write() as session:
        session.get(Appeal, key).state = "upheld"
    with pytest.raises(UserError, match="since the review"):
        editions.act(quick.deps, SYSTEM, head.id, "publish")
    head = quick.walk(head.id, "review", "publish")
    assert head.state == "published"
    assert verify(quick.deps, head.id) == ()


def test_an_upheld_appeal_counts_in_the_review(quick: Office):
    head = quick.walk(quick.open().id, *TO_PUBLISHED[:4])
    before = evaluating.load(quick.deps, head.id)[1]
    uphold(quick, head.id)
    quick.walk(head.id, "review")
    after = evaluating.load(quick.deps, head.id)[1]
    assert (before.numerator != after.numerator).any()
    assert verify(quick.deps, head.id) == ()


def test_a_new_issue_says_what_changed_and_why_and_takes_the_place_of_the_old_one(office: Office):
    old = office.published()
    with pytest.raises(UserError, match="no appeal was upheld"):
        editions.reissue(office.deps, SYSTEM, old.id, "because of nothing")
    key = uphold(office, old.id)
    new = editions.reissue(office.deps, EVALUATOR, old.id, "an appeal was upheld")
    assert (new.issue, new.state, new.supersedes, new.inputs_digest) == (2, "review", old.id, old.inputs_digest)
    assert editions.latest(office.deps, "process", "P", "county").id == old.id
    with pytest.raises(UserError, match="only the newest issue"):
        editions.reissue(office.deps, SYSTEM, old.id, "once more please")
    found = editions.difference(office.deps, LEADER, old.id, new.id)
    assert found.appeals == (str(key),)
    assert found.values
    assert {one.region for one in found.values} == {"K1"}
    office.walk(new.id, "publish", by=LEADER)
    assert editions.latest(office.deps, "process", "P", "county").id == new.id
    assert editions.get_edition(office.deps, SYSTEM, old.id).superseded
    assert verify_all(office.deps) == (2, ())


def test_an_edition_nobody_made_is_not_found(quick: Office):
    with pytest.raises(NotFound):
        verify(quick.deps, UUID(int=5))
    with pytest.raises(NotFound):
        editions.act(quick.deps, SYSTEM, uuid4(), "lock")
    with pytest.raises(UserError, match="no such action"):
        editions.act(quick.deps, SYSTEM, quick.open(MAY).id, "burn")


def test_every_action_has_its_work():
    assert WORK.keys() == ACTIONS.keys()
