"""What an edition comes to under other weights, and how the running month stands."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from dashboard.domain.errors import NotFound, UserError
from dashboard.domain.evaluation.canonical import encode
from dashboard.services import evaluating
from dashboard.services.sealing import verify
from data.models import Edition
from data.writes.cases import insert_case
from tests.editions import LEADER, STRANGER, Office, an_office, day_of, may_case, rows
from tests.factories import STEP


@pytest.fixture
def office(templates, tmp_path):
    yield from an_office(templates, "sqlite", tmp_path, 900)


def test_other_weights_move_scores_and_nothing_is_stored(office: Office):
    head = office.published()
    scheme, inputs, result = evaluating.load(office.deps, head.id)
    same, other = evaluating.what_if(office.deps, LEADER, head.id, {"residents": 60.0})
    assert encode(same) == encode(result)
    assert [one.score for one in other.standings] != [one.score for one in result.standings]
    assert evaluating.what_if(office.deps, LEADER, head.id, {})[1].scores.nodes == pytest.approx(
        result.scores.nodes, nan_ok=True, abs=1e-8
    )
    assert verify(office.deps, head.id) == ()
    assert (scheme.keys, inputs.regions) == (evaluating.load(office.deps, head.id)[0].keys, ("K1", "K2", "K3"))


def test_another_way_of_normalising_can_be_tried(office: Office):
    head = office.published()
    same, other = evaluating.what_if(office.deps, LEADER, head.id, {}, normalise="rank", aggregate="geometric")
    assert [one.score for one in other.standings] != [one.score for one in same.standings]


def test_who_may_not_see_an_edition_may_not_play_with_it(office: Office):
    head = office.published()
    with pytest.raises(NotFound):
        evaluating.what_if(office.deps, STRANGER, head.id, {})


def test_before_a_trial_there_is_no_result(office: Office):
    head = office.open()
    for action in (None, "lock"):
        if action:
            office.walk(head.id, action)
        with pytest.raises(UserError, match="no result yet"):
            evaluating.load(office.deps, head.id)


def test_the_running_month_is_worked_out_on_the_fly_once_an_hour(office: Office):
    scheme, inputs, result = evaluating.provisional(office.deps, "process", "P")
    assert (inputs.day, inputs.regions) == (date(2026, 6, 8), ("K1", "K2", "K3"))
    assert len(result.standings) == 3
    with office.base.database.write() as session:
        case = may_case("G1", 99)
        moved = timedelta(days=24)
        case |= {name: value + moved for name, value in case.items() if name.endswith("_at") and value is not None}
        insert_case(session, case, {**STEP, "at": case["reported_at"]}, day_of)
    again = evaluating.provisional(office.deps, "process", "P")[1]
    assert encode(again) == encode(inputs)
    office.now += timedelta(hours=1)
    later = evaluating.provisional(office.deps, "process", "P")[1]
    column = scheme.keys.index("closing_on_time")
    assert later.numerator[0, column] == inputs.numerator[0, column] + 1
    assert rows(office, Edition) == []


def test_rows_hold_what_the_result_says(office: Office):
    head = office.published()
    scheme, inputs, result = evaluating.load(office.deps, head.id)
    found = evaluating.rows_of(scheme, inputs, result)
    assert [len(table) for table in found.values()] == [3 * len(scheme.keys), 3 * len(scheme.node_keys), 3]
    assert evaluating.rows_of(scheme, inputs, replace(result)) == found
