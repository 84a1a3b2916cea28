"""Weights from what siblings vary together: principal components. OECD/JRC Handbook 2008, step 6 (weights from PCA or FA).

Left out: what the weights mean. What varies with the others weighs more; that says nothing of what matters.
"""

import numpy as np

_OWN = 1.0  # a component is kept that explains more than one child does by itself,
_PART = 0.1  # and more than a tenth of the whole;
_ENOUGH = 0.6  # and further ones until so much of the whole is explained
_SLACK = 1e-9


def pca(children: np.ndarray) -> np.ndarray:
    """(C,) weights from (R, C) points, in proportion to the part of each child that the kept components explain: the sum
    of its squared loadings. The handbook turns the components first and takes each child's largest; the sum is the same
    however they are turned, so that it hangs on nothing the data leave open, such as the order of the regions.

    A child equal everywhere weighs nothing; equal weights where no two regions with all children differ. Only regions
    with all children count."""
    full = children[~np.isnan(children).any(axis=1)]
    varies = np.ptp(full, axis=0) > 0 if len(full) else np.zeros(children.shape[1], dtype=bool)
    if not varies.any():
        return np.full(children.shape[1], 1 / max(1, children.shape[1]))
    explained = _explained(np.atleast_2d(np.corrcoef(full[:, varies], rowvar=False)))
    weights = np.zeros(children.shape[1])
    weights[varies] = explained / explained.sum()
    return weights


def _explained(correlation: np.ndarray) -> np.ndarray:
    """(C,) part of each child's variance that the kept components explain; components of one size are kept together."""
    roots, vectors = np.linalg.eigh(correlation)
    roots, vectors = np.clip(roots[::-1], 0, None), vectors[:, ::-1]
    part = roots / roots.sum()
    own = int(((roots > _OWN + _SLACK) & (part > _PART)).sum())
    enough = int((np.cumsum(part) < _ENOUGH - _SLACK).sum()) + 1
    kept = roots >= roots[max(own, enough) - 1] - _SLACK
    return (vectors[:, kept] ** 2 * roots[kept]).sum(axis=1)
