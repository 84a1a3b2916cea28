"""Every way from values to points, worked out by hand; polarity; what is equal, missing or out of reach."""

from math import exp, log, nan, sqrt

import numpy as np
import pytest

from dashboard.domain.errors import UserError
from dashboard.domain.evaluation import normalise
from tests.evaluating import leaf, scheme_of

CASES = {"0": 100, "2": 90, "4": 75, "6": 60, "8": 40}  # 立案数 of the code after CJ/T 292-2008
RATES = {"95": 100, "90": 80, "60": 50}
T = sqrt(1.5) * 10  # one of 1, 2, 3 lies √1.5 standard deviations from the mean
HIGH = (  # method, indicator, values, points
    ("rank", {}, [10, 30, 20], [0, 100, 50]),
    ("rank", {}, [1, 2, 2, 9], [0, 50, 50, 100]),  # ranks 4, 2.5, 2.5, 1
    ("rank", {}, [5, nan, 7], [0, nan, 100]),
    ("z", {}, [1, 2, 3], [50 - T, 50, 50 + T]),
    ("z", {}, [0] * 99 + [1], [50 - 10 / sqrt(99)] * 99 + [100]),
    ("minmax", {}, [10, 15, 30], [0, 25, 100]),
    ("minmax", {}, [10, nan, 30], [0, nan, 100]),
    ("minmax", {"params": {"high": 20}}, [10, 15, 1000], [0, 50, 100]),
    ("minmax", {"params": {"log": 1}}, [1, 10, 100], [0, 50, 100]),
    ("percentile", {}, [10, 30, 20, 40], [12.5, 62.5, 37.5, 87.5]),
    ("percentile", {}, [1, 2, 2, 9], [12.5, 50, 50, 87.5]),
    ("goalposts", {"targets": (60, 80)}, [60, 65, 80, nan], [0, 25, 100, nan]),
    ("goalposts", {"targets": (60, 80)}, [0, 59, 81, 1e9], [0, 0, 100, 100]),  # clipped
    ("goalposts", {"targets": (100, 75_000), "params": {"log": 1}}, [100, sqrt(100 * 75_000), 75_000], [0, 50, 100]),
    ("target", {"targets": (0, 80)}, [0, 20, 60, 80, 90, -5, nan], [0, 25, 75, 100, 100, 0, nan]),
    ("efficacy", {"targets": (60, 80)}, [60, 65, 70, 80, nan], [60, 70, 80, 100, nan]),
    ("efficacy", {"targets": (60, 80)}, [0, 100], [60, 100]),
    ("efficacy_exp", {"targets": (60, 80)}, [60, 70, 80, nan], [60, sqrt(60 * 100), 100, nan]),
    ("efficacy_exp", {"targets": (60, 80)}, [65], [60 * exp(log(5 / 3) / 4)]),
    ("bands", {"params": RATES}, [100, 95, 94.9, 90, 60, 59, nan], [100, 100, 80, 80, 50, 0, nan]),
    ("none", {}, [0, 55.5, 100, nan], [0, 55.5, 100, nan]),
)
LOW = (
    ("rank", {}, [10, 30, 20], [100, 0, 50]),
    ("z", {}, [1, 2, 3], [50 + T, 50, 50 - T]),
    ("minmax", {}, [10, 15, 30], [100, 75, 0]),
    ("percentile", {}, [10, 30, 20, 40], [87.5, 37.5, 62.5, 12.5]),
    ("goalposts", {"targets": (80, 60)}, [60, 65, 80, 90, 10], [100, 75, 0, 0, 100]),
    ("goalposts", {"targets": (10, 0)}, [0, 4, 12], [100, 60, 0]),
    ("target", {"targets": (9, 2)}, [2, 4, 8, 1, 0, nan], [100, 50, 25, 100, 100, nan]),
    ("efficacy", {"targets": (80, 60)}, [60, 75, 80], [100, 70, 60]),
    ("efficacy_exp", {"targets": (80, 60)}, [60, 70, 80], [100, sqrt(6000), 60]),
    ("bands", {"params": CASES}, [0, 1, 2, 3, 5, 8, 9, 100, nan], [100, 90, 90, 75, 60, 40, 0, 0, nan]),
    ("bands", {"params": {**CASES, "high": 4, "inf": 0}}, [0, 3, 100], [100, 75, 75]),
    ("none", {}, [0, 30, nan], [100, 70, nan]),
)
TABLE = [*(("high", *row) for row in HIGH), *(("low", *row) for row in LOW)]
BY_SAMPLE = ("rank", "z", "minmax", "percentile")
WITH_TARGETS = ("goalposts", "efficacy", "efficacy_exp")
REFUSED = (  # method, indicator, values, words
    ("goalposts", {}, [1], "x: this normalisation needs targets"),
    ("target", {}, [1], "x: this normalisation needs targets"),
    ("target", {"targets": (5, 0), "direction": "low"}, [1], "a target above 0"),
    ("goalposts", {"targets": (5, 5)}, [1], "do not fit its direction"),
    ("bands", {}, [1], "x: bands need points"),
    ("bands", {"params": {"log": 0}}, [1], "x: bands need points"),
    ("bands", {"params": CASES, "direction": "high"}, [1], "x: bands need points"),  # more cases, more points
    ("bands", {"params": {"1": 101}}, [1], "x: bands need points"),
    ("bands", {"params": {"1": -1}}, [1], "x: bands need points"),
    ("none", {}, [100.1], r"within 0–100; got 100\.1"),
    ("none", {}, [-0.1, nan], r"within 0–100; got -0\.1"),
    ("median", {}, [1], r"no such normalisation; got 'median'; allowed: rank, z, minmax"),
)


def points(method: str, values, **indicator) -> np.ndarray:
    return normalise.find(method)(np.array(values, dtype=float), leaf(**indicator))


@pytest.mark.parametrize("direction, method, indicator, values, expected", TABLE)
def test_points_are_those_worked_out_by_hand(direction, method, indicator, values, expected):
    np.testing.assert_allclose(points(method, values, direction=direction, **indicator), expected, atol=1e-9)


def test_every_way_has_a_row_for_each_direction():
    assert {row[0] for row in HIGH} == {row[0] for row in LOW} == set(normalise.METHODS)


@pytest.mark.parametrize("method", WITH_TARGETS)
@pytest.mark.parametrize("direction, targets", [("high", (80, 60)), ("low", (60, 80))])
def test_inverted_polarity_is_refused(method, direction, targets):
    with pytest.raises(UserError, match=r"x: targets \(bad, good\) do not fit its direction") as error:
        points(method, [70], direction=direction, targets=targets)
    assert error.value.code == "polarity"


@pytest.mark.parametrize("method", normalise.METHODS)
@pytest.mark.parametrize("direction, targets, bands", [("high", (10, 90), RATES), ("low", (90, 10), CASES)])
def test_the_better_value_never_has_fewer_points(method, direction, targets, bands):
    values = [1, 5, 62, 91]
    found = points(method, values, direction=direction, targets=targets, params=bands if method == "bands" else {})
    steps = np.diff(found if direction == "high" else found[::-1])
    assert (steps >= 0).all()
    assert steps.any()


@pytest.mark.parametrize("method", BY_SAMPLE)
@pytest.mark.parametrize("values", [[0.1] * 7, [3.0], [5.0, nan, 5.0]])
def test_where_all_are_equal_all_have_the_middle(method, values):
    found = points(method, values)
    assert set(found[~np.isnan(values)]) == {normalise.MIDDLE}
    assert np.isnan(found[np.isnan(values)]).all()


@pytest.mark.parametrize("method", normalise.METHODS)
def test_no_data_at_all_stays_no_data(method):
    assert np.isnan(points(method, [nan, nan], targets=(1, 2), params=RATES if method == "bands" else {})).all()


@pytest.mark.parametrize("method, indicator, values, words", REFUSED)
def test_what_cannot_be_normalised_is_refused_in_words(method, indicator, values, words):
    with pytest.raises(UserError, match=words):
        points(method, values, **indicator)


def test_a_share_that_arithmetic_put_a_trifle_above_100_is_100():
    assert points("none", [100 + 1e-12]) == [100]


def test_one_method_may_replace_that_of_every_indicator():
    scheme = scheme_of(leaf("a"), leaf("b", normalise="rank", direction="low"))
    values = np.array([[10.0, 1], [20, 2], [40, 9]])
    np.testing.assert_allclose(normalise.normalise(scheme, values), [[10, 100], [20, 50], [40, 0]])
    np.testing.assert_allclose(normalise.normalise(scheme, values, "rank"), [[0, 100], [50, 50], [100, 0]])
