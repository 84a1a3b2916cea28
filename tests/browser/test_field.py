"""The field end on a phone: what it weighs, that it opens without a network, and how its screens look in both languages."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.eye import axe_faults
from tests.browser.phone import Program, passwords, photograph
from tests.browser.wire import wired

FIRST, LATER = 350_000, 20_000  # bytes on the wire, DESIGN.md §10
SIZES = [(390, 844), (360, 740), (412, 915)]
VIEWS = {"待办": "#/", "离我近": "#/near", "督办": "#/watched", "上报": "#/report", "巡查无异常": "#/patrol", "我的": "#/mine",
         "待发送": "#/queue"}  # fmt: skip
OWN_WORDS = (".top__title,.bar span,.seg__tab,.btn:not(.loc .btn),.label,.submit,legend,.card__head,.note,dt,.about,.due span,"
             ".demo,.net,.shoot")  # fmt: skip
# What nodes say in the page's language: without what is marked as kept from another one.
SAID = """(nodes) => nodes.filter((node) => node.checkVisibility() && !node.closest("[lang=zh-CN]")).map((node) => {
  const own = node.cloneNode(true);
  own.querySelectorAll("[lang=zh-CN]").forEach((other) => other.remove());
  return own.textContent;
})"""
HAN = re.compile(r"[\u3400-\u9fff]")
# What an eye would send back at this size: sideways scrolling, targets under 48 px, text under 14 px.
SMALL = """() => {
  const out = [];
  if (document.documentElement.scrollWidth > innerWidth + 1) out.push(`scrolls sideways: ${document.documentElement.scrollWidth}`);
  for (const node of document.querySelectorAll("body *")) {
    if (!node.checkVisibility({ visibilityProperty: true }) || node.closest(".unseen,svg")) continue;
    const box = node.getBoundingClientRect();
    const named = `${node.tagName}.${node.className} "${node.textContent.trim().slice(0, 20)}"`;
    const own = [...node.childNodes].some((one) => one.nodeType === 3 && one.textContent.trim());
    if (own && parseFloat(getComputedStyle(node).fontSize) < 14) out.push(`small text: ${named}`);
    if (own && (box.right > innerWidth + 1 || box.left < -1)) out.push(`outside: ${named}`);
    const target = node.matches("button,select,textarea,label.kind,.btn,.bar a,.seg a,.rows__one,.card--row,.top__back");
    if (target && (box.height < 47.5 || box.width < 47.5)) out.push(`small target ${box.width}x${box.height}: ${named}`);
  }
  return out;
}"""


def test_the_first_visit_is_light_and_later_ones_cost_next_to_nothing(copied, new_phone):
    with wired(copied.base) as wire:
        phone = new_phone(wire.base)
        asked: list[str] = []
        phone.context.on("request", lambda request: asked.append(request.url))
        phone.open().sign_in("demo-grid")
        first = wire.taken
        wire.reset()
        with phone.page.expect_response(re.compile("/api/v1/inbox")):
            phone.page.reload()
        phone.settle()
        later = wire.taken
    print(f"first visit {first} bytes, later visit {later} bytes")
    assert 20_000 < first <= FIRST
    assert 0 < later <= LATER
    assert not [url for url in asked if re.search(r"plotly|ag-?grid|/_dash|react", url, re.IGNORECASE)]


def test_the_shell_stands_before_any_script_runs_and_holds_no_data(copied, browser):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{copied.base}/field/")
    expect(page.get_by_role("heading", level=1)).to_have_text("待办")
    expect(page.get_by_role("link", name="上报")).to_be_visible()
    expect(page.get_by_text("演示数据")).to_be_visible()
    expect(page.locator(".bone").first).to_be_visible()
    context.close()


def test_it_opens_without_a_network_with_the_inbox_as_last_seen(new_phone):
    phone = new_phone().open().sign_in("demo-grid")
    cards = phone.page.locator("#list .card__title").all_inner_texts()
    phone.offline().page.reload()
    expect(phone.page.locator(".strip--off")).to_contain_text("离线")
    assert phone.page.locator("#list .card__title").all_inner_texts() == cards
    phone.tab("我的")
    expect(phone.page.get_by_role("heading", name="我的上报")).to_be_visible()


def test_it_can_be_installed(new_phone):
    phone = new_phone().open()
    manifest = phone.page.evaluate(
        "async () => (await fetch(document.querySelector('link[rel=manifest]').href)).json()"
    )
    assert manifest["start_url"] == manifest["scope"] == "/field/"
    assert manifest["display"] == "standalone"
    for icon in manifest["icons"]:
        size = phone.page.evaluate("async (src) => { const one = await createImageBitmap(await (await fetch(src)).blob()); "
                                   "return `${one.width}x${one.height}`; }", icon["src"])  # fmt: skip
        assert size == icon["sizes"]
    assert {"192x192", "512x512"} <= {icon["sizes"] for icon in manifest["icons"]}
    assert "maskable" in {icon.get("purpose") for icon in manifest["icons"]}


@pytest.mark.parametrize("size", SIZES, ids=[f"{wide}x{high}" for wide, high in SIZES])
def test_every_screen_fits_the_phone_and_the_thumb(new_phone, size: tuple[int, int]):
    phone = new_phone(viewport=dict(zip(("width", "height"), size, strict=True))).open().sign_in("demo-grid")
    for words, hash_ in VIEWS.items():
        phone.go(hash_)
        assert phone.page.evaluate(SMALL) == [], words
        assert axe_faults(phone.page) == [], words
        expect(phone.page.get_by_text("演示数据")).to_be_visible()


def test_a_case_tells_its_clocks_its_story_and_what_can_be_done(copied, server, new_phone):
    codes = passwords(server)
    worker, dispatcher = (Program.of(copied.base, login, codes) for login in ("demo-grid", "demo-dispatcher"))
    case = _report(worker)
    dispatcher.act(case, "accept", note="已联系物业")
    phone = new_phone().open().sign_in("demo-grid")
    phone.go(f"#/case/{case['county_code']}/{case['id']}")
    expect(phone.title).to_have_text(case["number"])
    story = phone.page.locator(".story")
    expect(story).to_contain_text("记录链完整")
    expect(story.locator(".step b")).to_have_text(["受理", "上报"])
    expect(story).to_contain_text("已联系物业")
    clocks = phone.page.locator(".card--clocks")
    for words in ("受理", "办理", "起算", "限时", "黄牌", "红牌"):
        expect(clocks).to_contain_text(words)
    expect(clocks.locator(".clockbar")).to_be_visible()
    assert phone.page.evaluate(SMALL) == []
    assert axe_faults(phone.page) == []
    # seen once, it is there without a network
    phone.tab_away().offline().page.reload()
    phone.go(f"#/case/{case['county_code']}/{case['id']}")
    expect(phone.page.locator(".story .step b")).to_have_text(["受理", "上报"])
    expect(phone.page.locator(".note")).to_contain_text("存在手机里的内容")


def test_the_phone_reads_a_clock_as_the_server_does(copied, server, new_phone):
    """At the moment of the inbox, the time left by the phone's own arithmetic is the server's."""
    codes = passwords(server)
    worker, dispatcher = (Program.of(copied.base, login, codes) for login in ("demo-grid", "demo-dispatcher"))
    for severity in ("01", "02", "03", "04"):
        _report(worker, severity=severity)
        dispatcher.act(_report(worker, severity=severity), "accept")
    inbox = dispatcher.get("/inbox")
    clocks = [one["clock"] for one in inbox["cases"] if one["clock"] and one["clock"]["status"] == "running"]
    assert {one["clock"] for one in clocks} >= {"accept", "handle"}
    phone = new_phone().open()
    told = phone.page.evaluate(
        """async ([clocks, at]) => {
          const { left } = await import(document.querySelector('link[href*="js/clock.js"]').href);
          const told = clocks.map((clock) => left(clock, Date.parse(at)));
          return told.map(({ state, minutes }) => (state === "late" ? -minutes : minutes));
        }""",
        [clocks, inbox["at"]],
    )
    for clock, minutes in zip(clocks, told, strict=True):
        assert abs(minutes - clock["left_minutes"]) <= 1, clock


WEEKS = [("2026-06-15T12:27:00Z", "2026-06-16T00:30:00Z", "night"), ("2026-06-16T04:00:00Z", "2026-06-16T06:00:00Z", "lunch"),
         ("2026-06-16T09:30:00Z", "2026-06-17T00:30:00Z", "night"), ("2026-06-17T01:00:00Z", "2026-06-17T03:10:00Z", "pause"),
         ("2026-06-18T09:30:00Z", "2026-06-18T16:00:00Z", "night"), ("2026-06-18T16:00:00Z", "2026-06-19T16:00:00Z", "holiday"),
         ("2026-06-19T16:00:00Z", "2026-06-21T16:00:00Z", "weekend"), ("2026-06-21T16:00:00Z", "2026-06-22T00:30:00Z", "night"),
         ("2026-06-26T16:00:00Z", "2026-06-28T16:00:00Z", "weekend")]  # fmt: skip
TOLD = {"zh": "夜间 17:30–08:30、午休 12:00–14:00、周末、节假日 6月19日–6月21日、停钟期间 6月17日 09:00–11:10",
        "en": "nights 17:30–08:30, lunch 12:00–14:00, weekends, holidays 19 Jun–21 Jun, pauses 17 Jun 09:00–11:10"}  # fmt: skip


@pytest.mark.parametrize("language", TOLD)
def test_what_does_not_count_is_told_once_for_each_sort(new_phone, language: str):
    """Nights by their usual hours, wherever the clock began or a day ended; dates only where there are any."""
    phone = new_phone().open(f"?lang={language}")
    told = phone.page.evaluate(
        """async (skipped) => {
          const { skips } = await import(document.querySelector('link[href*="js/skips.js"]').href);
          const { listed } = await import(document.querySelector('link[href*="js/words.js"]').href);
          return listed(skips(skipped, Date.parse("2026-07-02T02:00:00Z")));
        }""",
        [dict(zip(("start", "end", "why"), one, strict=True)) for one in WEEKS],
    )
    assert told == TOLD[language]


def test_english_shows_no_chinese_but_data(new_phone):
    phone = new_phone().open().sign_in("demo-grid")
    phone.tab("我的")
    phone.page.get_by_role("button", name="English").click()
    expect(phone.page.locator("html")).to_have_attribute("lang", "en")
    expect(phone.page.locator(".net--on")).to_be_visible()
    for hash_ in VIEWS.values():
        phone.go(hash_)
        words = phone.page.locator(OWN_WORDS).evaluate_all(SAID)
        assert not [text for text in words if HAN.search(text)], hash_
        assert phone.page.evaluate(SMALL) == [], hash_
    # the choice stays, without a network too
    phone.offline().page.reload()
    expect(phone.page.locator("html")).to_have_attribute("lang", "en")


def test_a_language_chosen_at_the_door_is_the_phone_s_too(new_phone):
    phone = new_phone().open().sign_in("demo-grid")  # whose page is kept in Chinese from now on
    html = phone.page.locator("html")
    phone.page.goto(f"{phone.base}/sign-in")
    phone.page.get_by_role("link", name="English").click()
    phone.open()
    expect(html).to_have_attribute("lang", "en")
    phone.settle()
    phone.offline().page.reload()
    expect(html).to_have_attribute("lang", "en")
    # what is chosen on the phone stays, though the server hears of it later
    phone.tab("Mine").page.get_by_role("button", name="中文").click()
    expect(html).to_have_attribute("lang", "zh-CN")
    phone.offline(False).page.reload()
    phone.settle()
    expect(html).to_have_attribute("lang", "zh-CN")
    assert phone.page.request.get(f"{phone.base}/api/v1/me").json()["language"] == "zh"


def test_a_photo_loses_its_position_and_its_size_on_the_phone(new_phone):
    phone = new_phone().open().sign_in("demo-grid")
    phone.offline().report("照片去掉位置", photo=photograph())
    shape = phone.page.evaluate(
        """async () => {
          const { all } = await import(document.querySelector('link[href*="js/store.js"]').href);
          const [{ blob }] = await all("photos");
          const [image, bytes] = [await createImageBitmap(blob), new Uint8Array(await blob.arrayBuffer())];
          return { wide: image.width, type: blob.type, exif: new TextDecoder("latin1").decode(bytes).includes("Exif") };
        }"""
    )
    assert shape == {"wide": 1600, "type": "image/jpeg", "exif": False}


def _report(worker: Program, severity: str = "03") -> dict:
    grid = worker.get("/inbox")["grids"][0]
    return worker.post("/cases", {"place": grid["code"], "kind": "ebike", "title": "楼道里给电动车充电", "severity": severity,
                                  "lon": grid["lon"], "lat": grid["lat"]})  # fmt: skip
