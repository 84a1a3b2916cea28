"""Panels without figures, with too many rows, and the ways a panel says so."""

import json
from dataclasses import replace

import pytest

from dashboard.domain.state import WallState
from dashboard.views.places import Point
from layouts.shared import frame
from layouts.wall import ids
from layouts.wall.layout import layout
from layouts.wall.panels import PANELS, map, panels_in, ranking
from tests.layouts.wall.samples import SAMPLES, STATE

EMPTY = {
    "kpis": (),
    "repeats": replace(SAMPLES["repeats"], rows=()),
    "ranking": replace(SAMPLES["ranking"], rows=(), same=()),
    "clocks": replace(SAMPLES["clocks"], rows=()),
    "funnel": replace(SAMPLES["funnel"], stages=(), closed_rate=None, open=0),
    "stream": replace(SAMPLES["stream"], rows=()),
    "kinds": replace(SAMPLES["kinds"], rows=()),
    "trend": replace(SAMPLES["trend"], current=(None,) * 30, previous=(None,) * 30, last_year=(None,) * 30),
    "case_list": replace(SAMPLES["case_list"], total=0, rows=(), pages=1, next=None),
}


def text_of(component: object) -> str:
    return json.dumps(component, default=lambda part: part.to_plotly_json(), ensure_ascii=False)


@pytest.mark.parametrize("name", EMPTY)
def test_a_panel_without_data_says_so_in_its_own_frame(name: str):
    drawn = text_of(PANELS[name].draw(EMPTY[name], STATE))
    assert '"className": "quiet"' in drawn
    if name != "kpis":
        assert EMPTY[name].title in drawn


def test_a_failed_panel_keeps_its_name_and_the_time_of_its_last_good_data():
    drawn = text_of(frame.failed("走势", "读不出来", "2026-06-18T06:05:32+00:00"))
    assert "走势" in drawn
    assert '"dateTime": "2026-06-18T06:05:32+00:00"' in drawn
    assert '"role": "alert"' in drawn


def ranking_of(count: int):
    rows = tuple(
        replace(SAMPLES["ranking"].rows[1], code=str(n), rank=n + 1, tied=False, first=n == 0) for n in range(count)
    )
    return replace(SAMPLES["ranking"], rows=rows, same=())


@pytest.mark.parametrize(
    ("count", "compact", "ends_named"),
    [(ranking.ROOM, False, False), (ranking.ROOM + 1, True, False), (2 * ranking.ROOM, True, False), (60, True, True)],
)
def test_many_rows_stand_in_two_columns_and_none_is_left_out(count: int, compact: bool, ends_named: bool):
    drawn = text_of(PANELS["ranking"].draw(ranking_of(count), STATE))
    assert drawn.count('"data-region"') == count
    assert ("ranking--compact" in drawn) is compact
    assert ("末位" in drawn) is ends_named


def test_without_intervals_the_names_get_the_plots_room():
    view = SAMPLES["ranking"]
    bare = replace(view, rows=tuple(replace(row, low=None, high=None) for row in view.rows), same=())
    drawn = text_of(PANELS["ranking"].draw(bare, STATE))
    assert "ranking--plain" in drawn
    assert "interval" not in drawn


@pytest.mark.parametrize(
    ("chosen", "points", "shown"),
    [("", True, "both"), ("tile", True, "tile"), ("map", True, "map"), ("", False, "map")],
)
def test_outline_and_tiles_stand_side_by_side_unless_one_was_chosen(chosen: str, points: bool, shown: str):
    dots = (Point(10, 20, "02", "楼道堆物", "?case=1"),) if points else ()
    view = replace(SAMPLES["map"], points=dots, view=chosen or "map")
    assert map.data(view, WallState(view=chosen))["view"] == shown


def test_the_breadcrumb_names_the_way_up_and_the_place_one_is_at():
    drawn = text_of(PANELS["header"].draw(SAMPLES["header"], STATE))
    assert drawn.count('"data-up"') == 1
    assert '"data-here": "330100"' in drawn


def test_times_are_written_in_the_regions_zone():
    assert '"data-offset": "480"' in text_of(PANELS["header"].draw(SAMPLES["header"], STATE))


def test_the_shell_has_a_place_for_every_panel_in_the_order_of_the_table():
    drawn = text_of(layout())
    places = [drawn.index(f'"{ids.body(panel.id)}"') for panel in panels_in("main")]
    assert places == sorted(places)
    assert all(ids.body(panel.id) in drawn for panel in PANELS.values())
