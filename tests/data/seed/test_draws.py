"""Chance follows from seed, index and purpose alone."""

import numpy as np
import pytest

from data.seed.draws import Draws

MANY = Draws(7, np.arange(100_000), "test")


def test_a_draw_depends_on_its_own_index_only():
    assert (Draws(7, np.arange(50, 60), "test").bits("a") == MANY.bits("a")[50:60]).all()


@pytest.mark.parametrize("other", [Draws(8, np.arange(100), "test"), Draws(7, np.arange(100), "other")])
def test_another_seed_or_sequence_draws_others(other):
    assert not (other.bits("a") == MANY.bits("a")[:100]).any()


def test_another_purpose_draws_others():
    assert abs(np.corrcoef(MANY.uniform("a"), MANY.uniform("b"))[0, 1]) < 0.02


@pytest.mark.parametrize("values, mean, deviation", [
    (MANY.uniform("u"), 0.5, 12**-0.5), (MANY.normal("n"), 0, 1), (MANY.gamma2("g", 10.0), 10, 10 / 2**0.5),
    (MANY.chance("c", 0.3), 0.3, 0.21**0.5),
])  # fmt: skip
def test_distributions_have_the_mean_and_width_they_should(values, mean, deviation):
    assert values.mean() == pytest.approx(mean, abs=0.02 * max(1, mean))
    assert values.std() == pytest.approx(deviation, rel=0.02)


def test_picks_follow_the_weights():
    one_row, row_each = np.array([1, 0, 3]), np.tile([1, 0, 3], (100_000, 1))
    for weights in (one_row, row_each):
        assert np.bincount(MANY.pick("p", weights), minlength=3) / 1e5 == pytest.approx([0.25, 0, 0.75], abs=0.01)
