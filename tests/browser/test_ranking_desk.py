"""The evaluator's desk in real Chromium: from a score to its cases by keys, bands that fold, weights that are tried, the life of
an edition, and what an eye would send back."""

import csv
import io
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, expect

from layouts.desk import ids
from tests.browser.desk import SIZES, Desk
from tests.browser.eye import look, sent_back
from tests.browser.servers import Server

CASES = "24000"  # so that most counties have enough of each sort in a month
HERE = "?section=ranking"
VIEWS = (HERE, f"{HERE}&node=closing_on_time", f"{HERE}&view=profile", f"{HERE}&view=weights&node=handling",
         f"{HERE}&node=closing_on_time&view=cases&part=base", f"{HERE}&sort=half", f"{HERE}&view=changes&sort=gain")  # fmt: skip

# Letters under 12 px as they are drawn, and causes of a change that stand half outside their cell.
SMALL = """() => [...document.querySelectorAll("#desk-root *")].filter((one) =>
  [...one.childNodes].some((part) => part.nodeType === 3 && part.data.trim()) && one.checkVisibility() && !one.closest(".unseen")
  && parseFloat(getComputedStyle(one).fontSize) * (one.ownerSVGElement ? one.getScreenCTM().a : 1) < 12).map((one) => one.outerHTML)"""
HALF = """() => [...document.querySelectorAll(".shift__causes")].flatMap((cell) => [...cell.children].filter((one) =>
  one.offsetTop < cell.offsetTop + cell.clientHeight && one.getBoundingClientRect().right > cell.getBoundingClientRect().right + 1))
  .map((one) => one.textContent)"""


@pytest.fixture(scope="module")
def office(browser, words_compiled, demo) -> Iterator[Server]:
    with demo(CASES) as found:
        yield found


def row(desk: Desk, region: str) -> Locator:
    return desk.page.locator(f'.ranks__row[data-region="{region}"]')


def focused(desk: Desk) -> str:
    return desk.page.locator(".ranks__row--on").get_attribute("data-region")


def number(text: str) -> int:
    """The first whole number in a text: 1,234 件 → 1234."""
    return int(re.search(r"[\d,]+", text)[0].replace(",", ""))


def test_keys_lead_from_the_ranking_to_the_cases_and_their_count_is_the_figure(at):
    desk = at("evaluator").open(HERE)
    last = focused(desk)
    desk.press("k")
    expect(row(desk, last)).not_to_have_class(re.compile("ranks__row--on"))
    desk.page.wait_for_function("() => new URLSearchParams(location.search).get('at')")
    assert desk.state["at"] == focused(desk) != last
    desk.page.locator('[data-node="closing_on_time"]').click()
    go = desk.settle().page.locator("[data-trace-cases]")
    count = int(go.get_attribute("data-cases"))
    desk.press("t")
    listed = desk.page.locator(".panel--ranking_cases [data-total]")
    expect(listed).to_have_attribute("data-total", str(count))
    seen = desk.page.locator("[data-case-behind]").count()
    while desk.page.get_by_text("下一页").count():
        desk.page.get_by_text("下一页").click()
        desk.settle()
        seen += desk.page.locator("[data-case-behind]").count()
    assert seen == count
    desk.press("Escape")
    expect(desk.page.locator(".ranks")).to_be_visible()


def test_keys_of_the_board_do_nothing_to_a_case_that_is_out_of_sight(at):
    """The board has been open, so a case and its actions still are in the page."""
    desk = at("supervisor").open("?tab=open")
    button = desk.page.locator(".side[data-case] [data-key]:visible").first
    expect(button).to_be_visible()
    key = button.get_attribute("data-key")
    desk.page.locator(".bar__nav a", has_text="晾晒").click()
    expect(desk.page.locator(".ranks")).to_be_visible()
    desk.press(key)
    expect(desk.page.locator(f"#{ids.DIALOG} .box")).to_have_count(0)
    expect(desk.toast()).to_have_count(0)


def test_a_case_behind_a_figure_opens_its_page(at):
    desk = at("leader").open(f"{HERE}&node=closing_on_time&view=cases&part=base")
    first = desk.page.locator("[data-case-behind]").first
    said = first.get_attribute("data-case-behind")
    first.locator("a").click()
    expect(desk.page.locator(".sheet__line")).to_contain_text(said)


def test_bands_unfold_and_all_ninety_counties_are_found(at):
    desk = at("evaluator").open(HERE)
    shown = desk.page.locator(".ranks__row:visible")
    few = shown.count()
    desk.page.locator(".fold").first.click()
    assert shown.count() > few
    desk.page.locator('[data-menu="ranks"] > summary').click()
    desk.page.locator("[data-unfold]").click()
    assert shown.count() == desk.page.locator(".ranks__row").count() == 90
    desk.page.locator("[data-find-row]").fill("乐清")
    expect(shown).to_have_count(1)
    desk.page.locator("[data-find-row]").fill("温州")
    expect(shown).to_have_count(12)
    desk.page.locator("[data-find-row]").fill("没有这样的")
    expect(desk.page.locator("[data-none-found]")).to_be_visible()


def test_peers_and_sorting_are_links(at):
    desk = at("evaluator").open(HERE)
    desk.press("p")
    desk.page.wait_for_function("() => new URLSearchParams(location.search).get('peers')")
    desk.settle()
    expect(desk.page.locator(".ranks__row .ranks__rank").first).to_have_text("1")
    desk.open(f"{HERE}&sort=")
    desk.page.locator("thead .ranks__half a").click()
    desk.settle()
    expect(desk.page.locator("thead .ranks__half")).to_have_attribute("aria-sort", "descending")


def test_what_changed_since_the_last_edition_and_why_opens_by_a_key(at):
    desk = at("evaluator").open(HERE).press("c")
    panel = desk.page.locator(".panel--ranking_changes")
    rows = panel.locator(".ranks__row")
    expect(rows).to_have_count(90)
    panel.locator(".shift__gain a").click()
    desk.settle()
    expect(panel.locator("thead .shift__gain")).to_have_attribute("aria-sort", "ascending")
    worst = rows.first
    lost = float(worst.locator(".shift__gain").inner_text().replace("−", "-"))
    assert lost < 0
    worst.click()
    region = worst.get_attribute("data-region")
    expect(panel.locator(f'[data-why="{region}"]')).to_be_visible()
    points = panel.locator("[data-points]").evaluate_all("all => all.map(one => Number(one.dataset.points))")
    assert sum(points) == pytest.approx(lost, abs=0.11)
    desk.settle()
    panel.locator("[data-find-row]").fill("温州")
    expect(panel.locator(".ranks__row:visible")).to_have_count(12)
    assert desk.page.request.get(f"{desk.base}/desk/ranking.xlsx{HERE}&view=changes").status == 200
    desk.press("Escape", "Escape")  # out of the box, then back
    expect(desk.page.locator(".panel--ranking_table .ranks")).to_be_visible()


def test_the_tree_is_walked_by_arrows(at):
    desk = at("evaluator").open(HERE)
    first = desk.page.locator("[data-node]").first
    first.focus()
    leaf = desk.page.locator("[data-node=accept_on_time]")
    desk.page.keyboard.press("ArrowLeft")
    expect(leaf).to_be_hidden()
    expect(first).to_have_attribute("aria-expanded", "false")
    desk.page.keyboard.press("ArrowRight")
    desk.page.keyboard.press("ArrowRight")
    expect(leaf).to_be_focused()
    desk.page.keyboard.press("Enter")
    desk.page.wait_for_function("() => new URLSearchParams(location.search).get('node') === 'accept_on_time'")
    desk.settle()
    expect(desk.page.locator(".about h3")).to_have_text("按期受理率")


def test_a_point_of_the_funnel_selects_its_region(at):
    desk = at("evaluator").open(f"{HERE}&node=closing_on_time")
    point = desk.page.locator('.funnelplot__point[data-on="false"]').first
    region = point.get_attribute("data-region")
    point.dispatch_event("click")
    desk.page.wait_for_function("code => new URLSearchParams(location.search).get('at') === code", arg=region)
    desk.settle()
    expect(row(desk, region)).to_have_class(re.compile("ranks__row--on"))
    stage = desk.page.locator("[data-funnel]")
    stage.focus()
    desk.page.keyboard.press("ArrowRight")
    desk.page.wait_for_function("code => new URLSearchParams(location.search).get('at') !== code", arg=region)
    desk.settle()
    desk.page.locator(".behind > summary").click()
    expect(desk.page.locator(".behind__table tbody tr")).to_have_count(desk.page.locator(".funnelplot__point").count())


def test_weights_are_tried_and_nothing_is_kept(at):
    desk = at("evaluator").open(f"{HERE}&view=weights")
    before = desk.page.locator(".ranks").inner_text()
    dial = desk.page.locator("[data-dial=residents]")
    dial.focus()
    for _n in range(4):
        desk.page.keyboard.press("PageUp")
    moved = desk.page.locator(".outcome [data-moved]")
    expect(moved).to_be_visible()
    assert int(moved.get_attribute("data-moved")) == number(moved.inner_text()) > 0
    desk.press("0")
    expect(dial).to_have_attribute("aria-valuenow", "20.0")
    desk.page.locator("[data-way=normalise] [data-value=rank]").click()
    expect(moved).not_to_have_attribute("data-moved", "0")
    dial.focus()
    desk.page.keyboard.press("PageUp")
    desk.page.locator('[data-draft-version][href*="%2C"][href*="rank%3A"]').click()
    expect(desk.page.locator('[data-siblings="total"] .cell--drafted')).to_have_count(4)
    expect(desk.page.locator('[data-siblings="total"] [data-sum]')).to_have_text("100")
    expect(desk.page.locator("[data-draft]")).to_contain_text("名次法")
    assert desk.open(f"{HERE}&view=weights").page.locator(".ranks").inner_text() == before


def test_an_edition_is_opened_for_the_next_action_with_a_note(at):
    desk = at("evaluator").open(HERE)
    desk.page.locator('[data-menu="edition"] > summary').click()
    published = desk.page.locator(".edition").get_attribute("data-state")
    desk.page.keyboard.press("Escape")
    act = desk.page.locator("[data-act]").first
    action = act.get_attribute("data-act")
    assert (published, action) in {("published", "archive"), ("archived", "reissue"), ("preview", "hear"), ("appeal", "review"),
                                   ("review", "review")}  # fmt: skip
    desk.press("n")
    act.locator("[data-api-send]").click()
    expect(desk.page.locator("#desk-form-said .toast")).to_contain_text("说明")
    if action != "archive":
        return
    act.locator("textarea").fill("归档")
    act.locator("[data-api-send]").click()
    expect(desk.page.locator(".edition")).to_have_attribute("data-state", "archived")


def test_a_supervisor_of_a_county_sees_the_same_page_without_actions(at):
    desk = at("supervisor").open(HERE)
    assert focused(desk) == "330382"
    expect(desk.page.locator("[data-act]")).to_have_count(0)
    assert desk.page.locator(".ranks__row").count() == 90
    now = desk.open(f"{HERE}&edition=now-process")
    expect(now.page.locator(".panel--ranking_table .quiet")).to_be_visible()


def test_the_files_hold_every_region(at):
    desk = at("evaluator").open(HERE)
    answer = desk.page.request.get(f"{desk.base}/desk/ranking.csv{HERE}")
    assert answer.status == 200
    lines = list(csv.DictReader(io.StringIO(answer.body().decode("utf-8-sig"))))
    assert len(lines) == 90
    assert desk.page.request.get(f"{desk.base}/desk/ranking.xlsx{HERE}").status == 200


@pytest.mark.parametrize(("locale", "size"), [("en", SIZES[0]), *(("zh-CN", size) for size in SIZES)], ids=str)
def test_an_eye_and_a_screen_reader_would_send_nothing_back(at, locale, size):
    """English where there is least room; a screen reader hears the same at every size, and is asked at one."""
    desk = at("evaluator", viewport={"width": size[0], "height": size[1]}, locale=locale)
    if locale == "en":
        desk.page.goto(f"{desk.base}/lang/en?next=/desk/")
    ask = sent_back if size == SIZES[0] else look
    for view in VIEWS:
        desk.open(view)
        assert ask(desk.page) == [], view
        assert [part for ask in (SMALL, HALF) for part in desk.page.evaluate(ask)] == [], view
