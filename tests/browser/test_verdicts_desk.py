"""Verdicts at the desk in real Chromium: an appeal filed from the case it is about and decided, a problem taken through its four
steps, a finding judged and a case audited; keys, and what an eye would send back."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from types import SimpleNamespace
from uuid import UUID

import pytest
from flask import Flask
from flask_babel import Babel
from playwright.sync_api import Locator, expect

from dashboard.cache import ReadCache
from dashboard.deps import Deps, utc_now
from dashboard.domain.people import SYSTEM
from dashboard.services import editions
from dashboard.services.ids import new_id
from data.models import DeductionRow
from data.writes.findings import add_findings
from tests.browser.desk import SIZES, TOLD, attach, choose_place, option, picture
from tests.browser.evaluation import appeal, late_cases, local, write_month
from tests.browser.eye import look, sent_back
from tests.browser.records import CATALOG
from tests.browser.servers import Server

CITY, OURS, OTHER = "330300", "330382", "330381"
INDICATOR = "handle_on_time"
SECTIONS = ("?section=appeals", "?section=problems", "?section=problems&item=new", "?section=problems&show=lists",
            "?section=problems&show=rungs", "?section=problems&show=deductions", "?section=findings",
            "?section=findings&show=audit", "?section=schemes", "?section=schemes&show=weights&node=settling",
            "?section=schemes&show=text", "?section=schemes&show=changes", "?section=schemes&item=peace_index",
            "?section=schemes&item=peace_index&show=tables")  # fmt: skip
pytestmark = pytest.mark.usefixtures("heard")


@dataclass(frozen=True)
class Heard:
    """An edition that hears appeals, and a finding in it."""

    edition: UUID
    finding: UUID


@pytest.fixture(scope="module")
def office(browser, words_compiled, demo) -> Iterator[Server]:
    with demo("1") as found:
        yield found


@pytest.fixture(scope="module")
def heard(office: Server) -> Heard:
    """Last month, of one city, whose cases all are of two counties: appeals have been heard since an hour ago."""
    now = utc_now().replace(microsecond=0)
    month = (now.date().replace(day=1) - timedelta(days=1)).replace(day=1)
    write_month(office, local(month.replace(day=5), 8), {OTHER: (12, 0), OURS: (12, 4)})
    database, server = office.database(writable=True), Flask("verdicts")
    with database.write() as session:
        session.add(DeductionRow(id=new_id(now), scheme_key="process", region_code=OURS, rule="inspection", units=1,
                                 day=month.replace(day=9), again=False, secured=False, reason="通道堵塞", evidence=[],
                                 recorded_at=now, actor="考评员"))  # fmt: skip
    Babel(server, default_locale="zh")
    with server.test_request_context():
        found = _walk(Deps(database, CATALOG, ReadCache(server), utc_now), month, now)
    key = new_id(now)
    with database.write() as session:
        add_findings(session, [_finding(key, found, now)])
    database.engine.dispose()
    return Heard(found, key)


def _walk(deps: Deps, month: date, now: datetime) -> UUID:
    """Preview four weeks ago, so that its work days are over on any calendar."""
    at = now - timedelta(days=28)
    head = editions.open_edition(_later(deps, at), SYSTEM, "process", CITY, month)
    for action in ("lock", "try", "preview", "hear"):
        at = max(at + timedelta(hours=1), _ends(head.end)) if action == "lock" else at + timedelta(minutes=5)
        at = now - timedelta(hours=1) if action == "hear" else at
        head = editions.act(_later(deps, at), SYSTEM, head.id, action)
    return head.id


def _ends(day: date) -> datetime:
    return local(day + timedelta(days=1), 1)


def _later(deps: Deps, at: datetime) -> Deps:
    return Deps(deps.database, deps.catalog, deps.cache, lambda: at)


def _finding(key: UUID, edition: UUID, now: datetime) -> dict:
    figures = {"observed": 9, "expected": 1.5, "ratio": 6.0, "p": 0.001, "threshold": 0.01, "of": 40,
               "unit": "乐清市消防救援"}  # fmt: skip
    return {"id": key, "edition_id": edition, "detector": "instant", "region_code": OURS, "key": "test", "cases": [],
            "figures": figures, "found_at": now}  # fmt: skip


def send(form: Locator, said: str) -> None:
    form.locator("[data-api-send]").last.click()
    expect(form.page.locator(TOLD)).to_contain_text(said)


def fold(side: Locator, words: str) -> Locator:
    """The form behind a name."""
    found = side.locator(".verdicts__fold", has=side.page.locator(f'summary:text-is("{words}")'))
    found.locator("summary").click()
    return found.locator(".form")


def test_an_appeal_goes_from_the_case_it_is_about_to_a_decision_that_all_see(at, heard: Heard):
    ours = at("supervisor").open(
        f"?section=ranking&edition={heard.edition}&at={OURS}&node={INDICATOR}&view=cases&part=rest"
    )
    link = ours.page.locator("[data-appeal]").first
    number = link.get_attribute("data-appeal")
    link.click()
    form = ours.page.locator(".verdicts__new .form")
    expect(form).to_contain_text(number)
    expect(form.locator(f'[data-value="{INDICATOR}"]')).to_have_attribute("aria-checked", "true")
    form.locator("[data-api-send]").click()
    expect(ours.page.locator(TOLD)).to_contain_text("还没有填：理由、证据照片")
    form.locator('[data-name="claim"]').fill("附签收截图，当日已处置完毕")
    attach(form, picture("navy"))
    send(form, "申诉已提交")
    opened = ours.page.locator(".rows__row--on")
    expect(opened).to_contain_text(number)
    key = opened.get_attribute("data-row")
    assert ours.state["item"] == key
    expect(ours.page.locator(".verdicts__side summary")).to_have_count(0)  # whoever files does not decide

    auditor = at("auditor").open(f"?section=appeals&edition={heard.edition}")
    auditor.press("j")
    side = auditor.page.locator(".verdicts__side")
    expect(side).to_contain_text("当日已处置完毕")
    side.locator("[data-picture] img").evaluate("(image) => image.decode()")
    form = fold(side, "采纳")
    form.locator('[data-name="decision"]').fill("截图属实")
    send(form, "采纳")
    expect(side).to_contain_text("截图属实")
    expect(side).to_contain_text("计入分子")
    expect(side.locator("summary")).to_have_count(0)
    auditor.press("Escape")
    expect(side).to_have_count(0)

    leader = at("leader").open(f"?section=appeals&edition={heard.edition}&item={key}")
    expect(leader.page.locator(".verdicts__side")).to_contain_text("已采纳")

    leader.open(f"?section=problems&show=deductions&edition={heard.edition}")
    expect(leader.page.locator("[data-appeal]")).to_have_count(0)
    ours.open(f"?section=problems&show=deductions&edition={heard.edition}").page.locator("[data-appeal]").click()
    form = ours.page.locator(".verdicts__new .form")
    expect(form.locator('[data-name="wish.deduction"] [aria-checked="true"]')).to_contain_text("-09 ")
    form.locator('[data-name="claim"]').fill("通道当日已清理")
    attach(form, picture("navy"))
    send(form, "申诉已提交")
    expect(ours.page.locator(".rows__row--on")).to_contain_text("扣分")


def test_a_decision_about_an_appeal_that_was_taken_back_is_told_in_words_and_shows_it_as_it_is(at, heard: Heard):
    ours, edition = at("supervisor"), SimpleNamespace(id=heard.edition)
    key = appeal(ours, edition, late_cases(ours, edition, INDICATOR)[1], INDICATOR, "这件案子当日已处置")
    auditor = at("auditor").open(f"?section=appeals&edition={heard.edition}&item={key}")
    form = fold(auditor.page.locator(".verdicts__side"), "不采纳")
    form.locator('[data-name="decision"]').fill("没有证据说明")
    auditor.watch.expects = re.compile(r"409|/decision")
    ours.page.locator(".verdicts__acts [data-api-send]").click()
    expect(ours.page.locator(".verdicts__side")).to_contain_text("已撤回")
    if form.is_visible():  # the page may have heard of it by itself
        form.locator("[data-api-send]").click()
        expect(auditor.page.locator(TOLD)).to_contain_text("没有做成")
    expect(auditor.page.locator(".rows__row--on")).to_contain_text("已撤回")


def test_a_problem_takes_its_four_steps_each_checked_by_somebody_else_and_is_closed(at):
    keeper, other = at("evaluator").open("?section=problems"), at("leader")
    keeper.page.locator("[data-new]").click()
    form = keeper.page.locator(".verdicts__body .form")
    choose_place(form, "乐清", "乐清市")
    form.locator('[data-name="title"]').fill("签收不及时")
    for step in ("find", "handle", "generalise", "rule"):
        form.locator(f'[data-name="steps.{step}.owner"]').fill("乐清市社会治理中心")
    send(form, "已立案")
    expect(keeper.page.locator(".verdicts__side .head__title")).to_have_text("签收不及时")
    item = keeper.state["item"]
    for step in ("find", "handle", "generalise", "rule"):
        keeper.open(f"?section=problems&item={item}")
        mine = keeper.page.locator(f'[data-step="{step}"]')
        done = fold(mine, "报完成")
        done.locator('[data-name="proof"]').fill("已办完，附记录")
        send(done, "已报完成")
        other.open(f"?section=problems&item={item}")
        send(other.page.locator(f'[data-step="{step}"] .verdicts__acts > .form'), "已核验")
        expect(other.page.locator(f'[data-step="{step}"]')).to_have_class(re.compile("loop__step--checked"))
    send(other.page.locator("[data-closing] .form"), "已销号")
    expect(other.page.locator(".verdicts__side")).to_contain_text("已销号")
    assert other.page.locator(".verdicts__side .form").count() == 0


def test_a_finding_is_judged_and_a_case_that_was_drawn_is_audited(at, heard: Heard):
    judge = at("auditor").open(f"?section=findings&edition={heard.edition}&item={heard.finding}")
    side = judge.page.locator(".verdicts__side")
    expect(judge.page.locator(".head__note").first).to_contain_text("线索本身不影响任何得分")
    expect(side).to_contain_text("判定不改变得分")
    form = side.locator(".form")
    option(form, "verdict", "harmless")
    form.locator('[data-name="note"]').fill("单位集中补录，已核对")
    send(form, "已判定")
    expect(judge.page.locator(".rows__row--on")).to_contain_text("并无问题")

    judge.open(f"?section=findings&edition={heard.edition}&show=audit")
    form = judge.page.locator(".verdicts__side .form")
    form.locator('[data-name="seed"]').fill("2026-11-01 开奖 042817")
    form.locator('[data-name="size"]').fill("2")
    send(form, "已抽取 4 件")
    expect(judge.page.locator("[data-row]")).to_have_count(4)
    judge.page.locator("[data-row] a").first.click()
    form = judge.page.locator(".verdicts__side .form")
    option(form, "verdict", "true")
    form.locator('[data-name="note"]').fill("现场属实")
    send(form, "已判定")
    expect(judge.page.locator(".audit")).to_contain_text("100.0%")


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_an_eye_and_a_screen_reader_would_send_nothing_back(at, heard: Heard, width: int, height: int):
    desk = at("evaluator", viewport={"width": width, "height": height})
    ask = sent_back if (width, height) == SIZES[0] else look  # a screen reader hears the same at every size
    for query in (*SECTIONS, f"?section=findings&item={heard.finding}"):
        desk.open(f"{query}&edition={heard.edition}")
        assert ask(desk.page) == [], query


def test_english_fits_where_there_is_least_room(at, heard: Heard):
    desk = at("evaluator", viewport={"width": 1280, "height": 720})
    desk.page.goto(f"{desk.base}/lang/en?next=/desk/")
    for query in SECTIONS:
        desk.open(f"{query}&edition={heard.edition}")
        assert desk.look() == [], query
