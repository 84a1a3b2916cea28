"""The closed loop in real browsers: a phone without signal, the desk, an objection, the arbiter, the verifier, the
call-back; and the wall is right after each step. And two people who move one case at once."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from types import SimpleNamespace

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from dashboard.deps import utc_now
from dashboard.domain.measures import MEASURES
from dashboard.domain.people import Grant
from dashboard.services.people import NewUser, create_user
from layouts.wall import ids
from tests.browser.conftest import PATIENCE_MS, READER
from tests.browser.phone import Phone, Program, passwords, photograph
from tests.browser.records import CATALOG, count_raw
from tests.browser.servers import Server
from tests.browser.sheet import Sheet
from tests.browser.wall import Wall
from tests.browser.watch import Watch

COUNTY, TOWNSHIP, PERIOD = "330382", "330382001", "today"
AT = re.compile(r"\d\d:\d\d:\d\d")
FIRE, SAFETY = "乐清市消防救援", "乐清市应急管理"
STAGES = {  # list of the funnel: how many of the county's cases of today have come that far
    "reported": 0, "reported_accepted": 0, "reported_dispatched": 0, "reported_handled": 0, "reported_verified": 0,
    "reported_closed": 0,
}  # fmt: skip
KPIS = ("open", "satisfaction")
RATES = ("returned",)
COUNTED = tuple(dict.fromkeys((*STAGES, *(name for key in (*KPIS, *RATES) for name in (
    *MEASURES[key].numerator, *MEASURES[key].denominator)))))  # fmt: skip


@pytest.fixture
def codes(server: Server) -> dict[str, str]:
    return passwords(server)


@pytest.fixture
def new_desk(browser: Browser, copied: Server, codes, seen_logs) -> Iterator[Callable[[str], Sheet]]:
    """Makes desks, each in a profile of its own: new_desk(login)."""
    made: list[Sheet] = []

    def make(login: str) -> Sheet:
        context = browser.new_context(**{**READER, "viewport": {"width": 1440, "height": 900}})
        context.set_default_timeout(PATIENCE_MS)
        made.append(Sheet(context, copied, codes))
        return made[-1].sign_in(login)

    yield make
    faults = [fault for one in made for fault in one.faults]
    for one in made:
        one.context.close()
    assert faults == []


@pytest.fixture
def new_page(browser: Browser, copied: Server, seen_logs) -> Iterator[Callable[[str], Page]]:
    """Makes pages of a phone in profiles of their own: new_page(path)."""
    made: list[tuple[Page, list[str]]] = []

    def make(path: str) -> Page:
        page = browser.new_context(**{**READER, "viewport": {"width": 390, "height": 844}}).new_page()
        page.set_default_timeout(PATIENCE_MS)
        made.append((page, Watch(page, copied.base).faults))
        page.goto(copied.base + path)
        return page

    yield make
    for page, _faults in made:
        page.context.close()
    assert [fault for _page, faults in made for fault in faults] == []


@dataclass
class Watched:
    """A wall of the county, and the counters it has to show: those before, and what has happened since."""

    wall: Wall
    server: Server
    counts: dict[str, int] = field(default_factory=dict)

    def __post_init__(self):
        self.counts = count_raw(self.server, COUNTY, PERIOD, "", COUNTED)

    def moved(self, **by: int) -> None:
        """The counters have moved by this much; wait until the wall shows it, and compare with the raw cases."""
        self.counts = {name: count + by.get(name, 0) for name, count in self.counts.items()}
        if not self.counts["reported"]:
            expect(self.wall.panel("funnel")).to_contain_text("这段时间没有案件上报")
        for name in STAGES if self.counts["reported"] else ():
            figure = self.wall.link("funnel", list=name).locator("b")
            expect(figure, name).to_have_text(f"{self.counts[name]:,}")
        for key in KPIS:
            expect(self.wall.page.locator(f"[data-kpi={key}]"), key).to_have_attribute("data-value", self.value(key))
        assert count_raw(self.server, COUNTY, PERIOD, "", COUNTED) == self.counts
        assert self.wall.page.evaluate("window.stayed"), "the page was loaded again"

    def value(self, key: str) -> str:
        value = MEASURES[key].value(self.counts)
        return "" if value is None else repr(value)

    def stands(self, case: str, state: str) -> None:
        expect(self.row(case).locator(".stream__state")).to_have_text(state)

    def row(self, case: str) -> Locator:
        return self.wall.panel("stream").locator(f'[data-case="{case}"]')


@pytest.fixture
def watched(new_wall, copied: Server) -> Watched:
    wall = new_wall(copied).open(f"?region={COUNTY}&period={PERIOD}")
    wall.page.locator(f"#{ids.PAUSE}").click()
    wall.page.evaluate("window.stayed = true")
    return Watched(wall, copied)


def reported(phone: Phone, title: str) -> dict:
    """What became of a report of the one who holds the phone."""
    answer = phone.page.request.get(f"{phone.base}/api/v1/inbox").json()
    return next(one for one in answer["mine"] if one["title"] == title)


def act_on(phone: Phone, case: dict, action: str, *, note: str = "", photo: bytes | None = None, **chosen: str) -> None:
    """Fill in an action on the phone, and wait until it has been sent."""
    phone.go(f"#/act/{case['county_code']}/{case['id']}/{action}")
    form = phone.page.locator("#form")
    expect(form).to_be_visible()
    for name, value in chosen.items():
        form.locator(f'input[name="{name}"][value="{value}"]').check(force=True)
    if note:
        form.locator("textarea[name=note]").fill(note)
    if photo:
        form.locator("#photo-file").set_input_files({"name": "b.jpg", "mimeType": "image/jpeg", "buffer": photo})
        expect(form.locator(".thumbs__one:not(.thumbs__add)")).to_be_visible()
    phone.page.locator(".submit").click()
    expect(phone.page).to_have_url(f"{phone.base}/field/#/case/{case['county_code']}/{case['id']}")
    phone.wait_sent()


def seen(picture: Locator) -> None:
    """A picture has been drawn."""
    expect(picture).to_be_visible()
    picture.evaluate("(image) => image.decode()")


def test_the_loop_from_a_phone_without_signal_to_the_wall_and_back(watched: Watched, new_phone, new_desk):
    title = "仓库门口堵了三辆电动车"
    worker = new_phone().open().sign_in("demo-grid")
    worker.offline().report(title, photo=photograph())
    assert len(worker.unsent()) == 1
    watched.moved()
    worker.offline(False).wait_sent()
    case = reported(worker, title)
    watched.stands(case["id"], "待受理")
    watched.moved(reported=1, open=1)

    dispatcher = new_desk("demo-dispatcher").open(case)
    expect(dispatcher.sheet).to_contain_text(title)
    seen(dispatcher.sheet.locator("#desk-case-evidence img").first)
    dispatcher.act("accept")
    watched.stands(case["id"], "待分流")
    watched.moved(reported_accepted=1)
    dispatcher.act("dispatch", unit=FIRE)
    watched.stands(case["id"], "待接单")
    watched.moved(reported_dispatched=1, dispatched=1)

    objecting = new_phone().open().sign_in("demo-handler")
    act_on(objecting, case, "object", reason="not_ours", note="堵的是消防通道以外，属应急管理")
    watched.stands(case["id"], "异议")
    watched.moved()
    arbiter = new_desk("demo-supervisor").open(case)
    expect(arbiter.sheet).to_contain_text("堵的是消防通道以外")
    arbiter.act("redispatch", unit=SAFETY)
    watched.stands(case["id"], "待接单")
    watched.moved(dispatched_returned=1)

    handler = new_phone().open().sign_in("demo-handler2")
    act_on(handler, case, "take")
    watched.stands(case["id"], "处置")
    watched.moved()
    act_on(handler, case, "handle", note="车已挪走，通道清出", photo=photograph((40, 120, 60)))
    watched.stands(case["id"], "待核查")
    watched.moved(reported_handled=1)

    verifier = new_desk("demo-verifier").open(case)
    expect(verifier.sheet).to_contain_text("车已挪走，通道清出")
    expect(verifier.sheet.locator("#desk-case-evidence img")).to_have_count(2)
    verifier.act("verify")
    watched.stands(case["id"], "待回访")
    watched.moved(reported_verified=1)

    dispatcher.open(case).act("call_back", reached="true", rating="5")
    watched.moved(rated=1, satisfied=1)
    dispatcher.act("close")
    watched.stands(case["id"], "办结")
    watched.moved(reported_closed=1, open=-1)
    watched.wall.go(watched.row(case["id"]).locator("a").click)
    expect(watched.wall.panel("case").get_by_role("dialog")).to_contain_text("车已挪走，通道清出")
    assert "演示·" not in watched.wall.words(), "no names on the wall"
    worker.go("#/mine")
    expect(worker.page.locator("#app, main").get_by_text("办结").first).to_be_visible()


@pytest.fixture
def second(copied: Server, codes: dict[str, str]) -> str:
    """Login of another dispatcher of the county."""
    login, password = "loop-dispatcher", "a sentence of many words"
    database = copied.database(writable=True)
    deps = SimpleNamespace(database=database, catalog=CATALOG, clock=utc_now)
    try:
        create_user(deps, NewUser(login, "演示·派单员二", password, (Grant("dispatcher", COUNTY),), demo=True))
    finally:
        database.engine.dispose()
    codes[login] = password
    return login


def test_two_people_move_one_case_at_once_and_the_second_is_told_and_can_choose(
    copied: Server, codes, second, new_desk
):
    worker = Program.of(copied.base, "demo-grid", codes)
    grid = worker.get("/inbox")["grids"][0]["code"]
    case = worker.post("/cases", {"place": grid, "kind": "fire", "title": "两人同时动"})
    one, other = new_desk("demo-dispatcher").open(case), new_desk(second).open(case)

    other.press("classify")
    expect(other.box.locator("[data-send]")).to_be_visible()
    one.act("accept")
    other.fill(severity="02")
    for words in ("演示·派单员", AT, "受理", "待分流", "改类定级"):  # who, when, what, how it stands, what was not done
        expect(other.box).to_contain_text(words)
    assert worker.get(f"/cases/{case['county_code']}/{case['id']}")["head"]["severity"] == "04", "nothing was lost"
    other.box.locator("[data-again]").click()
    other.fill(severity="02")
    expect(other.sheet).to_have_attribute("data-version", "3")
    expect(other.sheet).to_contain_text("重大")

    expect(one.sheet).to_have_attribute("data-version", "3")
    other.press("dispatch")
    expect(other.box.locator("[data-send]")).to_be_visible()
    one.act("dispatch", unit=FIRE)
    other.fill(unit=SAFETY)
    expect(other.box).to_contain_text("待接单")
    other.box.locator("[data-leave]").click()
    expect(other.box).to_have_count(0)
    expect(other.sheet).to_have_attribute("data-version", "4")
    expect(other.sheet.locator("#desk-case-facts")).to_contain_text(FIRE.removeprefix("乐清市"))
    head = worker.get(f"/cases/{case['county_code']}/{case['id']}")["head"]
    assert (head["version"], head["state"], head["holder_unit"]) == (4, "dispatched", FIRE)


def test_a_residents_report_is_closed_rated_and_moves_the_satisfaction(
    watched: Watched, copied: Server, codes, new_page
):
    page = new_page("/public/report/where?kind=fire")
    for name, code in (("county", COUNTY), ("township", TOWNSHIP), ("village", "")):
        page.locator(f"select[name={name}]").select_option(code)
    page.get_by_role("button", name="下一步").click()
    page.get_by_label("说一句").fill("楼道里有人给电动车充电")
    page.get_by_role("button", name="提交").click()
    number, secret = (page.locator(f"[data-{name}]").inner_text() for name in ("number", "secret"))
    dispatcher, handler, verifier = (
        Program.of(copied.base, f"demo-{who}", codes) for who in ("dispatcher", "handler", "verifier")
    )
    [case] = dispatcher.get(f"/cases?number={number}")["rows"]
    watched.stands(case["id"], "待受理")
    watched.moved(reported=1, open=1)
    for who, action, inputs in ((dispatcher, "accept", {}), (dispatcher, "dispatch", {"unit": FIRE}), (handler, "take", {}),
                                (handler, "handle", {"note": "已拆除插座"}), (verifier, "verify", {}),
                                (dispatcher, "call_back", {"reached": True}), (dispatcher, "close", {})):  # fmt: skip
        who.act(case, action, **inputs)
    watched.stands(case["id"], "办结")
    watched.moved(open=-1, dispatched=1, **{name: 1 for name in STAGES if name != "reported"})
    page.goto(f"{copied.base}/public/track?number={number}")
    page.get_by_label("密码").fill(secret)
    page.get_by_role("button", name="查一查").click()
    page.get_by_label("很满意").check()
    page.get_by_label("想说的话").fill("来得很快")
    page.get_by_role("button", name="提交评价").click()
    expect(page.get_by_text("谢谢您的评价")).to_be_visible()
    watched.moved(rated=1, satisfied=1)
    watched.wall.go(watched.row(case["id"]).locator("a").click)
    expect(watched.wall.panel("case").locator("ol time")).to_have_count(9)
    assert not [words for words in ("来得很快", "给电动车充电") if words in watched.wall.words()], (
        "written by a resident"
    )
