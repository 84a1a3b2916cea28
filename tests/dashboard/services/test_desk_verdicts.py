"""The desk's pages about verdicts on real databases: what each role is shown and offered, filters, and files."""

import csv
import io
from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from flask_babel import force_locale

from dashboard.domain.desk_state import DeskState, parse_desk
from dashboard.domain.errors import NotFound
from dashboard.domain.people import SYSTEM, Grant, Person
from dashboard.services import (
    appeals,
    deductions,
    desk_appeals,
    desk_findings,
    desk_problems,
    desk_schemes,
    editions,
    evaluation_tabs,
    indicator_tables,
    problems,
    schemes,
    workshop_trace,
)
from dashboard.services.deductions import NewDeduction
from dashboard.services.desk_frame import Desk
from dashboard.services.problems import NewProblem
from dashboard.services.verdict_export import export
from data.models import AuditRow
from data.writes.findings import add_findings
from tests.dashboard.services.test_appeals import LATE, TO_HEARING, WHY, wish
from tests.desk import SENT, person
from tests.editions import AUDITOR, EVALUATOR, LEADER, MAY, Office, an_office, uphold
from tests.templates import KINDS

K1, K2 = person("leader", "K1"), person("leader", "K2")
UNIT, TABLES = "甲县消防", "peace_index"
HANDLER = replace(K1, grants=(Grant("handler", "K1", UNIT),))


@pytest.fixture(params=KINDS)
def office(request, templates, tmp_path):
    yield from an_office(templates, request.param, tmp_path, 150)


def desk(office: Office, who: Person, section: str, **more) -> Desk:
    return Desk(office.deps, who, DeskState(section, **more))


def heard(office: Office) -> tuple[UUID, UUID]:
    """(edition, appeal of K1)."""
    edition = office.walk(office.open().id, *TO_HEARING).id
    return edition, appeals.file(office.deps, K1, edition, appeals.Filing(wish(office, edition), WHY, (SENT,)))


def problem(office: Office, **more) -> UUID:
    steps = {step: (UNIT, date(2026, 6, 10 + n)) for n, step in enumerate(("find", "handle", "generalise", "rule"))}
    return problems.open_problem(office.deps, EVALUATOR, NewProblem("K1", "签收不及时", "inspection", steps, **more))


def test_a_second_issue_lists_the_appeals_that_caused_it(office: Office):
    first = office.published()
    key = uphold(office, first.id)
    second = editions.reissue(office.deps, SYSTEM, first.id, "an appeal came late")
    shown = desk_appeals.page(desk(office, EVALUATOR, "appeals", edition=str(second.id)))
    assert [one.row.id for one in shown.rows] == [str(key)]


def test_an_appeal_is_listed_for_all_and_offered_to_whoever_may(office: Office):
    edition, key = heard(office)
    for who, acts, files, may_file in ((K1, ("withdraw",), 1, True), (K2, (), 0, True), (AUDITOR, ("uphold", "refuse"), 1, False),
                                       (EVALUATOR, (), 1, False)):  # fmt: skip
        page = desk_appeals.page(desk(office, who, "appeals", edition=str(edition), item=str(key)))
        assert [one.row.id for one in page.rows] == [str(key)]
        assert (page.open.row.actions, len(page.open.row.evidence), bool(page.new_href)) == (acts, files, may_file), (
            who.name
        )
    assert "计入分子" in page.open.asked


def test_filters_and_an_item_that_is_not_there(office: Office):
    edition, _key = heard(office)
    given = {"edition": str(edition)}
    assert desk_appeals.page(desk(office, AUDITOR, "appeals", stage="upheld", **given)).rows == ()
    assert desk_appeals.page(desk(office, AUDITOR, "appeals", at="K2", **given)).paging.total == 0
    counts = {one.key: one.count for one in desk_appeals.page(desk(office, AUDITOR, "appeals", **given)).stages}
    assert counts == {"": 1, "filed": 1, "upheld": 0, "refused": 0, "withdrawn": 0}
    with pytest.raises(NotFound):
        desk_appeals.page(desk(office, AUDITOR, "appeals", item=str(edition), **given))


def test_a_new_appeal_knows_the_case_it_came_from(office: Office):
    edition, _key = heard(office)
    case = wish(office, edition, n=1).case
    page = desk_appeals.page(desk(office, K1, "appeals", edition=str(edition), item=f"K1:{case}", node=LATE))
    assert (page.new.region, page.new.subject, page.new.indicator, page.new.case[:2]) == (
        "K1",
        "case",
        LATE,
        ("K1", str(case)),
    )
    assert desk_appeals.page(desk(office, AUDITOR, "appeals", edition=str(edition), item="new")).new is None


@pytest.fixture
def one(templates, tmp_path):
    yield from an_office(templates, "sqlite", tmp_path, 150)


def test_a_new_appeal_knows_the_deduction_it_came_from(one: Office):
    days = (date(2026, 5, 9), date(2026, 6, 1))  # the second does not count in May
    mine, _late = (str(deductions.record(one.deps, EVALUATOR, NewDeduction("process", "K1", "inspection", day, WHY,
                                                                           evidence=(SENT,)))) for day in days)  # fmt: skip
    state = {"edition": str(one.walk(one.open().id, *TO_HEARING).id), "show": "deductions"}
    assert desk_problems.page(desk(one, K2, "problems", **state)).appeals == {}
    [(key, href)] = desk_problems.page(desk(one, K1, "problems", **state)).appeals.items()
    new = desk_appeals.page(Desk(one.deps, K1, parse_desk(href))).new
    assert (key, new.edition, new.region, new.subject) == (mine, state["edition"], "K1", "deduction")
    assert (new.deduction, [row.key for row in new.deductions], new.case) == (mine, [mine], None)
    with force_locale("en"):  # names of the scheme are in the reader's language everywhere
        shown = desk_appeals.page(desk(one, K1, "appeals", edition=state["edition"], item=f"deduction:{mine}"))
        rules = deductions.list_deductions(one.deps, EVALUATOR, "process")
    assert "Process index" in shown.title
    assert {row.rule_name for row in rules} == {"Problem found on an unannounced inspection"}
    assert all("item=new" in link.href for link in new.subjects if not link.on)


def test_a_new_appeal_knows_the_figure_it_came_from(one: Office):
    leaf = schemes.scheme(one.deps, TABLES).keys[0]
    indicator_tables.seed_tables(one.deps, (MAY,))
    state = {"edition": str(one.walk(one.open(key=TABLES).id, *TO_HEARING).id), "at": "K1", "node": leaf}
    assert workshop_trace.trace(desk(one, LEADER, "ranking", **state)).appeal == ""
    href = workshop_trace.trace(desk(one, K1, "ranking", **state)).appeal
    new = desk_appeals.page(Desk(one.deps, K1, parse_desk(href))).new
    assert (new.edition, new.region, new.subject, new.indicator) == (state["edition"], "K1", "value", leaf)


def test_the_tabs_lead_to_the_same_edition_and_count_what_waits(office: Office):
    edition, _key = heard(office)
    tabs = evaluation_tabs.tabs(desk(office, AUDITOR, "appeals", edition=str(edition)))
    assert [(one.key, one.count, one.on) for one in tabs.tabs] == [
        ("ranking", None, False), ("appeals", 1, True), ("problems", None, False), ("findings", None, False),
        ("schemes", None, False)]  # fmt: skip
    assert all(f"edition={edition}" in one.href for one in tabs.tabs)
    assert tabs.faults["chain"]
    assert [one.key for one in evaluation_tabs.tabs(desk(office, HANDLER, "problems")).tabs] == ["problems"]
    assert evaluation_tabs.tabs(desk(office, LEADER, "board")).tabs == ()


def test_a_problem_offers_its_step_to_the_unit_that_answers_and_to_whoever_keeps_it(office: Office):
    key = str(problem(office))
    for who, acts in ((EVALUATOR, ("done", "assign")), (HANDLER, ("done",)), (AUDITOR, ())):
        page = desk_problems.page(desk(office, who, "problems", item=key))
        assert page.open.steps[0].acts == acts, who.name
    with pytest.raises(NotFound):
        desk_problems.page(desk(office, K2, "problems", item=key))


def test_problems_are_filtered_by_stage_and_by_what_is_late(office: Office):
    problem(office)
    rows = desk_problems.page(desk(office, EVALUATOR, "problems", stage="handle")).rows
    assert rows == ()
    office.now = office.now.replace(day=20)
    assert desk_problems.page(desk(office, EVALUATOR, "problems", due="late")).paging.total == 1
    for show in ("lists", "rungs", "deductions"):
        assert desk_problems.page(desk(office, EVALUATOR, "problems", show=show)).show == show
    assert desk_problems.page(desk(office, HANDLER, "problems", show="rungs")).show == ""


def test_findings_are_for_whoever_judges_and_the_audit_for_all(office: Office):
    edition, _key = heard(office)
    row = {"id": UUID(int=7), "edition_id": edition, "detector": "instant", "region_code": "K1", "key": "x", "cases": [],
           "figures": {"observed": 9, "expected": 1.5, "place": "K1"}, "found_at": office.now}  # fmt: skip
    with office.deps.database.write() as session:
        add_findings(session, [row])
    page = desk_findings.page(desk(office, AUDITOR, "findings", edition=str(edition), item=str(UUID(int=7))))
    assert page.open.said == (("实际", "9"), ("按常理约", "1.5"))
    assert {one.key: one.count for one in page.stages}["open"] == 1
    assert page.may == {"look", "judge", "draw", "sample"}
    other = desk_findings.page(desk(office, K1, "findings", edition=str(edition)))
    assert (other.show, other.rows, other.may) == ("audit", (), frozenset())


def test_a_scheme_may_be_changed_in_its_newest_version_by_whoever_evaluates_all(office: Office):
    assert desk_schemes.page(desk(office, EVALUATOR, "schemes")).may_save
    assert not desk_schemes.page(desk(office, LEADER, "schemes")).may_save
    page = desk_schemes.page(desk(office, EVALUATOR, "schemes", show="weights", node="settling"))
    assert page.pairs.values["verify_on_time~closing"] == 0.5  # what the given weights say
    assert page.pairs.ratio == pytest.approx(0)
    with pytest.raises(NotFound):
        desk_schemes.page(desk(office, EVALUATOR, "schemes", item="process:9"))


@pytest.mark.parametrize("who, section, show, head", [
    (AUDITOR, "appeals", "", "id,region,region_name,subject"), (EVALUATOR, "problems", "", "id,region,region_name,title"),
    (EVALUATOR, "problems", "deductions", "id,region,region_name,rule"), (EVALUATOR, "problems", "rungs", "id,region"),
    (EVALUATOR, "problems", "lists", "id,region,region_name,side"), (AUDITOR, "findings", "", "id,detector"),
])  # fmt: skip
def test_each_list_leaves_as_a_file_and_in_the_log(office: Office, who, section, show, head):
    edition, _key = heard(office)
    problem(office)
    body, name = export(desk(office, who, section, show=show, edition=str(edition)), "csv")
    lines = list(csv.reader(io.StringIO(body.decode("utf-8-sig"))))
    assert ",".join(lines[0]).startswith(head)
    assert name.endswith(".csv")
    assert len(lines) == (2 if show == "" and section != "findings" else 1)
    with office.deps.database.read() as session:
        assert session.query(AuditRow).filter_by(action="verdicts.export").count() == 1


def test_what_one_may_not_see_is_no_file(office: Office):
    heard(office)
    for who, section in ((HANDLER, "appeals"), (K1, "findings"), (EVALUATOR, "schemes")):
        with pytest.raises(NotFound):
            export(desk(office, who, section), "csv")


@pytest.mark.parametrize(
    "given, words",
    [
        ({"subject": "case", "top": 1, "base": 0}, "计入分子、不计入分母"),
        ({"subject": "value", "top": 12}, "分子改为 12"),
        ({"subject": "deduction", "removed": True}, "撤销这次扣分"),
        ({"subject": "deduction", "units": 2, "again": False}, "不按重复发生计、数量改为 2"),
    ],
)
def test_a_correction_is_told_in_words(office: Office, given, words):
    assert desk_appeals.said(given) == words
