"""Weights from pairwise comparison: the analytic hierarchy process (层次分析法). Saaty, The Analytic Hierarchy Process, 1980."""

from collections.abc import Sequence

import numpy as np

from dashboard.domain.errors import UserError

RANDOM_INDEX = (0.0, 0.0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49, 1.51, 1.48, 1.56, 1.57, 1.59)  # n = 1 … 15
MOST_RATIO = 0.1
_SLACK = 0.01  # 0.33 is taken for 1/3


def ahp(matrix: Sequence[Sequence[float]]) -> tuple[np.ndarray, float]:
    """(weights (C,), consistency ratio): principal eigenvector of the comparison, a[i][j] = how many times more i matters
    than j; ratio = (λ − n)/(n − 1) / random index. Raises UserError for what is no comparison and for a ratio above 0.1.
    """
    table = _comparison(matrix)
    count = len(table)
    roots, vectors = np.linalg.eig(table)
    place = int(np.argmax(roots.real))
    vector = np.abs(vectors[:, place].real)
    index = (roots[place].real - count) / max(1, count - 1)
    ratio = max(0.0, float(index / RANDOM_INDEX[count - 1])) if count > 2 else 0.0
    if ratio > MOST_RATIO:
        raise UserError("ahp", "the comparisons contradict each other", got=round(ratio, 3),
                        allowed=f"a consistency ratio up to {MOST_RATIO}", hint="compare again")  # fmt: skip
    return vector / vector.sum(), ratio


def _comparison(matrix: Sequence[Sequence[float]]) -> np.ndarray:
    """The lower triangle is made the exact reciprocal of the upper one, which rounded fractions in a file are not."""
    size = len(matrix)
    if not 1 <= size <= len(RANDOM_INDEX) or any(len(row) != size for row in matrix):
        raise UserError("ahp", "not a square of comparisons", got=[len(row) for row in matrix],
                        allowed=f"1 to {len(RANDOM_INDEX)} rows of as many numbers")  # fmt: skip
    table = np.array(matrix, dtype=float)
    if not (table > 0).all() or (np.abs(table * table.T - 1) > _SLACK * 2).any():
        raise UserError("ahp", "not a comparison of pairs", got=[list(row) for row in matrix],
                        allowed="numbers above 0, 1 on the diagonal, each the reciprocal of its mirror")  # fmt: skip
    upper = np.triu(table, 1)
    return upper + np.eye(size) + np.tril(1 / table.T, -1)
