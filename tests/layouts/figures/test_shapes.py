"""The SVG a map is drawn on."""

from xml.etree import ElementTree

import pytest

from dashboard.views.places import Shape, ShapesView, Tile
from layouts.figures.shapes import shapes_svg
from layouts.figures.tiles import name_lines

SVG = "{http://www.w3.org/2000/svg}"
RIM = "M10,20L110,20L110,90L10,90Z"
NASTY = '<甲 & "乙">'
SHAPES = (
    Shape("330102", NASTY, "M10,20L60,20L60,90Z", 40, 40, "330100"),
    Shape("330106", "西湖", "M60,20L110,20L110,90Z", 90, 40, "330100"),
)
OUTLINES = (("330100", "杭州", RIM, 60.0, 50.0),)
PARALLELS = (("M0 30H800", "30°N", 794.0, 24.0),)
TILES = (Tile("1", "甲", 0, 0, "a"), Tile("2", NASTY, 1, 0, "b"), Tile("3", "丙", 1, 1, "b"))
BOUNDARIES = ShapesView(800, 600, SHAPES, OUTLINES, RIM, PARALLELS, (), 0, 0)
EQUAL = ShapesView(800, 600, (), (), "", (), TILES, 2, 2)
OUTLINE = ShapesView(800, 600, (), (), RIM, (), (), 0, 0)
NOTHING = ShapesView(800, 600, (), (), "", (), (), 0, 0)


def parsed(view: ShapesView) -> ElementTree.Element:
    return ElementTree.fromstring(shapes_svg(view))


def regions(root: ElementTree.Element) -> list[str]:
    return [node.get("data-region") for node in root.iter(f"{SVG}a") if node.get("data-region")]


@pytest.mark.parametrize(
    ("view", "kind", "codes"),
    [
        (BOUNDARIES, "shapes", ["330102", "330106"]),
        (EQUAL, "tiles", ["1", "2", "3"]),
        (OUTLINE, "outline", []),
        (NOTHING, "outline", []),
    ],
)
def test_every_item_is_one_region_in_well_formed_svg(view, kind, codes):
    root = parsed(view)
    assert root.get("data-kind") == kind
    assert regions(root) == codes


@pytest.mark.parametrize("view", [BOUNDARIES, EQUAL])
def test_regions_are_links_that_can_have_the_focus_and_say_their_name(view):
    links = [node for node in parsed(view).iter(f"{SVG}a") if node.get("data-region")]
    assert all(node.get("href").startswith("?region=") and node.get("tabindex") == "0" for node in links)
    assert NASTY in [node.get("aria-label") for node in links]


def test_the_picture_is_cut_to_the_rim_so_that_it_fills_its_frame():
    left, top, width, height = (float(part) for part in parsed(BOUNDARIES).get("viewBox").split())
    assert (left, top) == (4, 14)
    assert (width, height) == (112, 82)


def test_cities_lie_over_the_counties_without_being_counted_as_shapes():
    cities = [node.get("data-city") for node in parsed(BOUNDARIES).iter(f"{SVG}a") if node.get("data-city")]
    assert cities == ["330100"]


def test_tiles_have_a_seam_only_where_two_groups_meet():
    lines = list(parsed(EQUAL).iter(f"{SVG}line"))
    assert len(lines) == 1


@pytest.mark.parametrize("view", [BOUNDARIES, EQUAL])
def test_no_data_has_a_hatch(view):
    assert [node.get("id") for node in parsed(view).iter(f"{SVG}pattern")]


@pytest.mark.parametrize(
    ("name", "columns", "rows", "lines"),
    [
        ("西湖", 11, 12, ("西湖",)),
        ("劳动路社区", 11, 12, ("劳动路", "社区")),
        ("劳动路社区", 11, 14, ("劳动…",)),
        ("劳动路社区", 8, 6, ("劳动路社", "区")),
        ("景宁畲族自治县人民政府驻地", 8, 6, ("景宁畲族", "自治县…")),
        ("Xihu", 11, 8, ("Xihu",)),
    ],
)
def test_a_long_name_takes_two_lines_where_there_is_room(name, columns, rows, lines):
    assert name_lines(name, columns, rows) == lines
