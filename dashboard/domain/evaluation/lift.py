"""The cheapest real action that moves a band: how many cases of one indicator would lift a region's published score to the
next cut, all else as it is. Cases only: an indicator of a table or over an exposure is nobody's list of things to do.

A score does not fall when a region does better (tests/…/test_tree.py), so the least number is found by halving.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from dashboard.domain.errors import UserError
from dashboard.domain.evaluation import tree
from dashboard.domain.evaluation.model import Indicator, Inputs, Scheme
from dashboard.domain.evaluation.standing import round_half_up


@dataclass(frozen=True, slots=True)
class Lift:
    """`cases` of the numerator more (direction high) or fewer (low) give `score`, published, in `band`."""

    indicator: str
    cases: int
    score: float
    band: str


def next_cut(scheme: Scheme, published: float | None) -> tuple[str, float] | None:
    """(letter, lower bound) of the band above that of a published score; None in the best band, or without a score."""
    if published is None:
        return None
    above = [cut for cut in scheme.cuts if cut[1] > published]
    return above[-1] if above else None


def lifts(scheme: Scheme, inputs: Inputs, region: str, points: Mapping[str, float]) -> tuple[Lift, ...]:
    """One for each indicator that alone can lift the region into the next band, the fewest cases first; equally cheap
    ones in the order of the scheme. `points`: {region: deducted}. Raises UserError for a region that has no part."""
    if region not in inputs.regions:
        raise UserError("region", "takes no part in this edition", got=region)
    at, taken = inputs.regions.index(region), points.get(region, 0.0)
    cut = next_cut(scheme, _published(scheme, inputs, at, taken))
    if cut is None:
        return ()
    found = (_lift(scheme, inputs, at, column, cut, taken) for column in range(len(scheme.indicators)))
    return tuple(sorted((one for one in found if one), key=lambda one: one.cases))


def plan(scheme: Scheme, inputs: Inputs, region: str, points: Mapping[str, float]) -> tuple[Lift, ...]:
    """What to do together where no indicator alone is enough: one after another, first what gives most for each case, until
    the next band is reached. `score` after each step; () where even all of it is not enough, or there is no next band."""
    at, taken = inputs.regions.index(region), points.get(region, 0.0)
    start = _published(scheme, inputs, at, taken)
    cut = next_cut(scheme, start)
    if cut is None:
        return ()
    steps: list[Lift] = []
    for column, most in _worth(scheme, inputs, at, taken):
        done = _with(scheme, inputs, at, column, most)
        score = _published(scheme, done, at, taken)
        if score is not None and score >= cut[1]:
            count = _fewest(scheme, inputs, at, column, most, cut[1], taken)
            score = _published(scheme, _with(scheme, inputs, at, column, count), at, taken)
            return (*steps, Lift(scheme.indicators[column].key, count, score, str(scheme.band(score))))
        inputs = done
        steps.append(Lift(scheme.indicators[column].key, most, score, str(scheme.band(score))))
    return ()


def _worth(scheme: Scheme, inputs: Inputs, at: int, taken: float) -> list[tuple[int, int]]:
    """(column, cases there are to do), what gives most for each case first; what gives nothing is left out."""
    before = _total(scheme, inputs, at, taken)
    found = []
    for column, indicator in enumerate(scheme.indicators):
        most = room(indicator, inputs.numerator[at, column], inputs.denominator[at, column])
        gain = _total(scheme, _with(scheme, inputs, at, column, most), at, taken) - before if most else 0.0
        if gain > 0:
            found.append((-gain / most, column, most))
    return [(column, most) for _gain, column, most in sorted(found)]


def _with(scheme: Scheme, inputs: Inputs, at: int, column: int, count: int) -> Inputs:
    """The inputs with so many cases more on the better side."""
    numerator = inputs.numerator.copy()
    numerator[at, column] += count if scheme.indicators[column].direction == "high" else -count
    return replace(inputs, numerator=numerator)


def _fewest(scheme: Scheme, inputs: Inputs, at: int, column: int, most: int, goal: float, taken: float) -> int:
    """The least number of cases that reaches `goal`, which `most` of them do."""
    low, high = 0, most  # `high` is enough, `low` is not
    while high - low > 1:
        middle = (low + high) // 2
        score = _published(scheme, _with(scheme, inputs, at, column, middle), at, taken)
        low, high = (low, middle) if score is not None and score >= goal else (middle, high)
    return high


def _lift(scheme: Scheme, inputs: Inputs, at: int, column: int, cut: tuple[str, float], taken: float) -> Lift | None:
    """By one indicator; None where no number of cases is enough."""
    indicator = scheme.indicators[column]
    most = room(indicator, inputs.numerator[at, column], inputs.denominator[at, column])
    best = _published(scheme, _with(scheme, inputs, at, column, most), at, taken) if most else None
    if best is None or best < cut[1]:
        return None
    count = _fewest(scheme, inputs, at, column, most, cut[1], taken)
    score = _published(scheme, _with(scheme, inputs, at, column, count), at, taken)
    return Lift(indicator.key, count, score, str(scheme.band(score)))


def room(indicator: Indicator, numerator: float, denominator: float) -> int:
    """How many cases more, or fewer, the numerator can be made of: a share of cases ends at all of them, a count at 0."""
    if indicator.source != "cases" or indicator.exposure or np.isnan(numerator):
        return 0
    if indicator.direction == "low":
        return int(numerator)
    return 0 if np.isnan(denominator) else max(int(denominator - numerator), 0)


def _total(scheme: Scheme, inputs: Inputs, at: int, taken: float) -> float:
    """After deductions, unrounded; NaN without data."""
    return float(np.clip(tree.reckon(scheme, inputs).nodes[at, 0] - taken, 0, 100))


def _published(scheme: Scheme, inputs: Inputs, at: int, taken: float) -> float | None:
    score = _total(scheme, inputs, at, taken)
    return None if np.isnan(score) else float(round_half_up(np.array(score), scheme.digits))
