"""The provisional score: weights, intervals, runs that cannot be told apart, and steps of a quantity."""

from math import isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.domain.process_score import Score, same_runs, score, step_limits, step_of

WEIGHTS = {"closed_loop": 0.40, "on_time": 0.30, "satisfaction": 0.15, "repeat": 0.15}
SUMS = {"due_closed": 90, "due_open": 10, "due_on_time": 80, "satisfied": 30, "rated": 40, "requested": 50,
        "requested_repeat": 5}  # fmt: skip
SCORES = (  # what is different, weights, score
    ({}, WEIGHTS, 0.40 * 90 + 0.30 * 80 + 0.15 * 75 + 0.15 * 90),
    ({"rated": 0, "satisfied": 0}, WEIGHTS, (0.40 * 90 + 0.30 * 80 + 0.15 * 90) / 0.85),
    ({"rated": 0, "satisfied": 0, "requested": 0, "requested_repeat": 0}, WEIGHTS, (0.40 * 90 + 0.30 * 80) / 0.70),
    ({"requested_repeat": 0}, {"repeat": 1.0}, 100),  # better low: no repeats are the best
    ({"requested_repeat": 50}, {"repeat": 1.0}, 0),
    ({"due_closed": 100, "due_open": 0, "due_on_time": 100}, {"closed_loop": 0.5, "on_time": 0.5}, 100),
)
RUNS = (  # intervals in ranking order: runs that cannot be told apart
    ([], []),
    ([(90, 92)], []),
    ([(90, 92), (80, 82)], []),
    ([(90, 92), (91, 93)], [(0, 1)]),
    ([(90, 92), (88, 90)], [(0, 1)]),  # they touch
    ([(90, 94), (88, 91), (85, 89)], [(0, 1)]),  # the third overlaps the second, not the first
    ([(90, 94), (88, 91), (85, 89), (84, 86)], [(0, 1), (2, 3)]),
    ([(80, 99), (90, 94), (70, 80)], [(0, 2)]),
    ([(90, 92), None, (90, 92)], []),
    ([(90, 92), (91, 93), None, (80, 82), (81, 82)], [(0, 1), (3, 4)]),
)
AMOUNTS = st.lists(st.none() | st.integers(-1000, 1000).map(float), max_size=60)


def scored(weights: dict | None = None, minimum: int = 20, **other: int) -> Score | None:
    return score({**SUMS, **other}, weights or WEIGHTS, minimum)


@pytest.mark.parametrize("other, weights, value", SCORES)
def test_the_weights_of_what_has_no_data_go_to_the_rest(other: dict, weights: dict, value: float):
    found = scored(weights, **other)
    assert isclose(found.value, value)
    assert 0 <= found.low <= found.value <= found.high <= 100


@pytest.mark.parametrize("due, has_score", [(0, False), (19, False), (20, True), (21, True)])
def test_too_few_cases_due_make_no_score(due: int, has_score: bool):
    found = scored(due_closed=due, due_open=0, due_on_time=due)
    assert (found is not None) == has_score


def test_no_failure_among_few_is_not_taken_for_certainty():
    few = scored({"closed_loop": 1.0}, minimum=1, due_closed=3, due_open=0)
    many = scored({"closed_loop": 1.0}, minimum=1, due_closed=3000, due_open=0)
    assert few.value == many.value == 100
    assert few.low < 80 < 99 < many.low


@given(st.integers(0, 500), st.integers(0, 500), st.integers(2, 50))
def test_the_same_rate_on_more_cases_is_known_more_exactly(closed: int, left: int, times: int):
    one = scored({"closed_loop": 1.0}, 0, due_closed=closed + 1, due_open=left)
    more = scored({"closed_loop": 1.0}, 0, due_closed=(closed + 1) * times, due_open=left * times)
    assert isclose(one.value, more.value)
    assert more.high - more.low <= one.high - one.low


@pytest.mark.parametrize("intervals, runs", RUNS)
def test_neighbours_that_cannot_be_told_apart_form_runs(intervals: list, runs: list):
    assert same_runs(intervals) == runs


@given(values=AMOUNTS, steps=st.integers(1, 7))
def test_steps_rise_end_at_the_largest_and_take_every_value(values: list, steps: int):
    known, limits = [value for value in values if value is not None], step_limits(values, steps)
    assert limits == sorted(set(limits))
    assert set(limits) <= set(known)
    assert len(limits) <= steps
    assert limits[-1:] == ([max(known)] if known else [])
    assert {step_of(value, limits) for value in known} == set(range(len(limits)))
    assert step_of(None, limits) is None


@given(st.sets(st.integers(-1000, 1000), min_size=5, max_size=60))
def test_different_values_fill_five_steps_evenly(values: set[int]):
    steps = [step_of(value, step_limits(sorted(values))) for value in values]
    counts = [steps.count(n) for n in range(5)]
    assert max(counts) - min(counts) <= 1


@given(AMOUNTS)
def test_a_larger_value_is_never_in_a_lower_step(values: list):
    limits = step_limits(values)
    known = sorted(value for value in values if value is not None)
    steps = [step_of(value, limits) for value in known]
    assert steps == sorted(steps)
