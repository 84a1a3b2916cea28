"""Weights: given ones must add up, those of AHP must be consistent, those of the data are worked out by hand."""

from math import nan, sqrt

import numpy as np
import pytest

from dashboard.domain.errors import UserError
from dashboard.domain.evaluation import weigh
from dashboard.domain.evaluation.model import ROOT
from tests.evaluating import inner, leaf, scheme_of

SAATY = [[1, 3, 5], [1 / 3, 1, 3], [1 / 5, 1 / 3, 1]]
ROUNDED = [[1, 3, 5], [0.33, 1, 3], [0.2, 0.33, 1]]
AHP = (  # comparison, weights, consistency ratio
    ([[1]], [1], 0),
    ([[1, 4], [0.25, 1]], [0.8, 0.2], 0),
    ([[1, 2, 6], [1 / 2, 1, 3], [1 / 6, 1 / 3, 1]], [0.6, 0.3, 0.1], 0),
    (SAATY, [0.637, 0.258, 0.105], 0.033),  # λ = 3.0385, (0.0385 / 2) / 0.58
    (ROUNDED, [0.637, 0.258, 0.105], 0.033),
    ([[1] * 4] * 4, [0.25] * 4, 0),
)
NO_COMPARISON = (
    ([], "not a square"),
    ([[1, 2]], "not a square"),
    ([[1] * 16] * 16, "not a square"),
    ([[1, 2], [2, 1]], "not a comparison of pairs"),
    ([[2, 1], [1, 1]], "not a comparison of pairs"),
    ([[1, -2], [-0.5, 1]], "not a comparison of pairs"),
    ([[1, nan], [nan, 1]], "not a comparison of pairs"),
)
ENTROPY = (  # points, weights
    ([[50, 0], [50, 100]], [0, 1]),
    ([[25, 0], [75, 100]], [0.188722 / 1.188722, 1 / 1.188722]),  # 1 + (0.25 ln 0.25 + 0.75 ln 0.75) / ln 2
    ([[25, 0], [75, 100], [nan, nan]], [0.188722 / 1.188722, 1 / 1.188722]),
    ([[25, 25], [75, 75]], [0.5, 0.5]),
    ([[7, 7], [7, 7]], [0.5, 0.5]),
    ([[0, 0], [0, 0]], [0.5, 0.5]),
    ([[1, 2]], [0.5, 0.5]),
    ([[nan, 0], [nan, 100]], [0, 1]),
)
A, B, C = np.array([[1, 1, -1, -1], [1, -1, 1, -1], [1, -1, -1, 1]]) * 10.0 + 50
HALF = 0.5 * (A - 50) + sqrt(0.75) * (B - 50) + 50  # its correlation with A is 0.5
PCA = (
    ([A, HALF], [0.5, 0.5]),  # 1.5 of 2 explained by one component, 0.75 of each
    ([A, HALF, C], [0.3, 0.3, 0.4]),  # 1.5 + 1 of 3: squared loadings 0.75, 0.75, 1
    ([A, A, C], [0.5, 0.5, 0]),  # 2 of 3 explained by what A and A share
    ([A, A, HALF * 0 + 7], [0.5, 0.5, 0]),
    ([A, B, C], [1 / 3] * 3),  # nothing shared: components of one size stay together
    ([A, 100 - A], [0.5, 0.5]),
    ([A * 0, A * 0], [0.5, 0.5]),
    ([A], [1]),
    ([A * 3 + 1, HALF / 7, C + 9], [0.3, 0.3, 0.4]),  # free of scale
    ([[nan] * 4, A], [0.5, 0.5]),  # nobody has all
)
SUMS = ([0.5, 0.2], [0.6, 0.41], [30, 40], [1.5, -0.5], [0.0, 0.0], [50, 49.9])


@pytest.mark.parametrize("given", [[0.25, 0.75], [25, 75], [1, 0], [0.1 + 0.2, 0.7]])
def test_given_weights_add_up_to_1_or_100(given):
    scheme = scheme_of(*(leaf(f"x{n}", weight=weight) for n, weight in enumerate(given)))
    found, of_nodes = weigh.weights(scheme, np.zeros((2, 2)))
    np.testing.assert_allclose(found, np.array(given) / sum(given))
    assert of_nodes.tolist() == [1]


@pytest.mark.parametrize("given", SUMS)
def test_weights_that_add_up_to_something_else_are_refused_with_their_sum(given):
    leaves = (leaf(f"x{n}", "safety", weight) for n, weight in enumerate(given))
    with pytest.raises(UserError, match=r"the weights below safety do not add up; got .*a sum of 1 or of 100") as error:
        weigh.weights(scheme_of(*leaves, nodes=[inner("safety")]), np.zeros((2, 2)))
    assert f"got {round(sum(given), 9)}" in str(error.value)


def test_a_forgotten_part_of_the_area_composite_after_cjt_292_is_noticed():
    """DOMAIN.md §0.8 and §4.1: 10 %, 20 %, 30 % and 10 % where 40 % was meant."""
    leaves = [leaf(f"x{n}", weight=weight) for n, weight in enumerate([0.1, 0.2, 0.3, 0.1])]
    with pytest.raises(UserError, match=r"got 0\.7"):
        weigh.weights(scheme_of(*leaves), np.zeros((1, 4)))


@pytest.mark.parametrize("matrix, weights, ratio", AHP)
def test_weights_by_comparison_are_the_principal_eigenvector(matrix, weights, ratio):
    found, consistency = weigh.ahp(matrix)
    np.testing.assert_allclose(found, weights, atol=6e-4)
    assert consistency == pytest.approx(ratio, abs=6e-4)


def test_comparisons_that_contradict_each_other_are_refused():
    circle = [[1, 3, 1 / 3], [1 / 3, 1, 3], [3, 1 / 3, 1]]  # λ = 1 + 3 + 1/3, ratio (4.333 − 3)/2/0.58 = 1.149
    with pytest.raises(UserError, match=r"contradict each other; got 1\.149; allowed: a consistency ratio up to 0\.1"):
        weigh.ahp(circle)


def test_the_limit_of_consistency_is_a_tenth():
    """λ = 1 + k + 1/k with k the cube root of the third comparison: the ratio is 0.1 at 2.759."""
    assert weigh.ahp([[1, 1, 2.75], [1, 1, 1], [1 / 2.75, 1, 1]])[1] == pytest.approx(0.09895, abs=1e-5)
    with pytest.raises(UserError, match=r"got 0\.103"):
        weigh.ahp([[1, 1, 2.8], [1, 1, 1], [1 / 2.8, 1, 1]])


@pytest.mark.parametrize("matrix, words", NO_COMPARISON)
def test_what_is_no_comparison_is_refused(matrix, words):
    with pytest.raises(UserError, match=words):
        weigh.ahp(matrix)


def test_a_comparison_has_a_row_for_each_child():
    scheme = scheme_of(leaf("a"), leaf("b"), weighting="ahp", matrix=((1.0,),))
    with pytest.raises(UserError, match=r"total: .*not one row for each child; got 1; allowed: 2; a, b"):
        weigh.weights(scheme, np.zeros((1, 2)))


@pytest.mark.parametrize("points, weights", ENTROPY)
def test_what_tells_regions_apart_weighs_more(points, weights):
    np.testing.assert_allclose(weigh.entropy(np.array(points, dtype=float)), weights, atol=1e-6)


@pytest.mark.parametrize("columns, weights", PCA)
def test_what_varies_with_the_others_weighs_more(columns, weights):
    np.testing.assert_allclose(weigh.pca(np.array(columns, dtype=float).T), weights, atol=1e-9)


@pytest.mark.parametrize("way", weigh.METHODS)
def test_every_way_gives_every_family_a_sum_of_1(way):
    matrix = tuple(tuple(row) for row in SAATY)
    nodes = [inner(key, weight=1 / 3, weighting=way, matrix=matrix) for key in ("p", "q", "r")]
    leaves = [leaf(f"{node.key}{n}", node.key, 1 / 3) for node in nodes for n in range(3)]
    scheme = scheme_of(*leaves, nodes=nodes, weighting=way, matrix=matrix)
    of_leaves, of_nodes = weigh.weights(scheme, np.random.default_rng(1).uniform(0, 100, (20, 9)))
    np.testing.assert_allclose([of_nodes[1:].sum(), *of_leaves.reshape(3, 3).sum(axis=1)], 1)
    assert (of_leaves >= 0).all()
    assert weigh.shares(scheme, of_leaves, of_nodes).sum() == pytest.approx(1)


def test_weights_from_data_see_inner_nodes_as_aggregated():
    nodes = [inner("flat", weight=0.5), inner("apart", weight=0.5)]
    scheme = scheme_of(leaf("a", "flat"), leaf("b", "apart"), nodes=nodes, weighting="entropy")
    _leaves, of_nodes = weigh.weights(scheme, np.array([[50.0, 0], [50, 100]]))
    assert of_nodes.tolist() == [1, 0, 1]


@pytest.mark.parametrize("way", ["entropy", "pca"])
def test_a_difference_of_the_machine_weighs_nothing(way):
    scheme = scheme_of(leaf("a"), leaf("b"), weighting=way)
    points = np.array([[50.0, 10], [50 + 1e-13, 90], [50, 50]])
    assert weigh.weights(scheme, points)[0].tolist() == [0, 1]


def test_an_unknown_weighting_is_refused():
    with pytest.raises(UserError, match=r"no such weighting; got 'guess'; allowed: given, equal, ahp, entropy, pca"):
        weigh.weights(scheme_of(leaf(), weighting="guess"), np.zeros((1, 1)))


OVERRIDES = (  # weights as given, wanted, weights
    ([0.2, 0.3, 0.5], {}, [0.2, 0.3, 0.5]),
    ([0.2, 0.3, 0.5], {"x0": 0.6}, [0.6, 0.15, 0.25]),
    ([20, 30, 50], {"x0": 60}, [0.6, 0.15, 0.25]),  # in the file's unit
    ([0.2, 0.3, 0.5], {"x2": 0}, [0.4, 0.6, 0]),
    ([0.2, 0.3, 0.5], {"x0": 1}, [1, 0, 0]),
    ([0.2, 0.3, 0.5], {"x0": 1, "x1": 1, "x2": 2}, [0.25, 0.25, 0.5]),
    ([1, 0, 0], {"x0": 0.5}, [1, 0, 0]),  # nobody to take the rest
)


@pytest.mark.parametrize("given, wanted, weights", OVERRIDES)
def test_another_weight_leaves_the_rest_in_proportion(given, wanted, weights):
    scheme = scheme_of(*(leaf(f"x{n}", weight=weight) for n, weight in enumerate(given)))
    found, _nodes = weigh.override(scheme, *weigh.weights(scheme, np.zeros((1, 3))), wanted)
    np.testing.assert_allclose(found, weights, atol=1e-12)


def test_another_weight_may_be_a_node_s_and_moves_its_family_only():
    nodes = [inner("p", weight=0.5), inner("q", weight=0.5)]
    scheme = scheme_of(leaf("a", "p", 0.4), leaf("b", "p", 0.6), leaf("c", "q"), nodes=nodes)
    before = weigh.weights(scheme, np.zeros((1, 3)))
    of_leaves, of_nodes = weigh.override(scheme, *before, {"q": 0.8})
    np.testing.assert_allclose(of_nodes, [1, 0.2, 0.8])
    np.testing.assert_allclose(of_leaves, before[0])
    np.testing.assert_allclose(weigh.shares(scheme, of_leaves, of_nodes), [0.08, 0.12, 0.8])
    assert before[1].tolist() == [1, 0.5, 0.5]


@pytest.mark.parametrize("wanted", [{"x9": 1}, {ROOT: 1}, {"x0": -1}, {"x0": nan}, {"x0": 1.2}, {"x0": 0, "x1": 0}])
def test_a_weight_that_cannot_be_is_refused(wanted):
    scheme = scheme_of(leaf("x0", weight=0.5), leaf("x1", weight=0.5))
    with pytest.raises(UserError):
        weigh.override(scheme, *weigh.weights(scheme, np.zeros((1, 2))), wanted)
