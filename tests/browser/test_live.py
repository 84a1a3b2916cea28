"""A wall that lives: new cases come by themselves, a panel that breaks keeps its trouble to itself, a lost server shows."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from sqlite3 import connect
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from dashboard.deps import utc_now
from layouts.wall import ids
from layouts.wall.panels import PANELS
from tests.browser.records import ZONE, busy_grid, kpi_raw, report_case, tell, worker_of
from tests.browser.servers import Server
from tests.browser.wall import Wall, numeral

GRIDS = ("330106008201002", "330106008201001")
OPEN = "[data-kpi=open]"
PAUSE_MS = 3000
STOCK = "rollup_stock"  # how things stand; without it these panels have nothing to say, and the others have
NEED_STOCK = {"kpis", "repeats", "map", "ranking", "clocks", "funnel", "kinds"}


@pytest.fixture
def live(new_wall, copied: Server) -> Wall:
    return new_wall(copied).open("?period=today")


def version(live: Wall) -> int:
    return live.page.request.get(f"{live.base}/live/version").json()["version"]


def stage(live: Wall) -> int:
    """How many were reported today; early in the morning nobody may have, and there is no funnel."""
    found = live.link("funnel", list="reported").locator("b")
    return numeral(found.inner_text()) if found.count() else 0


def test_a_case_written_by_another_process_appears_without_a_reload(live: Wall, copied: Server):
    live.page.evaluate("window.stayed = true")
    before, count, still = version(live), stage(live), live.kpis()["open"]
    case = report_case(copied, GRIDS[0], "楼道堆放杂物")
    assert version(live) > before
    row = live.panel("stream").locator(f'[data-case="{case}"]')
    expect(row).to_be_visible()
    expect(row).to_contain_text("楼道堆放杂物")
    expect(live.page.locator(OPEN)).to_have_attribute("data-value", str(int(still) + 1))
    live.settle()
    assert stage(live) == count + 1
    assert live.kpis()["open"] == kpi_raw(copied, "open")
    assert live.page.evaluate("window.stayed"), "the page was loaded again"
    live.go(row.locator("a").click)
    expect(live.panel("case").get_by_role("dialog")).to_contain_text("楼道堆放杂物")


def test_an_open_list_stands_still_while_cases_come(live: Wall, copied: Server):
    live.click(OPEN)
    title = live.page.locator("#wall-list-title b")
    before = title.inner_text()
    case = report_case(copied, GRIDS[1], "消防通道被占")
    expect(live.panel("stream").locator(f'[data-case="{case}"]')).to_be_attached()
    live.settle()
    assert title.inner_text() == before


@contextmanager
def without(file: Path, table: str) -> Iterator[None]:
    """The database lacks a table while the product runs on it; afterwards it is back."""

    def rename(old: str, new: str) -> None:
        connection = connect(file, timeout=30)
        connection.execute(f'ALTER TABLE "{old}" RENAME TO "{new}"')
        connection.commit()
        connection.close()

    rename(table, f"{table}_away")
    try:
        yield
    finally:
        rename(f"{table}_away", table)


def test_panels_that_break_say_so_in_their_own_frames_and_recover(live: Wall, copied: Server):
    boxes = {name: live.panel(name).bounding_box() for name in NEED_STOCK}
    with without(copied.file, STOCK):
        case = report_case(copied, GRIDS[0], "缺一张表时上报")
        expect(live.panel("stream").locator(f'[data-case="{case}"]')).to_be_visible()
        for name in NEED_STOCK:
            alert = live.panel(name).get_by_role("alert")
            expect(alert).to_be_visible()
            expect(alert.locator("time"), "when it last had data").to_have_text(re.compile(r"\d\d:\d\d:\d\d"))
            assert live.panel(name).bounding_box() == boxes[name], "its frame stands where it stood"
        assert live.failed() == NEED_STOCK
        assert set(live.quiet()) <= NEED_STOCK
        assert "Traceback" not in live.words()
    for name in NEED_STOCK:
        expect(live.panel(name).get_by_role("alert"), "it tries again by itself").to_have_count(0)
    assert live.settle().failed() == set()
    assert live.kpis()["open"] == kpi_raw(copied, "open")


def test_a_case_that_cannot_be_read_fails_alone_and_can_be_left(live: Wall, copied: Server):
    row = live.panel("stream").locator("[data-case] a").first
    with without(copied.file, "case_step"):
        live.go(row.click)
        expect(live.panel("case").get_by_role("alert")).to_be_visible()
        assert live.failed() == {"case"}
        live.close()
    assert live.failed() == set()
    live.go(row.click)
    expect(live.panel("case").locator("ol time").first).to_be_visible()


def test_a_lost_server_makes_the_figures_stale_and_its_return_fresh(live: Wall, copied: Server):
    root = live.page.locator("html")
    expect(root).to_have_attribute("data-live", "ok")
    figures = live.kpis()
    copied.stop()
    expect(root).to_have_attribute("data-live", "stale")
    expect(live.panel("header").get_by_text("数据停在")).to_be_visible()
    assert live.kpis() == figures, "what was read stays on the screen"
    copied.start()
    expect(root).to_have_attribute("data-live", "ok")
    expect(live.panel("header").get_by_text("数据停在")).to_be_hidden()
    lost = (
        "ERR_CONNECTION_REFUSED",
        "ERR_INCOMPLETE_CHUNKED_ENCODING",
        "/live?",
        "/live/version",
        "the server did not respond",
    )
    refused = [fault for fault in live.faults if any(word in fault for word in lost)]
    assert live.faults == refused
    live.faults.clear()


def test_the_wall_hears_of_a_case_and_asks_for_nothing_meanwhile(live: Wall, copied: Server):
    expect(live.page.locator("html")).to_have_attribute("data-live", "ok")
    asked: list[str] = []
    live.page.on("request", lambda request: asked.append(request.url))
    before = None
    while before != version(live):  # a deadline that passes moves something by itself
        before = version(live)
        live.settle()
        asked.clear()
        live.page.wait_for_timeout(PAUSE_MS)  # nothing is awaited: that nothing happens is what is looked at
    assert asked == [], "a wall on which nothing moves asks for nothing"
    case = report_case(copied, GRIDS[0], "电动车飞线充电")
    expect(live.panel("stream").locator(f'[data-case="{case}"]')).to_be_visible()
    assert not [url for url in asked if "/live" in url]


def test_a_change_elsewhere_moves_nothing(live: Wall, copied: Server):
    live.open("?region=330200")
    asked: list[str] = []
    live.page.on("request", lambda request: asked.append(request.url))
    report_case(copied, GRIDS[0], "不在这里")
    case = report_case(copied, busy_grid(copied, "330203").code, "在这里")
    expect(live.panel("stream").locator(f'[data-case="{case}"]')).to_be_visible()
    live.settle()
    streams = [url for url in asked if "_dash-update" in url]
    assert len(streams) <= 2 * len(PANELS), "one refresh, of fast and slow panels"


HIDE = """(hidden) => { Object.defineProperty(document, "hidden", {configurable: true, get: () => hidden});
  document.dispatchEvent(new Event("visibilitychange")); }"""


def test_a_hidden_wall_is_silent_and_catches_up_when_it_is_shown(live: Wall, copied: Server):
    asked: list[str] = []
    live.page.evaluate(HIDE, True)
    live.page.on("request", lambda request: asked.append(request.url))
    case = report_case(copied, GRIDS[0], "没人看着的时候")
    live.page.wait_for_timeout(PAUSE_MS)  # as above
    assert asked == []
    live.page.evaluate(HIDE, False)
    expect(live.panel("stream").locator(f'[data-case="{case}"]')).to_be_visible()
    assert any("after=" in url for url in asked), "it went on where it was"


def test_a_serious_case_is_announced_in_words_and_opens(live: Wall, copied: Server):
    band = live.page.locator(f"#{ids.ANNOUNCE}")
    expect(band).to_be_hidden()
    report_case(copied, GRIDS[0], "普通的一件")
    serious = report_case(copied, GRIDS[0], "液化气站泄漏", severity="01")
    secret = report_case(copied, GRIDS[1], "谁家的事", kind="family", severity="02")
    expect(band).to_be_visible()
    expect(band).to_contain_text("特大")
    expect(band).to_contain_text("液化气站泄漏")
    expect(band.get_by_role("status")).to_have_attribute("aria-live", "assertive")
    live.go(band.get_by_role("link").click)
    expect(live.panel("case").get_by_role("dialog")).to_contain_text("液化气站泄漏")
    assert live.state["case"] == str(serious)
    live.close()
    expect(band, "they wait for each other").to_contain_text("婚恋家庭")
    assert "谁家的事" not in live.words()
    assert str(secret) not in band.inner_html(), "a guest is not told which it is"


def test_the_sound_is_off_until_somebody_switches_it_on_and_stays_so(live: Wall):
    switch = live.page.locator(f"#{ids.SOUND}")
    expect(switch).to_have_attribute("aria-pressed", "false")
    switch.click()
    expect(switch).to_have_attribute("aria-pressed", "true")
    live.reload()
    expect(switch).to_have_attribute("aria-pressed", "true")
    switch.click()
    expect(switch).to_have_attribute("aria-pressed", "false")


def test_the_header_says_up_to_when_the_figures_are_complete(live: Wall, copied: Server):
    line = live.panel("header").locator("[data-unsent]")
    expect(line).to_have_count(0)
    worker, device = worker_of(copied, GRIDS[0]), uuid4()
    made = utc_now() - timedelta(minutes=30)
    tell(copied, worker, device, 3, made)
    expect(line).to_have_text(re.compile(rf"{made.astimezone(ZONE):%H:%M}.*1"))
    live.open("?region=330200")
    expect(line, "elsewhere nothing is missing").to_have_count(0)
    live.open("?region=330106")
    expect(line).to_have_count(1)
    tell(copied, worker, device, 0, None)
    expect(line, "it was sent").to_have_count(0)
