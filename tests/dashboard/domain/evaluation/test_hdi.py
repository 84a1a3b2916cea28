"""The engine on a real table: the Human Development Index 2021 of 191 countries, as published, scores and ranks.

Method: UNDP, Human Development Report 2021/22, technical note 1. Life 20–85, expected schooling 0–18, mean schooling
0–15 averaged, ln of income 100–75,000, all capped, geometric mean; published with three decimals of 0–1, which is one
decimal of 0–100 and one more; ranked as published.
"""

import csv
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from dashboard.domain.evaluation import engine
from dashboard.domain.evaluation.model import Result
from tests.evaluating import inner, inputs_of, leaf, scheme_of

FILE = Path(__file__).parents[5] / "shared" / "data" / "hdi_2021.csv"
pytestmark = pytest.mark.skipif(not FILE.is_file(), reason=f"{FILE} is not here")
COLUMNS = ("life_expectancy", "exp_school", "mean_school", "gni_pc")
THIRD = 1 / 3
SCHEME = scheme_of(
    leaf("life_expectancy", "health", 1.0, "goalposts", targets=(20, 85)),
    leaf("exp_school", "education", 0.5, "goalposts", targets=(0, 18)),
    leaf("mean_school", "education", 0.5, "goalposts", targets=(0, 15)),
    leaf("gni_pc", "income", 1.0, "goalposts", targets=(100, 75_000), params={"log": 1, "low": 100, "high": 75_000}),
    nodes=[inner(key, weight=THIRD, aggregate="arithmetic") for key in ("health", "education", "income")],
    aggregate="geometric",
    missing="refuse",
    digits=1,
)


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str]]:
    with FILE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def evaluated(rows, **other) -> Result:
    values = [[float(row[column]) for column in COLUMNS] for row in rows]
    names = [row["country"] for row in rows]
    return engine.evaluate(replace(SCHEME, **other), inputs_of(values, regions=names, day=date(2021, 12, 31)))


def differing(result: Result, rows) -> tuple[int, int]:
    """How many published scores, how many ranks are not those of the report."""
    scores = [
        round(one.published * 10) != round(float(row["hdi"]) * 1000)
        for one, row in zip(result.standings, rows, strict=True)
    ]
    ranks = [one.rank != int(row["hdi_rank"]) for one, row in zip(result.standings, rows, strict=True)]
    return sum(scores), sum(ranks)


def test_all_191_scores_and_ranks_are_those_published(rows):
    assert len(rows) == 191
    assert differing(evaluated(rows), rows) == (0, 0)


def test_the_order_of_the_file_does_not_matter(rows):
    turned = rows[::-1]
    assert differing(evaluated(turned), turned) == (0, 0)


def test_the_parts_are_those_published(rows):
    nodes = evaluated(rows).scores.nodes[:, 1:] / 100
    published = [[float(row[column]) for column in ("I_health", "I_edu", "I_inc")] for row in rows]
    np.testing.assert_allclose(nodes, published, atol=2e-6)


def test_ranking_unrounded_scores_gives_other_ranks(rows):
    scores, ranks = differing(evaluated(rows, digits=9), rows)
    assert (scores, ranks > 20) == (0, True)


def test_the_arithmetic_mean_gives_other_scores_and_ranks(rows):
    scores, ranks = differing(evaluated(rows, aggregate="arithmetic"), rows)
    assert scores > 100
    assert ranks > 50


def test_ties_of_the_report_are_ties_here(rows):
    ranks = [row["hdi_rank"] for row in rows]
    assert [one.tied for one in evaluated(rows).standings] == [ranks.count(rank) > 1 for rank in ranks]
