"""Intervals against published tables and exact tails; the total's interval against what it must be in simple cases."""

from dataclasses import replace
from math import inf, isnan, nan, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import beta, binom, gamma, norm

from dashboard.domain.evaluation import normalise, tree
from dashboard.domain.evaluation.sampling import POINTWISE, Z95, Z998, funnel, intervals, shrink, wilson
from tests.evaluating import inputs_of, leaf, scheme_of

WILSON = (  # k, n, low, high: Newcombe 1998, Stat. Med. 17, table I, method 3; 0 of 3: z²/(n + z²)
    (81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0, 0.1611), (1, 29, 0.0061, 0.1718),
    (0, 3, 0, 0.5615), (3, 3, 0.4385, 1),
)  # fmt: skip


@pytest.mark.parametrize("k, n, low, high", WILSON)
def test_wilson_as_published(k, n, low, high):
    assert np.round(wilson(k, n), 4) == pytest.approx([low, high])


def test_nothing_counted_has_no_interval():
    low, high = wilson([0, nan, 1], [0, 5, nan])
    assert np.isnan(low).all()
    assert np.isnan(high).all()
    assert np.isnan(shrink([0, nan, 1], [0, 5, nan])).all()
    assert np.isnan(funnel(0.5, [0, nan])).all()


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilson_holds_its_rate_and_mirrors(case):
    k, n = case
    low, high = wilson(k, n)
    assert 0 <= low <= k / n <= high <= 1
    assert high > low
    assert wilson(n - k, n) == pytest.approx((1 - high, 1 - low))


def test_funnel_limits_by_hand():
    low, high = funnel(0.5, [2, 10])  # n = 10: F(1) = 11/1024, F(2) = 56/1024; 2 − (56/1024 − 0.025) / (45/1024)
    assert low == pytest.approx([0, 0.132444], abs=1e-5)
    assert high == pytest.approx([1, 0.867556], abs=1e-5)


@given(st.integers(1, 200), st.floats(0.02, 0.98), st.sampled_from([Z95, Z998]))
def test_a_count_is_outside_the_funnel_just_where_its_tail_is(n, rate, z):
    (low, high), counts, tail = funnel(rate, n, z), np.arange(n + 1), norm.cdf(-z)
    below, above = binom.cdf(counts, n, rate), binom.sf(counts - 1, n, rate)
    clear = (np.abs(below - tail) > 1e-9) & (np.abs(above - tail) > 1e-9)
    assert ((counts / n < low - 1e-12) == (below < tail))[clear].all()
    assert ((counts / n > high + 1e-12) == (above < tail))[clear].all()


def test_the_wide_funnel_holds_the_narrow_one_and_both_close_in_on_the_rate():
    sizes = np.array([5, 20, 100, 1000, 10**6])
    (low, high), (lowest, highest) = funnel(0.9, sizes, Z95), funnel(0.9, sizes, Z998)
    assert (lowest <= low).all()
    assert (high <= highest).all()
    assert (np.diff(high - low) < 0).all()
    assert high[-1] - 0.9 == pytest.approx(Z95 * sqrt(0.09 / 10**6), rel=0.01)


def test_shrinkage_by_hand():
    # pooled ½, seen 1/6, between (1/6 − 1/40) / 0.9 = 0.157407, prior n 0.25 / 0.157407 − 1 = 10/17, so 10 / (10 + 10/17) = 17/18
    assert shrink([0, 5, 10], [10, 10, 10]) == pytest.approx([1 / 36, 0.5, 35 / 36])
    assert shrink([9, 18, 27], [10, 20, 30]) == pytest.approx([0.9] * 3)  # no more apart than chance would have them


def test_small_n_is_drawn_further_towards_the_others():
    small, large, *others = shrink([3, 300, 50, 10], [3, 300, 100, 100])
    pooled = 363 / 503
    assert pooled < small < large < 1
    assert others == sorted(others, reverse=True)


@given(
    st.lists(st.integers(1, 50).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), min_size=1, max_size=20)
)
def test_shrunk_rates_lie_between_the_rate_and_the_pooled_one(rows):
    k, n = np.array(rows).T
    pooled = k.sum() / n.sum()
    found = shrink(k, n)
    assert (found >= np.minimum(k / n, pooled) - 1e-12).all()
    assert (found <= np.maximum(k / n, pooled) + 1e-12).all()


def interval(indicator, top, base=None, **other) -> np.ndarray:
    """(2, R) of a scheme with one indicator."""
    scheme, inputs = scheme_of(indicator), inputs_of(top, base, **other)
    return np.array(intervals(scheme, inputs, tree.reckon(scheme, inputs)))


RATE = leaf(source="cases", scale=100)


@pytest.mark.parametrize("k, n", [(0, 3), (3, 3), (0, 1), (1, 1), (0, 400)])
def test_an_interval_is_never_empty_at_either_end(k, n):
    low, high = interval(RATE, [k], [n])[:, 0]
    assert low <= 100 * k / n <= high
    assert high - low > 0.5 * (wilson(k, n)[1] - wilson(k, n)[0]) * 100


def test_a_share_is_as_wide_as_its_beta():
    low, high = interval(RATE, [350], [400])[:, 0]
    expected = np.diff(100 * beta.ppf([0.025, 0.975], 350.5, 50.5))[0]
    assert high - low == pytest.approx(expected, rel=0.1)


@pytest.mark.parametrize("other, top, factor", [
    ({"source": "table", "exposure": "residents", "scale": 100.0}, 49, 0.5),
    ({"source": "cases", "exposure": "residents", "scale": 100.0}, 49, 0.5),
    ({"source": "cases"}, 49, 1),
])  # fmt: skip
def test_a_count_is_as_wide_as_its_gamma(other, top, factor):
    low, high = interval(leaf(**other), [top], exposure={"residents": np.array([200.0])})[:, 0]
    assert high - low == pytest.approx(factor * np.diff(gamma.ppf([0.025, 0.975], top + 0.5))[0], rel=0.1)


def test_minutes_over_cases_vary_as_a_mean():
    one = leaf(source="cases", direction="low", normalise="goalposts", targets=(200.0, 0.0))
    low, high = interval(one, [4000], [100])[:, 0]  # 40 minutes each: 80 points
    assert high - low == pytest.approx(0.5 * np.diff(gamma.ppf([0.025, 0.975], 100, scale=0.4))[0], rel=0.1)
    assert low < 80 < high


@pytest.mark.parametrize("indicator, top, base", [
    (leaf(), [93.25], None),
    (leaf(), [93], None),  # a whole number of a table is no count
    (leaf(scale=100), [12.5], [20.0]),
])  # fmt: skip
def test_what_is_not_counted_does_not_vary(indicator, top, base):
    low, high = interval(indicator, top, base)[:, 0]
    assert low == pytest.approx(high, abs=3e-6)


def test_no_data_has_no_interval_and_fewer_cases_a_wider_one():
    low, high = interval(RATE, [[None], [9], [90], [900]], [[10], [10], [100], [1000]])
    assert isnan(low[0])
    assert isnan(high[0])
    assert (np.diff((high - low)[1:]) < 0).all()


def test_a_region_keeps_its_interval_wherever_it_stands_and_whoever_joins():
    regions, k, n = ("330102", "330106", "330108"), [8, 40, 75], [10, 50, 90]
    all_three = interval(RATE, k, n, regions=regions)
    assert (interval(RATE, k[::-1], n[::-1], regions=regions[::-1])[:, ::-1] == all_three).all()
    assert (interval(RATE, k[:2], n[:2], regions=regions[:2]) == all_three[:, :2]).all()
    assert (interval(RATE, k, n, regions=regions) == all_three).all()


def test_another_seed_draws_otherwise():
    scheme, inputs = scheme_of(RATE), inputs_of([40], [50])
    scores = tree.reckon(scheme, inputs)
    other = replace(scheme, doubt=replace(scheme.doubt, seed=7))
    assert intervals(scheme, inputs, scores) != intervals(other, inputs, scores)


@pytest.mark.parametrize("way", ["rank", "z", "minmax", "percentile"])
def test_points_within_the_sample_are_drawn_with_the_others(way):
    low, high = interval(replace(RATE, normalise=way), [100, 101, 20, 190], [200] * 4)
    assert high[0] - low[0] > 1  # which of the two is ahead is chance
    assert low[3] > high[2]  # which of these is, is not


def test_two_indicators_vary_less_together_than_one():
    halves = [replace(RATE, key=key, weight=0.5) for key in "ab"]
    scheme, inputs = scheme_of(*halves), inputs_of([[80, 80]], [[100, 100]])
    low, high = intervals(scheme, inputs, tree.reckon(scheme, inputs))
    alone = interval(RATE, [80], [100])
    assert high[0] - low[0] == pytest.approx((alone[1] - alone[0])[0] / sqrt(2), rel=0.15)


@pytest.mark.parametrize("way", sorted(normalise.METHODS))
def test_the_ways_called_pointwise_are_those_whose_points_hang_on_the_value_alone(way):
    params = {"0": 0.0, "40": 50.0, "80": 100.0} if way == "bands" else {}
    one = leaf(normalise=way, targets=(0.0, 100.0), params=params)
    values = np.array([10.0, 30, 55, 90, 90])
    together = normalise.METHODS[way](values, one)
    apart = np.concatenate([normalise.METHODS[way](values[n : n + 1], one) for n in range(len(values))])
    assert (way in POINTWISE) == np.array_equal(together, apart)
    assert not np.isin(together, [inf, nan]).any()
