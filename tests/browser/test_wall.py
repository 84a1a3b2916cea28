"""The wall at its three sizes: all there, nothing cut, nothing asked of anybody else."""

from collections.abc import Iterator
from itertools import pairwise

import pytest
from playwright.sync_api import expect

from dashboard.services.overview import KPIS
from layouts.wall import ids
from tests.browser.wall import DIALOG, MAIN, Wall, watched

SIZES = {"1080p": (1920, 1080), "4k": (3840, 2160), "32:9": (3840, 1080)}
COUNTIES = 90


@pytest.fixture(params=SIZES, scope="module")
def sized(request, context, server) -> Iterator[Wall]:
    """One wall for each size, which several tests look at."""
    wall = watched(context, server)
    wall.page.set_viewport_size(dict(zip(("width", "height"), SIZES[request.param], strict=True)))
    yield wall.open()
    wall.page.close()
    assert wall.faults == []


def is_wide(wall: Wall) -> bool:
    return wall.page.evaluate("innerWidth / innerHeight > 2.5")


def test_every_panel_has_content(sized: Wall):
    assert sized.quiet() == []
    expect(sized.panel("directives")).to_be_hidden()  # takes the place of the repeats only where orders are open
    for name in (*(name for name in MAIN if name != "directives"), "header", "playlist"):
        expect(sized.panel(name)).to_be_visible()
        assert sized.panel(name).inner_text().strip(), name
    for name in ("case_list", "case"):
        expect(sized.panel(name)).to_be_empty()
    assert list(sized.kpis()) == list(KPIS)
    assert None not in sized.kpis().values()
    expect(sized.panel("header").get_by_text("全部虚构")).to_be_in_viewport()


def test_all_counties_are_drawn_and_all_cities_ranked(sized: Wall):
    shapes = sized.regions("shapes")
    assert len(shapes) == len(set(shapes)) == COUNTIES
    boxes = sized.page.locator(f"#{ids.MAP_STAGE} svg[data-kind=shapes] [data-region] path").evaluate_all(
        "(paths) => paths.map((path) => path.getBoundingClientRect()).filter((box) => box.width < 1 || box.height < 1)")  # fmt: skip
    assert boxes == []
    assert len(sized.ranking()) == 11
    if is_wide(sized):
        assert sorted(sized.regions("tiles")) == sorted(shapes)
    else:
        assert sized.regions("tiles") == []


def test_nothing_is_cut_off_or_lies_over_another(sized: Wall):
    assert sized.look() == []


def test_the_tile_view_is_complete_too(sized: Wall):
    if is_wide(sized):
        sized.open("?view=tile")  # both stand there already, so there is nothing to choose
    else:
        sized.go(lambda: sized.link("map", view="tile").click())
    tiles = sized.regions("tiles")
    assert len(tiles) == len(set(tiles)) == COUNTIES
    assert sized.look() == []


def test_a_second_visit_fetches_scripts_styles_and_shapes_from_the_cache(new_wall):
    wall = new_wall()
    wall.open()
    loaded = """() => performance.getEntriesByType("resource")
      .filter((one) => /\\.(js|css|woff2|svg)(\\?|$)/.test(one.name)).map((one) => [one.name, one.transferSize])"""
    assert len(wall.page.evaluate(loaded)) > 10
    wall.page.goto("about:blank")
    wall.open()
    again = {name for name, size in wall.page.evaluate(loaded) if size > 1000}
    assert again == set(), "fetched once more"


def test_the_wall_stands_on_postgresql_too(new_wall, postgres):
    wall = new_wall(postgres).open("?period=year")
    assert wall.quiet() == []
    assert len(wall.regions("shapes")) == COUNTIES
    wall.click_shape("330106")
    assert wall.crumbs() == ["浙江省", "杭州市", "西湖区"]
    wall.go(lambda: wall.link("funnel", list="reported").click())
    assert wall.page.locator(f"{DIALOG} [data-case]").count() > 0
    assert wall.failed() == set()


HEADS = """() => [...document.querySelectorAll(".ranking__heads > span:not(.ranking__letters)")].map((node) => {
  const range = document.createRange();
  range.selectNodeContents(node);
  const { left, right } = range.getBoundingClientRect();
  return [node.textContent, left, right, parseFloat(getComputedStyle(node).fontSize)];
})"""


@pytest.mark.parametrize("measure", ["open", "band"])  # without and with intervals
@pytest.mark.parametrize("size", SIZES)
def test_heads_of_the_ranking_keep_a_space_apart_in_english(new_wall, size: str, measure: str):
    wall: Wall = new_wall(viewport=dict(zip(("width", "height"), SIZES[size], strict=True)))
    wall.page.context.add_cookies([{"name": "lang", "value": "en", "url": wall.base}])
    heads = wall.open(f"?measure={measure}").page.evaluate(HEADS)
    assert [words for words, *_box in heads][:3] == ["Rank", "Moved", "Region"]
    expect(wall.page.locator(".header__below")).to_have_text("11 cities90 counties")  # the dot is CSS
    for (words, _left, right, em), (_next, left, *_box) in pairwise(heads):
        assert left - right > 0.2 * em, words
