"""Weights of siblings: as given, equal, by pairwise comparison (AHP), or from the data (entropy, PCA).

METHODS: (branch, points of its children (R, C)) → weights (C,) that add up to 1. DOMAIN.md §0.8, third mistake: given
weights that add up to something else are refused with their sum.
"""

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from dashboard.domain.errors import UserError
from dashboard.domain.evaluation import aggregate
from dashboard.domain.evaluation.ahp import ahp
from dashboard.domain.evaluation.branches import Branch, branches
from dashboard.domain.evaluation.model import Scheme
from dashboard.domain.evaluation.pca import pca

Method = Callable[[Branch, np.ndarray], np.ndarray]
WHOLES = (1.0, 100.0)  # what given weights may add up to
_SLACK = 1e-6
_DIGITS = 9  # differences below this are the machine's, not the regions'


def weights(scheme: Scheme, normal: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(weights (L,), node_weights (N,)) of each among its siblings; the root's is 1.

    Weights from data see inner nodes as the scheme itself aggregates them. Raises UserError."""
    of_leaves, of_nodes = np.zeros(len(scheme.keys)), np.ones(len(scheme.node_keys))
    points = np.full((len(normal), len(scheme.node_keys)), np.nan)
    for branch in branches(scheme):
        children = branch.of(points, normal)
        found = find(branch.weighting)(branch, np.round(children, _DIGITS))
        _put(branch, found, of_leaves, of_nodes)
        points[:, branch.place] = aggregate.find(branch.aggregate)(children, found)
    return of_leaves, of_nodes


def override(
    scheme: Scheme, of_leaves: np.ndarray, of_nodes: np.ndarray, wanted: Mapping[str, float]
) -> tuple[np.ndarray, np.ndarray]:
    """The weights with those `wanted` {key of node or indicator: weight, in the file's unit} put in their place.

    Siblings that are not named share what is left in the proportion they had; where all are named, they count in
    proportion. Raises UserError for an unknown key, a weight below 0, or named ones that weigh more than the whole."""
    known = {*scheme.keys, *scheme.node_keys[1:]}
    for key, weight in wanted.items():
        if key not in known or not weight >= 0:
            raise UserError("weights", f"no weight for {key}", got=weight, allowed="0 or more, of a node or indicator")
    of_leaves, of_nodes = of_leaves.copy(), of_nodes.copy()
    for branch in branches(scheme):
        if not wanted.keys().isdisjoint(branch.keys):
            _put(branch, _shared(branch, branch.of(of_nodes, of_leaves), wanted), of_leaves, of_nodes)
    return of_leaves, of_nodes


def shares(scheme: Scheme, of_leaves: np.ndarray, of_nodes: np.ndarray) -> np.ndarray:
    """(L,) each leaf's part of the whole: the product of the weights on its way up."""
    whole, found = np.ones(len(scheme.node_keys)), np.zeros(len(scheme.keys))
    for branch in reversed(branches(scheme)):
        whole[list(branch.nodes)] = whole[branch.place] * of_nodes[list(branch.nodes)]
        found[list(branch.leaves)] = whole[branch.place] * of_leaves[list(branch.leaves)]
    return found


def whole_of(given: Sequence[float]) -> float:
    """What these weights are meant to add up to: the nearest of WHOLES."""
    return min(WHOLES, key=lambda whole: abs(sum(given) - whole))


def find(key: str) -> Method:
    if key not in METHODS:
        raise UserError("weighting", "no such weighting", got=key, allowed=tuple(METHODS))
    return METHODS[key]


def _put(branch: Branch, found: np.ndarray, of_leaves: np.ndarray, of_nodes: np.ndarray) -> None:
    of_nodes[list(branch.nodes)] = found[: len(branch.nodes)]
    of_leaves[list(branch.leaves)] = found[len(branch.nodes) :]


def _shared(branch: Branch, had: np.ndarray, wanted: Mapping[str, float]) -> np.ndarray:
    whole = _whole(branch.given) if branch.weighting == "given" else 1.0
    named = np.array([wanted.get(key, np.nan) for key in branch.keys]) / whole
    free, taken = np.isnan(named), np.nansum(named)
    rest = had[free].sum()
    if (free.any() and taken > 1 + _SLACK) or (taken == 0 and rest == 0):
        raise UserError("weights", f"{branch.key}: these weights leave nothing to share", got=dict(wanted),
                        allowed=f"together at most {whole:g}, and not all 0")  # fmt: skip
    if rest > 0:
        named[free] = had[free] / rest * max(0.0, 1 - taken)
    found = np.nan_to_num(named)
    return found / found.sum()


def _whole(given: Sequence[float]) -> float | None:
    total = sum(given)
    return next((whole for whole in WHOLES if abs(total - whole) <= _SLACK * whole), None)


def _given(branch: Branch, children: np.ndarray) -> np.ndarray:
    if _whole(branch.given) is None or min(branch.given) < 0:
        raise UserError("weights", f"the weights below {branch.key} do not add up", got=round(sum(branch.given), 9),
                        allowed="a sum of 1 or of 100, none below 0", hint=", ".join(branch.keys))  # fmt: skip
    return np.array(branch.given, dtype=float) / sum(branch.given)


def _equal(branch: Branch, children: np.ndarray) -> np.ndarray:
    return np.full(len(branch.keys), 1 / max(1, len(branch.keys)))


def _ahp(branch: Branch, children: np.ndarray) -> np.ndarray:
    if len(branch.matrix) != len(branch.keys):
        raise UserError("ahp", f"{branch.key}: the comparison has not one row for each child", got=len(branch.matrix),
                        allowed=len(branch.keys), hint=", ".join(branch.keys))  # fmt: skip
    return ahp(branch.matrix)[0]


def _entropy(branch: Branch, children: np.ndarray) -> np.ndarray:
    return entropy(children)


def _pca(branch: Branch, children: np.ndarray) -> np.ndarray:
    return pca(children)


def entropy(children: np.ndarray) -> np.ndarray:
    """(C,) weights in proportion to 1 − e, e = −Σ p·ln p / ln n over the n regions that have the child, p a region's part
    of its sum: what tells regions apart weighs more. Equal where nothing does. Entropy: Shannon 1948; as weights: Zeleny,
    Multiple Criteria Decision Making (1982), ch. 7 (熵权法).
    """
    apart = np.array([_apart(column[~np.isnan(column)]) for column in children.T])
    return apart / apart.sum() if apart.sum() > 0 else np.full(len(apart), 1 / max(1, len(apart)))


def _apart(known: np.ndarray) -> float:
    if len(known) < 2 or np.ptp(known) == 0:
        return 0.0
    parts = known[known > 0] / known.sum()
    return max(0.0, 1 + float((parts * np.log(parts)).sum() / np.log(len(known))))


METHODS: dict[str, Method] = {"given": _given, "equal": _equal, "ahp": _ahp, "entropy": _entropy, "pca": _pca}
