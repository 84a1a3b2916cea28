"""The front doors: the root leads to the wall, and a machine can ask for health. Signing in: test_sign_in."""

from tests.browser.servers import Server
from tests.browser.wall import Wall


def test_the_root_leads_to_the_wall(wall: Wall):
    wall.page.goto(f"{wall.base}/")
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
