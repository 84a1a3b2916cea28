"""The tree reckoned under many weights at once: totals of D draws as matrix products, a few for each node.

Answers for being what `tree.climb` gives, draw by draw (a test compares), in a fraction of the time: the children's points
are the same in every draw while only leaves stand below a node. A weighted mean of any sort is the arithmetic mean of a
transform (Hardy, Littlewood & Pólya, Inequalities, 1934, ch. III), so one product serves three ways of aggregation;
the one other way is Copeland's.
"""

import numpy as np

from dashboard.domain.evaluation.aggregate import MEANS, find
from dashboard.domain.evaluation.branches import branches
from dashboard.domain.evaluation.model import Scheme

_ROOM = 200_000  # numbers at once where all regions are compared with all: what a core keeps near
_EVEN = 5e-10  # smaller differences are the machine's: `aggregate` rounds to nine decimals


def totals(
    scheme: Scheme, normal: np.ndarray, weights: np.ndarray, node_weights: np.ndarray, way: str = ""
) -> np.ndarray:
    """(D, R) totals, 0–100; NaN where there is none.

    `normal`: (R, L) points. `weights`: (D, L), `node_weights`: (D, N), of each among its siblings. `way`: a key of
    aggregate.METHODS for all nodes; "" as the scheme says. Missing children as in `tree.climb`.
    """
    nodes: dict[int, np.ndarray] = {}
    for branch in branches(scheme):
        key = way or branch.aggregate
        find(key)  # or a UserError
        leaves, mine = list(branch.leaves), list(branch.nodes)
        below = np.array([nodes.pop(place) for place in mine]).reshape(len(mine), len(weights), len(normal))
        given = normal[:, leaves], weights[:, leaves], below, node_weights[:, mine]
        found = _mean(key, *given) if key in MEANS else _copeland(*given)
        nodes[branch.place] = _without_lacking(scheme, found, *given)
    return nodes[0]


def _mean(way: str, points: np.ndarray, weights: np.ndarray, below: np.ndarray, node_weights: np.ndarray) -> np.ndarray:
    """Children that are NaN are left out and the others' weights grow in proportion."""
    there, back = MEANS[way]
    known, inner = ~np.isnan(points), ~np.isnan(below)
    top = weights @ np.where(known, there(points), 0.0).T
    top += np.einsum("cdr,dc->dr", np.where(inner, there(below), 0.0), node_weights)
    base = weights @ known.T.astype(float) + np.einsum("cdr,dc->dr", inner.astype(float), node_weights)
    return back(np.divide(top, base, out=np.full(top.shape, np.nan), where=base > 0))


def _copeland(points: np.ndarray, weights: np.ndarray, below: np.ndarray, node_weights: np.ndarray) -> np.ndarray:
    """`aggregate.copeland` with the leaves' duels fought once for all draws; some draws at a time for memory's sake."""
    duels, step = _duels(points.T), max(1, _ROOM // len(points) ** 2)
    parts = [slice(start, start + step) for start in range(0, len(weights), step)]
    won = np.concatenate([_won(duels, weights[at], below[:, at], node_weights[at]) for at in parts])
    known = (weights > 0).astype(float) @ ~np.isnan(points).T
    known += np.einsum("cdr,dc->dr", ~np.isnan(below), (node_weights > 0).astype(float))
    others = np.maximum((known > 0).sum(axis=1, keepdims=True) - 1, 1)
    return np.where(known > 0, 50 + 50 * won / others, np.nan)


def _won(duels: np.ndarray, weights: np.ndarray, below: np.ndarray, node_weights: np.ndarray) -> np.ndarray:
    """(D, R) duels won less those lost."""
    margin = np.einsum("dc,cp->dp", weights, duels)  # BLAS would wake its threads for each small part
    for child, weight in zip(below, node_weights.T, strict=True):
        margin += weight[:, None] * _duels(child)
    margin = margin.reshape(-1, below.shape[-1], below.shape[-1])
    return (margin > _EVEN).sum(axis=2) - (margin < -_EVEN).sum(axis=2)


def _duels(points: np.ndarray) -> np.ndarray:
    """(…, R · R) 1 where the one has more points than the other, −1 fewer, 0 as many or not known; from (…, R)."""
    apart = points[..., :, None] - points[..., None, :]
    return np.subtract(apart > _EVEN, apart < -_EVEN, dtype=float).reshape(*points.shape[:-1], points.shape[-1] ** 2)


def _without_lacking(scheme: Scheme, found: np.ndarray, points: np.ndarray, weights: np.ndarray, below: np.ndarray,
                     node_weights: np.ndarray) -> np.ndarray:  # fmt: skip
    """NaN where a child that weighs something is missing, for a scheme that refuses it."""
    if scheme.missing != "refuse":
        return found
    lacking = (weights > 0).astype(float) @ np.isnan(points).T.astype(float)
    lacking += np.einsum("cdr,dc->dr", np.isnan(below).astype(float), (node_weights > 0).astype(float))
    return np.where(lacking > 0, np.nan, found)
