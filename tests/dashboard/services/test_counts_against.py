"""What counts against a grid in a published edition: its own cases, in plain words, as they were frozen."""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import update

from dashboard.domain.evaluation.model import Scheme
from dashboard.domain.measures import COUNTERS
from dashboard.domain.people import Grant, Person
from dashboard.schemes import SHIPPED, load_scheme
from dashboard.services import editions, evaluating
from dashboard.services.against_words import MET, UNMET
from dashboard.services.counts_against import CASES, counts_against, why
from dashboard.services.tracing import cases_behind
from dashboard.views.against import CountsAgainst
from data.models import Case, DeductionRow, Problem
from tests.auditing import END, JUNE, add_case
from tests.desk import Desk, person
from tests.office import in_office

WORKER, EVALUATOR, LEADER = person("grid_worker", "G1"), person("evaluator", "C1"), person("leader", "C1")
PROCESS = load_scheme(SHIPPED / "process.toml")
LATE, REWORKED = range(20, 28), range(30, 33)
DAY = timedelta(days=1)


@pytest.fixture
def desk(database) -> Iterator[Desk]:
    yield from in_office(database)


@pytest.fixture
def june(desk: Desk) -> Desk:
    """G1: 10 cases as they should be, 8 closed late, 3 reworked; the same again in G3 and K2. Published in July."""
    with desk.deps.database.write() as session:
        for start, grid in ((0, "G1"), (100, "G3"), (200, "G5")):
            for n in range(start, start + 10):
                add_case(session, n, JUNE + (n % 20) * DAY, grid=grid)
            for n in LATE:
                add_case(session, start + n, JUNE + (n % 20) * DAY, grid=grid, overdue=True,
                         close_due_at=JUNE + (n % 20) * DAY + timedelta(hours=12))  # fmt: skip
            for n in REWORKED:
                add_case(session, start + n, JUNE + (n % 20) * DAY, grid=grid, reworked=1)
    return desk


def publish(desk: Desk) -> UUID:
    desk.now = END + DAY
    found = editions.open_edition(desk.at_now(), EVALUATOR, "process", "C1", JUNE.date() + DAY)
    for action in ("lock", "try", "preview", "hear", "review", "publish"):
        desk.now += 7 * DAY
        editions.act(desk.at_now(), LEADER if action == "publish" else EVALUATOR, found.id, action)
    return found.id


def test_nothing_is_told_before_anything_is_published_or_to_whoever_has_no_grid(june: Desk):
    assert counts_against(june.at_now(), WORKER) == CountsAgainst()
    publish(june)
    assert counts_against(june.at_now(), person("dispatcher", "K1")) == CountsAgainst()


def test_the_grids_own_cases_are_told_by_indicator_with_the_reason(june: Desk):
    edition = publish(june)
    found = counts_against(june.at_now(), WORKER)
    assert (found.edition.id, found.edition.region, found.counted) == (str(edition), "C1", 21)
    told = {one.key: (one.count, one.of, one.why) for one in found.items}
    assert told == {
        "closing_on_time": (8, 21, "没有按期办结"),
        "hazard_on_time": (8, 21, "没有按期办结"),
        "rework": (3, 21, "核查没有通过，退回返工"),
        **(
            {key: value for key, value in told.items() if key in ("handle_on_time", "verify_on_time", "accept_on_time")}
        ),
    }
    rework = next(one for one in found.items if one.key == "rework")
    assert {one.id for one in rework.cases} == {str(UUID(int=n)) for n in REWORKED}


def test_a_long_list_is_told_by_its_first_cases_and_its_count(june: Desk):
    publish(june)
    late = next(one for one in counts_against(june.at_now(), WORKER).items if one.key == "closing_on_time")
    assert (late.count, len(late.cases)) == (8, CASES)


def test_every_case_told_is_behind_the_countys_figure(june: Desk):
    edition = publish(june)
    parts = {one.key: "rest" if one.direction == "high" else "top" for one in PROCESS.indicators}
    for one in counts_against(june.at_now(), WORKER).items:
        behind = cases_behind(june.at_now(), LEADER, edition, "K1", one.key, parts[one.key], limit=200)
        assert {case.id for case in one.cases} <= {row.id for row in behind.rows}
        assert one.count < behind.total  # G3 has as many


def test_what_became_of_a_case_since_changes_nothing(june: Desk):
    publish(june)
    before = counts_against(june.at_now(), WORKER)
    with june.deps.database.write() as session:
        session.execute(update(Case).values(overdue=False, reworked=0, close_due_at=END))
    assert counts_against(june.at_now(), WORKER) == before


def test_no_person_is_told_of_and_no_other_grid(june: Desk):
    publish(june)
    both = Person(WORKER.id, "某", (Grant("grid_worker", "G1"), Grant("grid_worker", "G3")))
    assert counts_against(june.at_now(), both).counted == 42
    text = repr(asdict(counts_against(june.at_now(), WORKER)))
    assert all(str(UUID(int=n)) not in text for n in (*range(100, 140), *range(200, 240)))
    assert WORKER.name not in text


def test_deductions_and_problems_of_its_township_and_county_are_told(june: Desk):
    rows = [{"region_code": "K1", "case_id": None}, {"region_code": "K2", "case_id": None},
            {"region_code": "K1", "case_id": UUID(int=20)}, {"region_code": "K1", "case_id": UUID(int=120)}]  # fmt: skip
    with june.deps.database.write() as session:
        for n, row in enumerate(rows):
            county = row["case_id"] and row["region_code"]
            session.add(DeductionRow(id=UUID(int=0xD0 + n), scheme_key="process", rule=PROCESS.rules[0].key,
                                     day=JUNE.date() + 5 * DAY, units=1.0, again=False, secured=False, reason=f"原因 {n}",
                                     evidence=[], recorded_at=JUNE, actor="x", county_code=county, **row))  # fmt: skip
            session.add(Problem(id=UUID(int=0xB0 + n), origin="inspection", title=f"问题 {n}", opened_at=JUNE, actor="x",
                                county_code=county, **row))  # fmt: skip
        session.add(Problem(id=UUID(int=0xBF), origin="inspection", title="别的乡镇", opened_at=JUNE, actor="x",
                            region_code="T2"))  # fmt: skip
    publish(june)
    found = counts_against(june.at_now(), WORKER)
    assert [one.reason for one in found.deductions] == ["原因 0", "原因 2"]
    assert {one.region for one in found.deductions} == {"K1"}
    assert all(one.points > 0 for one in found.deductions)
    assert {one.title for one in found.problems} == {"问题 0", "问题 2"}


def test_each_counter_of_the_default_scheme_has_plain_words(june: Desk):
    scheme: Scheme = PROCESS
    assert [one.key for one in scheme.indicators if why(one) == one.definition] == []
    assert set(COUNTERS) >= {*MET, *UNMET}


def test_the_figures_are_those_of_the_archive(june: Desk):
    edition = publish(june)
    _scheme, inputs, _result = evaluating.load(june.at_now(), edition)
    row, column = inputs.regions.index("K1"), PROCESS.keys.index("rework")
    assert inputs.numerator[row, column] == 6  # three in G1, three in G3
