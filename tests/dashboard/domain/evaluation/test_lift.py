"""The fewest cases that lift a score over the next cut, worked out by hand; what cannot be lifted by anybody's work is left out."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.domain.errors import UserError
from dashboard.domain.evaluation import lift, tree
from dashboard.domain.evaluation.standing import round_half_up
from tests.evaluating import inputs_of, leaf, scheme_of

RATE = {"source": "cases", "scale": 100.0}
ON_TIME = leaf("on_time", weight=0.5, **RATE)
REWORK = leaf("rework", weight=0.5, direction="low", normalise="goalposts", targets=(100, 0), **RATE)
SCHEME = scheme_of(ON_TIME, REWORK)
# on time 80 of 100 → 80; rework 40 of 100 → 60; total 70.0, band D; C begins at 80
NUMBERS = ([[80, 40]], [[100, 100]])


def test_the_fewest_cases_are_those_worked_out_by_hand():
    """20 more on time give 100 and 60, so 80.0; 20 fewer reworked give 80 and 80, so 80.0."""
    found = lift.lifts(SCHEME, inputs_of(*NUMBERS), "r0", {})
    assert [(one.indicator, one.cases, one.score, one.band) for one in found] == [
        ("on_time", 20, 80.0, "C"), ("rework", 20, 80.0, "C")]  # fmt: skip


@pytest.mark.parametrize(
    "numbers, bases, points, cases",
    [
        ([79, 40], [100, 100], {}, {"on_time": 1, "rework": 1}),  # 69.5 is E; 70.0 is D
        ([80, 40], [100, 100], {"r0": 1.0}, {"on_time": 2, "rework": 2}),  # 69.0: a deduction has to be made up for
        ([80, 0], [100, 100], {}, {"on_time": 10}),  # 90.0 is B; 95.0 is A; nothing is left to rework
        ([8, 4], [10, 10], {}, {"on_time": 2, "rework": 2}),  # a small county needs few
        (
            [80, 40],
            [100, 100],
            {"r0": 0.04},
            {"rework": 20, "on_time": 20},
        ),  # 69.96 is published as 70.0; 79.96 as 80.0
    ],
)
def test_deductions_and_sizes_count(numbers, bases, points, cases):
    found = {one.indicator: one.cases for one in lift.lifts(SCHEME, inputs_of([numbers], [bases]), "r0", points)}
    assert found == cases


def test_what_is_not_enough_even_when_all_is_done_is_left_out():
    assert lift.lifts(SCHEME, inputs_of([[0, 100]], [[100, 100]]), "r0", {}) == ()


def test_the_cut_is_that_of_the_published_score():
    """79.95 is published as 80.0 and is in the band already; 69.94 is 69.9 and is not."""
    assert lift.next_cut(SCHEME, 80.0) == ("B", 90.0)
    assert lift.next_cut(SCHEME, 69.9) == ("D", 70.0)
    assert lift.next_cut(SCHEME, 95.0) is None
    assert lift.next_cut(SCHEME, None) is None


@pytest.mark.parametrize(
    "indicator, numbers, room",
    [
        (ON_TIME, (80, 100), 20), (REWORK, (40, 100), 40), (leaf("t", scale=100.0), (80, 100), 0),
        (leaf("e", source="cases", exposure="people", direction="low"), (5, 0), 0), (ON_TIME, (np.nan, np.nan), 0),
        (leaf("n", source="cases", direction="low"), (5, np.nan), 5), (leaf("n", source="cases"), (5, np.nan), 0),
        (ON_TIME, (300, 100), 0),
    ],
)  # fmt: skip
def test_how_many_cases_there_are_to_do(indicator, numbers, room):
    assert lift.room(indicator, *map(float, numbers)) == room


def test_a_region_that_takes_no_part_is_an_error():
    with pytest.raises(UserError):
        lift.lifts(SCHEME, inputs_of(*NUMBERS), "nowhere", {})


def test_a_region_without_data_is_not_lifted():
    given_ = inputs_of([[None, None], [80, 40]], [[None, None], [100, 100]])
    assert lift.lifts(SCHEME, given_, "r0", {}) == lift.plan(SCHEME, given_, "r0", {}) == ()


def test_together_what_gives_most_for_each_case_comes_first():
    """0 of 10 on time and 100 of 100 reworked is 0. All 10 on time give 50.0 at 5 a case; then 40 fewer reworked reach 70."""
    found = lift.plan(SCHEME, inputs_of([[0, 100]], [[10, 100]]), "r0", {})
    assert [(one.indicator, one.cases, one.score, one.band) for one in found] == [
        ("on_time", 10, 50.0, "E"), ("rework", 40, 70.0, "D")]  # fmt: skip


def test_where_all_of_it_is_not_enough_there_is_no_plan():
    scheme = scheme_of(ON_TIME, leaf("table", weight=0.5))
    assert lift.plan(scheme, inputs_of([[0, 0]], [[10, 10]]), "r0", {}) == ()


@given(top=st.integers(0, 60), low=st.integers(0, 60), taken=st.sampled_from([0.0, 0.5, 3.0]))
def test_one_case_fewer_is_not_enough(top, low, taken):
    base = inputs_of([[top, low]], [[60, 60]])
    for one in lift.lifts(SCHEME, base, "r0", {"r0": taken}):
        column = SCHEME.keys.index(one.indicator)
        side = 1 if column == 0 else -1
        scores = []
        for cases in (one.cases, one.cases - 1):
            moved = inputs_of([[top + side * cases * (column == 0), low + side * cases * (column == 1)]], [[60, 60]])
            score = np.clip(tree.reckon(SCHEME, moved).nodes[:, 0] - taken, 0, 100)
            scores.append(SCHEME.band(float(round_half_up(score, 1)[0])))
        assert scores[0] == one.band < scores[1]
