"""Repeatable chance: every number follows from (seed, index, purpose), whatever was drawn before.

So a case is the same in any chunk, and a new draw for one purpose changes no other. SplitMix64 (Steele, Lea, Flood
2014) over the index; statistical quality is ample for a demonstration, and it is no cryptography.
"""

import math
from zlib import crc32

import numpy as np

_GOLDEN = 0x9E3779B97F4A7C15
_MASK = 2**64 - 1


class Draws:
    """Chance for things numbered by `index` (n whole numbers). `sequence` names what is numbered: "case", "county"."""

    def __init__(self, seed: int, index: np.ndarray, sequence: str):
        start = _mixed(np.array([(seed * 2 + 1) & _MASK, crc32(sequence.encode())], dtype=np.uint64))
        self.keys = _mixed(np.asarray(index, dtype=np.uint64) * np.uint64(_GOLDEN) + start[0] + start[1])

    def bits(self, purpose: str) -> np.ndarray:
        """(n,) uint64."""
        return _mixed(self.keys + np.uint64((crc32(purpose.encode()) * _GOLDEN) & _MASK))

    def uniform(self, purpose: str) -> np.ndarray:
        """(n,) in [0, 1)."""
        return (self.bits(purpose) >> np.uint64(11)) * 2.0**-53

    def chance(self, purpose: str, share: np.ndarray | float) -> np.ndarray:
        """(n,) bool, true with probability `share`."""
        return self.uniform(purpose) < share

    def normal(self, purpose: str) -> np.ndarray:
        """(n,) standard normal, by Box and Muller."""
        radius = np.sqrt(-2 * np.log1p(-self.uniform(purpose)))
        return radius * np.cos(2 * math.pi * self.uniform(purpose + "'"))

    def lognormal(self, purpose: str, sigma: float) -> np.ndarray:
        """(n,) with median 1."""
        return np.exp(sigma * self.normal(purpose))

    def gamma2(self, purpose: str, mean: float | np.ndarray) -> np.ndarray:
        """(n,) from a gamma distribution of shape 2: seldom near 0, with a long tail."""
        return -np.log((1 - self.uniform(purpose)) * (1 - self.uniform(purpose + "'"))) * mean / 2

    def whole(self, purpose: str, count: np.ndarray | int) -> np.ndarray:
        """(n,) whole numbers from 0 to count - 1."""
        return (self.uniform(purpose) * count).astype(np.int64)

    def pick(self, purpose: str, weights: np.ndarray) -> np.ndarray:
        """(n,) positions in `weights` (one row for all, or a row each), likely as they weigh."""
        total = np.cumsum(np.atleast_2d(weights), axis=1)
        at = self.uniform(purpose) * total[:, -1]
        if len(total) == 1:
            return np.searchsorted(total[0], at, side="right")
        return (at[:, None] >= total).sum(axis=1)


def _mixed(values: np.ndarray) -> np.ndarray:
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))
