"""Synthetic figures: every leaf has some, they are possible, repeatable, and spread the counties over the bands."""

from datetime import date

import numpy as np
import pytest

from dashboard.domain.evaluation import tree
from dashboard.domain.evaluation.model import Inputs, Scheme
from dashboard.domain.regions import Region
from dashboard.schemes import load_scheme, shipped
from data.seed.indicator_tables import draw_entries

MONTH = date(2026, 5, 1)
REGIONS = tuple(Region(f"33{n:04}", "county", f"县{n}", f"县{n}", None, "p", (("county", f"33{n:04}"),),
                       population=30_000 + 17_000 * n) for n in range(90))  # fmt: skip


@pytest.fixture(scope="module")
def scheme() -> Scheme:
    return load_scheme(shipped()["peace_index"])


@pytest.fixture(scope="module")
def entries(scheme: Scheme) -> dict:
    rows = draw_entries(scheme, REGIONS, MONTH)
    return {(row["region_code"], row["column_key"]): (row["numerator"], row["denominator"]) for row in rows}


def test_every_county_has_every_leaf_and_all_figures_are_possible(scheme: Scheme, entries: dict):
    assert len(entries) == 90 * 123
    for one in scheme.indicators:
        for region in REGIONS:
            top, base = entries[region.code, one.column]
            assert top >= 0
            assert (base is None) == (one.scale == 1), one.key
            if base is not None:
                assert base >= 5
                assert top == int(top)
                assert base == int(base)
            if one.unit == "%":
                assert top <= base


def test_the_same_seed_gives_the_same_and_others_move_nothing(scheme: Scheme, entries: dict):
    some = draw_entries(scheme, REGIONS[40:50], MONTH)
    assert {
        (row["region_code"], row["column_key"]): (row["numerator"], row["denominator"]) for row in some
    }.items() <= (entries.items())
    assert draw_entries(scheme, REGIONS[:3], date(2026, 4, 1)) != draw_entries(scheme, REGIONS[:3], MONTH)
    assert draw_entries(scheme, REGIONS[:3], MONTH, seed=34) != draw_entries(scheme, REGIONS[:3], MONTH)


def test_counties_lie_in_several_bands(scheme: Scheme, entries: dict):
    def column(part: int) -> np.ndarray:
        cells = [[entries[region.code, one.column][part] for one in scheme.indicators] for region in REGIONS]
        return np.array(cells, dtype=float)

    codes = tuple(region.code for region in REGIONS)
    inputs = Inputs(codes, column(0), column(1), {}, ("all",) * 90, MONTH)
    scores = tree.reckon(scheme, inputs).nodes[:, 0]
    bands = [scheme.band(score) for score in scores]
    assert len(set(bands)) >= 4
    assert max(bands.count(band) for band in set(bands)) < 60
