"""Paths and points land on one undistorted picture."""

import re

import pytest

from dashboard.domain.geometry import label_positions, svg_paths

LEFT = {"type": "Polygon", "coordinates": [[[120, 30], [120, 31], [121, 31], [121.05, 30.5], [121, 30], [120, 30]]]}
RIGHT = {
    "type": "MultiPolygon",
    "coordinates": [
        [[[121, 30], [121.05, 30.5], [121, 31], [122, 31], [122, 30], [121, 30]]],
        [[[122.5, 30.5], [122.5, 30.6], [122.6, 30.6], [122.5, 30.5]]],
    ],
}
BOTH = {"L": LEFT, "R": RIGHT}


def numbers(path):
    return [tuple(map(float, pair.split(","))) for pair in re.findall(r"-?[\d.]+,-?[\d.]+", path)]


def test_shapes_fill_the_box_less_the_pad_and_keep_their_proportions():
    viewbox, paths, project = svg_paths(BOTH, width=800, height=600, pad=10)
    points = [point for path in paths.values() for point in numbers(path)]
    assert viewbox == "0 0 800 600"
    assert min(x for x, _ in points) == 10
    assert max(x for x, _ in points) == 790
    east = project(121, 30)[0] - project(120, 30)[0]
    north = project(120, 30)[1] - project(120, 31)[1]
    assert east / north == pytest.approx(0.862, abs=0.01), "cos(30.5°)"
    assert project(120, 31)[1] < project(120, 30)[1], "north is up"


def test_shared_edges_are_the_same_points():
    _, paths, project = svg_paths(BOTH, width=800, height=600, pad=10)
    shared = {tuple(round(v, 1) for v in project(*point)) for point in ((121, 30), (121.05, 30.5), (121, 31))}
    assert shared <= set(numbers(paths["L"])) & set(numbers(paths["R"]))


def test_each_ring_is_a_closed_subpath_with_one_decimal():
    _, paths, _ = svg_paths(BOTH, width=333, height=333, pad=3)
    assert (paths["L"].count("M"), paths["L"].count("Z")) == (1, 1)
    assert (paths["R"].count("M"), paths["R"].count("Z")) == (2, 2)
    assert not re.search(r"\.\d\d|e", "".join(paths.values()))


def test_points_alone_make_a_picture_too():
    _, paths, project = svg_paths({}, width=100, height=100, pad=10, points=[(-122.5, 37.7), (-122.4, 37.8)])
    assert paths == {}
    assert all(9.99 <= value <= 90.01 for value in (*project(-122.5, 37.7), *project(-122.4, 37.8)))
    assert svg_paths({}, width=100, height=100, pad=0, points=[(120, 30)])[2](120, 30) == (50, 50)


def test_nothing_to_draw_is_refused():
    with pytest.raises(ValueError, match="no boundaries and no points"):
        svg_paths({}, width=100, height=100, pad=0)


def test_labels_stand_inside_the_largest_part():
    positions = label_positions(BOTH)
    assert positions["L"] == pytest.approx((120.5, 30.5), abs=0.1)
    assert 121 < positions["R"][0] < 122
