"""Adds up what many cases contribute to the roll-ups: as deltas for incremental writes, as a cube for bulk loads.

Answers for the sums. Leaves conditions to `columns`, writing to `bulk` and `rollups`. `Cube` stands in `cube`.
"""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from dashboard.domain.measures import COUNTERS, Counter
from data.writes.columns import CaseColumns
from data.writes.cube import Cube

__all__ = ["KEYS", "Cube", "tally"]
KEYS = ("province_code", "city_code", "county_code", "township_code", "kind_group", "kind")
_EPOCH = date(1970, 1, 1)
_DATED = tuple(dict.fromkeys(counter.at for counter in COUNTERS.values()))
_STOCK = -(2**31)
"""Stands for the missing day of a stock while sums are made."""


def tally(cases: pd.DataFrame, zone: ZoneInfo) -> pd.DataFrame:
    """One row for each KEYS and local day (None: stocks) with the sums of all counters, columns as rollup_delta.

    Rows without any amount are left out. Rows are sorted by the order in which the keys first appear, then by day,
    stocks first.
    """
    columns = CaseColumns(cases, zone)
    groups, firsts = _group(columns)
    keys, places = _cells(columns, groups)
    sums = {name: _sums(columns, counter, places[counter.at], len(keys)) for name, counter in COUNTERS.items()}
    some = np.zeros(len(keys), dtype=bool)
    for amounts in sums.values():
        some |= amounts != 0
    keys = keys[some]
    out = cases[list(KEYS)].iloc[firsts[keys >> 32]].astype(object).reset_index(drop=True)
    out = out.where(out.notna(), None)
    out["day"] = _dates((keys & 0xFFFFFFFF) + _STOCK)
    return pd.concat([out, pd.DataFrame({name: amounts[some] for name, amounts in sums.items()})], axis=1)


def _group(columns: CaseColumns) -> tuple[np.ndarray, np.ndarray]:
    """(n,) group of each case by KEYS, and the position of the first case of each group."""
    mixed = np.zeros(len(columns), dtype=np.int64)
    for name in KEYS:
        codes, words = columns.words(name)
        mixed = pd.factorize(mixed * (len(words) + 1) + codes + 1)[0]
    _, firsts = np.unique(mixed, return_index=True)
    return mixed, firsts


def _cells(columns: CaseColumns, groups: np.ndarray) -> tuple[np.ndarray, dict[str | None, np.ndarray]]:
    """The cells that cases can fall into, ascending: group in the upper, day in the lower 32 bits. And for each column
    that gives a day (None: stocks) the (n,) cell of each case, -1 where it has no such time."""
    rows = {at: np.flatnonzero(columns.given(at)) if at else np.arange(len(columns)) for at in _DATED}
    days = {at: columns.days(at)[mine] - _STOCK if at else 0 for at, mine in rows.items()}
    codes, found = pd.factorize(np.concatenate([groups[mine] << 32 | days[at] for at, mine in rows.items()]))
    rank = np.empty(len(found), dtype=np.int64)
    rank[np.argsort(found)] = np.arange(len(found))
    places, start = {at: np.full(len(columns), -1) for at in rows}, 0
    for at, mine in rows.items():
        places[at][mine] = rank[codes[start : start + len(mine)]]
        start += len(mine)
    return np.sort(found), places


def _sums(columns: CaseColumns, counter: Counter, places: np.ndarray, count: int) -> np.ndarray:
    """(count,) what the counter comes to in each cell."""
    rows = columns.rows(counter)
    if not counter.value:
        return np.bincount(places[rows], minlength=count)
    out = np.zeros(count, dtype=np.int64)
    np.add.at(out, places[rows], columns.amounts(counter, rows))
    return out


def _dates(days: np.ndarray) -> np.ndarray:
    out = np.empty(len(days), dtype=object)
    known = {int(day): None if day == _STOCK else _EPOCH + timedelta(days=int(day)) for day in np.unique(days)}
    out[:] = [known[int(day)] for day in days]
    return out
