"""Why a score changed, worked out by hand; and that causes add up to the change, however the scheme reckons."""

from dataclasses import replace
from datetime import date
from math import nan

import numpy as np
import pytest

from dashboard.domain.evaluation.causes import causes
from dashboard.domain.evaluation.engine import evaluate
from dashboard.domain.evaluation.model import Deduction, Rule
from tests.evaluating import inner, inputs_of, leaf, scheme_of

LEAVES = (leaf("a", weight=0.5), leaf("b", weight=0.3), leaf("c", weight=0.2))
SCHEME = scheme_of(*LEAVES, rules=(Rule("late", "迟", "late", 2.0),))
THEN, NOW = [[60, 50, 40], [80, 80, 80]], [[70, 40, 40], [80, 90, 60]]


def found(scheme, then, now, scheme_then=None):
    before = scheme_then or scheme
    one, two = (inputs if hasattr(inputs, "regions") else inputs_of(inputs) for inputs in (then, now))
    old, new = (before, one, evaluate(before, one)), (scheme, two, evaluate(scheme, two))
    return causes(old, new), [standing.score for standing in old[2].standings], [one.score for one in new[2].standings]


def test_under_full_data_a_cause_is_weight_times_change():
    why, _then, _now = found(SCHEME, THEN, NOW)
    np.testing.assert_allclose(why.leaves, [[5, -3, 0], [0, 3, -4]], atol=1e-9)
    np.testing.assert_allclose([why.weights, why.scheme, why.deducted], 0, atol=1e-9)
    assert why.value.tolist() == THEN


def test_deductions_are_a_cause_of_their_own():
    taken = replace(inputs_of(NOW), deductions=(Deduction("1", inputs_of(NOW).regions[0], "late", inputs_of(NOW).day),))
    why, _then, _now = found(SCHEME, THEN, taken)
    np.testing.assert_allclose(why.deducted, [-2, 0], atol=1e-9)


def test_another_version_of_the_scheme_is_a_cause_of_its_own():
    """Weights 0.5, 0.3, 0.2 → 0.3, 0.5, 0.2 on [60, 50, 40]: 53 → 51; a new indicator has no figures of then."""
    newer = scheme_of(leaf("a", weight=0.3), leaf("b", weight=0.5), leaf("c", weight=0.2), version=2)
    why, _then, _now = found(newer, THEN, NOW, SCHEME)
    np.testing.assert_allclose(why.scheme, [-2, 0], atol=1e-9)
    np.testing.assert_allclose(why.leaves, [[3, -5, 0], [0, 5, -4]], atol=1e-9)


@pytest.mark.parametrize("aggregate", ["arithmetic", "geometric", "harmonic", "copeland"])
@pytest.mark.parametrize("weighting", ["given", "entropy"])
@pytest.mark.parametrize("normalise", ["none", "rank"])
def test_causes_add_up_to_the_change(aggregate, weighting, normalise):
    chance = np.random.default_rng(7)
    then, now = chance.uniform(1, 100, (2, 6, 4))
    then[1, 0] = now[2, 3] = now[1, 1] = nan
    leaves = tuple(leaf(key, parent, 0.5, normalise=normalise) for key, parent in zip("abcd", "ppqq", strict=True))
    nodes = (inner("p", weight=0.6, weighting=weighting), inner("q", weight=0.4))
    why, before, after = found(scheme_of(*leaves, nodes=nodes, aggregate=aggregate), then, now)
    total = why.leaves.sum(axis=1) + why.weights + why.scheme + why.deducted
    np.testing.assert_allclose(total, np.array(after) - np.array(before), atol=1e-9)


def test_a_region_that_took_no_part_then_has_no_causes():
    now = inputs_of(NOW)
    why, _then, _now = found(SCHEME, replace(inputs_of(THEN[:1]), day=date(2026, 4, 30)), now)
    assert np.isnan(why.leaves[1]).any()
    assert not np.isnan(why.leaves[0]).any()
