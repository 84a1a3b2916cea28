"""An order from the wall and its answer from a phone; a phone that drives the wall. Nothing is loaded again."""

import json
import re

import pytest
from playwright.sync_api import Route, expect

from layouts.wall import ids
from tests.browser.eye import axe_faults
from tests.browser.phone import Program, passwords
from tests.browser.wall import DIALOG, Wall

COUNTY, EMPTY = "330382", "330106"  # where the demo's people work, and a county without any
SIZES = {"1080p": (1920, 1080), "4K": (3840, 2160), "32:9": (5120, 1440)}
ORDER = "下达指令"


@pytest.fixture
def leader(new_wall, server, copied) -> Wall:
    """A wall at which the province's leader has signed in."""
    found = new_wall(copied)
    sign_in(found, "demo-leader", passwords(server)["demo-leader"])
    return found


def sign_in(wall: Wall, login: str, password: str) -> None:
    answer = wall.page.request.post(f"{wall.base}/api/v1/session", data={"login": login, "password": password})
    assert answer.status == 201, answer.text()


@pytest.fixture
def codes(server) -> dict[str, str]:
    return passwords(server)


def order(program: Program, text: str, **given: object) -> str:
    body = {"region": COUNTY, "text": text, "roles": ["grid_worker"], "due_in": "2h", **given}
    return program.post("/directives", body)["id"]


def row(wall: Wall, key: str):
    return wall.panel("directives").locator(f'[data-directive="{key}"]')


def choose(wall: Wall, *, role: str) -> None:
    """One role and the first of the ready texts."""
    wall.page.locator(f'[data-pick=role][data-value="{role}"]').click()
    wall.page.locator("[data-template]").first.click()


def test_an_order_from_the_wall_is_read_and_answered_on_a_phone_and_the_wall_follows(leader: Wall, new_phone):
    leader.open(f"?region={COUNTY}").click("[data-kpi=open]")
    leader.page.evaluate("window.stayed = true")
    leader.go(leader.page.get_by_role("dialog").get_by_role("link", name=ORDER).click)
    choose(leader, role="grid_worker")
    expect(leader.page.locator(".order__text")).to_have_value("在办案件：请立即核查并处置，按时反馈结果。")
    leader.go(leader.page.locator("[data-send]").click)
    key = leader.state["directive"]
    expect(leader.page.locator("h2", has_text="请立即核查并处置")).to_be_visible()
    assert leader.close().state["list"] == "open", "one is back where one came from"
    leader.close()
    here = row(leader, key)
    expect(here).to_be_visible()
    expect(leader.panel("repeats")).to_be_hidden()
    expect(here.locator("[data-step=read]")).to_have_text("0/1")
    phone = new_phone().open().sign_in("demo-grid")
    phone.go(f"#/order/{key}")
    expect(here.locator("[data-step=read]")).to_have_text("1/1")
    phone.page.get_by_role("textbox").fill("已到场，电话 13800001111")
    phone.page.locator(".submit").click()
    expect(here.locator("[data-step=answered]")).to_have_text("1/1")
    expect(here).to_contain_text("均已答复")
    leader.go(here.locator("a").click)
    answers = leader.page.locator(".answers")
    expect(answers).to_contain_text("已到场，电话 ＊＊＊")
    assert "演示·" not in leader.words(), "no names on the wall"
    assert leader.page.evaluate("window.stayed"), "the page was loaded again"


def test_an_open_order_follows_its_receipts(leader: Wall, copied, codes):
    key = order(Program.of(copied.base, "demo-leader", codes), "请到场核查")
    leader.open(f"?region={COUNTY}&directive={key}")
    read = leader.page.locator(".receipts tbody tr td").nth(2)
    expect(read).to_have_text("0")
    Program.of(copied.base, "demo-grid", codes).post(f"/directives/{key}/receipts", {"step": "read"})
    expect(read).to_have_text("1")
    withdraw = leader.page.locator("[data-withdraw]")
    withdraw.click()
    expect(withdraw).to_have_text("再按一次撤回")
    withdraw.click()
    expect(leader.page.get_by_role("dialog")).to_contain_text("已撤回")
    leader.close()
    expect(row(leader, key)).to_have_count(0)


def test_an_answer_that_got_lost_on_the_way_does_not_order_twice(leader: Wall, copied, codes):
    leader.open(f"?region={COUNTY}&order=new")
    choose(leader, role="verifier")
    lost: list[str] = []

    def lose(route: Route) -> None:
        if not lost:
            lost.append(route.fetch().json()["id"])  # it was carried out
            return route.abort()
        return route.continue_()

    leader.page.route("**/api/v1/directives", lose)
    leader.page.locator("[data-send]").click()
    expect(leader.page.locator(".order__fault")).to_contain_text("再按一次")
    leader.go(leader.page.locator("[data-send]").click)
    assert leader.state["directive"] == lost[0]
    issued = Program.of(copied.base, "demo-leader", codes).get("/directives?box=issued")["rows"]
    assert [one["id"] for one in issued].count(lost[0]) == 1
    assert len([one for one in issued if one["roles"] == ["verifier"]]) == 1
    leader.faults[:] = [fault for fault in leader.faults if "ERR_FAILED" not in fault]


def test_what_lacks_is_said_and_a_place_without_people_offers_the_one_above(leader: Wall):
    leader.open(f"?region={COUNTY}&order=new")
    send, fault = leader.page.locator("[data-send]"), leader.page.locator(".order__fault")
    send.click()
    expect(fault).to_have_text("请选择对象")
    leader.page.locator('[data-value="handler"]').click()
    send.click()
    expect(fault).to_have_text("请写明内容")
    leader.page.locator("[data-value=custom]").click()
    until = leader.page.locator(".order__until")
    before = until.inner_text()
    leader.page.locator('[data-hours="24"]').click()
    expect(until).not_to_have_text(before)
    leader.open(f"?region={EMPTY}&order=new")
    expect(leader.page.get_by_role("dialog")).to_contain_text("还没有可以接收指令的人员")
    leader.go(leader.page.get_by_role("dialog").get_by_role("link", name="浙江").click)
    expect(leader.page.locator("[data-send]")).to_be_visible()


def test_an_order_is_opened_from_a_case_and_from_the_map(leader: Wall):
    leader.open(f"?region={COUNTY}&view=tile")
    code = leader.regions("tiles")[0]
    leader.page.mouse.move(*leader.point_on(code))
    leader.go(leader.page.locator(f"#{ids.MAP_CALLOUT} [data-slot=order]").click)
    assert (leader.state["order"], leader.state["at"]) == ("new", code)
    leader.open(f"?region={COUNTY}&list=reported&period=year")
    leader.go(leader.page.locator(".cases__link").first.click)
    leader.go(leader.page.get_by_role("dialog").get_by_role("link", name=ORDER).click)
    about = leader.page.locator("[data-order]")
    assert about.get_attribute("data-case") == leader.state["case"]
    leader.page.locator("[data-template]").first.click()
    expect(leader.page.locator(".order__text")).to_have_value(re.compile(r"^案件 \d{6}-"))


def test_a_guest_sees_how_orders_stand_and_gives_none(new_wall, copied, codes):
    key = order(Program.of(copied.base, "demo-leader", codes), "请到场核查")
    guest = new_wall(copied).open(f"?region={COUNTY}&view=tile")
    expect(row(guest, key)).to_be_visible()
    guest.page.mouse.move(*guest.point_on(guest.regions("tiles")[0]))
    expect(guest.page.locator(f"#{ids.MAP_CALLOUT} [data-slot=drill]")).to_be_visible()
    assert guest.page.get_by_text(ORDER).locator("visible=true").count() == 0
    guest.click("[data-kpi=open]")
    assert guest.page.get_by_role("dialog").get_by_text(ORDER).count() == 0
    guest.open(f"?region={COUNTY}&order=new")
    expect(guest.page.get_by_role("dialog")).to_contain_text("您不能向这个辖区下达指令")
    assert guest.page.locator("[data-send]").count() == 0


# ---- a phone as remote control


def offered(wall: Wall) -> str:
    wall.page.keyboard.press("p")
    return wall.page.locator(".pairing__code").inner_text().replace(" ", "")


def test_a_phone_drives_the_wall_until_the_wall_lets_it_go(new_wall, new_phone, copied, codes):
    wall = new_wall(copied).open()
    phone = new_phone().open().sign_in("demo-leader")
    phone.page.goto(f"{copied.base}/field/pair?code={offered(wall)}")
    expect(wall.page.locator("html[data-driven]")).to_be_attached()
    expect(wall.page.locator(DIALOG)).to_have_count(0)
    wall.page.evaluate("window.stayed = true")
    wall.go(phone.page.get_by_role("button", name="温州市").click)
    assert wall.state == {"region": "330300"}
    wall.go(phone.page.get_by_role("button", name="乐清市").click)
    assert wall.state == {"region": COUNTY}
    wall.go(phone.page.get_by_role("button", name="下一页").click)
    assert wall.state["page"] == "ranking"
    assert wall.page.evaluate("window.stayed"), "the page was loaded again"
    wall.page.locator(f"#{ids.PAIR}").click()
    wall.page.get_by_role("dialog").get_by_role("button", name="结束遥控").click()
    expect(wall.page.locator("html[data-driven]")).to_have_count(0)
    expect(phone.page.get_by_role("button", name="温州市")).to_have_count(0)


def test_a_phone_opens_lists_and_cases_and_goes_back(new_wall, copied, codes):
    wall = new_wall(copied).open(f"?region={COUNTY}&period=year")
    leader = Program.of(copied.base, "demo-leader", codes)
    name = leader.post("/walls/claim", {"code": offered(wall)})["wall"]
    expect(wall.page.locator("html[data-driven]")).to_be_attached()

    def drive(**body: str) -> Wall:
        return wall.go(lambda: leader.post(f"/walls/{name}/drive", body))

    drive(move="list")
    assert wall.state == {"region": COUNTY, "period": "year", "list": "open"}
    case = wall.page.locator("[data-case]").first.get_attribute("data-case")
    drive(search=f"?region={COUNTY}&case={case}")
    expect(wall.panel("case").get_by_role("dialog")).to_be_visible()
    assert leader.get(f"/walls/{name}")["dialog"] == "case"
    drive(move="back")
    assert "case" not in wall.state
    drive(move="home")
    assert wall.state.get("region", "330000") == "330000"
    wall.reload()
    expect(wall.page.locator("html[data-driven]")).to_be_attached()
    with wall.page.expect_response(lambda answer: COUNTY in (answer.request.post_data or "") and name in answer.url):
        drive(search=f"?region={COUNTY}")
    assert leader.get(f"/walls/{name}")["search"] == f"?region={COUNTY}"
    assert [one["name"] for one in leader.get(f"/walls/{name}")["path"]] == ["浙江省", "温州市", "乐清市"]


# ---- how it looks


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("query", ["", "?directive=KEY", f"?region={COUNTY}&order=new", "pair"])
def test_an_eye_finds_nothing_and_neither_does_axe(new_wall, copied, codes, size: str, query: str):
    width, height = SIZES[size]
    program = Program.of(copied.base, "demo-leader", codes)
    key = order(
        program,
        "请立即核查乐成街道群租房电动自行车入户充电隐患并处置，按时反馈结果。",
        roles=["handler", "grid_worker"],
    )
    wall = new_wall(copied, viewport={"width": width, "height": height})
    sign_in(wall, "demo-leader", codes["demo-leader"])
    wall.open(query.replace("KEY", key) if query != "pair" else "")
    if query == "pair":
        offered(wall)
    if "order" in query:
        choose(wall, role="handler")
    expect(wall.page.locator(f"#{ids.DIRECTIVES} .directives")).to_be_attached()
    assert wall.look() == []
    if size == "1080p":  # a screen reader hears the same at every size
        assert axe_faults(wall.page) == []
    assert json.loads(wall.page.locator(f"#{ids.PAIRING}").get_attribute("data-words"))
