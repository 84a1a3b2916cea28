"""Every way from children to their parent, worked out by hand; missing children, zeros, draws at once."""

from math import nan, sqrt

import numpy as np
import pytest

from dashboard.domain.errors import UserError
from dashboard.domain.evaluation import aggregate
from dashboard.domain.evaluation.aggregate import FLOOR

HALVES, QUARTER = [0.5, 0.5], [0.25, 0.75]
THREE = [[90, 60, 70], [80, 70, 60], [70, 80, 50]]
TABLE = (  # way, children, weights, points
    ("arithmetic", [[80, 40], [100, 100], [0, 0]], HALVES, [60, 100, 0]),
    ("arithmetic", [[80, 40]], QUARTER, [50]),
    ("arithmetic", [[80, nan], [nan, 40], [nan, nan]], QUARTER, [80, 40, nan]),
    ("arithmetic", [[80, 40, nan]], [0.2, 0.3, 0.5], [56]),  # 0.4 · 80 + 0.6 · 40
    ("arithmetic", [[nan, 40]], [1, 0], [nan]),  # what weighs nothing stands for nobody
    ("geometric", [[80, 20], [100, 100], [9, 4]], HALVES, [40, 100, 6]),
    ("geometric", [[16, 81]], QUARTER, [54]),  # 2 · 27
    ("geometric", [[80, nan], [nan, nan]], HALVES, [80, nan]),
    ("geometric", [[0, 81], [-5, 81], [0, 0]], HALVES, [sqrt(81 * FLOOR), sqrt(81 * FLOOR), FLOOR]),
    ("geometric", [[0, 81]], [0, 1], [81]),
    ("harmonic", [[60, 30], [100, 100], [40, 40]], HALVES, [40, 100, 40]),
    ("harmonic", [[30, 60]], [2 / 3, 1 / 3], [36]),  # 3 / (2/30 + 1/60)
    ("harmonic", [[60, nan], [nan, nan]], HALVES, [60, nan]),
    ("harmonic", [[0, 1], [0, 0]], HALVES, [1, FLOOR]),
    ("copeland", THREE, [0.5, 0.3, 0.2], [100, 50, 0]),  # 0.7 to 0.3 each time
    ("copeland", THREE, [0.3, 0.6, 0.1], [0, 50, 100]),
    ("copeland", THREE, [0.5, 0.5, 0], [50, 50, 50]),  # even: nobody wins
    ("copeland", [[1, 9], [1, 9], [0, 0]], HALVES, [75, 75, 0]),  # a tie, two wins
    ("copeland", [[3, 2, 1], [2, 1, 3], [1, 3, 2]], [1 / 3] * 3, [50, 50, 50]),  # Condorcet's circle
    ("copeland", [[80, nan], [70, 90], [nan, nan]], HALVES, [100, 0, nan]),  # by what both have
    ("copeland", [[80, nan], [nan, 90]], HALVES, [50, 50]),  # they share nothing
    ("copeland", [[80, 1]], HALVES, [50]),
    ("copeland", [[0.1 + 0.2], [0.3]], [1], [50, 50]),  # the machine's difference is none
)


@pytest.mark.parametrize("way, children, weights, points", TABLE)
def test_points_are_those_worked_out_by_hand(way, children, weights, points):
    found = aggregate.find(way)(np.array(children, dtype=float), np.array(weights, dtype=float))
    np.testing.assert_allclose(found, points, atol=1e-9)


def test_every_way_has_rows():
    assert {row[0] for row in TABLE} == set(aggregate.METHODS)


@pytest.mark.parametrize("way", aggregate.METHODS)
def test_weights_count_in_proportion(way):
    children, weights = np.array(THREE, dtype=float), np.array([5.0, 3, 2])
    one = aggregate.find(way)(children, weights)
    np.testing.assert_allclose(one, aggregate.find(way)(children, weights / 10), atol=1e-9)


@pytest.mark.parametrize("way", aggregate.METHODS)
def test_several_draws_at_once_are_the_draws_one_by_one(way):
    chance = np.random.default_rng(7)
    children, weights = chance.uniform(0, 100, (5, 6, 4)), chance.uniform(0, 1, (5, 1, 4))
    children[chance.random(children.shape) < 0.2] = nan
    one_by_one = [aggregate.find(way)(children[n], weights[n, 0]) for n in range(5)]
    np.testing.assert_allclose(aggregate.find(way)(children, weights), one_by_one, atol=1e-9)


def test_the_means_stand_in_their_order():
    children, weights = np.array(THREE, dtype=float), np.array([0.5, 0.3, 0.2])
    harmonic, geometric, arithmetic = (
        aggregate.find(way)(children, weights) for way in ("harmonic", "geometric", "arithmetic")
    )
    assert (harmonic < geometric).all()
    assert (geometric < arithmetic).all()


def test_an_unknown_way_is_refused():
    with pytest.raises(UserError, match=r"no such aggregation; got 'median'; allowed: arithmetic, geometric"):
        aggregate.find("median")
