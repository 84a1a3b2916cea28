"""An unattended wall: pages turn by themselves and stop when asked; full screen, languages, less motion."""

import pytest
from playwright.sync_api import expect

from layouts.wall import ids
from tests.browser.wall import Wall

HELD_SECONDS = 60  # assets/wall/rotation.js: after a page was opened or touched
PAUSE = f"#{ids.PAUSE}"


def stay(wall: Wall) -> int:
    """Seconds a page stays up, as the page says."""
    return int(wall.page.locator(f"#{ids.ROTATION}").get_attribute("data-seconds"))


def page_shown(wall: Wall) -> str:
    return wall.state.get("page", "overview")


def pages(wall: Wall) -> list[str]:
    return wall.panel("playlist").locator("[data-page]").evaluate_all("(tabs) => tabs.map((tab) => tab.dataset.page)")


@pytest.fixture
def timed(new_wall) -> Wall:
    """A wall whose clock the test turns."""
    wall = new_wall()
    wall.page.clock.install()
    return wall.open("?period=7d")


def wait(wall: Wall, seconds: int) -> None:
    """Let time pass in the page, second by second where it matters: a turned page is one tick."""
    wall.page.clock.run_for(seconds * 1000)


def test_pages_turn_by_themselves_and_keep_region_and_period(timed: Wall):
    names = pages(timed)
    assert len(names) > 2
    wait(timed, HELD_SECONDS - 5)
    assert page_shown(timed) == "overview", "somebody may be reading"
    for name in names[1:3]:
        timed.go(lambda: wait(timed, stay(timed) + 7))
        assert page_shown(timed) == name
        assert timed.state["period"] == "7d"
        expect(timed.panel("playlist").locator(f"[data-page={name}]")).to_have_attribute("aria-current", "page")
        assert timed.failed() == set()


def test_pause_holds_the_page_until_it_is_lifted(timed: Wall):
    wait(timed, HELD_SECONDS)
    timed.page.keyboard.press(" ")
    expect(timed.page.locator(PAUSE)).to_have_text("继续")
    wait(timed, HELD_SECONDS + 3 * stay(timed))
    assert page_shown(timed) == "overview"
    timed.page.locator(PAUSE).click()
    expect(timed.page.locator(PAUSE)).to_have_text("暂停")
    timed.go(lambda: wait(timed, stay(timed) + 2))
    assert page_shown(timed) == pages(timed)[1]


def test_an_open_list_holds_the_page(timed: Wall):
    timed.click("[data-kpi=open]")
    wait(timed, HELD_SECONDS + 2 * stay(timed))
    assert page_shown(timed) == "overview"
    assert timed.state["list"] == "open"


def test_a_page_shows_its_own_kinds_only(wall: Wall):
    wall.open("?period=year")
    every = wall.kpis()["open"]
    wall.go(lambda: wall.panel("playlist").locator("[data-page=dispute]").click())
    assert 0 < wall.kpis()["open"] < every
    assert wall.quiet() == []


@pytest.mark.parametrize("how", ["button", "key"])
def test_full_screen_by_button_and_by_key(wall: Wall, how: str):
    wall.open()
    act = wall.page.locator(f"#{ids.FULL_SCREEN}").click if how == "button" else lambda: wall.page.keyboard.press("f")
    act()
    wall.page.wait_for_function("() => document.fullscreenElement === document.documentElement")
    act()
    wall.page.wait_for_function("() => document.fullscreenElement === null")


CHINESE = """() => {
  const named = "[data-region],[data-city],[data-slot=name],nav ol,.stream__place,.stream__text,a[lang=zh],.label,.moved,.map__note";
  const words = [...document.querySelectorAll("body *")].filter((node) => !node.closest(`${named},script,style`));
  return words.flatMap((node) => [...[...node.childNodes].filter((one) => one.nodeType === 3).map((one) => one.textContent),
    node.getAttribute("aria-label"), node.getAttribute("title")]).filter((text) => /[\\u4e00-\\u9fff]/.test(text || ""));
}"""  # names and notes of the region pack and what people reported stay as they are; the switch names a language in itself


def test_the_language_switch_turns_every_word_and_back(new_wall):
    wall = new_wall().open("?region=330100&period=7d")
    root = wall.page.locator("html")
    expect(root).to_have_attribute("lang", "zh-CN")
    wall.page.locator("a[lang=en]").click()
    wall.page.wait_for_selector("a[lang=zh]")
    wall.settle()
    expect(root).to_have_attribute("lang", "en")
    assert (wall.state["region"], wall.state["period"]) == ("330100", "7d"), "the reader stays where they were"
    assert [text for text in wall.page.evaluate(CHINESE) if "杭州" not in text] == []
    assert wall.failed() == set()
    wall.page.locator("a[lang=zh]").click()
    wall.page.wait_for_selector("a[lang=en]")
    wall.settle()
    expect(root).to_have_attribute("lang", "zh-CN")
    expect(wall.panel("funnel")).to_contain_text("闭环漏斗")


MOVING = """() => [...document.querySelectorAll("body *")].filter((node) => {
  const style = getComputedStyle(node);
  return [style.animationDuration, style.transitionDuration].some((text) => text.split(",").some((one) => parseFloat(one) > 0.05));
}).map((node) => node.className)"""


def test_nothing_moves_for_those_who_asked_for_less_motion(wall: Wall):
    wall.page.emulate_media(reduced_motion="reduce")
    wall.open()
    assert wall.page.evaluate(MOVING) == []
    wall.page.emulate_media(reduced_motion="no-preference")
