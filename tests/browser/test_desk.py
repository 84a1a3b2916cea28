"""The desk in real Chromium: a dispatch by keys alone, pages of a long queue, who sees what."""

from collections.abc import Iterator
from datetime import timedelta
from types import SimpleNamespace

import pytest
from playwright.sync_api import expect

from dashboard.catalog import load_catalog
from dashboard.deps import utc_now
from dashboard.domain.commands import Command, Report
from dashboard.domain.people import SYSTEM
from dashboard.services import casework
from layouts.desk import ids
from layouts.desk.queue import BLOCK
from tests.browser.desk import BOX, SHEET, SIDE, SIZES
from tests.browser.eye import axe_faults
from tests.browser.records import busy_grid
from tests.browser.servers import Server

COUNTY, OTHER, MANY = "330382", "330381", 320


@pytest.fixture(scope="module")
def office(browser, words_compiled, demo) -> Iterator[Server]:
    """A server of its own with demo accounts and, in their county, a long queue of cases to accept and some further on."""
    with demo("2500") as found:
        fill(found)
        yield found


def fill(server: Server) -> None:
    """Cases written by this process, as any other door of the product would."""
    database = server.database(writable=True)
    now = utc_now()
    deps = SimpleNamespace(database=database, catalog=load_catalog(), clock=lambda: now, evidence=None)
    try:
        for county, count in ((COUNTY, MANY), (OTHER, 3)):
            grid = busy_grid(server, county).code
            for n in range(count):
                now = utc_now() - timedelta(seconds=count - n)
                place = Report(grid, "fire" if n % 2 else "noise", f"案件 {n:04d}", "grid", lon=120.98, lat=28.12)
                done = casework.report(deps, SYSTEM, place)
                if n % 16 == 0:
                    casework.act(deps, SYSTEM, (done.county_code, done.id), Command("accept"))
                if n % 48 == 0:
                    unit = unit_of(server, county)
                    casework.act(deps, SYSTEM, (done.county_code, done.id), Command("dispatch", None, {"unit": unit}))
    finally:
        database.engine.dispose()


def unit_of(server: Server, county: str) -> str:
    """The unit of the demo's handler in its county, any fire service elsewhere."""
    return {COUNTY: "乐清市消防救援", OTHER: "瑞安市消防救援"}[county]


def test_a_case_is_accepted_and_dispatched_by_keys_alone(at):
    desk = at("dispatcher").open("?tab=accept")
    waiting, accepted = desk.count("accept"), desk.count("dispatch")
    first = desk.picked()
    desk.press("j")
    second = desk.picked()
    assert second != first
    desk.press("k")
    assert desk.picked() == first
    desk.press("a")
    desk.expect_count("accept", waiting - 1)
    desk.expect_count("dispatch", accepted + 1)
    assert desk.picked() == second
    desk.open(f"?tab=dispatch&pick={first}")
    assert desk.picked() == first
    desk.press("2")
    chosen = desk.page.locator(f"{SIDE} [role=radio][aria-checked=true]")
    expect(chosen).to_have_attribute("data-key", "2")
    unit = chosen.get_attribute("data-unit")
    desk.press("d")
    expect(desk.toast()).to_be_visible()
    desk.expect_count("dispatch", accepted)
    desk.open(f"?case={first}")
    expect(desk.page.locator(SHEET)).to_contain_text(unit)
    desk.press("Escape")
    expect(desk.page.locator(".page--board")).to_be_visible()


def test_many_are_ticked_and_accepted_at_once(at):
    desk = at("dispatcher").open("?tab=accept")
    waiting = desk.count("accept")
    for _n in range(3):
        desk.picked()
        desk.press(" ", "j")
    expect(desk.page.locator("[data-bulk-count]")).to_contain_text("3")
    desk.press("a")
    desk.expect_count("accept", waiting - 3)
    expect(desk.page.locator(".bulk")).to_be_hidden()


def test_a_long_queue_comes_in_pages_and_ends_with_its_last_case(at):
    desk = at("dispatcher")
    asked: list[str] = []
    desk.page.on(
        "request", lambda one: asked.append(one.post_data or "") if "_dash-update-component" in one.url else None
    )
    desk.open("?tab=open")
    total = desk.count("open")
    assert total > 3 * BLOCK
    pages = [one for one in asked if '"getRowsRequest"' in one and '"startRow"' in one]
    assert len(pages) < total / BLOCK
    desk.page.wait_for_function(f"() => window.dash_ag_grid.getApi('{ids.GRID}').getDisplayedRowCount() === {total}")
    desk.page.evaluate(f"window.dash_ag_grid.getApi('{ids.GRID}').ensureIndexVisible({total - 1})")
    last = desk.page.locator(f'#{ids.GRID} .ag-center-cols-container [row-index="{total - 1}"][row-id*=":"]')
    expect(last).to_be_visible()
    last.locator("[col-id=title]").click()
    assert desk.picked() == last.get_attribute("row-id")


def test_a_dialogue_says_what_is_missing_and_sends_when_it_is_there(at):
    desk = at("dispatcher").open("?tab=accept")
    key = desk.picked()
    desk.press("x")
    box = desk.page.locator(BOX)
    expect(box).to_be_visible()
    assert desk.page.evaluate(f"document.querySelector({BOX!r}).contains(document.activeElement)")
    desk.press("Control+Enter")
    expect(box.locator("[data-fault]")).to_contain_text("理由")
    box.locator(".option").first.click()
    desk.press("Control+Enter")
    expect(box).to_have_count(0)
    expect(desk.toast()).to_be_visible()
    desk.open(f"?case={key}")
    expect(desk.page.locator(SHEET)).to_have_attribute("data-state", "rejected")


def test_a_handler_sees_the_cases_of_their_own_unit_only(at):
    desk = at("handler").open()
    assert desk.state.get("tab", "mine") == "mine"
    mine = desk.count("mine")
    assert 0 < mine == desk.count("open") < MANY / 16
    keys = desk.rows().evaluate_all("(rows) => [...new Set(rows.map((row) => row.getAttribute('row-id')))]")
    assert len(keys) == mine
    other = at("dispatcher").open("?tab=accept").picked()
    desk.open(f"?case={other}")
    expect(desk.page.locator("[role=alert]")).to_be_visible()
    expect(desk.page.locator(SHEET)).to_have_count(0)


def test_sections_are_those_of_the_role(at):
    def sections(role: str) -> list[str]:
        desk = at(role).open()
        return desk.page.locator(".bar__nav a").all_inner_texts()

    assert "账号" not in sections("dispatcher")
    assert sections("admin") == ["账号"]
    assert "审计" in sections("auditor")


def test_a_filter_is_saved_and_found_again(at):
    desk = at("dispatcher").open("?tab=open&kind=fire")
    total = desk.page.locator("[data-total]").get_attribute("data-total")
    desk.press("f")
    desk.page.locator("[data-filter-name]").fill("消防")
    desk.page.locator("[data-filter-save]").click()
    expect(desk.toast()).to_contain_text("消防")
    desk.open("?tab=accept").press("f")
    desk.page.locator(".menu__row a", has_text="消防").click()
    expect(desk.page.locator("[data-total]")).to_have_attribute("data-total", total)
    assert desk.state["kind"] == "fire"


def test_a_number_is_searched_by_keys(at):
    desk = at("dispatcher").open("?tab=open")
    desk.picked()
    number = desk.page.locator(SIDE).get_attribute("data-number")
    desk.press("/")
    desk.page.keyboard.type(number)
    desk.press("Enter")
    expect(desk.page.locator("[data-total]")).not_to_have_attribute("data-total", str(desk.count("open")))
    assert desk.state["q"] == number


def test_the_queue_is_exported(at):
    desk = at("dispatcher").open("?tab=dispatch")
    with desk.page.expect_download() as waiting:
        desk.page.locator(".filters__end summary").click()
        desk.page.locator('a[href^="/desk/cases.csv"]').click()
    text = waiting.value.path().read_text(encoding="utf-8-sig")
    assert len(text.splitlines()) == desk.count("dispatch") + 1


def test_a_change_elsewhere_moves_the_counts_without_a_reload(at):
    one, other = at("dispatcher").open("?tab=accept"), at("supervisor").open("?tab=open")
    before = one.count("dispatch")
    one.picked()
    one.press("a")
    one.expect_count("dispatch", before + 1)
    key = other.picked()
    assert key
    other.open("?section=supervise")
    expect(other.page.locator("[data-list=objected]")).to_be_visible()


@pytest.mark.parametrize("width, height", SIZES)
@pytest.mark.parametrize("query", ["?tab=dispatch", "?section=supervise", "case"])
def test_the_desk_is_complete_at_its_sizes(at, width: int, height: int, query: str):
    desk = at("dispatcher", viewport={"width": width, "height": height}).open("?tab=dispatch")
    if query == "case":
        desk.open(f"?case={desk.picked()}")
        expect(desk.page.locator(SHEET)).to_be_visible()
    else:
        desk.open(query)
    assert desk.look() == []


def test_the_desk_speaks_english(at, office):
    desk = at("dispatcher")
    desk.page.context.add_cookies([{"name": "lang", "value": "en", "url": office.base}])
    desk.open("?tab=dispatch")
    desk.picked()
    assert desk.page.locator("html").get_attribute("lang") == "en"
    assert desk.look() == []


@pytest.mark.parametrize("query", ["?tab=dispatch", "?section=supervise", "?section=directives", "case"])
def test_axe_finds_nothing(at, query: str):
    desk = at("supervisor").open("?tab=open")
    desk.open(f"?case={desk.picked()}") if query == "case" else desk.open(query)
    assert axe_faults(desk.page) == []
