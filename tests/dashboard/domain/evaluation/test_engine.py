"""The whole of an evaluation: everything is there, the same in is the same out, no name and no order counts."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from dashboard.domain.errors import UserError
from dashboard.domain.evaluation import engine
from dashboard.domain.evaluation.model import Deduction, Doubt, Inputs, Rule, Veto
from tests.evaluating import DAY, inner, leaf, scheme_of

REGIONS = ("a", "b", "c", "d", "e", "f")
SCHEME = scheme_of(
    leaf("closed", "work", 0.5, scale=100.0, minimum=20, targets=(60, 100)),
    leaf("on_time", "work", 0.5, scale=100.0, minimum=20, targets=(60, 100)),
    leaf("deaths", weight=0.4, direction="low", normalise="goalposts", targets=(10, 0), exposure="people", scale=10_000.0),
    nodes=[inner("work", weight=0.6)],
    rules=(Rule("found", "暗访", "covert check", 0.25, doubles=True),),
    doubt=Doubt(draws=32, normalise=("none", "goalposts"), aggregate=("arithmetic", "geometric")),
)  # fmt: skip
CLOSED, ON_TIME = (180, 150, 90, 5, 170, 0), (160, 120, 60, 4, 120, 0)
DEATHS = (2, 3, 1, 0, 2, np.nan)
INPUTS = Inputs(
    REGIONS,
    np.array([CLOSED, ON_TIME, DEATHS], dtype=float).T,
    np.array([(200, 200, 100, 6, 200, 0), (200, 200, 100, 6, 200, 0), [np.nan] * 6], dtype=float).T,
    {"people": np.full(6, 10_000.0)},
    ("big", "big", "small", "small", "big", "small"),
    DAY,
    (Deduction("one", "a", "found", DAY), Deduction("two", "b", "found", DAY, again=True)),
    (Veto("veto", "e", "synthetic", DAY - timedelta(3)),),
)
# a: 0.3 · 90 + 0.3 · 80 + 0.4 · 80 − 0.25; b: 0.3 · 75 + 0.3 · 60 + 0.4 · 70 − 0.5; c: 0.3 · 90 + 0.3 · 60 + 0.4 · 90
PUBLISHED = {"a": 82.8, "b": 68.0, "c": 81.0, "d": None, "e": 75.5, "f": None}
RANKS = {"a": 1, "b": 3, "c": 2, "d": None, "e": None, "f": None}


def turned(inputs: Inputs, order: list[int]) -> Inputs:
    return replace(
        inputs,
        regions=tuple(inputs.regions[n] for n in order),
        numerator=inputs.numerator[order],
        denominator=inputs.denominator[order],
        exposure={key: values[order] for key, values in inputs.exposure.items()},
        peers=tuple(inputs.peers[n] for n in order),
        deductions=inputs.deductions[::-1],
    )


def test_an_evaluation_is_what_is_worked_out_by_hand():
    result = engine.evaluate(SCHEME, INPUTS)
    assert {one.region: one.published for one in result.standings} == PUBLISHED
    assert {one.region: one.rank for one in result.standings} == RANKS
    assert {one.region: one.peer_rank for one in result.standings} == {**RANKS, "b": 2, "c": 1}
    assert [one.band for one in result.standings] == ["C", "E", "C", None, "D", None]
    assert result.deducted == {"one": 0.25, "two": 0.5}
    assert [round(float(share), 9) for share in result.scores.coverage] == [1, 1, 1, 0.4, 1, 0]


def test_doubt_stands_beside_every_rank():
    result = engine.evaluate(SCHEME, INPUTS)
    ranked = [one for one in result.standings if one.rank is not None]
    assert all(one.low <= one.score <= one.high for one in ranked)
    assert all(1 <= one.first <= one.last <= len(ranked) for one in ranked)
    assert all(one.first is None is one.last for one in result.standings if one.rank is None)
    assert set(result.sobol) == {"weights", "normalise", "aggregate"}


def test_the_same_inputs_give_the_same_result_to_the_byte():
    one, other = engine.evaluate(SCHEME, INPUTS), engine.evaluate(SCHEME, INPUTS)
    assert one.standings == other.standings
    assert one.scores.nodes.tobytes() == other.scores.nodes.tobytes()
    assert one.sobol == other.sobol


def test_neither_the_order_of_the_inputs_nor_names_count_for_a_place():
    one, other = engine.evaluate(SCHEME, INPUTS), engine.evaluate(SCHEME, turned(INPUTS, [5, 2, 0, 4, 1, 3]))
    places = [
        {
            one.region: (one.published, one.rank, one.tied, one.band, one.peer_rank, one.deducted)
            for one in result.standings
        }
        for result in (one, other)
    ]
    assert places[0] == places[1]


def test_what_is_wrong_with_a_scheme_is_said_before_anything_is_reckoned():
    broken = replace(SCHEME, nodes=(inner("work", weight=0.3),))
    with pytest.raises(UserError, match=r"below total do not add up; got 0\.7"):
        engine.evaluate(broken, INPUTS)


def test_one_region_alone_is_first_of_one():
    one = engine.evaluate(SCHEME, replace(turned(INPUTS, [0]), deductions=(), vetoes=()))
    assert (one.standings[0].rank, one.standings[0].first, one.standings[0].last) == (1, 1, 1)


def test_nobody_at_all_is_refused():
    with pytest.raises(UserError, match="nobody to evaluate"):
        engine.evaluate(SCHEME, replace(turned(INPUTS, []), deductions=(), vetoes=()))
