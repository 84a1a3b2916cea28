"""Signing in with a real browser: where it leads, what a wrong password says, signing out, both languages, both sizes."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PATIENCE_MS, READER
from tests.browser.doors import come_in
from tests.browser.servers import Server

ROW = re.compile(r"^\s+(demo-[\w-]+)\s+(\w{4}-\w{4}-\w{4})\s", re.MULTILINE)
SIZES = {"desk": (1440, 900), "phone": (390, 844)}


@pytest.fixture
def page(browser, server) -> Iterator[Page]:
    """A profile of its own, that nobody has signed in with."""
    context = browser.new_context(**READER)
    context.set_default_timeout(PATIENCE_MS)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def told(server: Server) -> dict[str, str]:
    """Passwords by login, as they were printed at the first start."""
    return dict(ROW.findall(server.log.read_text(encoding="utf-8")))


def enter(page: Page, login: str, password: str) -> None:
    page.locator("#login").fill(login)
    page.locator("#password").fill(password)
    page.locator("#password").press("Enter")


def test_the_accounts_are_told_once_and_lead_to_where_one_wanted_to_go(
    page: Page, server: Server, told: dict[str, str]
):
    assert len(told) == 11
    page.goto(f"{server.base}/desk/?tab=open")
    assert "/sign-in?" in page.url
    enter(page, "demo-dispatcher", told["demo-dispatcher"])
    page.wait_for_url(f"{server.base}/desk/?tab=open**")
    page.request.post(f"{server.base}/sign-out")
    page.goto(f"{server.base}/desk/")
    assert "/sign-in?" in page.url


@pytest.mark.parametrize(
    ("login", "home"), [("demo-grid", "/field/"), ("demo-supervisor", "/desk/"), ("demo-leader", "/wall/")]
)
def test_everybody_lands_where_they_work(page: Page, server: Server, told: dict[str, str], login: str, home: str):
    page.goto(f"{server.base}/sign-in")
    enter(page, login, told[login])
    page.wait_for_url(f"{server.base}{home}**")


@pytest.mark.parametrize("size", SIZES)
def test_a_wrong_password_is_said_without_anything_moving(page: Page, server: Server, size: str):
    page.set_viewport_size(dict(zip(("width", "height"), SIZES[size], strict=True)))
    page.goto(f"{server.base}/sign-in?next=/desk/")
    expect(page.get_by_text("演示数据", exact=True)).to_be_visible()
    expect(page.locator("#login")).to_be_focused()
    before = page.locator("#password").bounding_box()
    enter(page, f"nobody-{size}", "wrong")
    expect(page.get_by_role("alert")).to_have_text("账号或密码不对，请再试一次。")
    expect(page.locator("#password")).to_be_focused()
    assert page.locator("#password").bounding_box() == before
    assert page.locator("#login").input_value() == f"nobody-{size}"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_password_is_shown_while_asked_to(page: Page, server: Server):
    page.goto(f"{server.base}/sign-in")
    peek, password = page.locator(".door__peek"), page.locator("#password")
    peek.click()
    expect(password).to_have_attribute("type", "text")
    expect(peek).to_have_attribute("aria-pressed", "true")
    peek.click()
    expect(password).to_have_attribute("type", "password")


def test_the_page_speaks_english_too_and_keeps_its_aim(page: Page, server: Server):
    page.goto(f"{server.base}/sign-in?next=/desk/%3Ftab%3Dopen%26region%3D330382")
    page.get_by_role("link", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert page.locator("input[name=next]").input_value() == "/desk/?tab=open&region=330382"


def test_a_session_is_not_seen_by_another_profile(browser, page: Page, server: Server):
    come_in(page.context, server, "demo-dispatcher")
    page.goto(f"{server.base}/desk/")
    assert page.url.startswith(f"{server.base}/desk/")
    other = browser.new_context(**READER)
    other.set_default_timeout(PATIENCE_MS)
    there = other.new_page()
    there.goto(f"{server.base}/desk/")
    assert "/sign-in?" in there.url
    other.close()
