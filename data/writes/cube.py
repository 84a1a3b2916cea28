"""Roll-ups of a bulk load: dense sums by county, kind and day, and by township and day, filled chunk by chunk.

Answers for the rows of rollup_day and rollup_stock as data/models/rollups.py describes them. Leaves storing them to
`bulk.load_rows`. Grows as new codes, kinds and days come, so nobody has to say beforehand what will come.
"""

from collections.abc import Iterator
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from dashboard.domain.measures import FLOWS, STOCKS, Counter
from data.models.rollups import ALL
from data.writes.columns import CaseColumns

_SLACK = 64
Rows = dict[str, np.ndarray]
"""Columns of a table, all of one length."""


class Cube:
    """Sums of all counters over the cases added so far. Days are local days in `zone`.

    Memory: about 160 bytes for each county × kind × day and each township × day.
    """

    def __init__(self, zone: ZoneInfo):
        self.zone = zone
        self._counties, self._kinds, self._townships = _Names(), _Names(), _Names()
        self._first = 0
        self._flows = {counter.name: _Cells(counter) for counter in FLOWS}
        self._stocks = {counter.name: _Cells(counter) for counter in STOCKS}

    def add(self, cases: pd.DataFrame) -> None:
        """Count a chunk of cases, columns as data.models.cases.Case (see CaseColumns)."""
        if not len(cases):
            return
        columns = CaseColumns(cases, self.zone)
        county = self._counties.positions(columns, "county_code", ("city_code", "province_code"))
        kind = self._kinds.positions(columns, "kind", ("kind_group",))
        township = self._townships.positions(columns, "township_code", ("county_code",))
        self._cover(columns)
        for counter in (*FLOWS, *STOCKS):
            rows = columns.rows(counter)
            amounts = columns.amounts(counter, rows)
            days = columns.days(counter.at)[rows] - self._first if counter.at else np.zeros(len(rows), dtype=np.int64)
            cells = (self._flows if counter.at else self._stocks)[counter.name]
            cells.add(county[rows], kind[rows], township[rows], days, amounts)

    def day_rows(self) -> Iterator[Rows]:
        """Columns of rollup_day, in blocks: one a province, city and county, then one of all townships."""
        yield from self._rows(self._flows, "day")

    def stock_rows(self) -> Iterator[Rows]:
        """Columns of rollup_stock, in the same blocks."""
        yield from self._rows(self._stocks, None)

    def _cover(self, columns: CaseColumns) -> None:
        """Make room for the chunk's counties, kinds, townships and days."""
        days = [columns.days(name)[columns.given(name)] for name in dict.fromkeys(c.at for c in FLOWS)]
        seen = np.concatenate([part[[part.argmin(), part.argmax()]] for part in days if len(part)])
        low, high = int(seen.min()), int(seen.max())
        cells = next(iter(self._flows.values()))
        held = cells.fine.shape[2]
        before = 0 if held and low >= self._first else (self._first - low + _SLACK if held else 0)
        self._first = self._first - before if held else low
        length = max(held + before, high - self._first + 1)
        length += _SLACK if length > held + before else 0
        for cells, n_days, shift in [(c, length, before) for c in self._flows.values()] + [
            (c, 1, 0) for c in self._stocks.values()
        ]:
            cells.grow(len(self._counties), len(self._kinds), len(self._townships), n_days, shift)

    def _rows(self, cells: dict[str, "_Cells"], day: str | None) -> Iterator[Rows]:
        totals = _Totals(self._kinds.names, [parents[0] for parents in self._kinds.parents])
        for depth in (1, 0, None):
            for code, members in self._members(depth):
                sums = {n: totals.of(c.fine[members].sum(axis=0, dtype=np.int64)) for n, c in cells.items()}
                yield self._block(sums, np.array([code], dtype=object), totals.names, code, day)
        codes = np.array(self._townships.names, dtype=object)
        order = np.argsort(codes)
        sums = {n: c.coarse[: len(codes)][order] for n, c in cells.items()}
        shards = np.array([parents[0] for parents in self._townships.parents], dtype=object)[order]
        yield self._block(sums, codes[order], None, shards, day)

    def _members(self, depth: int | None) -> list[tuple[str, list[int]]]:
        """(code, positions of its counties) of each region of a level, by code: 1 province, 0 city, None county."""
        out: dict[str, list[int]] = {}
        for position, county in enumerate(self._counties.names):
            code = county if depth is None else self._counties.parents[position][depth]
            if code is not None:
                out.setdefault(code, []).append(position)
        return sorted(out.items())

    def _block(self, sums: dict[str, np.ndarray], codes, kinds, shards, day: str | None) -> Rows:
        """Cells (name × day) that hold anything, as columns. `kinds` None: the first axis is the region, kind ALL."""
        some = np.zeros(next(iter(sums.values())).shape, dtype=bool)
        for values in sums.values():
            some |= values != 0
        at, when = np.nonzero(some)
        out = {
            "region_code": codes[at] if kinds is None else np.repeat(codes, len(at)),
            "kind": np.full(len(at), ALL, dtype=object) if kinds is None else kinds[at],
            "shard_code": shards[at] if kinds is None else np.full(len(at), shards, dtype=object),
        }
        if day:
            out[day] = (when + self._first).astype("datetime64[D]")
        return out | {name: values[at, when] for name, values in sums.items()}


class _Totals:
    """Adds kinds up to their groups and to ALL. `names`: ALL, groups and kinds, sorted."""

    def __init__(self, kinds: list[str], groups: list[str]):
        self._by_group = np.argsort(np.array(groups), kind="stable")
        distinct, self._starts = np.unique(np.array(groups)[self._by_group], return_index=True)
        names = np.array([ALL, *distinct, *kinds], dtype=object)
        self._order = np.argsort(names)
        self.names = names[self._order]

    def of(self, cells: np.ndarray) -> np.ndarray:
        """(names, days) of (kinds, days); rows beyond the known kinds hold nothing."""
        kinds = cells[: len(self._by_group)]
        groups = np.add.reduceat(kinds[self._by_group], self._starts, axis=0)
        return np.concatenate([kinds.sum(axis=0)[None], groups, kinds])[self._order]


class _Names:
    """Words in the order in which they came, each with its parents."""

    def __init__(self):
        self.names: list[str] = []
        self.parents: list[tuple] = []
        self._at: dict[str, int] = {}

    def __len__(self) -> int:
        return len(self.names)

    def positions(self, columns: CaseColumns, name: str, above: tuple[str, ...]) -> np.ndarray:
        """(n,) position of each case's word, -1 where it is missing; new words are learnt with their parents."""
        codes, words = columns.words(name)
        used, first = np.unique(codes, return_index=True)
        table = np.full(len(words) + 1, -1)
        for code, row in zip(used, first, strict=True):
            if code >= 0:
                table[code] = self._learn(words[code], [columns.words(parent) for parent in above], row)
        return table[codes]

    def _learn(self, word: str, above: list, row: int) -> int:
        if word not in self._at:
            self._at[word] = len(self.names)
            self.names.append(word)
            self.parents.append(tuple(words[codes[row]] if codes[row] >= 0 else None for codes, words in above))
        return self._at[word]


class _Cells:
    """Sums of one counter: `fine` county × kind × day, `coarse` township × day."""

    def __init__(self, counter: Counter):
        self.dtype = np.int64 if counter.value else np.int32
        self.fine, self.coarse = np.zeros((0, 0, 0), self.dtype), np.zeros((0, 0), self.dtype)

    def grow(self, counties: int, kinds: int, townships: int, days: int, shift: int) -> None:
        self.fine = self._grown(self.fine, (counties, kinds, days), shift)
        self.coarse = self._grown(self.coarse, (townships, days), shift)

    def _grown(self, old: np.ndarray, shape: tuple[int, ...], shift: int) -> np.ndarray:
        if not shift and all(have >= want for have, want in zip(old.shape, shape, strict=True)):
            return old
        new = np.zeros(np.maximum(old.shape, shape), self.dtype)
        new[(*(slice(n) for n in old.shape[:-1]), slice(shift, shift + old.shape[-1]))] = old
        return new

    def add(self, county, kind, township, days, amounts) -> None:
        _, kinds, length = self.fine.shape
        np.add.at(self.fine.reshape(-1), (county * kinds + kind) * length + days, amounts)
        known = township >= 0
        amounts = amounts[known] if isinstance(amounts, np.ndarray) else amounts
        np.add.at(self.coarse.reshape(-1), township[known] * length + days[known], amounts)
