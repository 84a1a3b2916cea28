"""Why a score is another than in the edition before: points gained and lost by indicator, by weights, by the scheme itself
and by deductions. They add up to the change of the score, whatever way the scheme normalises and adds up.

Indicators are put from then to now one after another, in the order of the file and from its end, and the mean of both is
taken: the two polar decompositions of Dietzenbacher & Los, Structural decomposition techniques: sense and sensitivity,
Economic Systems Research 10 (1998). Under an arithmetic mean with full data it is weight × change of the points, exactly.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from dashboard.domain.evaluation.model import Inputs, Result, Scheme, Scores
from dashboard.domain.evaluation.tree import climb, reckon

Evaluated = tuple[Scheme, Inputs, Result]


@dataclass(frozen=True, eq=False)
class Causes:
    """Points of 100, by region in the order of the newer inputs. `leaves`: (R, L) by indicator of the newer scheme;
    `weights`: (R,) of weights that follow from the data; `scheme`: (R,) of the newer version, on the figures of then;
    `deducted`: (R,). A region is NaN where it has no score then or now. `value`: (R, L) of then, in the units of now."""

    leaves: np.ndarray
    weights: np.ndarray
    scheme: np.ndarray
    deducted: np.ndarray
    value: np.ndarray


def causes(old: Evaluated, new: Evaluated) -> Causes:
    """Of two results of one scheme, in whatever versions. Raises UserError where the newer version cannot be reckoned on
    the figures of then."""
    scheme, given, result = new
    then, now = _under(scheme, old), result.scores
    rows = [old[1].regions.index(one) if one in old[1].regions else -1 for one in given.regions]
    leaves, by_weights, first = _switched(scheme, _rows(then.normal, rows), then, now)
    before = _rows(old[2].scores.nodes[:, :1], rows)[:, 0]
    score_then, score_now = _scores(old, rows), _scores(new, range(len(given.regions)))
    deducted = (score_now - score_then) - (now.nodes[:, 0] - before)
    return Causes(leaves, by_weights, first - before, deducted, _rows(then.value, rows))


def _under(scheme: Scheme, old: Evaluated) -> Scores:
    """What the newer version makes of the older figures; an indicator that is new has none."""
    was, inputs, result = old
    if (was.key, was.version) == (scheme.key, scheme.version):
        return result.scores
    columns = [was.keys.index(key) if key in was.keys else -1 for key in scheme.keys]
    numerator, denominator = (_rows(one.T, columns).T for one in (inputs.numerator, inputs.denominator))
    return reckon(scheme, replace(inputs, numerator=numerator, denominator=denominator))


def _switched(scheme: Scheme, normal: np.ndarray, then: Scores, now: Scores) -> tuple[np.ndarray, ...]:
    """((R, L) by indicator, (R,) by weights, (R,) the total before any is switched). `normal`: (R, L) points of then."""
    order = range(normal.shape[1])
    down = _totals(scheme, _stages(normal, now.normal, order), then)
    up = _totals(scheme, _stages(normal, now.normal, order[::-1]), now)
    by_leaf = (np.diff(down, axis=0) + np.diff(up, axis=0)[::-1]) / 2
    return by_leaf.T, (up[-1] - down[-1] + up[0] - down[0]) / 2, down[0]


def _stages(then: np.ndarray, now: np.ndarray, order: Sequence[int]) -> np.ndarray:
    """(L + 1, R, L): stage n has the first n indicators of `order` as they are now."""
    found = np.repeat(then[None], len(order) + 1, axis=0)
    for n, column in enumerate(order):
        found[n + 1 :, :, column] = now[:, column]
    return found


def _totals(scheme: Scheme, stages: np.ndarray, weighed: Scores) -> np.ndarray:
    """(L + 1, R) scores before deductions, under the weights of `weighed`."""
    return climb(scheme, stages, weighed.weights, weighed.node_weights)[..., 0]


def _rows(array: np.ndarray, rows: Sequence[int]) -> np.ndarray:
    """Those rows in that order; −1 is a row without data."""
    return np.vstack([array, np.full((1, array.shape[1]), np.nan)])[list(rows)]


def _scores(one: Evaluated, rows: Sequence[int]) -> np.ndarray:
    found = [np.nan if standing.score is None else standing.score for standing in one[2].standings]
    return np.array([*found, np.nan])[list(rows)]
