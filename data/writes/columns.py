"""The counters of dashboard.domain.measures over many cases at once.

Answers for which cases of a frame a counter counts, on what local day, and how much each adds. It reads the same
table as `measures.facts`, so one case and a million are counted alike. Leaves adding up to `tally` and `cube`.
"""

from collections.abc import Collection
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from dashboard.domain.measures import COUNTERS, Condition, Counter

_DAY = 86_400_000_000  # microseconds
NO_DAY = np.iinfo(np.int64).min // _DAY
"""Where a time is missing: the day of NaT."""
NEEDED = tuple(
    dict.fromkeys(
        name
        for counter in COUNTERS.values()
        for name in (
            counter.at,
            counter.value,
            *(part for c in counter.where for part in (c[0], c[2] if c[1] == "not after" else None)),
        )
        if name
    )
)
"""Columns that the counters read."""


class CaseColumns:
    """A frame of cases, its columns turned into plain arrays when first asked for.

    Columns are named as data.models.cases.Case; times are datetime64[us, UTC] with NaT, numbers may hold NaN or NA,
    words are strings or categories with None, NaN or NA for missing.
    """

    def __init__(self, cases: pd.DataFrame, zone: ZoneInfo):
        self.cases, self.zone, self._masks, self._cache = cases, zone, {}, {}

    def __len__(self) -> int:
        return len(self.cases)

    def rows(self, counter: Counter) -> np.ndarray:
        """(k,) positions of the cases that `counter` counts, ascending."""
        masks = [self._mask(condition) for condition in counter.where]
        if counter.at:
            masks.append(self.given(counter.at))
        return np.flatnonzero(np.logical_and.reduce(masks)) if masks else np.arange(len(self))

    def amounts(self, counter: Counter, rows: np.ndarray) -> np.ndarray | int:
        """What each of `rows` adds: 1, or the whole number in the counter's value column."""
        return self.numbers(counter.value)[rows].astype(np.int64) if counter.value else 1

    def days(self, name: str) -> np.ndarray:
        """(n,) int64 local days since 1970 of a time column; NO_DAY where it is missing."""
        return self._once(("day", name), lambda: self._days(name))

    def words(self, name: str) -> tuple[np.ndarray, np.ndarray]:
        """(n,) positions in, and the distinct words of, a column; -1 where it is missing."""
        return self._once(("word", name), lambda: self._words(name))

    def given(self, name: str) -> np.ndarray:
        return self._once(("given", name), lambda: self.cases[name].notna().to_numpy())

    def numbers(self, name: str) -> np.ndarray:
        """(n,) float64, NaN where missing."""
        return self._once(("number", name), lambda: _floats(self.cases[name]))

    def _days(self, name: str) -> np.ndarray:
        local = pd.DatetimeIndex(self.cases[name]).tz_convert(self.zone).tz_localize(None)
        return local.as_unit("us").asi8 // _DAY

    def _words(self, name: str) -> tuple[np.ndarray, np.ndarray]:
        column = self.cases[name]
        if isinstance(column.dtype, pd.CategoricalDtype):
            return column.cat.codes.to_numpy().astype(np.int64), column.cat.categories.to_numpy(dtype=object)
        codes, words = pd.factorize(column)
        return codes, np.asarray(words, dtype=object)

    def _micros(self, name: str) -> np.ndarray:
        return self._once(("time", name), lambda: pd.DatetimeIndex(self.cases[name]).as_unit("us").asi8)

    def _mask(self, condition: Condition) -> np.ndarray:
        return self._once(condition, lambda: self._evaluate(*condition))

    def _evaluate(self, name: str, operator: str, operand: object) -> np.ndarray:
        match operator:
            case "set":
                return self.given(name)
            case "unset":
                return ~self.given(name)
            case "is":
                return self._equal(name, operand)
            case "in":
                return self._among(name, operand)
            case "not in":
                return ~self._among(name, operand)
            case "at least":
                return self.numbers(name) >= operand
            case "not after":
                return self.given(name) & self.given(operand) & (self._micros(name) <= self._micros(operand))
        raise ValueError(f"unknown operator {operator!r}; see dashboard.domain.measures.OPERATORS")

    def _equal(self, name: str, operand: object) -> np.ndarray:
        return self._among(name, (operand,)) if isinstance(operand, str) else self.numbers(name) == operand

    def _among(self, name: str, operand: Collection) -> np.ndarray:
        codes, words = self.words(name)
        # the last entry answers for missing words, whose code is -1
        return np.array([word in operand for word in words] + [None in operand])[codes]

    def _once(self, key: object, make) -> object:
        if key not in self._cache:
            self._cache[key] = make()
        return self._cache[key]


def _floats(column: pd.Series) -> np.ndarray:
    if isinstance(column.dtype, np.dtype) and column.dtype.kind in "biuf":
        return column.to_numpy().astype(float)
    return column.astype("Float64").to_numpy(dtype=float, na_value=np.nan)
