"""The desk's forms in real Chromium: evidence, who reported, accounts, tokens, directives, files, rows supervised together."""

import io
import re
from collections.abc import Iterator

import pytest
from openpyxl import load_workbook
from playwright.sync_api import expect

from tests.browser.desk import BOX, TOLD, attach, choose_place, open_case, option, picture, press, send
from tests.browser.office import UNIT, enters, shows, stale, word, write_cases
from tests.browser.servers import Server

NEXT, NEXT_NAME = "330381", "瑞安市"
FORMS = ".page--people .form"
pytestmark = pytest.mark.usefixtures("cases")


@pytest.fixture(scope="module")
def office(browser, words_compiled, demo) -> Iterator[Server]:
    with demo("2500") as found:
        yield found


@pytest.fixture(scope="module")
def cases(office: Server) -> dict[str, str]:
    return write_cases(office)


def test_photos_go_from_the_dialogue_into_the_history_and_open_large(at, cases):
    desk = at("handler")
    sheet = open_case(desk, cases["handling"])
    press(sheet, "progress")
    box = desk.page.locator(BOX)
    attach(box, picture("red"), picture("green"), picture("blue"))
    box.locator("[data-drop-file]").first.click()
    expect(box.locator("[data-sha]")).to_have_count(2)
    box.locator("textarea").fill("已到场")
    box.locator("[data-send]").click()
    expect(box).to_have_count(0)
    links = sheet.locator(".history a[data-picture]")
    expect(links).to_have_count(2)
    desk.settle()
    links.first.click()
    large = desk.page.locator(".veil--picture img")
    expect(large).to_be_visible()
    desk.page.wait_for_function("() => document.querySelector('.veil--picture img').naturalWidth === 640")
    desk.page.keyboard.press("ArrowRight")
    expect(desk.page.locator(".veil--picture p")).to_have_text("2 / 2")
    desk.page.keyboard.press("Escape")
    expect(large).to_have_count(0)
    expect(links.first).to_be_focused()


def test_who_reported_is_read_with_a_reason_which_the_audit_keeps(at, cases):
    desk = at("dispatcher")
    sheet = open_case(desk, cases["reported"])
    expect(sheet.locator("[data-reporter]")).not_to_contain_text("13900000000")
    sheet.locator("[data-unmask]").click()
    box = desk.page.locator(BOX)
    box.locator("[data-unmask-send]").click()
    expect(box.locator("[data-unmasked]")).to_contain_text("理由")
    box.locator("[data-unmask-reason]").fill("回拨核实地址")
    box.locator("[data-unmask-send]").click()
    expect(box.locator("[data-unmasked]")).to_have_text("演示·居民 13900000000")
    audit = at("auditor").open("?section=audit").page.locator("table")
    expect(audit.locator("tr", has_text="回拨核实地址")).to_contain_text("查看报告人")


def test_an_account_lives_from_its_first_password_to_its_end(at, browser, office):
    desk = at("admin").open()
    new = desk.page.locator(FORMS).nth(0)
    new.locator('[data-name="login"]').fill("new-handler")
    new.locator('[data-name="name"]').fill("新经办人")
    option(new, "grants.0.role", "handler")
    choose_place(new, "乐清市", "乐清市")
    option(new, "grants.0.unit", UNIT)
    first = word(send(new))
    assert enters(browser, office, "new-handler", first)
    row = desk.page.locator(".page--people tbody tr", has_text="new-handler")
    expect(row).to_contain_text(f"经办人 · 乐清市 · {UNIT}")
    more = desk.page.locator(FORMS).nth(1)
    user = more.locator(".option", has_text="new-handler")
    user.click()
    option(more, "role", "verifier")
    choose_place(more, "瑞安", NEXT_NAME)
    send(more)
    grant = row.locator(".mark--grant", has_text=f"核查员 · {NEXT_NAME}")
    expect(grant).to_be_visible()
    grant.locator("[data-api-send]").click()
    expect(grant).to_have_count(0)
    row.get_by_text("重置密码").click()
    expect(desk.page.locator(TOLD)).not_to_contain_text(first)
    expect(desk.page.locator(TOLD)).to_contain_text("只显示这一次")
    second = word(desk.page.locator(TOLD))
    assert enters(browser, office, "new-handler", second)
    assert not enters(browser, office, "new-handler", first)
    row.get_by_text("停用").click()
    expect(row).to_contain_text("已停用")
    assert not enters(browser, office, "new-handler", second)
    row.get_by_text("启用").click()
    expect(row).to_contain_text("正常")
    desk.page.reload()
    expect(row).to_be_visible()
    assert second not in desk.page.content()


def test_a_wall_runs_by_a_token_that_is_shown_once_until_it_is_taken_back(at, browser, office):
    desk = at("admin").open()
    form = desk.page.locator(FORMS).nth(2)
    form.locator('[data-name="name"]').fill("大厅大屏")
    choose_place(form, "乐清市", "乐清市")
    told = send(form)
    expect(told).to_contain_text("/kiosk/")
    path = re.search(r"/kiosk/\S+", told.inner_text()).group()
    line = desk.page.locator(".kiosks li", has_text="大厅大屏")
    expect(line).to_contain_text("乐清市")
    assert shows(browser, office, path) == 200
    line.locator("[data-api-send]").click()
    expect(line).to_have_count(0)
    assert shows(browser, office, path) == 404


def test_a_form_that_lacks_something_says_what_in_the_readers_words(at):
    desk = at("admin").open()
    told = send(desk.page.locator(FORMS).nth(0))
    expect(told).to_have_attribute("role", "alert")
    expect(told).to_contain_text("登录名")
    assert not desk.faults


def test_a_directive_goes_to_a_region_by_name_and_its_receipts_come_back(at):
    one = at("supervisor").open("?section=directives")
    form = one.page.locator(".page--directives .panel--forms .form")
    form.locator('[data-name="text"]').fill("今晚台风，请各单位到岗")
    option(form, "roles", "handler")
    choose_place(form, "乐清", "乐清市")
    expect(send(form)).to_contain_text("已下达")
    given = one.page.locator(".directive", has_text="今晚台风")
    expect(given).to_contain_text("已答 0")
    other = at("handler").open("?section=directives")
    got = other.page.locator(".directive", has_text="今晚台风")
    got.locator('[data-name="answer"]').fill("已到岗")
    got.locator("[data-api-send]").click()
    expect(got).to_contain_text("我的答复：已到岗")
    expect(given).to_contain_text("已答 1")


def test_the_queue_goes_out_as_a_workbook(at):
    desk = at("dispatcher").open("?tab=open")
    desk.page.locator(".filters__end summary").click()
    with desk.page.expect_download() as waiting:
        desk.page.locator('a[href^="/desk/cases.xlsx"]').click()
    rows = list(
        load_workbook(io.BytesIO(waiting.value.path().read_bytes()), read_only=True).active.iter_rows(values_only=True)
    )
    assert rows[0][0] == "number"
    assert len(rows) == desk.count("open") + 1


def test_rows_of_the_supervise_page_are_supervised_together(at, cases):
    keys = [cases["one"], cases["two"]]
    desk = at("supervisor").open("?section=supervise")
    bar = desk.page.locator("[data-supervise-bar]")
    expect(bar).to_be_hidden()
    for key in keys:
        desk.page.locator(f'[data-tick="{key}"]').first.click()
    expect(bar).to_contain_text(f"{len(keys)} 件")
    desk.press("s")
    box = desk.page.locator(BOX)
    box.locator('[role=radio][data-value="red"]').click()
    box.locator("[data-send]").click()
    expect(desk.toast()).to_contain_text(f"已督办 {len(keys)} 件")
    expect(bar).to_be_hidden()
    for key in keys:
        expect(desk.page.locator(f'[data-case-row="{key}"]').first).to_contain_text("红牌")


def test_the_desk_opens_with_a_queue_that_has_work(at):
    for role in ("dispatcher", "supervisor", "verifier", "auditor"):
        desk = at(role).open()
        shown = desk.page.locator(".tab--on")
        expect(shown).to_be_visible()
        counts = desk.page.locator("[data-count]").all_inner_texts()
        desk.page.wait_for_function("() => new URLSearchParams(location.search).get('tab')")
        assert desk.count(desk.state["tab"]) > 0 or set(counts) == {"0"}, role
        desk.settle()


def test_the_queue_is_named_also_where_a_row_is_picked_before_the_desk_knows_its_home(at):
    desk = at("dispatcher").open("?pick=330106%3A01a1a926-a8c0-7053-a307-532bcd49f608")
    desk.page.wait_for_function("() => new URLSearchParams(location.search).get('tab')")


def test_a_stale_page_is_told_who_when_and_what_now_and_can_look_again(at, cases):
    first, second = at("supervisor"), at("dispatcher")
    stale(second)
    sheet = open_case(second, cases["stale"])
    other = open_case(first, cases["stale"])
    press(other, "supervise")
    first.page.locator(f'{BOX} [role=radio][data-value="ordinary"]').click()
    first.page.locator(f"{BOX} [data-send]").click()
    expect(first.toast()).to_be_visible()
    press(sheet, "accept")
    box = second.page.locator(f"{BOX}[role=alertdialog]")
    expect(box).to_contain_text(re.compile("演示·值班长 · 值班长 在 .*\\d\\d:\\d\\d:\\d\\d 做了“督办”"))
    expect(box).to_contain_text("现在是“待受理”")
    box.locator("[data-again]").click()
    second.page.locator(f"{BOX}[role=dialog] [data-send=accept]").click()
    expect(sheet).to_have_attribute("data-state", "accepted")
    expect(second.page.locator(BOX)).to_have_count(0)


def test_who_gives_way_sees_the_case_as_it_stands_now(at, cases):
    first, second = at("dispatcher"), at("dispatcher")
    stale(second)
    sheet = open_case(second, cases["gone"])
    press(open_case(first, cases["gone"]), "accept")
    expect(first.toast()).to_be_visible()
    press(sheet, "accept")
    box = second.page.locator(f"{BOX}[role=alertdialog]")
    expect(box).to_contain_text("现在是“待分流”")
    box.locator("[data-leave]").click()
    expect(box).to_have_count(0)
    expect(sheet).to_have_attribute("data-state", "accepted")
