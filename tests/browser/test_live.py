"""A wall that lives: new cases come by themselves, a panel that breaks keeps its trouble to itself, a lost server shows."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from sqlite3 import connect

import pytest
from playwright.sync_api import expect

from tests.browser.records import kpi_raw, report_case
from tests.browser.servers import Server
from tests.browser.wall import Wall, numeral

GRIDS = ("330106008201002", "330106008201001")
OPEN = "[data-kpi=open]"
STOCK = "rollup_stock"  # how things stand; without it these panels have nothing to say, and the others have
NEED_STOCK = {"kpis", "repeats", "map", "ranking", "clocks", "funnel", "kinds"}


@pytest.fixture
def live(new_wall, copied: Server) -> Wall:
    return new_wall(copied).open("?period=today")


def version(live: Wall) -> int:
    return live.page.request.get(f"{live.base}/live/version").json()["version"]


def stage(live: Wall) -> int:
    return numeral(live.link("funnel", list="reported").locator("b").inner_text())


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
    refused = [fault for fault in live.faults if "ERR_CONNECTION_REFUSED" in fault or "/live/version" in fault]
    assert live.faults == refused
    live.faults.clear()
