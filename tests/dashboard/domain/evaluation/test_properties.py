"""What holds for every table: better is never worse, names and order count for nothing, fixed references stay fixed."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.domain.evaluation import aggregate, normalise, tree, weigh
from dashboard.domain.evaluation.model import Inputs, Scheme
from dashboard.domain.evaluation.standing import standings
from tests.evaluating import inner, inputs_of, leaf, scheme_of

VALUE = st.integers(0, 100)
ROW = st.tuples(VALUE, VALUE, VALUE)
TABLE = st.lists(ROW, min_size=2, max_size=8)
GAPS = st.lists(st.tuples(*[st.none() | VALUE] * 3), min_size=2, max_size=8)
BY_SAMPLE = ("rank", "z", "minmax", "percentile")
FIXED = tuple(sorted(set(normalise.METHODS) - set(BY_SAMPLE)))
MEANS = ("arithmetic", "geometric", "harmonic")
BANDS = {"high": {"20": 30, "60": 70, "90": 100}, "low": {"10": 100, "40": 70, "80": 30}}
TARGETS = {"high": (10, 90), "low": (90, 10)}
WAY, HOW = st.sampled_from(tuple(normalise.METHODS)), st.sampled_from(tuple(aggregate.METHODS))
many = settings(max_examples=400)
NEAR = 1e-7  # points that are the machine's


def one(key: str, direction: str = "high", **other):
    params = BANDS[direction] if other.get("normalise") == "bands" else {}
    return leaf(key, direction=direction, targets=TARGETS[direction], params=params, **other)


def made(way: str, how: str, weighting: str = "given") -> Scheme:
    """Two depths: a and b below p, c beside it; b is better low."""
    return scheme_of(
        one("a", parent="p", weight=0.3, normalise=way),
        one("b", "low", parent="p", weight=0.7, normalise=way),
        one("c", weight=0.4, normalise=way),
        nodes=[inner("p", weight=0.6, weighting=weighting)],
        aggregate=how,
        weighting=weighting,
    )


def totals(scheme: Scheme, inputs: Inputs) -> np.ndarray:
    return tree.reckon(scheme, inputs).nodes[:, 0]


def placed(scheme: Scheme, inputs: Inputs) -> dict[str, tuple]:
    """{region: what is published of it}, without the doubt."""
    scores = tree.reckon(scheme, inputs)
    nothing = np.full(len(inputs.regions), np.nan)
    found = standings(scheme, inputs, scores, {}, (nothing, nothing), (nothing, nothing))
    return {one.region: (one.published, one.rank, one.tied, one.band, one.peer_rank) for one in found}


def better(rows: list[tuple], region: int, indicator: int, by: int) -> list[list]:
    moved = [list(row) for row in rows]
    there = moved[region][indicator]
    moved[region][indicator] = max(0, there - by) if indicator == 1 else min(100, there + by)
    return moved


@many
@given(way=WAY, how=HOW, rows=TABLE, indicator=st.integers(0, 2), by=st.integers(1, 100))
def test_a_better_value_never_lowers_a_score(way, how, rows, indicator, by):
    scheme = made(way, how)
    before, after = totals(scheme, inputs_of(rows)), totals(scheme, inputs_of(better(rows, 0, indicator, by)))
    assert after[0] >= before[0] - NEAR


@many
@given(
    way=st.sampled_from(FIXED),
    how=st.sampled_from(MEANS),
    rows=TABLE,
    indicator=st.integers(0, 2),
    by=st.integers(1, 100),
)
def test_by_fixed_references_a_better_value_moves_nobody_else_and_costs_no_rank(way, how, rows, indicator, by):
    scheme = made(way, how)
    before, after = inputs_of(rows), inputs_of(better(rows, 0, indicator, by))
    assert totals(scheme, before)[1:].tolist() == totals(scheme, after)[1:].tolist()
    assert placed(scheme, after)["r0"][1] <= placed(scheme, before)["r0"][1]


@pytest.mark.parametrize("way", BY_SAMPLE)
@given(rows=TABLE, factor=st.sampled_from((0.001, 0.5, 3.0, 1e6)), shift=st.sampled_from((-7.0, 0.0, 1000.0)))
def test_references_within_the_sample_are_free_of_scale(way, rows, factor, shift):
    values, scheme = np.array(rows, dtype=float), made(way, "arithmetic")
    found = totals(scheme, inputs_of(np.round(values * factor + shift * factor, 9)))
    np.testing.assert_allclose(found, totals(scheme, inputs_of(values)), atol=NEAR)


@given(values=st.lists(VALUE, min_size=1, max_size=6), factor=st.sampled_from((0.01, 4.0, 1e5)))
@pytest.mark.parametrize("way", ["goalposts", "efficacy", "efficacy_exp", "target"])
def test_fixed_references_in_another_unit_give_the_same_points(way, values, factor):
    plain, other = leaf(targets=(10, 90)), leaf(targets=(10 * factor, 90 * factor))
    points = normalise.find(way)(np.array(values, dtype=float), plain)
    np.testing.assert_allclose(normalise.find(way)(np.array(values) * factor, other), points, atol=NEAR)


@many
@given(
    way=WAY,
    how=HOW,
    weighting=st.sampled_from(("given", "entropy", "pca")),
    rows=GAPS,
    chance=st.randoms(use_true_random=False),
)
def test_neither_the_order_of_regions_nor_their_names_count(way, how, weighting, rows, chance):
    scheme, names = made(way, how, weighting), [f"r{n}" for n in range(len(rows))]
    order = list(range(len(rows)))
    chance.shuffle(order)
    before = placed(scheme, inputs_of(rows))
    turned = placed(scheme, inputs_of([rows[n] for n in order], regions=[names[n] for n in order]))
    assert turned == before
    renamed = placed(scheme, inputs_of(rows, regions=[f"z{-n}" for n in range(len(rows))]))
    assert list(renamed.values()) == list(before.values())


@many
@given(way=WAY, how=HOW, rows=TABLE, constant=st.integers(15, 85))
def test_a_constant_indicator_moves_nobody(way, how, rows, constant):
    plain = scheme_of(one("a", weight=0.4, normalise=way), one("b", "low", weight=0.6, normalise=way), aggregate=how)
    more = scheme_of(one("a", weight=0.3, normalise=way), one("b", "low", weight=0.45, normalise=way),
                     one("c", weight=0.25, normalise=way), aggregate=how)  # fmt: skip
    before = totals(plain, inputs_of([row[:2] for row in rows]))
    after = totals(more, inputs_of([(*row[:2], constant) for row in rows]))
    assert same_order(before, after)


def same_order(before: np.ndarray, after: np.ndarray) -> bool:
    order = np.argsort(before)
    steps = [(before[high] - before[low], after[high] - after[low]) for low, high in pairwise(order)]
    return all(step > 0 if gap > NEAR else abs(step) <= NEAR for gap, step in steps)


@pytest.mark.parametrize("weighting", ["entropy", "pca"])
@given(rows=TABLE)
def test_weights_from_data_give_a_constant_indicator_nothing(weighting, rows):
    scheme = scheme_of(*(leaf(key, weight=0.0) for key in "abcd"), weighting=weighting)
    of_leaves, _nodes = weigh.weights(scheme, np.array([(*row, 40) for row in rows], dtype=float))
    assert of_leaves[3] == 0 or set(of_leaves) == {0.25}  # nothing tells regions apart: all equal


@many
@given(way=st.sampled_from(FIXED), how=st.sampled_from(MEANS), rows=GAPS, newcomer=ROW)
def test_under_fixed_references_a_newcomer_moves_nobody(way, how, rows, newcomer):
    scheme = made(way, how)
    before, after = totals(scheme, inputs_of(rows)), totals(scheme, inputs_of([*rows, newcomer]))
    np.testing.assert_array_equal(after[:-1], before)


@pytest.mark.parametrize("way", BY_SAMPLE)
def test_under_references_within_the_sample_a_newcomer_does_move_the_others(way):
    scheme, rows = made(way, "arithmetic"), [(10, 40, 70), (20, 20, 80), (60, 30, 60)]
    before, after = totals(scheme, inputs_of(rows)), totals(scheme, inputs_of([*rows, (100, 0, 100)]))
    assert not np.allclose(after[:-1], before)


@many
@given(way=WAY, how=HOW, rows=GAPS)
def test_every_score_is_within_0_and_100_and_missing_only_where_all_is(way, how, rows):
    found = totals(made(way, how), inputs_of(rows))
    assert np.isnan(found).tolist() == [set(row) == {None} for row in rows]
    known = found[~np.isnan(found)]
    assert ((known > -NEAR) & (known < 100 + NEAR)).all()


def test_the_order_would_show_a_change():
    assert same_order(np.array([1.0, 2, 2]), np.array([5.0, 7, 7]))
    assert not same_order(np.array([1.0, 2, 2]), np.array([5.0, 7, 6]))
    assert not same_order(np.array([1.0, 2]), np.array([5.0, 5]))
