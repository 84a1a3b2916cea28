"""Small schemes and inputs for tests of the evaluation: each states only what matters."""

from collections.abc import Sequence
from datetime import date

import numpy as np

from dashboard.domain.evaluation.model import ROOT, Doubt, Indicator, Inputs, Node, Scheme

DAY = date(2026, 5, 31)
CUTS = (("A", 95.0), ("B", 90.0), ("C", 80.0), ("D", 70.0), ("E", 0.0))
FEW_DRAWS = Doubt(draws=16)


def leaf(key: str = "x", parent: str = ROOT, weight: float = 1.0, normalise: str = "none", **other) -> Indicator:
    plain = {"name": key, "name_en": key, "source": "table", "column": key, "direction": "high", "unit": "%"}
    return Indicator(key=key, parent=parent, weight=weight, normalise=normalise, **{**plain, **other})


def inner(key: str, parent: str = ROOT, weight: float = 1.0, **other) -> Node:
    return Node(key=key, name=key, name_en=key, parent=parent, weight=weight, **other)


def scheme_of(*indicators: Indicator, nodes: Sequence[Node] = (), **other) -> Scheme:
    plain = {"key": "test", "version": 1, "name": "试", "name_en": "test", "level": "county", "cuts": CUTS,
             "doubt": FEW_DRAWS}  # fmt: skip
    return Scheme(nodes=tuple(nodes), indicators=indicators, **{**plain, **other})


def inputs_of(
    values: Sequence, denominators: Sequence | None = None, *, regions: Sequence[str] = (), **other
) -> Inputs:
    """`values`: a row for each region, None for no data; without denominators they stand alone."""
    top = np.array(values, dtype=float).reshape(len(values), -1)
    base = (
        np.full(top.shape, np.nan) if denominators is None else np.array(denominators, dtype=float).reshape(top.shape)
    )
    names = tuple(regions) or tuple(f"r{n}" for n in range(len(values)))
    plain = {"exposure": {}, "peers": ("all",) * len(names), "day": DAY}
    return Inputs(names, top, base, **{**plain, **other})
