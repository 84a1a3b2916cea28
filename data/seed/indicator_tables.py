"""Synthetic monthly tables for indicators that count no cases: plausible by population, repeatable, and labelled so.

A county has a standing quality, each leaf its own ease or trouble there, and every month a wobble; counts are then drawn as
counts are (Poisson, binomial), so that small counties move more by chance. Answers for figures only.
"""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import NAMESPACE_OID, UUID, uuid5
from zlib import crc32

import numpy as np
from scipy.stats import binom, poisson

from dashboard.domain.evaluation.model import Indicator, Scheme
from dashboard.domain.regions import Region
from data.seed.draws import Draws
from data.session import Session
from data.writes.schemes import add_table

SEED = 33
NAME = "演示指标表"
SOURCE = "本产品生成的演示数据，全部虚构（data/seed/indicator_tables.py，种子 {seed}）"
ACTOR = "演示数据"
SHARED = {"万车": 0.35, "万户": 0.12, "十万户": 0.3, "百个": 0.0004}  # what there is of it for each resident
_RESIDENTS = 300_000  # where a region's are not known
_LEVEL, _COUNTY, _LEAF, _MONTH = 0.77, 0.07, 0.14, 0.06  # of the way from bad to good: mean, and how far each moves it


def seed_tables(
    session: Session, scheme: Scheme, regions: Sequence[Region], months: Sequence[date], now: datetime, seed: int = SEED
) -> int:
    """Add a table for each month (its first day) with figures of all `regions`; how many figures. Never commits."""
    written = 0
    for month in months:
        rows = draw_entries(scheme, regions, month, seed)
        table = {"id": table_id(scheme, month), "scheme_key": scheme.key, "month": month, "name": NAME,
                 "source": SOURCE.format(seed=seed), "synthetic": True, "digest": f"seed {seed}", "imported_at": now,
                 "imported_by": None, "actor": ACTOR}  # fmt: skip
        add_table(session, table, rows)
        written += len(rows)
    return written


def table_id(scheme: Scheme, month: date) -> UUID:
    """The same for the same month, so that a month is filled once."""
    return uuid5(NAMESPACE_OID, f"seed {scheme.key} {month}")


def draw_entries(scheme: Scheme, regions: Sequence[Region], month: date, seed: int = SEED) -> list[dict]:
    """Figures of `regions` in every column of the scheme: {region_code, column_key, numerator, denominator}."""
    draws = Draws(seed, np.array([crc32(region.code.encode()) for region in regions]), "indicator")
    residents = np.array([region.population or _RESIDENTS for region in regions], dtype=float)
    rows: list[dict] = []
    for one in (one for one in scheme.indicators if one.source == "table"):
        top, base = _figures(one, draws, residents, month)
        rows += [{"region_code": region.code, "column_key": one.column, "numerator": float(top[at]),
                  "denominator": None if base is None else float(base[at])} for at, region in enumerate(regions)]  # fmt: skip
    return rows


def _figures(one: Indicator, draws: Draws, residents: np.ndarray, month: date) -> tuple[np.ndarray, np.ndarray | None]:
    way = _LEVEL + _COUNTY * draws.normal("quality") + _LEAF * draws.normal(one.column)
    way = np.clip(way + _MONTH * draws.normal(f"{one.column} {month}"), 0.02, 0.99)
    bad, good = one.targets or (0.0, 100.0)
    value, chance = bad + (good - bad) * way, draws.uniform(f"count {one.column} {month}")
    if one.scale == 1:  # measured, not counted
        return np.round(value, one.digits), None
    base = np.maximum(5, np.round(residents * _for_each(one)))
    if one.scale <= 1000:  # a part of a whole
        return binom.ppf(chance, base, np.clip(value / one.scale, 0, 1)), base
    return poisson.ppf(chance, np.maximum(value * base / one.scale, 1e-9)), base


def _for_each(one: Indicator) -> float:
    """How many of what is counted there are for each resident. A part with narrow targets is told from many."""
    per = one.unit.rpartition("/")[2]
    if one.scale > 1000 or per in SHARED:
        return SHARED.get(per, 1.0)
    bad, good = one.targets or (0.0, one.scale)
    return (2 + crc32(one.column.encode()) % 14) / 10_000 * max(1.0, 0.2 * one.scale / abs(good - bad))
