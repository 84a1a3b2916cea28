"""Words that many rows share, held once: a pool turns positions into a category column at no cost a row."""

from collections.abc import Sequence

import numpy as np
import pandas as pd


class Pool:
    """`words` by position; the same word may stand at several positions, None is missing."""

    def __init__(self, words: Sequence[str | None]):
        self.codes, distinct = pd.factorize(_objects(words))
        self.words = np.asarray(distinct, dtype=object)
        self._type = pd.CategoricalDtype(pd.Index(self.words, dtype=object))

    def __len__(self) -> int:
        return len(self.codes)

    def take(self, positions: np.ndarray) -> pd.Categorical:
        """(n,) words; a position of -1 is missing."""
        codes = np.where(positions < 0, -1, self.codes[positions]) if len(self.codes) else np.full(len(positions), -1)
        return pd.Categorical.from_codes(codes, dtype=self._type)


def _objects(words: Sequence[str | None]) -> np.ndarray:
    out = np.empty(len(words), dtype=object)
    out[:] = list(words)
    return out
