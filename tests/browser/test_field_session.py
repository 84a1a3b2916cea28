"""Who a phone takes its holder for: whoever the server says, and only the server's word ends it."""

import pytest
from playwright.sync_api import expect

from tests.browser.phone import Phone, Program, passwords

WEEK_S = 6 * 86_400
FORM = ".submit"


@pytest.fixture
def codes(server) -> dict[str, str]:
    return passwords(server)


def sign_in_elsewhere(phone: Phone, login: str, password: str) -> Phone:
    """As at /sign-in, in the same browser: the phone's own page hears nothing of it."""
    answer = phone.page.request.post(f"{phone.base}/api/v1/session", data={"login": login, "password": password})
    assert answer.status == 201, answer.text()
    return phone


def test_a_session_made_elsewhere_needs_no_form(new_phone, codes):
    phone = sign_in_elsewhere(new_phone(), "demo-grid", codes["demo-grid"]).open().settle()
    expect(phone.title).to_have_text("待办")
    expect(phone.page.locator("#list")).to_be_visible()
    expect(phone.page.locator(FORM)).to_have_count(0)
    phone.tab("我的")
    expect(phone.page.get_by_text("演示·网格员").first).to_be_visible()


def test_a_form_that_stands_already_goes_when_the_server_knows_the_holder(new_phone, codes):
    phone = sign_in_elsewhere(new_phone(), "demo-grid", codes["demo-grid"])
    held: list = []
    phone.page.route("**/api/v1/me", lambda route: route.continue_() if held else held.append(route))
    phone.open()
    expect(phone.page.locator(FORM)).to_be_visible()
    held[0].continue_()
    phone.settle()
    expect(phone.page.locator("#list")).to_be_visible()
    expect(phone.page.locator(FORM)).to_have_count(0)


def test_whoever_comes_after_sees_nothing_of_the_one_before(new_phone, codes):
    phone = new_phone().open().sign_in("demo-grid")
    before = phone.page.request.get(f"{phone.base}/api/v1/me").json()["id"]
    sign_in_elsewhere(phone, "demo-handler", codes["demo-handler"])
    phone.page.reload()
    phone.tab("我的")
    expect(phone.page.get_by_text("演示·经办人").first).to_be_visible()
    expect(phone.page.locator(".net--on")).to_be_visible()
    kept = phone.page.evaluate(
        """async (before) => {
          const { read } = await import(document.querySelector('link[href*="js/store.js"]').href);
          const { state } = await import(document.querySelector('link[href*="js/state.js"]').href);
          return [(await read("meta", `inbox:${before}`)).body.person.name, state.inbox.person.name];
        }""",
        before,
    )
    assert kept == ["演示·网格员", "演示·经办人"], "the inbox kept of one holds another's"


def test_an_inbox_that_came_is_not_lost_to_what_was_read_before(new_phone):
    """Another tab tells of the session while the answer is under way: what lies on the phone is older than what stands."""
    phone = new_phone().open().sign_in("demo-handler")
    kept = phone.page.evaluate(
        """async () => {
          const load = (name) => import(document.querySelector(`link[href*="js/${name}.js"]`).href);
          const [{ state }, { become }, store, { refresh }] = await Promise.all(["state", "session", "store", "data"].map(load));
          const key = `inbox:${state.me.id}`;
          const stored = await store.read("meta", key);
          await store.remove("meta", key);
          await become(state.me);
          const stands = Boolean(state.inbox && state.inboxAt);
          await store.write("meta", stored, key);
          state.inbox = null;
          await refresh();
          return [stands, Boolean(state.inbox)];
        }"""
    )
    assert kept == [True, True]


def test_a_phone_stays_signed_in_for_days(new_phone):
    phone = new_phone().open().sign_in("demo-grid")
    left = [one["expires"] for one in phone.context.cookies() if one["httpOnly"]]
    assert left[0] - phone.page.evaluate("Date.now() / 1000") > WEEK_S


def test_another_grant_is_no_reason_to_sign_in_again(copied, new_phone, codes):
    """The stream ends when what somebody is granted changes; the session does not."""
    admin = Program.of(copied.base, "demo-admin", codes)
    grid = Program.of(copied.base, "demo-grid", codes).get("/inbox")["grids"][0]["code"]
    given = {"login": "new-worker", "name": "演示·新网格员", "password": "long enough 7 words",
             "grants": [{"role": "grid_worker", "region": grid}]}  # fmt: skip
    user = admin.post("/users", given)["user"]
    phone = sign_in_elsewhere(new_phone(), given["login"], given["password"]).open().settle()
    phone.tab("我的")
    expect(phone.page.get_by_role("link", name="遥控大屏")).to_have_count(0)
    admin.post(f"/users/{user['id']}/grants", {"role": "leader", "region": grid[:6]})
    expect(phone.page.get_by_role("link", name="遥控大屏")).to_be_visible()
    expect(phone.page.get_by_text("登录已过期")).to_have_count(0)
    # and it hears again
    order = {"region": grid, "text": "换了岗也收得到", "roles": ["grid_worker"], "due_in": "2h"}
    Program.of(copied.base, "demo-supervisor", codes).post("/directives", order)
    expect(phone.page.locator(".strip--order")).to_contain_text("换了岗也收得到")
    admin.post(f"/users/{user['id']}/disable", {"disabled": True})
    expect(phone.page.locator(".strip--off")).to_contain_text("登录已过期")


LISTENING = """async () => {
  const live = await import(document.querySelector('link[href*="js/live.js"]').href);
  const { refresh } = await import(document.querySelector('link[href*="js/data.js"]').href);
  window.EventSource = class extends EventTarget { constructor() { super(); window.stream = this; } close() {} };
  live.disconnect();
  live.connect();
  [window.later, window.asked] = [0, 0];
  window.setTimeout = (_work, milliseconds) => { window.later += 0 < milliseconds && milliseconds <= 1000; };  // for ever
  const real = window.fetch;
  window.fetch = (path, given) => { window.asked += path.endsWith("/inbox"); return real(path, given); };
  window.hear = (change) => window.stream.dispatchEvent(new MessageEvent("change", { data: JSON.stringify(change) }));
  window.rest = async () => { await refresh(); return { later: window.later, asked: window.asked }; };
}"""


def test_an_order_does_not_wait_for_what_came_just_before(new_phone):
    """The inbox is asked for at once, however recently a case moved; and never for the receipts of others."""
    page = new_phone().open().sign_in("demo-grid").page
    page.evaluate(LISTENING)
    page.evaluate("() => { for (const ref of ['a', 'b']) hear({ topic: 'case', action: 'take', ref }); }")
    before = page.evaluate("rest()")
    assert before["later"], "a second case within a second waits"
    page.evaluate("() => hear({ topic: 'directive', action: 'issued', ref: 'c' })")
    page.wait_for_function("(asked) => window.asked > asked", arg=before["asked"])
    before = page.evaluate("rest()")
    page.evaluate(
        "() => { for (const action of ['delivered', 'read', 'answered']) hear({ topic: 'directive', action, ref: 'c' }); }"
    )
    after = page.evaluate("rest()")
    assert (after["later"], after["asked"]) == (before["later"], before["asked"] + 1), "more than the one of rest()"


def test_what_is_typed_at_the_door_stays_when_the_session_turns_out_to_be_over(new_phone):
    phone = new_phone().open().sign_in("demo-grid").offline().go("#/sign-in")
    phone.page.get_by_label("账号").fill("demo-grid2")
    phone.context.clear_cookies()
    with phone.page.expect_response(lambda answer: answer.url.endswith("/api/v1/me") and answer.status == 401):
        phone.offline(False)
    phone.page.wait_for_timeout(500)  # nothing happens
    expect(phone.page.get_by_label("账号")).to_have_value("demo-grid2")
