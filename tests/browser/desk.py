"""The desk as a test uses it: seated with an account, by keys, waiting for what the server answers.

Answers for the board and what stands on it; taking one case through its page is tests/browser/sheet.py.
"""

import io
from urllib.parse import parse_qsl, urlsplit

from PIL import Image
from playwright.sync_api import Browser, Locator, Page, expect

from layouts.desk import ids
from tests.browser import eye
from tests.browser.servers import Server
from tests.browser.watch import Watch

SHEET, SIDE = ".sheet[data-case]", ".side[data-case]"
BOX = f"#{ids.DIALOG} .box"
READER = {"locale": "zh-CN", "timezone_id": "Asia/Shanghai", "viewport": {"width": 1440, "height": 900},
          "accept_downloads": True}  # fmt: skip
TOLD = f"#{ids.SAID} .toast"
SIZES = ((1280, 720), (1440, 900), (1920, 1080))
PATIENCE_MS = 20_000
_PICKED = f"""() => {{ const key = window.dash_clientside?.desk?.picked?.();
  return key && document.querySelector("{SIDE}")?.dataset.case === key ? key : null; }}"""


class Desk:
    """One page at /desk/. `faults`: what went wrong on the way, see tests/browser/watch.py."""

    def __init__(self, page: Page, base: str):
        self.page, self.base = page, base
        self.watch = Watch(page, base)
        self.faults = self.watch.faults

    # ---- going somewhere, doing something

    def open(self, query: str = "") -> "Desk":
        self.page.goto(f"{self.base}/desk/{query}")
        expect(self.page.locator(f"#{ids.ROOT}")).to_be_visible()
        return self.settle()

    def settle(self) -> "Desk":
        eye.settle(self.page)
        return self

    def press(self, *keys: str) -> "Desk":
        for key in keys:
            self.page.keyboard.press(key)
        return self.settle()

    # ---- what stands there

    @property
    def state(self) -> dict[str, str]:
        """The URL's query."""
        return dict(parse_qsl(urlsplit(self.page.url).query))

    def picked(self) -> str:
        """Key of the case under the cursor, once it is shown at the side."""
        return self.page.wait_for_function(_PICKED).json_value()

    def count(self, tab: str) -> int:
        """The figure on a tab of the queue."""
        figure = self.page.locator(f'[data-count="{tab}"]')
        expect(figure).to_be_visible()
        return int(figure.inner_text().replace(",", ""))

    def expect_count(self, tab: str, count: int) -> None:
        expect(self.page.locator(f'[data-count="{tab}"]')).to_have_text(f"{count:,}")

    def rows(self) -> Locator:
        """Rows of the queue that stand on the screen and have arrived."""
        found = self.page.locator(f'#{ids.GRID} .ag-center-cols-container .ag-row[row-id*=":"]')
        expect(found.first).to_be_visible()
        return found

    def toast(self) -> Locator:
        return self.page.locator(f"#{ids.TOAST} .toast")

    def look(self) -> list[str]:
        """What an eye would send back."""
        return eye.look(self.page)


def seat(browser: Browser, server: Server, login: str, told: dict[str, str], **options: object) -> Desk:
    """A desk in a browser profile of its own, signed in."""
    context = browser.new_context(**{**READER, **options})
    context.set_default_timeout(PATIENCE_MS)
    answer = context.request.post(f"{server.base}/api/v1/session", data={"login": login, "password": told[login]})
    assert answer.status == 201, answer.text()
    return Desk(context.new_page(), server.base)


def picture(colour: str) -> dict:
    buffer = io.BytesIO()
    Image.new("RGB", (640, 480), colour).save(buffer, "JPEG")
    return {"name": f"{colour}.jpg", "mimeType": "image/jpeg", "buffer": buffer.getvalue()}


def open_case(desk: Desk, key: str) -> Locator:
    desk.open(f"?case={key}")
    sheet = desk.page.locator(f'{SHEET}[data-case="{key}"]')
    expect(sheet).to_be_visible()
    return sheet


def press(sheet: Locator, action: str) -> None:
    button = sheet.locator(f"[data-action={action}]")
    expect(button).to_be_attached()
    if not button.is_visible():
        sheet.locator("details.menu > summary").click()
    button.click()


def choose_place(form: Locator, words: str, name: str) -> None:
    """By its name: nobody has to know a code."""
    finder = form.locator("[data-find-place]")
    finder.click()
    finder.press_sequentially(words)
    expect(form.locator(".place__option").first).to_contain_text(name)
    finder.press("Enter")
    expect(finder).to_have_text(name)


def option(form: Locator, name: str, value: str) -> None:
    one = form.locator(f'[data-name="{name}"] [data-value="{value}"]')
    one.click()
    expect(one).to_have_attribute("aria-checked", "true")


def attach(form: Locator, *pictures: dict) -> None:
    with form.page.expect_file_chooser() as chooser:
        form.locator("[data-pick-files]").click()
    chooser.value.set_files(list(pictures))
    expect(form.locator("[data-sha]")).to_have_count(len(pictures))


def send(form: Locator) -> Locator:
    form.locator(".form__foot [data-api-send]").click()
    return form.page.locator(TOLD)
