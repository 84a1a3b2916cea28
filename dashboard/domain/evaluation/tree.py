"""One way of reckoning a whole tree: values, points, weights, and the points of every node up to the root."""

from collections.abc import Mapping

import numpy as np

from dashboard.domain.evaluation import aggregate as ways
from dashboard.domain.evaluation import normalise as scales
from dashboard.domain.evaluation import treat, weigh
from dashboard.domain.evaluation.branches import branches
from dashboard.domain.evaluation.model import Inputs, Scheme, Scores


def reckon(
    scheme: Scheme,
    inputs: Inputs,
    *,
    normalise: str = "",
    aggregate: str = "",
    weights: Mapping[str, float] | None = None,
) -> Scores:
    """What the scheme makes of the inputs. For what-if: `normalise`, `aggregate` replace the key of every indicator, of
    every node; `weights` {key of node or indicator: weight} as weigh.override takes them. Raises UserError."""
    value = treat.measure(scheme, inputs)
    normal = scales.normalise(scheme, value, normalise)
    of_leaves, of_nodes = weigh.override(scheme, *weigh.weights(scheme, normal), weights or {})
    nodes = climb(scheme, normal, of_leaves, of_nodes, aggregate)
    coverage = np.where(np.isnan(normal), 0.0, weigh.shares(scheme, of_leaves, of_nodes)).sum(axis=1)
    return Scores(value, normal, nodes, of_leaves, of_nodes, coverage)


def climb(
    scheme: Scheme, normal: np.ndarray, weights: np.ndarray, node_weights: np.ndarray, aggregate: str = ""
) -> np.ndarray:
    """(…, R, N) points of every node, ROOT first, from the (…, R, L) points of the leaves.

    Weights are (L,) and (N,), or (D, 1, L) and (D, 1, N) for D draws at once. Where a child that weighs something is
    missing, the others' weights grow or the node is NaN, as `scheme.missing` says."""
    draws = np.broadcast_shapes(normal.shape[:-2], weights.shape[:-2], node_weights.shape[:-2])
    normal = np.broadcast_to(normal, (*draws, *normal.shape[-2:]))
    nodes = np.full((*draws, normal.shape[-2], len(scheme.node_keys)), np.nan)
    for branch in branches(scheme):
        children, found = branch.of(nodes, normal), branch.of(node_weights, weights)
        points = ways.find(aggregate or branch.aggregate)(children, found)
        if scheme.missing == "refuse":
            points = np.where((np.isnan(children) & (found > 0)).any(axis=-1), np.nan, points)
        nodes[..., branch.place] = points
    return nodes
