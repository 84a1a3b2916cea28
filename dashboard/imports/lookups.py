"""Answers for combinations of values, each worked out once: a file has many rows and few kinds, states and places."""

from collections.abc import Callable, Sequence

import numpy as np

_MOST = 50_000  # combinations remembered; beyond it the values are no longer few


class Lookup:
    """`answer` is asked once for each combination of values, given as a tuple of texts."""

    def __init__(self, answer: Callable[[tuple[str, ...]], object]):
        self._answer, self._known = answer, {}

    def __call__(self, columns: Sequence[Sequence[str]], length: int) -> list:
        """(length,) answers for rows whose values are in `columns`."""
        if not columns:
            return [self._answer(())] * length
        if len(self._known) > _MOST:
            self._known.clear()
        rows = list(zip(*columns, strict=True))
        for row in set(rows) - self._known.keys():
            self._known[row] = self._answer(row)
        return [self._known[row] for row in rows]


def objects(values: Sequence) -> np.ndarray:
    """(n,) array of any objects; lists in it stay lists."""
    out = np.empty(len(values), dtype=object)
    out[:] = values
    return out


class Faults:
    """Why rows cannot be imported: (n,) texts, "" for rows that can."""

    def __init__(self, length: int):
        self.reasons = [""] * length

    def add(self, where: Sequence[bool] | np.ndarray, reason: Callable[[int], str]) -> None:
        """Note `reason(i)` for the rows in the mask `where`."""
        for place in np.flatnonzero(where):
            before = self.reasons[place]
            self.reasons[place] = f"{before}; {reason(place)}" if before else reason(place)

    def add_texts(self, texts: Sequence[str]) -> None:
        self.add([bool(text) for text in texts], lambda place: texts[place])

    @property
    def good(self) -> np.ndarray:
        return np.array([not reason for reason in self.reasons], dtype=bool)
