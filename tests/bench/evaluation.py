"""An evaluation's time: 90 counties by 123 indicators in a tree of 8 and 19 nodes, 1,000 draws. No database, invented counts.

The floor is what nobody can go below in NumPy: the bare product of 1,000 rows of weights with the points of all regions.
"""

from dataclasses import replace
from datetime import date

import numpy as np

from dashboard.domain.evaluation import engine, method, sampling, tree
from dashboard.domain.evaluation.model import ROOT, Doubt, Indicator, Inputs, Node, Scheme
from tests.bench.panels import measure
from tests.bench.report import Row

CASES = 0
REGIONS, INDICATORS, FIRST, SECOND = 90, 123, 8, 19
DRAWS, ROUNDS = 1_000, 5
GOAL = 2_000.0  # ms: DESIGN.md §10
_CUTS = (("A", 95.0), ("B", 90.0), ("C", 80.0), ("D", 70.0), ("E", 0.0))
_SCALES, _MEANS = ("goalposts", "minmax", "z"), ("arithmetic", "geometric", "harmonic")


def run(regions: int = REGIONS, indicators: int = INDICATORS, draws: int = DRAWS, rounds: int = ROUNDS) -> list[Row]:
    scheme, inputs = made_scheme(indicators, draws), made_inputs(regions, indicators)
    compared = replace(scheme, doubt=replace(scheme.doubt, aggregate=(*_MEANS, "copeland")))
    scores = tree.reckon(scheme, inputs)
    points, weights = np.nan_to_num(scores.normal), np.random.default_rng(0).random((draws, indicators))
    floor = measure(rounds, lambda: weights @ points.T)
    bands = measure(rounds, lambda: method.rank_bands(scheme, inputs, tree.reckon(scheme, inputs)))
    others = {
        "with Copeland as a fourth way": lambda: method.rank_bands(compared, inputs, scores),
        "Sobol indices of three sources": lambda: method.sobol(scheme, inputs),
        "sampling intervals": lambda: sampling.intervals(scheme, inputs, scores),
        "all of it, as for an edition": lambda: engine.evaluate(scheme, inputs),
    }
    size = f"{regions} × {indicators} × {draws:,}"
    return [
        Row("bare product of weights and points", floor.median, "ms", note=floor.note),
        Row(f"{size}: scores and rank bands", bands.median, "ms", GOAL, note=bands.note),
        Row(f"{size}: by the bare product", bands.median / floor.median, "×"),
        *(_row(f"{size}: {name}", measure(rounds, work)) for name, work in others.items()),
    ]


def _row(name: str, times) -> Row:
    return Row(name, times.median, "ms", GOAL if "Copeland" in name else None, note=times.note)


def made_scheme(indicators: int, draws: int) -> Scheme:
    """Equal weights; three ways of normalising and three of aggregating."""
    first = [Node(f"a{n}", "", "", ROOT, 1 / FIRST) for n in range(FIRST)]
    second = [Node(f"b{n}", "", "", f"a{n % FIRST}", 1.0, weighting="equal") for n in range(SECOND)]
    leaves = [Indicator(f"x{n}", "", "", f"b{n % SECOND}", 1.0, "cases", "high", "%", "goalposts", (0.0, 100.0), scale=100)
              for n in range(indicators)]  # fmt: skip
    used = {leaf.parent for leaf in leaves}
    nodes = [replace(node, weighting="equal") for node in first] + [node for node in second if node.key in used]
    return Scheme("bench", 1, "", "", "county", tuple(nodes), tuple(leaves), _CUTS, weighting="equal",
                  doubt=Doubt(draws=draws, normalise=_SCALES, aggregate=_MEANS))  # fmt: skip


def made_inputs(regions: int, indicators: int) -> Inputs:
    """Shares k of n that differ between regions by more than chance; one in fifty is missing."""
    chance = np.random.default_rng(20260101)
    n = chance.integers(20, 2_000, (regions, indicators))
    good = chance.uniform(0.7, 0.98, (regions, 1)) * chance.uniform(0.9, 1, (regions, indicators))
    k = np.where(chance.random(n.shape) < 0.02, np.nan, chance.binomial(n, good))
    codes = tuple(f"{330000 + region}" for region in range(regions))
    return Inputs(codes, k, n.astype(float), {}, ("all",) * regions, date(2026, 5, 31))
