"""The desk as a test uses it: signed in, at the page of one case, taking actions as people do.

Answers for waiting, too: an action is over when the case on the page stands at another version, or a dialogue says why not.
"""

from playwright.sync_api import BrowserContext, Locator, Page, expect

from layouts.desk import ids
from tests.browser.servers import Server
from tests.browser.watch import Watch

DIALOG = f"#{ids.DIALOG}"
SHEET = ".sheet[data-case]"


class Sheet:
    """One page at /desk/. `faults`: what went wrong on the way, see tests/browser/watch.py."""

    def __init__(self, context: BrowserContext, server: Server, codes: dict[str, str]):
        self.context, self.base, self._codes = context, server.base, codes
        self.page: Page = context.new_page()
        self.faults = Watch(self.page, server.base).faults

    # ---- going somewhere

    def sign_in(self, login: str) -> "Sheet":
        self.page.goto(f"{self.base}/sign-in?next=/desk/")
        self.page.get_by_label("账号").fill(login)
        self.page.get_by_label("密码").fill(self._codes[login])
        self.page.get_by_role("button", name="登录").click()
        expect(self.page.locator(f"#{ids.ROOT}")).to_be_visible()
        return self

    def open(self, case: dict) -> "Sheet":
        """The page of one case: {county_code, id}."""
        key = f"{case['county_code']}:{case['id']}"
        self.page.goto(f"{self.base}/desk/?case={key}")
        expect(self.page.locator(f'.sheet[data-case="{key}"]')).to_be_visible()
        return self

    # ---- what stands there

    @property
    def sheet(self) -> Locator:
        return self.page.locator(SHEET)

    @property
    def box(self) -> Locator:
        """The dialogue that is open."""
        return self.page.locator(f"{DIALOG} [role=dialog], {DIALOG} [role=alertdialog]")

    def version(self) -> int:
        return int(self.sheet.get_attribute("data-version"))

    def actions(self) -> list[str]:
        return self.sheet.locator("[data-action]").evaluate_all("(nodes) => nodes.map((node) => node.dataset.action)")

    # ---- doing something

    def press(self, action: str) -> bool:
        """Press the button of an action; was there nothing to fill in?"""
        button = self.sheet.locator(f'[data-action="{action}"]')
        expect(button).to_be_attached()
        if not button.is_visible():
            self.sheet.locator("details.menu > summary").click()
        at_once = button.get_attribute("data-at-once") == "true"
        button.click()
        return at_once

    def ask(self, action: str, **inputs: str) -> "Sheet":
        """Press the button of an action, fill in what is asked, and send it; whatever comes of it."""
        at_once = self.press(action)
        return self if at_once and not inputs else self.fill(**inputs)

    def fill(self, **inputs: str) -> "Sheet":
        """Fill in the open dialogue and send it."""
        send = self.box.locator("[data-send]")
        expect(send).to_be_visible()
        for name, value in inputs.items():
            field = self.box.locator(f'[data-field="{name}"]')
            option = field.locator(f'[role=radio][data-value="{value}"]')
            if field.locator("textarea").count():
                field.locator("textarea").fill(value)
            else:
                option.click()
                expect(option).to_have_attribute("aria-checked", "true")
        send.click()
        return self

    def act(self, action: str, **inputs: str) -> "Sheet":
        """The same, and wait until the case on the page stands one version further."""
        before = self.version()
        self.ask(action, **inputs)
        expect(self.sheet).to_have_attribute("data-version", str(before + 1))
        return self
