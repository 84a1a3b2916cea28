"""What was entered on a phone is never lost and never doubled: no network, closed tab, crash, two tabs, full disk, end of
the session. Against the real server; the phone's queue is looked into."""

from playwright.sync_api import Route, expect

from tests.browser.phone import Program, passwords, photograph

FAST = """const [real, D] = [Date.now.bind(Date), Date];
Date.now = () => real() + 7_200_000;
window.Date = new Proxy(D, { construct: (_, given) => (given.length ? new D(...given) : new D(Date.now())) });"""
PAGE_SENDS = "delete ServiceWorkerRegistration.prototype.sync;"
FULL = """IDBObjectStore.prototype.put = function () { throw new DOMException("full", "QuotaExceededError"); };"""


def test_a_report_made_offline_stands_on_the_server_once_with_its_photo(copied, server, new_phone):
    phone = new_phone().open().sign_in("demo-grid")
    phone.offline().report("巷口井盖松动", photo=photograph())
    expect(phone.page.locator(".strip--off")).to_contain_text("1 条待发送")
    assert [(one["kind"], one["state"], len(one["photos"])) for one in phone.unsent()] == [("report", "waiting", 1)]
    written = phone.unsent()[0]
    phone.offline(False).wait_sent()
    expect(phone.page.locator(".net--on")).to_be_visible()
    sent = phone.entries()[-1]
    assert sent["answer"]["id"] == written["id"]
    worker = Program.of(copied.base, "demo-grid", passwords(server))
    assert [one["title"] for one in worker.get("/inbox")["mine"]].count("巷口井盖松动") == 1
    step = worker.get(f"/cases/{sent['answer']['county_code']}/{written['id']}")["steps"][0]
    assert len(step["evidence"]) == 1
    assert step["device_at"] < step["at"]
    assert phone.stored("photos") == []  # nothing is left behind


def test_a_queue_survives_a_closed_tab(copied, server, new_phone):
    phone = new_phone().open().sign_in("demo-grid")
    phone.offline().report("关了页面也要发出", photo=photograph())
    phone.page.close()
    phone.offline(False)
    phone.page = phone.new_page()
    phone.open().settle().wait_sent()
    worker = Program.of(copied.base, "demo-grid", passwords(server))
    assert [one["title"] for one in worker.get("/inbox")["mine"]].count("关了页面也要发出") == 1


def test_an_answer_that_never_came_doubles_nothing(copied, server, new_phone):
    """The server has carried it out, and the phone does not know: it sends the same id again."""
    phone = new_phone().open().sign_in("demo-grid")
    lost: list[str] = []

    def lose(route: Route) -> None:
        if route.request.method == "POST" and not lost:
            lost.append(route.fetch().text())
            return route.abort()
        return route.continue_()

    phone.page.route("**/api/v1/cases", lose)
    phone.report("答复丢了的那一条")
    phone.wait_sent()
    assert lost
    sent = phone.entries()[-1]
    assert (sent["attempts"], sent["answer"]["repeated"]) == (2, True)
    worker = Program.of(copied.base, "demo-grid", passwords(server))
    assert [one["title"] for one in worker.get("/inbox")["mine"]].count("答复丢了的那一条") == 1


def test_two_tabs_send_each_entry_once_and_in_order(copied, server, new_phone):
    phone = new_phone().open().sign_in("demo-grid")
    other = phone.new_page()
    other.goto(f"{phone.base}/field/")
    expect(other.locator(".net--on")).to_be_visible()
    posted: list[str] = []
    phone.context.on("request", lambda request: request.method == "POST" and request.url.endswith("/api/v1/cases")
                     and posted.append(request.post_data_json["title"]))  # fmt: skip
    phone.offline()
    titles = [f"第 {n} 条" for n in range(1, 5)]
    for title in titles:
        phone.report(title)
    phone.offline(False).wait_sent()
    expect(other.locator(".net--on")).to_be_visible()
    assert posted == titles
    worker = Program.of(copied.base, "demo-grid", passwords(server))
    mine = [one["title"] for one in worker.get("/inbox")["mine"]]
    assert [mine.count(title) for title in titles] == [1, 1, 1, 1]


def test_an_ended_session_keeps_the_queue_and_asks_again(copied, server, new_phone):
    phone = new_phone().open().sign_in("demo-grid")
    phone.offline().report("登录过期前写的")
    phone.context.clear_cookies()
    phone.offline(False)
    expect(phone.page.locator(".strip--off")).to_contain_text("登录已过期，1 条等你登录后发出")
    assert [one["state"] for one in phone.unsent()] == ["waiting"]
    phone.page.locator(".strip--off").get_by_role("link", name="登录").click()
    phone.sign_in("demo-grid").wait_sent()
    worker = Program.of(copied.base, "demo-grid", passwords(server))
    assert [one["title"] for one in worker.get("/inbox")["mine"]].count("登录过期前写的") == 1


def test_nobody_sends_what_another_wrote(copied, server, new_phone):
    phone = new_phone().open().sign_in("demo-grid")
    phone.offline().report("甲写的")
    phone.context.clear_cookies()
    phone.offline(False).go("#/sign-in").sign_in("demo-grid2")
    phone.report("乙写的").wait("(all) => all.some((one) => one.title === '乙写的' && one.state === 'done')")
    assert [(one["title"], one["state"]) for one in phone.unsent()] == [("甲写的", "waiting")]
    phone.go("#/queue")
    expect(phone.page.get_by_text("另一个账号在这台手机上还有 1 条没有发出")).to_be_visible()
    expect(phone.page.get_by_text("甲写的")).to_have_count(0)
    other = Program.of(copied.base, "demo-grid2", passwords(server))
    mine = [one["title"] for one in other.get("/inbox")["mine"]]
    assert "乙写的" in mine
    assert "甲写的" not in mine


def test_a_full_disk_says_so_and_keeps_the_form(new_phone):
    phone = new_phone().open().sign_in("demo-grid")
    phone.go("#/report")
    phone.page.locator("input[name=kind]").first.check(force=True)
    phone.page.get_by_placeholder("补一句").fill("满了也别丢")
    phone.page.evaluate(f"() => {{ window.real = IDBObjectStore.prototype.put; {FULL} }}")
    phone.page.locator(".submit").click()
    expect(phone.page.locator(".fault")).to_contain_text("手机空间不够，没有存下")
    expect(phone.page.get_by_placeholder("补一句")).to_have_value("满了也别丢")
    assert phone.unsent() == []
    phone.page.evaluate("() => { IDBObjectStore.prototype.put = window.real; }")
    phone.page.locator(".submit").click()
    expect(phone.title).to_have_text("我的")
    assert phone.wait_sent().entries()[-1]["title"] == "满了也别丢"


def test_what_was_being_written_is_there_again(new_phone):
    phone = new_phone().open().sign_in("demo-grid")
    phone.offline().go("#/report")
    phone.page.locator("#photo-file").set_input_files(
        {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": photograph()}
    )
    expect(phone.page.locator(".photo__image")).to_be_visible()
    phone.page.get_by_placeholder("补一句").fill("写到一半")
    phone.page.close()
    phone.page = phone.new_page()
    phone.open("#/report")
    expect(phone.page.get_by_placeholder("补一句")).to_have_value("写到一半")
    expect(phone.page.locator(".photo__image")).to_be_visible()


def test_a_wrong_clock_on_the_phone_is_set_right(copied, server, new_phone):
    """Two hours fast: the time of entry that the server keeps is right all the same."""
    phone = new_phone()
    phone.context.add_init_script(FAST)
    phone.open().sign_in("demo-grid").report("钟快两小时").wait_sent()
    sent = phone.entries()[-1]["answer"]
    step = Program.of(copied.base, "demo-grid", passwords(server)).get(f"/cases/{sent['county_code']}/{sent['id']}")[
        "steps"
    ][0]
    assert step["device_at"][:13] <= step["at"][:13]


def test_patrol_nothing_found_is_one_tap_and_no_case(copied, server, new_phone):
    worker = Program.of(copied.base, "demo-grid", passwords(server))
    before = len(worker.get("/inbox")["mine"])
    phone = new_phone().open().sign_in("demo-grid")
    phone.tab("我的").page.get_by_role("link", name="巡查无异常").click()
    phone.page.locator(".submit").click()
    expect(phone.title).to_have_text("我的")
    phone.wait_sent()
    assert phone.entries()[-1]["kind"] == "patrol"
    assert len(worker.get("/inbox")["mine"]) == before


def test_the_server_hears_how_much_a_phone_still_holds(copied, server, new_phone):
    told: list[dict] = []
    phone = new_phone()
    phone.context.add_init_script(PAGE_SENDS)  # what a service worker sends cannot be looked at here
    phone.open().sign_in("demo-grid")
    phone.page.route(
        "**/api/v1/devices/*", lambda route: (told.append(route.request.post_data_json), route.continue_())
    )
    phone.offline().report("一条").report("两条")
    phone.offline(False).wait_sent()
    assert told[0]["unsent"] == 2
    assert told[0]["oldest_at"]
    expect(phone.page.locator(".net--on")).to_be_visible()
    assert told[-1] == {"unsent": 0}
