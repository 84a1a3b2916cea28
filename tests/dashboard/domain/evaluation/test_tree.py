"""A tree of two depths worked out by hand; missing children; overrides; draws at once."""

from math import nan

import numpy as np
import pytest

from dashboard.domain.errors import UserError
from dashboard.domain.evaluation import tree
from tests.evaluating import inner, inputs_of, leaf, scheme_of

NODES = (inner("p", weight=0.6, aggregate="geometric"), inner("q", weight=0.4), inner("r", "p", 0.5))
LEAVES = (leaf("a", "p", 0.5), leaf("b", "q", 0.25), leaf("c", "q", 0.75), leaf("d", "r", 1.0))
SCHEME = scheme_of(*LEAVES, nodes=NODES)
FULL = [81.0, 20, 60, 36]  # r = 36, p = √(36 · 81) = 54, q = 5 + 45 = 50, total = 32.4 + 20
MISSING = (  # leaves, how missing ones are dealt with, (total, p, q, r), coverage
    (FULL, "reweight", [52.4, 54, 50, 36], 1),
    (FULL, "refuse", [52.4, 54, 50, 36], 1),
    ([nan, 20, 60, 36], "reweight", [41.6, 36, 50, 36], 0.7),  # p = r
    ([nan, 20, 60, 36], "refuse", [nan, nan, 50, 36], 0.7),
    ([81, nan, 60, 36], "reweight", [56.4, 54, 60, 36], 0.9),
    ([nan, 20, 60, nan], "reweight", [50, nan, 50, nan], 0.4),  # q alone
    ([nan] * 4, "reweight", [nan] * 4, 0),
    ([nan] * 4, "refuse", [nan] * 4, 0),
)


@pytest.mark.parametrize("row, missing, nodes, coverage", MISSING)
def test_nodes_are_those_worked_out_by_hand(row, missing, nodes, coverage):
    scores = tree.reckon(scheme_of(*LEAVES, nodes=NODES, missing=missing), inputs_of([row, FULL]))
    np.testing.assert_allclose(scores.nodes[0], nodes)
    np.testing.assert_allclose(scores.nodes[1], [52.4, 54, 50, 36])
    assert scores.coverage[0] == pytest.approx(coverage)


def test_values_points_and_weights_are_told():
    scores = tree.reckon(SCHEME, inputs_of([FULL]))
    assert scores.value.tolist() == scores.normal.tolist() == [FULL]
    assert scores.weights.tolist() == [0.5, 0.25, 0.75, 1]
    assert scores.node_weights.tolist() == [1, 0.6, 0.4, 0.5]


def test_a_missing_child_that_weighs_nothing_is_not_missed():
    scheme = scheme_of(leaf("a", weight=1.0), leaf("b", weight=0.0), missing="refuse")
    scores = tree.reckon(scheme, inputs_of([[70, nan]]))
    assert (scores.nodes[0, 0], scores.coverage[0]) == (70, 1)


def test_a_child_without_data_is_not_a_child_with_0():
    scheme = scheme_of(leaf("a", weight=0.5), leaf("b", weight=0.5))
    assert tree.reckon(scheme, inputs_of([[70, nan], [70, 0]])).nodes[:, 0].tolist() == [70, 35]


def test_another_aggregation_holds_for_every_node():
    scores = tree.reckon(SCHEME, inputs_of([FULL]), aggregate="arithmetic")
    np.testing.assert_allclose(scores.nodes, [[55.1, 58.5, 50, 36]])  # 0.6 · 58.5 + 0.4 · 50


def test_another_normalisation_holds_for_every_indicator():
    scores = tree.reckon(SCHEME, inputs_of([FULL, [0, 100, 100, 0]]), normalise="rank")
    assert scores.normal.tolist() == [[100, 0, 0, 100], [0, 100, 100, 0]]


def test_another_weight_moves_the_total():
    scores = tree.reckon(SCHEME, inputs_of([FULL]), weights={"p": 0.9, "b": 1.0})
    np.testing.assert_allclose(scores.nodes, [[0.9 * 54 + 0.1 * 20, 54, 20, 36]])


def test_several_draws_climb_at_once():
    normal, chance = np.array([FULL, [nan, 5, 50, 95]]), np.random.default_rng(3)
    weights, node_weights = chance.uniform(0.1, 1, (4, 1, 4)), chance.uniform(0.1, 1, (4, 1, 4))
    found = tree.climb(SCHEME, normal, weights, node_weights)
    for n in range(4):
        np.testing.assert_allclose(found[n], tree.climb(SCHEME, normal, weights[n, 0], node_weights[n, 0]))
    assert found.shape == (4, 2, 4)


def test_a_deep_tree_of_single_children_hands_the_value_up():
    nodes = [inner("n0"), *(inner(f"n{n}", f"n{n - 1}") for n in range(1, 9))]
    scores = tree.reckon(scheme_of(leaf("x", "n8"), nodes=nodes, aggregate="harmonic"), inputs_of([[37.5]]))
    np.testing.assert_allclose(scores.nodes, [[37.5] * 10])


@pytest.mark.parametrize("parent", ["nowhere", "ring"])
def test_what_hangs_on_nothing_is_refused(parent):
    nodes = [inner("p"), inner("ring", "round"), inner("round", "ring")]
    with pytest.raises(UserError, match="does not hang on the root"):
        tree.reckon(scheme_of(leaf("a", "p"), leaf("b", parent), nodes=nodes), inputs_of([[1, 2]]))
