"""The front doors: the root leads to the wall, desk and field answer with a page, and a machine can ask for health."""

import pytest
from playwright.sync_api import expect

from tests.browser.servers import Server
from tests.browser.wall import Wall


def test_the_root_leads_to_the_wall(wall: Wall):
    wall.page.goto(f"{wall.base}/")
    wall.settle()
    assert wall.page.url == f"{wall.base}/wall/"


@pytest.mark.parametrize("size", [(1440, 900), (390, 844)], ids=["desk", "phone"])
@pytest.mark.parametrize("surface", ["desk", "field"])
def test_a_door_says_what_is_behind_it_and_leads_on(wall: Wall, surface: str, size: tuple[int, int]):
    wall.page.set_viewport_size(dict(zip(("width", "height"), size, strict=True)))
    wall.page.goto(f"{wall.base}/{surface}/")
    expect(wall.page.get_by_role("heading", level=1)).to_be_in_viewport()
    expect(wall.page.get_by_text("全部虚构")).to_be_in_viewport()
    assert wall.look() == []
    assert wall.page.locator("body").evaluate("(node) => parseFloat(getComputedStyle(node).fontSize)") >= 14
    assert wall.page.evaluate("document.styleSheets.length") == 2
    wall.page.get_by_role("link").click()
    wall.settle()
    assert wall.page.url == f"{wall.base}/wall/"


def test_health_is_told_as_json(context, server: Server, postgres: Server):
    for one in (server, postgres):
        answer = context.request.get(f"{one.base}/healthz")
        assert answer.ok
        assert answer.headers["content-type"] == "application/json"
        found = answer.json()
        assert (found["status"], found["regions"]) == ("ok", True)
        assert isinstance(found["version"], int)


def test_an_unknown_address_is_answered_without_a_traceback(context, server: Server):
    for path in ("/nowhere", "/lang/klingon", "/assets/shared/../../app.py", "/wall/assets/../../../app.py"):
        answer = context.request.get(f"{server.base}{path}")
        assert answer.status in (200, 404)
        assert "Traceback" not in answer.text()
        assert "create_app" not in answer.text()


def test_the_language_switch_leads_to_no_other_site(context, server: Server):
    for target in ("//example.com/", "https://example.com/", "/\\example.com", "javascript:alert(1)"):
        answer = context.request.get(f"{server.base}/lang/zh", params={"next": target}, max_redirects=0)
        assert answer.headers["location"] == "/wall/"
