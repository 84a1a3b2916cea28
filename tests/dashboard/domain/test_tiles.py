"""Tile maps: equal squares, neighbours roughly kept, no holes, the same every time."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.domain.tiles import neighbour_edges, tile_layout
from data.regions.pack import load_pack, read_regions

SIDES = ((1, 0), (-1, 0), (0, 1), (0, -1))


def pieces(cells):
    """How many pieces cells make that touch along their sides."""
    left, count = set(cells), 0
    while left:
        count += 1
        stack = [left.pop()]
        while stack:
            column, row = stack.pop()
            beside = {(column + x, row + y) for x, y in SIDES} & left
            left -= beside
            stack.extend(beside)
    return count


def holes(cells):
    """How many pieces of free cells cannot be reached from outside."""
    columns, rows = zip(*cells, strict=True)
    frame = {(c, r) for c in range(-1, max(columns) + 2) for r in range(-1, max(rows) + 2)}
    return pieces(frame - set(cells)) - 1


def random_positions(count, seed):
    generator = np.random.default_rng(seed)
    centres = generator.random((max(count // 12, 1), 2)) * (4, 3) + (118, 27)
    return centres[generator.integers(len(centres), size=count)] + generator.normal(0, 0.3, (count, 2))


def counties():
    rows = {row.code: row for row in read_regions(load_pack("zhejiang"))}
    found = [row for row in rows.values() if row.level == "county"]
    return found, np.array([(row.lon, row.lat) for row in found]), [row.parent_code for row in found]


@settings(max_examples=25, deadline=None)
@given(count=st.integers(1, 120), seed=st.integers(0, 2**32 - 1))
def test_any_set_gets_one_cell_each_whatever_its_order(count, seed):
    positions = random_positions(count, seed)
    layout = tile_layout(positions)
    cells = list(map(tuple, layout.tolist()))
    assert layout.shape == (count, 2)
    assert len(set(cells)) == count
    assert layout.min(axis=0).tolist() == [0, 0]
    assert holes(cells) == 0
    order = np.random.default_rng(seed).permutation(count)
    assert tile_layout(positions[order]).tolist() == layout[order].tolist()


@pytest.mark.parametrize("count", [2, 7, 30])
@pytest.mark.parametrize("positions", ["same", "row", "column"])
def test_positions_on_one_point_or_line_are_fine(count, positions):
    steps = np.arange(count) / 10
    zero = np.zeros(count)
    places = {"same": (zero, zero), "row": (steps, zero), "column": (zero, steps)}[positions]
    layout = tile_layout(np.stack(places, axis=1) + np.array([120, 30]))
    assert len(set(map(tuple, layout.tolist()))) == count


def test_no_positions_give_no_tiles():
    assert tile_layout(np.empty((0, 2))).shape == (0, 2)
    assert tile_layout([]).shape == (0, 2)


@pytest.mark.parametrize("positions", [[1, 2, 3], [[1, 2, 3]], [[1, np.nan]], [[np.inf, 1]]])
def test_other_shapes_and_missing_positions_are_refused(positions):
    with pytest.raises(ValueError, match="Allowed: "):
        tile_layout(positions)


def test_groups_must_be_as_many_as_positions():
    with pytest.raises(ValueError, match="got 1 for 2"):
        tile_layout([[1, 2], [3, 4]], groups=["a"])


def test_the_counties_of_zhejiang_make_a_map_that_can_be_read():
    found, positions, cities = counties()
    layout = tile_layout(positions, groups=cities)
    cell = {row.short_name: tuple(place) for row, place in zip(found, layout.tolist(), strict=True)}
    assert layout.max(axis=0).tolist() <= [12, 12]
    assert holes(cell.values()) == 0
    for city in set(cities):
        mine = [tuple(place) for place, own in zip(layout.tolist(), cities, strict=True) if own == city]
        assert pieces(mine) == 1, city
    assert cell["嵊泗"][0] == max(column for column, _ in cell.values()), "easternmost at sea"
    assert cell["洞头"][1] > 8, "温州 lies in the south"
    assert cell["长兴"][1] < 2, "湖州 lies in the north"
    assert cell["常山"][0] <= 1, "衢州 lies in the west"


def test_neighbours_touch_and_directions_hold_for_the_counties_of_zhejiang():
    _, positions, cities = counties()
    layout = tile_layout(positions, groups=cities)
    edges = neighbour_edges(positions)
    gaps = np.abs(layout[edges[:, 0]] - layout[edges[:, 1]]).max(axis=1)
    assert (gaps == 1).mean() > 0.8
    one, other = np.triu_indices(len(layout), 1)
    step, true = layout[one] - layout[other], (positions[one] - positions[other]) * (1, -1)
    assert (step * true >= 0).mean() > 0.97
