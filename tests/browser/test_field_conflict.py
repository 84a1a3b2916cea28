"""Where two move one case, or the server says no: the entry stands, says why, and its holder chooses."""

import json

import pytest
from playwright.sync_api import Route, expect

from tests.browser.phone import Phone, Program, passwords, photograph


@pytest.fixture
def parties(copied, server) -> dict[str, Program]:
    codes = passwords(server)
    return {
        name: Program.of(copied.base, f"demo-{name}", codes) for name in ("grid", "dispatcher", "supervisor", "handler")
    }


@pytest.fixture
def handling(parties) -> dict:
    """A case that the handler has taken."""
    grid = parties["grid"].get("/inbox")["grids"][0]
    case = parties["grid"].post(
        "/cases", {"place": grid["code"], "kind": "ebike", "title": "充电桩外壳破损", "severity": "03"}
    )
    parties["dispatcher"].act(case, "accept")
    parties["dispatcher"].act(case, "dispatch", unit="乐清市消防救援")
    parties["handler"].act(case, "take")
    return case


def test_a_conflict_shows_who_moved_the_case_and_leaves_the_choice(new_phone, handling, parties):
    phone = _answered_offline(new_phone, handling, "已断电，线路拆除")
    parties["handler"].act(handling, "progress", note="另一台手机先写了一笔")
    _come_back(phone)
    card = phone.page.locator(".entry")
    expect(card).to_contain_text("案件已被别人推进")
    expect(card).to_contain_text("处置进展")
    expect(card).to_contain_text("现在的状态：处置")
    card.get_by_role("button", name="照旧提交").click()
    phone.wait_sent()
    told = parties["handler"].get(f"/cases/{handling['county_code']}/{handling['id']}")
    assert [step["action"] for step in told["steps"]][-2:] == ["progress", "handle"]
    assert told["head"]["state"] == "handled"


def test_a_conflict_can_be_done_anew_with_what_was_written(new_phone, handling, parties):
    phone = _answered_offline(new_phone, handling, "第一次写的说明")
    parties["handler"].act(handling, "progress", note="先动了一步")
    _come_back(phone)
    phone.page.get_by_role("button", name="重新做").click()
    expect(phone.page.get_by_label("说明", exact=True)).to_have_value("第一次写的说明")
    phone.page.get_by_label("说明", exact=True).fill("看过现状后改的说明")
    phone.page.locator(".submit").click()
    phone.wait_sent()
    told = parties["handler"].get(f"/cases/{handling['county_code']}/{handling['id']}")
    assert [step["note"] for step in told["steps"] if step["action"] == "handle"] == ["看过现状后改的说明"]


def test_a_conflict_can_be_dropped(new_phone, handling, parties):
    phone = _answered_offline(new_phone, handling, "不用了")
    parties["handler"].act(handling, "handle", note="别人办完了")
    _come_back(phone)
    phone.page.get_by_role("button", name="照旧提交").click()
    expect(phone.page.locator("#said")).to_contain_text("不能再这样提交")
    phone.page.get_by_role("button", name="放弃").click()
    phone.page.get_by_role("button", name="删除这一条").click()
    expect(phone.page.get_by_text("没有要发送的")).to_be_visible()
    assert phone.unsent() == []


def test_steps_made_offline_one_after_the_other_go_through(new_phone, parties):
    """Taken and handled without a network: the phone's own first step is no conflict for its second."""
    grid = parties["grid"].get("/inbox")["grids"][0]
    case = parties["grid"].post("/cases", {"place": grid["code"], "kind": "fire", "title": "消防通道停了三辆车"})
    parties["dispatcher"].act(case, "accept")
    parties["dispatcher"].act(case, "dispatch", unit="乐清市消防救援")
    phone = new_phone().open().sign_in("demo-handler")
    phone.offline()
    _do(phone, case, "take")
    _do(phone, case, "handle", "车已挪走")
    assert [one["body"]["action"] for one in phone.unsent()] == ["take", "handle"]
    phone.offline(False).wait_sent()
    told = parties["handler"].get(f"/cases/{case['county_code']}/{case['id']}")
    assert [step["action"] for step in told["steps"]][-2:] == ["take", "handle"]


def test_a_case_that_was_never_opened_is_there_when_the_server_is_not(new_phone, handling):
    """The network is there, and the server does not answer: what the inbox holds of the case is enough to act."""
    phone = new_phone().open().sign_in("demo-handler")
    phone.page.route(f"**/api/v1/cases/{handling['county_code']}/{handling['id']}", lambda route: route.abort())
    phone.go(f"#/case/{handling['county_code']}/{handling['id']}")
    expect(phone.title).to_have_text(handling["number"])
    expect(phone.page.get_by_role("link", name="反馈办结")).to_be_visible()


def test_what_the_server_refuses_can_be_exported_edited_and_sent_again(new_phone):
    phone = new_phone().open().sign_in("demo-grid")
    phone.page.route("**/api/v1/cases", _refuse)
    phone.report("写错的", photo=photograph()).report("后面那条照样发出")
    phone.wait("(all) => all.some((one) => one.state === 'done' && one.title === '后面那条照样发出')")
    expect(phone.page.locator(".strip--bad")).to_contain_text("1 条没发出去，要你处理")
    phone.go("#/queue")
    card = phone.page.locator(".entry")
    expect(card).to_contain_text("title: too short")
    with phone.page.expect_download() as download:
        card.get_by_role("button", name="导出").click()
    kept = json.loads(download.value.path().read_text(encoding="utf-8"))
    assert (kept["format"], kept["title"]) == ("ypld-field-entry/1", "写错的")
    assert kept["photos"][0]["data"].startswith("data:image/jpeg;base64,")
    card.get_by_role("button", name="修改").click()
    note = phone.page.get_by_placeholder("补一句")
    expect(note).to_have_value("写错的")
    note.fill("改对了的")
    phone.page.locator(".submit").click()
    phone.wait_sent()
    assert phone.entries()[0]["answer"]["repeated"] is False
    phone.forgive()


def test_an_entry_is_deleted_only_after_asking(new_phone):
    phone = new_phone().open().sign_in("demo-grid")
    phone.offline().report("要删的")
    phone.go("#/queue")
    phone.page.get_by_role("button", name="删除").click()
    phone.page.get_by_role("button", name="留着").click()
    assert len(phone.unsent()) == 1
    phone.page.get_by_role("button", name="删除").click()
    phone.page.get_by_role("button", name="删除这一条").click()
    expect(phone.page.get_by_text("没有要发送的")).to_be_visible()
    assert phone.unsent() == []


def test_an_order_is_on_the_phone_at_once_and_its_answer_comes_back(new_phone, parties):
    phone = new_phone().open().sign_in("demo-grid")
    expect(phone.page.locator("#list")).to_be_visible()
    region = parties["grid"].get("/inbox")["grids"][0]["code"]
    given = parties["supervisor"].post("/directives", {"region": region, "text": "去北溪桥看一眼水位", "roles": ["grid_worker"],
                                                       "due_in": "2h"})  # fmt: skip
    banner = phone.page.locator(".strip--order")
    expect(banner).to_contain_text("新指令：去北溪桥看一眼水位")
    banner.get_by_role("link", name="打开").click()
    phone.page.get_by_role("button", name="收到，马上去").click()
    phone.page.locator(".submit").click()
    phone.wait_sent()
    counts = parties["supervisor"].get(f"/directives/{given['id']}")["directive"]["counts"]
    assert (counts["read"], counts["answered"]) == (1, 1)


def _refuse(route: Route) -> None:
    """As a server that finds something wrong with one entry, and nothing with others."""
    if "写错的" in route.request.post_data:
        return route.fulfill(status=400, json={"error": "field", "message": "title: too short"})
    return route.continue_()


def _do(phone: Phone, case: dict, action: str, note: str = "") -> None:
    phone.go(f"#/act/{case['county_code']}/{case['id']}/{action}")
    if note:
        phone.page.get_by_label("说明", exact=True).fill(note)
    phone.page.locator(".submit").click()
    expect(phone.title).to_have_text(case["number"])


def _answered_offline(new_phone, case: dict, note: str) -> Phone:
    phone = new_phone().open().sign_in("demo-handler")
    phone.offline()
    _do(phone, case, "handle", note)
    return phone


def _come_back(phone: Phone) -> None:
    phone.offline(False).wait_state("stuck")
    phone.forgive()  # the 409 that is tested
    expect(phone.page.locator(".strip--bad")).to_contain_text("1 条没发出去，要你处理")
    phone.go("#/queue")
