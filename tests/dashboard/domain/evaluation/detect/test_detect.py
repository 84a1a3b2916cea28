"""All gaming detectors: order, chance, the catalogue, and the tails they share."""

from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.domain.evaluation.detect import DETECTORS, run
from dashboard.domain.evaluation.detect.chance import at_least, expected_by_kind, rate_below
from dashboard.domain.evaluation.detect.model import PARAMS, key_of, minutes
from dashboard.domain.evaluation.detect.reclassed import GROUPS
from data.models.cases import RECLASSED
from tests.detecting import DAY, RULES, at_once, case, daily, found, month


def test_nothing_is_found_where_nothing_happened():
    assert {key: one.found for key, one in run(RULES, month([])).items()} == dict.fromkeys(RULES, ())


def test_findings_are_the_same_whatever_the_order_of_the_cases():
    rows = [{"key": f"K1:{n:04}", **one} for n, one in enumerate(daily() + at_once(8))]
    assert run(RULES, month(rows[::-1])) == run(RULES, month(rows))


def test_chance_brings_no_more_findings_than_is_said():
    """50 months of a Poisson process in 40 grids, 0.2 false alarms each: 10 at most, in the long run; 20 has p < 0.2 %."""
    chance, alarms = np.random.default_rng(7), 0
    for _ in range(50):
        rows = [case(place=f"G{g}", reported=float(day * DAY + 480 + at)) for g in range(40) for day in range(120)
                for at in chance.uniform(0, 480, chance.poisson(0.7))]  # fmt: skip
        alarms += len(found("burst", month(rows), least=1))
    assert 0 < alarms < 20


def test_each_detector_has_a_function_params_and_a_row_in_the_catalogue():
    assert set(DETECTORS) == set(PARAMS) == set(RULES)
    assert all(f"'{action}'" in RECLASSED.text for action in GROUPS)
    assert RECLASSED.text.count("'") == 2 * len(GROUPS)


@given(st.integers(0, 30), st.floats(0.01, 20))
def test_a_tail_grows_smaller_with_each_case(observed: int, expected: float):
    assert at_least(observed + 1, expected) <= at_least(observed, expected) <= 1
    assert rate_below(observed, 5, 0.5) <= 1


def test_expected_hits_are_those_of_others_by_kind():
    """Others handle 1 of 4 fires and 2 of 2 calls at once; U1 has 4 fires and 1 call: 4 · 1.5/5 + 1 · 2.5/3."""
    hits = np.array([1, 0, 0, 0, 1, 1] + [0] * 5, bool)
    kinds = np.array(["fire"] * 4 + ["call"] * 2 + ["fire"] * 4 + ["call"], object)
    groups = np.array(["U2"] * 6 + ["U1"] * 5, object)
    assert expected_by_kind(hits, kinds, groups)["U1"] == pytest.approx(4 * 1.5 / 5 + 2.5 / 3)


def test_a_long_key_is_shortened_to_one_of_its_own():
    assert key_of("a", "b") == "a|b"
    assert len(key_of("K1", "长" * 100)) == 64
    assert key_of("K1", "长" * 100) != key_of("K1", "长" * 101)


def test_times_are_minutes_since_1970():
    assert minutes(datetime(1970, 1, 2, tzinfo=UTC)) == DAY
