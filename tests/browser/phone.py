"""A phone as a test holds it: a browser profile of its own at /field/, found by what its holder sees.

Answers for signing in, going somewhere, losing the network, and looking into the queue on the phone. What other people do
meanwhile goes through the API (`Program`).
"""

import io
import json
import re
from dataclasses import dataclass
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from PIL import Image
from playwright.sync_api import BrowserContext, Locator, Page, expect

from dashboard.catalog import load_catalog
from tests.browser.servers import Server
from tests.browser.watch import Watch

SENSITIVE = load_catalog().sensitive
PHONE = {"locale": "zh-CN", "timezone_id": "Asia/Shanghai", "viewport": {"width": 390, "height": 844}, "has_touch": True,
         "is_mobile": True, "accept_downloads": True}  # fmt: skip
_SIGN_IN_FIRST = re.compile(
    r"HTTP 401: |console error: Failed to load resource: the server responded with a status of 401"
)
_NO_NETWORK = re.compile(r"ERR_INTERNET_DISCONNECTED|ERR_FAILED")
_STORE = """(name) => new Promise((resolve, reject) => {
  const asked = indexedDB.open("ypld-field");
  asked.onerror = () => reject(asked.error);
  asked.onsuccess = () => { const all = asked.result.transaction(name).objectStore(name).getAll();
    all.onsuccess = () => { resolve(JSON.stringify(all.result)); asked.result.close(); }; };
})"""

_KEPT = """async () => {
  const { read } = await import(document.querySelector('link[href*="js/store.js"]').href);
  while (!(await read("meta", "catalogue"))) await new Promise((next) => requestAnimationFrame(next));
}"""
_UNTIL = f"""async () => {{ const [read, test] = [{_STORE}, HOLDS];
  while (!test(JSON.parse(await read("entries")))) await new Promise((next) => requestAnimationFrame(next)); }}"""


def passwords(server: Server) -> dict[str, str]:
    """{login: password} of the demo accounts, as the server's log told them once."""
    return dict(re.findall(r"^\s+(demo-\w+)\s+(\S+)", server.log.read_text(encoding="utf-8"), re.MULTILINE))


class Phone:
    """`faults`: what went wrong on the way, except what a phone without session or network meets."""

    def __init__(self, context: BrowserContext, base: str, codes: dict[str, str]):
        self.context, self.base, self._codes = context, base, codes
        self._watches: list[Watch] = []
        self.page = self.new_page()

    def new_page(self) -> Page:
        page = self.context.new_page()
        self._watches.append(Watch(page, self.base))
        return page

    @property
    def faults(self) -> list[str]:
        return [fault for watch in self._watches for fault in watch.faults
                if not _SIGN_IN_FIRST.match(fault) and not _NO_NETWORK.search(fault)]  # fmt: skip

    def forgive(self) -> None:
        """Of what was broken on purpose."""
        for watch in self._watches:
            watch.faults.clear()

    # ---- going somewhere

    def open(self, path: str = "") -> "Phone":
        self.page.goto(f"{self.base}/field/{path}")
        return self

    def sign_in(self, login: str) -> "Phone":
        if "/field" not in self.page.url:
            self.open()
        self.page.get_by_label("账号").fill(login)
        self.page.get_by_label("密码").fill(self._codes[login])
        self.page.get_by_role("button", name="登录").click()
        expect(self.page.get_by_role("textbox", name="密码")).to_be_hidden()
        return self.settle()

    def know(self, login: str, password: str) -> "Phone":
        """The password of somebody who is not of the demo."""
        self._codes = {**self._codes, login: password}
        return self

    def settle(self) -> "Phone":
        """The inbox and the catalogue are there, and the shell is kept for opening without a network."""
        expect(self.page.locator(".net--on")).to_be_visible()
        self.page.evaluate(_KEPT)
        self.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        return self

    def go(self, hash_: str) -> "Phone":
        self.page.evaluate("(hash) => { location.hash = hash; }", hash_)
        expect(self.page.locator(f'#page[data-at="{hash_}"]')).to_be_attached()
        return self

    def tab(self, words: str) -> "Phone":
        self.page.locator("#bar").get_by_role("link", name=words).click()
        return self

    def tab_away(self) -> "Phone":
        """Back to the inbox."""
        return self.go("#/")

    def offline(self, lost: bool = True) -> "Phone":
        self.context.set_offline(lost)
        return self

    # ---- what stands there, and what lies on the phone

    @property
    def title(self) -> Locator:
        return self.page.locator("#title")

    def entries(self) -> list[dict]:
        """The queue, oldest first."""
        return sorted(self.stored("entries"), key=lambda one: one["id"])

    def stored(self, name: str) -> list[dict]:
        return json.loads(self.page.evaluate(_STORE, name))

    def unsent(self) -> list[dict]:
        return [one for one in self.entries() if one["state"] != "done" and not one.get("quiet")]

    def wait_sent(self) -> "Phone":
        return self.wait("(all) => all.every((one) => one.state === 'done')")

    def wait_state(self, state: str) -> "Phone":
        """Until some entry is in `state`."""
        return self.wait(f"(all) => all.some((one) => one.state === '{state}')")

    def wait(self, holds: str) -> "Phone":
        """Until `holds`, a function of all entries of the queue, is true."""
        self.page.evaluate(_UNTIL.replace("HOLDS", holds))
        return self

    # ---- reporting

    def report(self, note: str, *, photo: bytes | None = None) -> "Phone":
        """Fills in a report and sends it: photo, the first kind offered whose text all may read, a sentence."""
        self.go("#/report")
        expect(self.title).to_have_text("上报")
        if photo:
            self.page.locator("#photo-file").set_input_files(
                {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": photo}
            )
            expect(self.page.locator(".photo__image")).to_be_visible()
        kinds = self.page.locator("input[name=kind]")
        expect(kinds.first).to_be_attached()
        offered = kinds.evaluate_all("(all) => all.map((one) => one.value)")
        plain = next(kind for kind in offered if kind not in SENSITIVE)
        self.page.locator(f'input[name=kind][value="{plain}"]').check(force=True)
        self.page.get_by_placeholder("补一句").fill(note)
        self.page.locator(".submit").click()
        expect(self.title).to_have_text("我的")
        return self


def photograph(colour: tuple[int, int, int] = (180, 60, 40), size: tuple[int, int] = (2400, 1800)) -> bytes:
    """A JPEG as a camera makes it, with the position in its EXIF."""
    image = Image.effect_noise(size, 40).convert("RGB")
    image.paste(colour, (200, 200, 900, 900))
    exif = Image.Exif()
    exif[0x010F] = "Camera"
    exif.get_ifd(0x8825)[1] = "N"
    out = io.BytesIO()
    image.save(out, "JPEG", quality=90, exif=exif)
    return out.getvalue()


@dataclass
class Program:
    """Somebody else, through the API with a token of their own."""

    base: str
    token: str

    @classmethod
    def of(cls, base: str, login: str, codes: dict[str, str]) -> "Program":
        made = cls(base, "")
        made.token = made.post("/session", {"login": login, "password": codes[login], "program": True})["token"]
        return made

    def get(self, path: str) -> dict:
        return self._ask("GET", path)

    def post(self, path: str, body: dict) -> dict:
        return self._ask("POST", path, body)

    def act(self, case: dict, action: str, **inputs: object) -> dict:
        return self.post(f"/cases/{case['county_code']}/{case['id']}/actions", {"action": action, "inputs": inputs})

    def _ask(self, method: str, path: str, body: dict | None = None) -> dict:
        data = None if body is None else json.dumps(body).encode()
        headers = {
            "Content-Type": "application/json",
            **({"Authorization": f"Bearer {self.token}"} if self.token else {}),
        }
        try:
            with urlopen(Request(f"{self.base}/api/v1{path}", data=data, headers=headers, method=method)) as answer:
                return json.load(answer)
        except HTTPError as error:
            raise AssertionError(f"{method} {path}: {error.code} {error.read().decode()}") from None
