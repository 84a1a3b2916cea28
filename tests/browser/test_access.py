"""For those who use keys or hear the wall: everything is reachable, the focus is seen, shapes and panels have names."""

from itertools import pairwise

import pytest

from layouts.wall import ids
from tests.browser.eye import axe_faults
from tests.browser.wall import MAIN, STAGE, Wall

# Rings, boxes and lines by which the focus may be seen, of the node and of what it draws; the map outlines its shapes.
LOOKS = """(node) => [node, ...node.querySelectorAll("*")].map((one) => { const s = getComputedStyle(one);
  return [s.outlineStyle, s.outlineWidth, s.outlineColor, s.boxShadow, s.borderColor, s.backgroundColor, s.stroke,
    s.strokeWidth, s.fill, s.textDecorationLine].join(); }).join("|") + (node.closest("#STAGE") ?
  (document.querySelector("#STAGE .chosen")?.getAttribute("d") || "") : "")""".replace("STAGE", ids.MAP_STAGE)
INTERACTIVE = """() => { let n = 0; return [...document.querySelectorAll("a[href],button,input,select,[tabindex]")]
  .filter((node) => node.tabIndex >= 0 && node.checkVisibility({visibilityProperty: true}) && !node.closest("[inert]"))
  .map((node) => { node.dataset.stop = String(n++);
    return [node.dataset.stop, node.textContent.trim() || node.getAttribute("aria-label")]; }); }"""


@pytest.fixture
def stood(wall: Wall) -> Wall:
    """A wall that stands still while it is walked over."""
    wall.open("?region=330100")
    wall.page.route("**/live/version", lambda route: route.fulfill(json={"version": 0, "as_of": None}))
    return wall.settle()


def test_everything_that_can_be_used_is_reached_by_tab_and_shows_the_focus(stood: Wall):
    stops = dict(stood.page.evaluate(INTERACTIVE))
    assert len(stops) > 60
    plain = {stop: stood.page.locator(f'[data-stop="{stop}"]').evaluate(LOOKS) for stop in stops}
    reached, unseen = set(), []
    for _n in range(len(stops) + 10):
        stood.page.keyboard.press("Tab")
        found = stood.page.evaluate_handle("document.activeElement")
        stop = found.evaluate("(node) => node.dataset.stop")
        if stop is not None and stop not in reached:
            reached.add(stop)
            if found.evaluate(LOOKS) == plain[stop]:
                unseen.append(stops[stop])
    assert [words for stop, words in stops.items() if stop not in reached] == []
    assert unseen == [], "the focus cannot be seen"


def test_shapes_tiles_and_panels_have_names(wall: Wall):
    wall.open()
    names = wall.page.locator(f"{STAGE} [data-region]").evaluate_all(
        "(nodes) => nodes.map((node) => [node.dataset.name, node.getAttribute('aria-label')])")  # fmt: skip
    assert all(label.startswith(name) and "在办" in label and "超期" in label for name, label in names)
    for name in MAIN:
        assert wall.panel(name).get_attribute("aria-label"), name
    for role in ("main", "banner", "contentinfo"):
        assert wall.page.get_by_role(role).count() >= 1, role


def test_headings_follow_each_other_without_a_gap(wall: Wall):
    wall.open()
    levels = wall.page.locator("h1,h2,h3,h4,h5,h6").evaluate_all(
        "(nodes) => nodes.filter((node) => node.checkVisibility()).map((node) => Number(node.tagName[1]))")  # fmt: skip
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("query", ["", "?region=330106&view=tile", "?list=open"])
def test_axe_finds_nothing(wall: Wall, query: str):
    wall.open(query)
    assert axe_faults(wall.page) == []
