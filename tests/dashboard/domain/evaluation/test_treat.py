"""From counts to values: what has no base is no data, never 0."""

from math import e, inf, nan

import numpy as np
import pytest

from dashboard.domain.errors import UserError
from dashboard.domain.evaluation import treat
from dashboard.domain.evaluation.model import Term
from tests.evaluating import inputs_of, leaf, scheme_of

DUE = (Term("due_closed"), Term("due_open"))
MEASURED = (  # what the indicator is, numerators, denominators, values
    ({}, [3, 0, 7], None, [3, 0, 7]),
    ({}, [3, nan, 7], None, [3, nan, 7]),
    ({}, [3, 0, 2], [4, 5, 8], [0.75, 0, 0.25]),
    ({"scale": 100.0}, [3, 0, 2], [4, 5, 8], [75, 0, 25]),
    ({"scale": 100.0}, [0, 3, 2], [0, nan, 8], [nan, nan, 25]),  # a base of 0, no base
    ({"scale": 100.0}, [nan, 1], [4, 4], [nan, 25]),
    ({"minimum": 20}, [19, 20, 21], [19, 20, 42], [nan, 1, 0.5]),
    ({"minimum": 20}, [3, 7], None, [3, 7]),  # nothing to be too small
    ({}, [3], [-4], [nan]),
    ({"denominator": DUE}, [0, 0], [nan, nan], [nan, nan]),  # a ratio by definition, though nobody has a base
    ({"denominator": DUE, "scale": 100.0}, [0, 0], [0, 0], [nan, nan]),
)
TREATED = (  # params, values, treated
    ({}, [-5, 0, nan, 1e9], [-5, 0, nan, 1e9]),
    ({"low": 0}, [-5, 0, nan, 7], [0, 0, nan, 7]),
    ({"high": 5}, [-5, 5, nan, 7], [-5, 5, nan, 5]),
    ({"low": 0, "high": 5}, [-5, 3, nan, inf], [0, 3, nan, 5]),
    ({"log": 1}, [1, e, e**3, nan], [0, 1, 3, nan]),
    ({"log": 0}, [1, 2], [1, 2]),
    ({"log": 1, "low": 1}, [0, -3, e], [0, 0, 1]),  # capped first
)


@pytest.mark.parametrize("other, top, base, values", MEASURED)
def test_a_value_is_a_ratio_or_stands_alone_and_no_base_is_no_data(other, top, base, values):
    found = treat.measure(scheme_of(leaf(**other)), inputs_of(top, base))
    np.testing.assert_allclose(found[:, 0], values)


def test_a_rate_over_nothing_is_no_data_and_not_0():
    found = treat.measure(scheme_of(leaf(scale=100.0)), inputs_of([0, 0], [0, 50]))
    assert np.isnan(found[0, 0])
    assert found[1, 0] == 0


def test_per_exposure_the_exposure_is_the_base():
    one = leaf(scale=10_000.0, exposure="population", minimum=1000)
    inputs = inputs_of([5, 5, 5, 5], exposure={"population": np.array([50_000, 999, nan, 0])})
    np.testing.assert_allclose(treat.measure(scheme_of(one), inputs)[:, 0], [1, nan, nan, nan])


def test_an_exposure_nobody_gave_is_named():
    with pytest.raises(UserError, match=r"x: no such exposure; got 'vehicles'; allowed: population"):
        treat.measure(scheme_of(leaf(exposure="vehicles")), inputs_of([1], exposure={"population": np.array([1.0])}))


def test_each_indicator_has_its_own_column():
    scheme = scheme_of(leaf("a"), leaf("b", scale=100.0))
    inputs = inputs_of([[1, 1], [2, 1]], [[nan, 4], [nan, 2]])
    np.testing.assert_allclose(treat.measure(scheme, inputs), [[1, 25], [2, 50]])


@pytest.mark.parametrize("params, values, treated", TREATED)
def test_caps_come_first_then_the_logarithm(params, values, treated):
    np.testing.assert_allclose(treat.treat(np.array(values, dtype=float), leaf(params=params)), treated)


@pytest.mark.parametrize("value", [0.0, -1.0])
def test_the_logarithm_of_nothing_is_refused(value):
    with pytest.raises(UserError, match="no logarithm of 0 or less"):
        treat.treat(np.array([value, 2.0, nan]), leaf(params={"log": 1}))
