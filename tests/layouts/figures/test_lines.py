"""Lines and axes."""

from itertools import pairwise

import pytest

from layouts.figures.interval import share
from layouts.figures.lines import area_path, line_path, nice_axis
from layouts.wall.panels.trend import spread


@pytest.mark.parametrize(
    ("values", "pens"),
    [((1, 2, 3), 1), ((1, None, 3), 2), ((None, 2, 3), 1), ((None, None), 0), ((1, 2, None, 4, 5), 2)],
)
def test_a_gap_in_the_data_is_a_gap_in_the_line(values, pens):
    assert line_path(values, 0, 5).count("M") == pens


def test_a_lone_value_is_still_seen():
    assert "h" in line_path((None, 3, None), 0, 5)


def test_an_area_needs_a_line_without_gaps():
    assert area_path((1, None, 2), 0, 3) == ""
    assert area_path((1, 2, 3), 0, 3).endswith("Z")


@pytest.mark.parametrize(
    ("values", "cap", "ends"),
    [
        ((90.1, 93.8), float("inf"), (90, 94)),
        ((0, 7.2), float("inf"), (0, 7.5)),
        ((99.6, 100.0), 100.0, (99.5, 100)),
        ((62, 100), 100.0, (60, 100)),
    ],
)
def test_an_axis_has_round_ends_around_all_values(values, cap, ends):
    ticks = nice_axis(values, cap=cap)
    assert ticks[0] <= min(values)
    assert ticks[-1] >= max(values)
    assert ticks[-1] <= cap
    assert len(ticks) <= 6


def test_names_at_line_ends_never_touch_and_stay_inside():
    tops = spread([0.5, 0.51, 0.95], 0.27)
    ordered = sorted(tops)
    assert all(b - a >= 0.27 - 1e-9 for a, b in pairwise(ordered))
    assert ordered[-1] <= 1


def test_a_value_outside_the_axis_stands_at_its_end():
    assert (share(80, (90, 100)), share(95, (90, 100)), share(101, (90, 100))) == (0, 0.5, 1)
