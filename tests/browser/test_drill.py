"""Down from the province to a grid and up again, by mouse and by keys alone; every step shows where one is."""

import pytest
from playwright.sync_api import expect

from dashboard.domain.regions import Region
from layouts.wall import ids
from tests.browser.records import busy_grid
from tests.browser.wall import STAGE, Wall, numeral

PROVINCE, CITY, COUNTY = "330000", "330100", "330106"
START = "?period=year&measure=open"  # ranking and tiles then show open cases, which add up
LEAF_IS_EMPTY = {"ranking"}  # nothing lies below a grid
SCARCE = {"ranking", "trend", "repeats", "clocks"}  # panels that may say so where there are few cases


@pytest.fixture(scope="module")
def grid(server) -> Region:
    return busy_grid(server, COUNTY)


def assert_stands(wall: Wall, region: Region, code: str) -> None:
    """The wall is at `code`, which lies on the path of `region`: URL, breadcrumb, panels, sums."""
    path = [one for _level, one in region.path]
    depth = path.index(code) + 1
    assert wall.state.get("region", PROVINCE) == code
    assert wall.state["measure"] == "open", "what was chosen stays chosen"
    assert len(wall.crumbs()) == depth
    here = wall.page.locator(f"#{ids.HEADER} [aria-current=page]")
    assert code == PROVINCE or f"region={code}" in here.get_attribute("href")
    assert wall.failed() == set()
    assert set(wall.quiet()) <= (SCARCE if depth > 3 else set())
    assert_adds_up(wall)


def assert_adds_up(wall: Wall) -> None:
    """Open cases of the regions below, in the ranking and on the map, are the open cases here."""
    total, below = wall.kpis()["open"], wall.ranking()
    if below:
        assert sum(numeral(text) for text in below.values()) == total
    codes = wall.regions()
    drawn = wall.page.evaluate("(codes) => codes.map((code) => window.dash_clientside.wall.mapItem(code).open)", codes)
    assert not drawn or sum(drawn) == total


def test_down_to_a_grid_and_up_again_by_mouse(wall: Wall, grid: Region):
    township, village = grid.ancestor("township"), grid.ancestor("village")
    wall.open(START)
    assert_stands(wall, grid, PROVINCE)
    wall.go(lambda: wall.link("ranking", region=CITY).click())
    assert_stands(wall, grid, CITY)
    wall.click_shape(COUNTY)
    assert_stands(wall, grid, COUNTY)
    wall.click_shape(township)
    assert_stands(wall, grid, township)
    wall.go(lambda: wall.link("ranking", region=village).click())
    assert_stands(wall, grid, village)
    wall.click_shape(grid.code)
    assert_stands(wall, grid, grid.code)
    for code in (village, COUNTY, CITY):
        wall.go(lambda code=code: wall.link("header", region=code).first.click())
        assert_stands(wall, grid, code)
    wall.go(lambda: wall.page.locator(f"#{ids.HEADER} nav ol a").first.click())
    assert_stands(wall, grid, PROVINCE)


def test_a_city_is_entered_by_its_name_on_the_map_and_a_county_by_the_callout(wall: Wall):
    wall.open()
    wall.go(lambda: wall.page.locator(f'{STAGE} [data-city="{CITY}"] text').click())
    assert wall.state["region"] == CITY
    wall.page.mouse.move(*wall.point_on(COUNTY))
    drill = wall.page.locator(f"#{ids.MAP_CALLOUT} [data-slot=drill]")
    expect(drill).to_have_attribute("href", f"?region={COUNTY}")
    wall.go(drill.click)
    assert wall.state["region"] == COUNTY


def test_back_and_forward_of_the_browser(wall: Wall, grid: Region):
    wall.open(START)
    for code in (CITY, COUNTY):
        wall.go(lambda code=code: wall.link("ranking", region=code).click())
    for code in (CITY, PROVINCE):
        wall.go(wall.page.go_back)
        assert_stands(wall, grid, code)
    wall.go(wall.page.go_forward)
    assert_stands(wall, grid, CITY)


# ---- by keys alone


def focused(wall: Wall) -> str | None:
    """Code of the region that has the focus."""
    return wall.page.evaluate("document.activeElement?.closest('[data-region]')?.dataset.region")


def tab_to(wall: Wall, code: str, panel: str, limit: int = 250) -> None:
    """Press Tab until a region's link in a panel has the focus."""
    target = f'#{panel} [data-region="{code}"]'
    for _n in range(limit):
        wall.page.keyboard.press("Tab")
        if wall.page.evaluate("(target) => document.activeElement?.matches(target)", target):
            return
    raise AssertionError(f"{limit} times Tab did not reach {target}")


def arrow_to(wall: Wall, code: str, limit: int = 60) -> None:
    """Press arrows towards a shape or tile until it has the focus; where one way is closed, try the other."""
    offset = """(target) => { const [a, b] = [document.activeElement, target].map((node) =>
      (node.querySelector("path,rect") || node).getBoundingClientRect());
      return [b.x + b.width / 2 - a.x - a.width / 2, b.y + b.height / 2 - a.y - a.height / 2]; }"""
    seen: set[tuple] = set()
    wall.page.keyboard.press("ArrowDown")
    for _n in range(limit):
        here = focused(wall)
        if here == code:
            return
        dx, dy = wall.shape(code).evaluate(offset)
        keys = ["ArrowRight" if dx > 0 else "ArrowLeft", "ArrowDown" if dy > 0 else "ArrowUp"]
        turns = {"ArrowRight": "ArrowLeft", "ArrowLeft": "ArrowRight", "ArrowUp": "ArrowDown", "ArrowDown": "ArrowUp"}
        wanted = keys if abs(dx) > abs(dy) else keys[::-1]
        key = next(
            (key for key in (*wanted, *(turns[key] for key in wanted[::-1])) if (here, key) not in seen), wanted[0]
        )
        seen.add((here, key))
        wall.page.keyboard.press(key)
    raise AssertionError(f"{limit} arrows did not reach {code}")


def test_down_to_a_grid_and_up_again_by_keys_alone(wall: Wall, grid: Region):
    township = grid.ancestor("township")
    wall.open(START)
    tab_to(wall, CITY, ids.RANKING)
    assert_stands(wall.press("Enter"), grid, CITY)
    arrow_to(wall, COUNTY)
    assert_stands(wall.press("Enter"), grid, COUNTY)
    arrow_to(wall, township)
    assert_stands(wall.press("Enter"), grid, township)
    tab_to(wall, grid.code, ids.MAP_STAGE)
    assert_stands(wall.press("Enter"), grid, grid.code)
    for code in (grid.ancestor("village"), township, COUNTY, CITY, PROVINCE):
        assert_stands(wall.press("Escape"), grid, code)


def test_c_opens_the_cases_of_the_region_in_focus_and_esc_gives_the_focus_back(wall: Wall):
    wall.open(f"?region={CITY}&measure=open")
    arrow_to(wall, COUNTY)
    wall.press("c")
    assert (wall.state["list"], wall.state["at"]) == ("open", COUNTY)
    expect(wall.page.get_by_role("dialog")).to_be_visible()
    wall.close()
    assert focused(wall) == COUNTY
