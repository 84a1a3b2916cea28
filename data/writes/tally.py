"""Adds up what many cases contribute to the roll-ups: as deltas for incremental writes, as a cube for bulk loads.

Answers for the sums. Leaves conditions to `columns`, writing to `bulk` and `rollups`. `Cube` stands in `cube`.
"""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from dashboard.domain.measures import COUNTERS
from data.writes.columns import CaseColumns
from data.writes.cube import Cube

__all__ = ["KEYS", "Cube", "tally"]
KEYS = ("province_code", "city_code", "county_code", "township_code", "kind_group", "kind")
_EPOCH = date(1970, 1, 1)
_STOCK = -(2**31)
"""Stands for the missing day of a stock while sums are made."""


def tally(cases: pd.DataFrame, zone: ZoneInfo) -> pd.DataFrame:
    """One row for each KEYS and local day (None: stocks) with the sums of all counters, columns as rollup_delta.

    Rows without any amount are left out. Rows are sorted by the order in which the keys first appear, then by day,
    stocks first.
    """
    columns = CaseColumns(cases, zone)
    groups, firsts = _group(columns)
    parts = {counter.name: _keys(columns, counter, groups) for counter in COUNTERS.values()}
    keys = np.unique(np.concatenate([key for key, _ in parts.values()])) if parts else np.empty(0, dtype=np.int64)
    out = cases[list(KEYS)].iloc[firsts[keys >> 32]].astype(object).reset_index(drop=True)
    out = out.where(out.notna(), None)
    out["day"] = _dates((keys & 0xFFFFFFFF) + _STOCK)
    sums = {name: _sums(keys, *part) for name, part in parts.items()}
    out = pd.concat([out, pd.DataFrame(sums, index=out.index)], axis=1)
    return out[np.any(list(sums.values()), axis=0)].reset_index(drop=True)


def _group(columns: CaseColumns) -> tuple[np.ndarray, np.ndarray]:
    """(n,) group of each case by KEYS, and the position of the first case of each group."""
    mixed = np.zeros(len(columns), dtype=np.int64)
    for name in KEYS:
        codes, words = columns.words(name)
        mixed = pd.factorize(mixed * (len(words) + 1) + codes + 1)[0]
    _, firsts = np.unique(mixed, return_index=True)
    return mixed, firsts


def _keys(columns: CaseColumns, counter, groups: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Group in the upper and day in the lower 32 bits of each counted case, and what it adds."""
    rows = columns.rows(counter)
    days = columns.days(counter.at)[rows] - _STOCK if counter.at else 0
    return groups[rows] << 32 | days, np.broadcast_to(columns.amounts(counter, rows), len(rows))


def _sums(keys: np.ndarray, mine: np.ndarray, amounts: np.ndarray) -> np.ndarray:
    out = np.zeros(len(keys), dtype=np.int64)
    np.add.at(out, np.searchsorted(keys, mine), amounts)
    return out


def _dates(days: np.ndarray) -> np.ndarray:
    out = np.empty(len(days), dtype=object)
    known = {int(day): None if day == _STOCK else _EPOCH + timedelta(days=int(day)) for day in np.unique(days)}
    out[:] = [known[int(day)] for day in days]
    return out
