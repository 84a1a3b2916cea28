"""A phone that drives a wall, from the code on the wall to the end: everything by what its holder sees and taps."""

from playwright.sync_api import expect

from layouts.wall import ids
from tests.browser.eye import axe_faults
from tests.browser.phone import Phone, Program, passwords
from tests.browser.test_directives import COUNTY, offered
from tests.browser.test_field import SMALL
from tests.browser.wall import DIALOG, Wall

DRIVEN = "html[data-driven]"


def scan(phone: Phone, code: str) -> Phone:
    """What a camera does with the QR."""
    phone.page.goto(f"{phone.base}/field/pair?code={code}")
    return phone


def tap(phone: Phone, wall: Wall, name: str) -> Wall:
    return wall.go(phone.page.get_by_role("button", name=name, exact=True).click)


def test_a_code_scanned_by_somebody_unknown_leads_through_sign_in_to_the_wall(new_wall, new_phone, copied, server):
    wall = new_wall(copied).open()
    phone = scan(new_phone(), offered(wall))
    phone.sign_in("demo-leader")
    expect(wall.page.locator(DRIVEN)).to_be_attached()
    expect(wall.page.locator(DIALOG)).to_have_count(0)
    expect(phone.title).to_have_text("遥控大屏")
    assert phone.page.evaluate(SMALL) == []
    assert axe_faults(phone.page) == []
    wall.page.evaluate("window.stayed = true")
    tap(phone, wall, "温州市")
    tap(phone, wall, "乐清市")
    assert wall.state == {"region": COUNTY}
    expect(phone.page.get_by_role("button", name="乐成街道", exact=True)).to_be_visible()
    tap(phone, wall, "下一页")
    page = wall.state["page"]
    expect(phone.page.locator("[aria-pressed=true]")).to_have_count(1)
    tap(phone, wall, "在办案件")
    assert (wall.state["list"], wall.state["page"]) == ("open", page)
    tap(phone, wall, "返回")
    tap(phone, wall, "回首页")
    assert "region" not in wall.state or wall.state["region"] == "330000"
    case = a_case(copied, server)
    phone.go(f"#/case/{case['county_code']}/{case['id']}")
    wall.go(phone.page.get_by_role("button", name="放到大屏上").click)
    assert wall.state["case"] == case["id"]
    expect(wall.panel("case").get_by_role("dialog")).to_contain_text("遥控打开的那一件")
    expect(phone.page.locator("#said")).to_contain_text("已送到大屏")
    phone.go("#/drive").page.get_by_role("button", name="断开").click()
    expect(wall.page.locator(DRIVEN)).to_have_count(0)
    expect(phone.page.get_by_label("配对码")).to_be_visible()
    assert wall.page.evaluate("window.stayed"), "the page was loaded again"


def test_the_remote_follows_a_wall_that_somebody_else_moves(new_wall, new_phone, copied):
    wall = new_wall(copied).open()
    phone = scan(new_phone().open().sign_in("demo-leader"), offered(wall))
    expect(phone.page.get_by_role("button", name="温州市", exact=True)).to_be_visible()
    wall.open("?region=330300")
    expect(phone.page.get_by_role("button", name="乐清市", exact=True)).to_be_visible()
    # once claimed, the code is spent: a reload does not claim it again
    phone.page.reload()
    expect(phone.page.get_by_role("button", name="乐清市", exact=True)).to_be_visible()
    wall.page.locator(f"#{ids.PAIR}").click()
    wall.page.get_by_role("dialog").get_by_role("button", name="结束遥控").click()
    expect(phone.page.get_by_text("遥控已结束")).to_be_visible()


def test_a_wrong_code_says_so_and_can_be_typed_again(new_wall, new_phone, copied):
    wall = new_wall(copied).open()
    phone = scan(new_phone().open().sign_in("demo-leader"), "ABCD2345")
    expect(phone.page.locator("#said")).to_have_text("没有这个码，或者它已过期。请看大屏上现在的码。")
    phone.page.get_by_label("配对码").fill(offered(wall))
    phone.page.get_by_role("button", name="连接").click()
    expect(wall.page.locator(DRIVEN)).to_be_attached()
    expect(phone.page.get_by_role("button", name="温州市", exact=True)).to_be_visible()
    phone.forgive()  # the wrong code's answer


def a_case(copied, server) -> dict:
    worker = Program.of(copied.base, "demo-grid", passwords(server))
    grid = worker.get("/inbox")["grids"][0]
    return worker.post("/cases", {"place": grid["code"], "kind": "ebike", "title": "遥控打开的那一件"})
