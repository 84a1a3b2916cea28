"""The public end in a browser: reported and followed on a phone, with scripts and without; nothing an eye or axe minds."""

from collections.abc import Callable, Iterator
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import PATIENCE_MS, READER
from tests.browser.eye import axe_faults, look
from tests.browser.servers import Server
from tests.browser.watch import Watch

REFUSALS = (
    "HTTP 400:",
    "HTTP 404:",
    "console error: Failed to load resource: the server responded with a status of 40",
)
PHONE, LAPTOP = {"width": 390, "height": 844}, {"width": 1440, "height": 900}
COUNTY, TOWNSHIP, VILLAGE = "330106", "330106008", "330106008201"
PAGES = {
    "home": "", "kind": "report", "where": f"report/where?kind=fire&county={COUNTY}&township={TOWNSHIP}",
    "what": f"report/what?kind=fire&place={VILLAGE}", "track": "track", "refused": "report/where?kind=nothing",
}  # fmt: skip


@pytest.fixture
def open_page(browser: Browser, copied: Server, seen_logs) -> Iterator[Callable[..., Page]]:
    """Makes pages in profiles of their own: open_page(path, **options of the context)."""
    made: list[tuple[Page, list[str]]] = []

    def make(path: str = "", **options: object) -> Page:
        context = browser.new_context(**{**READER, "viewport": PHONE, "base_url": copied.base, **options})
        context.set_default_timeout(PATIENCE_MS)
        page = context.new_page()
        made.append((page, Watch(page, copied.base).faults))
        page.goto(f"/public/{path}")
        return page

    yield make
    for page, _faults in made:
        page.context.close()
    assert [fault for _page, faults in made for fault in faults if not fault.startswith(REFUSALS)] == []


def picture() -> dict:
    out = BytesIO()
    Image.new("RGB", (640, 480), (30, 120, 90)).save(out, "JPEG")
    return {"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}


def report(page: Page, *, scripts: bool = True) -> tuple[str, str]:
    """From the start to the receipt; number and secret. Without scripts each level of the place is a page."""
    page.get_by_role("link", name="我要反映").click()
    page.get_by_role("link", name="消防隐患").click()
    for name, code in (("county", COUNTY), ("township", TOWNSHIP), ("village", VILLAGE)):
        page.locator(f"select[name={name}]").select_option(code)
        if not scripts and name != "village":
            page.get_by_role("button", name="下一步").click()
    page.get_by_role("button", name="下一步").click()
    page.get_by_label("说一句", exact=False).fill("三楼楼道堆满了纸箱")
    page.locator("input[type=file]").set_input_files(picture())
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("收到了，谢谢您")
    return page.locator("[data-number]").inner_text(), page.locator("[data-secret]").inner_text()


def follow(page: Page, number: str, secret: str) -> None:
    page.goto("/public/track")
    page.get_by_label("编号").fill(number)
    page.get_by_label("密码").fill(secret)
    page.get_by_role("button", name="查一查").click()


def faults(page: Page) -> list[str]:
    """What axe and an eye would send back."""
    named = axe_faults(page)
    whole = page.evaluate("document.documentElement.scrollHeight")
    # what is below the fold is seen too
    page.set_viewport_size({"width": page.viewport_size["width"], "height": whole})
    return named + look(page)


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_a_case_is_reported_and_followed(open_page, scripts: bool):
    page = open_page(java_script_enabled=scripts)
    number, secret = report(page, scripts=scripts)
    follow(page, number, secret.replace("-", " ").lower())
    expect(page.get_by_role("heading", level=1)).to_have_text("等待受理")
    expect(page.get_by_text("收到您反映的情况")).to_be_visible()
    follow(page, number, "0000-0000-0000")
    expect(page.get_by_role("alert")).to_contain_text("对不上")


def test_the_next_select_comes_without_a_new_page(open_page):
    page = open_page("report/where?kind=fire")
    page.evaluate("window.stayed = true")
    page.locator("select[name=county]").select_option(COUNTY)
    page.locator("select[name=township]").select_option(TOWNSHIP)
    page.locator("select[name=village]").select_option(VILLAGE)
    page.locator("select[name=county]").select_option("330102")
    expect(page.locator("select[name=village]")).to_have_count(0)
    expect(page.locator("select[name=township]")).to_have_value("")
    assert page.evaluate("window.stayed")


def test_the_position_finds_the_place_and_can_be_left_out(open_page, copied: Server):
    place = {"longitude": 120.1253, "latitude": 30.2702}
    page = open_page("report/where?kind=fire", geolocation=place, permissions=["geolocation"])
    page.get_by_role("button", name="用我的位置").click()
    expect(page.get_by_role("status").first).to_contain_text("离您最近")
    expect(page.locator("select[name=village]")).not_to_have_value("")
    page.get_by_role("button", name="下一步").click()
    expect(page.get_by_text("会附上您刚才的位置")).to_be_visible()
    expect(page.locator("input[name=lat]")).to_have_value("30.27020")
    page.get_by_role("button", name="不附").click()
    expect(page.locator("input[name=lat]")).to_have_value("")


@pytest.mark.parametrize("size", [PHONE, LAPTOP], ids=["phone", "laptop"])
@pytest.mark.parametrize("name", PAGES)
def test_axe_and_an_eye_find_nothing(open_page, name: str, size: dict):
    assert faults(open_page(PAGES[name], viewport=size)) == []


@pytest.mark.parametrize("size", [PHONE, LAPTOP], ids=["phone", "laptop"])
def test_axe_and_an_eye_find_nothing_on_the_receipt_and_the_case(open_page, size: dict):
    page = open_page(viewport=size)
    number, secret = report(page)
    assert faults(page) == []
    follow(page, number, secret)
    assert faults(page) == []
