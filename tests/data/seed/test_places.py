"""Places are the leaves of a tree that lie in a county."""

from dataclasses import replace

import numpy as np
import pytest

from dashboard.domain.errors import UserError
from data.seed.places import make_places
from tests.data.seed.conftest import make_rows


def test_a_place_knows_all_its_ancestors(places):
    assert len(places) == 3 * 4 * 4 * 3 * 2
    first = {level: codes[0] for level, codes in places.codes.items()}
    assert first == {"province": "P", "city": "P01", "county": "P0101", "township": "P010101", "village": "P01010101",
                     "grid": "P0101010101"}  # fmt: skip
    assert places.counties[places.county[0]] == "P0101"
    assert places.townships[places.township[-1]] == places.codes["township"][-1]


def test_places_do_not_depend_on_the_order_of_the_rows(places):
    other = make_places(reversed(make_rows()), pack="tree")
    assert all((places.codes[level] == other.codes[level]).all() for level in places.codes)


def test_a_tree_without_grids_or_townships_still_has_places():
    rows = [row for row in make_rows() if row.level in ("province", "city", "county")]
    places = make_places([*rows, replace(rows[-1], code="X", level="village", parent_code=rows[-1].code)], pack="tree")
    assert set(places.codes["grid"]) == {None}
    assert set(places.township) == {-1}
    assert len(places.townships) == 0


def test_a_place_without_a_position_takes_the_one_above():
    rows = [replace(row, lon=None, lat=None) if row.level != "county" else row for row in make_rows()]
    places = make_places(rows, pack="tree")
    assert not np.isnan(places.lon).any()


def test_a_tree_without_counties_is_refused():
    with pytest.raises(UserError, match="county"):
        make_places([row for row in make_rows() if row.level in ("province", "city")], pack="tree")
