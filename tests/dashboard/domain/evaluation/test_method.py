"""Draws against the engine itself, rank bands where they are known, Sobol indices against exact ones."""

from dataclasses import replace
from datetime import timedelta
from itertools import product

import numpy as np
import pytest

from dashboard.domain.evaluation import aggregate, standing, tree
from dashboard.domain.evaluation.draws import totals
from dashboard.domain.evaluation.method import SOURCES, rank_bands, sobol
from dashboard.domain.evaluation.model import MISSING, Deduction, Doubt, Rule, Veto
from tests.evaluating import DAY, inner, inputs_of, leaf, scheme_of

NODES = (inner("a", weight=0.6), inner("b", weight=0.3), inner("a1", "a", 0.5), inner("a2", "a", 0.3))
PLACES = (("x0", "a1", 0.5), ("x1", "a1", 0.5), ("x2", "a2", 0.2), ("x3", "a2", 0.8), ("x4", "a", 0.2), ("x5", "b", 1.0),
          ("x6", "total", 0.1))  # fmt: skip
LEAVES = tuple(leaf(key, parent, weight, "goalposts", targets=(0.0, 100.0)) for key, parent, weight in PLACES)
SCHEME = scheme_of(*LEAVES, nodes=NODES)
FIXED = Doubt(draws=40, spread=0.0)
MOVED = Doubt(draws=200, normalise=("goalposts", "minmax"), aggregate=("arithmetic", "geometric"))


def figures(regions: int = 12, missing: float = 0.0) -> list:
    chance = np.random.default_rng(5)
    values = chance.uniform(5, 95, (regions, len(LEAVES)))
    values[chance.random(values.shape) < missing] = np.nan
    return values.tolist()


def bands(scheme, inputs) -> tuple[np.ndarray, np.ndarray]:
    return rank_bands(scheme, inputs, tree.reckon(scheme, inputs))


@pytest.mark.parametrize("way, missing", list(product(("", *aggregate.METHODS), MISSING)))
def test_a_draw_is_what_the_engine_reckons_with_the_same_weights(way, missing):
    nodes = (replace(NODES[0], aggregate="harmonic"), *NODES[1:])
    scheme, inputs = scheme_of(*LEAVES, nodes=nodes, missing=missing), inputs_of(figures(missing=0.2))
    chance, scores = np.random.default_rng(1), tree.reckon(scheme, inputs)
    weights, node_weights = chance.random((40, len(LEAVES))), chance.random((40, len(NODES) + 1))
    weights[0, 2] = 0
    found = totals(scheme, scores.normal, weights, node_weights, way)
    for at in (0, 1, 39):
        alone = tree.reckon(scheme, inputs, aggregate=way, weights=_shares(weights[at], node_weights[at, 1:]))
        np.testing.assert_allclose(found[at], alone.nodes[:, 0], rtol=0, atol=1e-9)
    assert np.isfinite(found).any()


def _shares(weights: np.ndarray, node_weights: np.ndarray) -> dict[str, float]:
    """Weights by key, adding up to 1 among siblings."""
    ones = {one.key: (one.parent, w) for one, w in zip((*LEAVES, *NODES), (*weights, *node_weights), strict=True)}
    return {key: w / sum(v for p, v in ones.values() if p == parent) for key, (parent, w) in ones.items()}


def test_without_doubt_the_band_is_the_rank():
    scheme, inputs = replace(SCHEME, doubt=FIXED), inputs_of(figures())
    first, last = bands(scheme, inputs)
    ranks = standing.competition_ranks(standing.round_half_up(tree.reckon(scheme, inputs).nodes[:, 0], 1).tolist())
    assert first.tolist() == last.tolist() == ranks


def test_who_is_best_in_everything_is_first_in_every_draw_and_who_is_worst_last():
    scheme, rows = replace(SCHEME, doubt=MOVED), [*figures(), [99] * 7, [1] * 7]
    first, last = bands(scheme, inputs_of(rows))
    assert (first[-2], last[-2]) == (1, 1)
    assert (first[-1], last[-1]) == (14, 14)
    assert (first < last).any()
    assert (first <= last).all()


def test_those_who_trade_places_have_both_in_their_band():
    scheme = scheme_of(*(replace(one, parent="total", weight=0.5) for one in LEAVES[:2]), doubt=Doubt(draws=100))
    first, last = bands(scheme, inputs_of([[80, 40], [40, 80], [10, 10]]))
    assert first.tolist() == [1, 1, 3]
    assert last.tolist() == [2, 2, 3]


def test_equals_on_the_published_precision_share_the_better_rank():
    first, last = bands(
        scheme_of(replace(LEAVES[6], weight=1.0), doubt=FIXED), inputs_of([[80.01], [80.04], [70], [70]])
    )
    assert first.tolist() == last.tolist() == [1, 1, 3, 3]


def test_who_is_not_ranked_has_no_band_and_takes_no_place():
    veto = Veto("v", "r0", "条件 3", DAY)
    rows = [[90] * 7, [80] * 7, [70] * 7, [99, *[None] * 6]]
    first, last = bands(replace(SCHEME, doubt=FIXED), inputs_of(rows, vetoes=(veto,)))
    assert np.isnan([first[0], last[0], first[3], last[3]]).all()
    assert first[1:3].tolist() == last[1:3].tolist() == [1, 2]
    over = replace(veto, until=DAY - timedelta(days=1))
    assert bands(replace(SCHEME, doubt=FIXED), inputs_of(rows, vetoes=(over,)))[0][:3].tolist() == [1, 2, 3]


def test_nobody_ranked_is_no_error():
    scheme, inputs = replace(SCHEME, doubt=MOVED), inputs_of([[None] * 7] * 3)
    assert np.isnan(bands(scheme, inputs)).all()
    assert sobol(scheme, inputs) == dict.fromkeys(SOURCES, (0.0, 0.0))


def test_deductions_move_the_band():
    scheme = replace(SCHEME, doubt=FIXED, rules=(Rule("grave", "较大事故", "grave accident", points=15),))
    inputs = inputs_of([[90] * 7, [80] * 7, [70] * 7], deductions=(Deduction("d", "r0", "grave", DAY),))
    assert bands(scheme, inputs)[0].tolist() == [2, 1, 3]


def test_the_same_seed_gives_the_same_and_the_order_of_regions_changes_nothing():
    scheme, rows = replace(SCHEME, doubt=MOVED), figures()
    first, last = bands(scheme, inputs_of(rows))
    again, turned = bands(scheme, inputs_of(rows)), bands(scheme, inputs_of(rows[::-1]))
    assert (again[0].tolist(), again[1].tolist()) == (first.tolist(), last.tolist())
    assert (turned[0][::-1].tolist(), turned[1][::-1].tolist()) == (first.tolist(), last.tolist())
    assert sobol(scheme, inputs_of(rows)) == sobol(scheme, inputs_of(rows))


ONE_WAY = (  # source with one option, doubt
    ("weights", replace(MOVED, spread=0.0)),
    ("normalise", replace(MOVED, normalise=("minmax",))),
    ("normalise", replace(MOVED, normalise=())),
    ("normalise", replace(MOVED, normalise=("minmax", "minmax"))),
    ("aggregate", replace(MOVED, aggregate=("geometric",))),
    ("aggregate", replace(MOVED, aggregate=())),
)


@pytest.mark.parametrize("source, doubt", ONE_WAY)
def test_a_source_with_one_option_is_exactly_nothing_and_the_others_are_all(source, doubt):
    found = sobol(replace(SCHEME, doubt=doubt), inputs_of(figures()))
    assert found.pop(source) == (0.0, 0.0)
    first, total = np.sum(list(found.values()), axis=0)
    assert first <= 1.1  # an estimate
    assert total >= 0.9


@pytest.mark.parametrize("source, doubt", [
    ("weights", Doubt(draws=64)), ("normalise", replace(MOVED, aggregate=(), spread=0.0)),
    ("aggregate", replace(MOVED, normalise=(), spread=0.0)),
])  # fmt: skip
def test_the_only_source_is_all_of_it(source, doubt):
    found = sobol(replace(SCHEME, doubt=doubt), inputs_of(figures(30)))
    assert found == dict.fromkeys(SOURCES, (0.0, 0.0)) | {source: (1.0, 1.0)}


def test_no_doubt_and_no_shift_are_nothing():
    nothing = dict.fromkeys(SOURCES, (0.0, 0.0))
    assert sobol(replace(SCHEME, doubt=FIXED), inputs_of(figures())) == nothing
    assert sobol(replace(SCHEME, doubt=MOVED), inputs_of([[90] * 7, [50] * 7, [10] * 7])) == nothing


def test_indices_of_two_choices_are_those_of_the_table_of_four():
    scheme = replace(SCHEME, doubt=replace(MOVED, draws=1024, spread=0.0))
    inputs = inputs_of(figures(40))
    shift = np.array([[_shift(scheme, inputs, n, a) for a in MOVED.aggregate] for n in MOVED.normalise])
    both, of_n, of_a = shift.var(), shift.mean(axis=1).var(), shift.mean(axis=0).var()
    found = sobol(scheme, inputs)
    assert both > 0
    assert found["normalise"] == pytest.approx((of_n / both, 1 - of_a / both), abs=0.03)
    assert found["aggregate"] == pytest.approx((of_a / both, 1 - of_n / both), abs=0.03)
    assert found["weights"] == (0.0, 0.0)


def _shift(scheme, inputs, normalise: str, aggregate: str) -> float:
    """Mean absolute shift of ranks of one choice against the scheme's own."""
    ranks = [
        standing.competition_ranks(standing.round_half_up(scores.nodes[:, 0], scheme.digits).tolist())
        for scores in (
            tree.reckon(scheme, inputs, normalise=normalise, aggregate=aggregate),
            tree.reckon(scheme, inputs),
        )
    ]
    return float(np.abs(np.subtract(*ranks)).mean())
