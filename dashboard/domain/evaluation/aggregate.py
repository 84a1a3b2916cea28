"""From the points of children to those of their parent. METHODS: (children (…, R, C), weights (…, C)) → (…, R).

Weights count in proportion to each other. A child that is NaN is left out and the others' weights grow in proportion; a
region without any child is NaN. Leading axes are draws: children (D, R, C) with weights (C,) or (D, 1, C), or R, C alone.

Geometric and harmonic means know no 0: a child below FLOOR counts as FLOOR, so that one 0 pulls a region down hard but
does not wipe out all else it did.
"""

from collections.abc import Callable

import numpy as np

from dashboard.domain.errors import UserError

Method = Callable[[np.ndarray, np.ndarray], np.ndarray]
Transform = Callable[[np.ndarray], np.ndarray]
FLOOR = 1.0  # points out of 100
_DIGITS, _SLACK = 9, 1e-9  # differences below this are the machine's, not the regions'
# Weighted means are arithmetic means of a transform, there and back (Kolmogorov 1930; Hardy, Littlewood & Pólya 1934).
# arithmetic: a lack is fully made up for elsewhere. geometric: only in part (UNDP, HDR 2021/22, technical note 1).
# harmonic: least of the three. OECD/JRC Handbook on Constructing Composite Indicators (2008), step 6.
MEANS: dict[str, tuple[Transform, Transform]] = {
    "arithmetic": (np.asarray, np.asarray),
    "geometric": (lambda points: np.log(np.maximum(points, FLOOR)), np.exp),
    "harmonic": (lambda points: 1 / np.maximum(points, FLOOR), np.reciprocal),
}


def find(key: str) -> Method:
    if key not in METHODS:
        raise UserError("aggregate", "no such aggregation", got=key, allowed=tuple(METHODS))
    return METHODS[key]


def _mean(way: str) -> Method:
    """The weighted mean of a transform of what is known, transformed back; NaN where nothing is known."""
    there, back = MEANS[way]

    def mean(children: np.ndarray, weights: np.ndarray) -> np.ndarray:
        counted = np.where(np.isnan(children), 0.0, weights)
        total = counted.sum(axis=-1)
        summed = (np.where(counted > 0, there(children), 0.0) * counted).sum(axis=-1)
        return back(np.divide(summed, total, out=np.full(total.shape, np.nan), where=total > 0))

    return mean


def copeland(children: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """50 + 50·(won − lost)/(n − 1): a region wins against another where the children in which it is better weigh more
    than those in which it is worse, of those both have. Nothing is made up for; only order counts, so the points depend
    on who takes part. Copeland 1951; OECD/JRC Handbook 2008, step 6 (non-compensatory). One region alone has 50.
    """
    exact, weights = np.round(children, _DIGITS), np.asarray(weights, dtype=float)
    ahead = np.zeros((*np.broadcast_shapes(children.shape[:-1], weights.shape[:-1]), children.shape[-2]))
    for child in range(children.shape[-1]):  # what is NaN is ahead of nobody
        ahead += weights[..., child, None] * (exact[..., :, None, child] > exact[..., None, :, child])
    won = ahead - np.swapaxes(ahead, -1, -2) > _SLACK * weights.sum(axis=-1)[..., None]
    known = (~np.isnan(children) & (weights > 0)).any(axis=-1)
    others = np.maximum(known.sum(axis=-1, keepdims=True) - 1, 1)
    return np.where(known, 50 + 50 * (won.sum(axis=-1) - won.sum(axis=-2)) / others, np.nan)


METHODS: dict[str, Method] = {**{way: _mean(way) for way in MEANS}, "copeland": copeland}
