"""The wall as a test sees it: what stands on it, found by layouts/wall/ids.py and data-* attributes, and how to use it.

Answers for waiting, too: `settle` returns when the panels show what the URL says. Leaves out what is right or wrong.
"""

from collections.abc import Callable
from urllib.parse import parse_qsl, urlsplit

from playwright.sync_api import BrowserContext, Locator, Page

from layouts.wall import ids
from layouts.wall.panels import PANELS, panels_in
from tests.browser import eye
from tests.browser.servers import Server
from tests.browser.watch import Watch

MAIN, EVALUATION = (tuple(panel.name for panel in panels_in("main") if panel.look in ("", look))
                    for look in ("figures", "evaluation"))  # fmt: skip
QUIET = ".quiet"  # a panel without figures: loading, empty or failed (layouts/shared/frame.py)
DIALOG = "[role=dialog]"
STAGE = f"#{ids.MAP_STAGE}"
_DRAWN = f"""() => [...document.querySelectorAll('#{ids.body(ids.MAP)} > *')].some((node) => !node.matches('.quiet--loading'))"""
_POINT = """(shape) => {
  const face = shape.querySelector("path,rect") || shape, box = face.getBoundingClientRect();
  for (let n = 1; n < 400; n++) {
    const x = box.left + box.width * ((n * 0.618034) % 1), y = box.top + (box.height * n) / 400;
    if (document.elementFromPoint(x, y)?.closest("[data-region],[data-city],a") === shape) return [x, y];
  }
  return null;
}"""


class Wall:
    """One page at /wall/. `faults`: what went wrong on the way, see tests/browser/watch.py."""

    def __init__(self, page: Page, base: str, faults: list[str]):
        self.page, self.base, self.faults = page, base, faults

    # ---- going somewhere

    def open(self, query: str = "") -> "Wall":
        self.page.goto(f"{self.base}/wall/{query}")
        return self.settle()

    def settle(self) -> "Wall":
        """Wait until every panel has its answer for the URL."""
        self.page.wait_for_function(_DRAWN)
        eye.settle(self.page)
        return self

    def reload(self) -> "Wall":
        self.settle().page.reload()
        return self.settle()

    def go(self, action: Callable[[], object]) -> "Wall":
        """Do something that changes the URL and wait for the panels."""
        before = self.page.url
        action()
        self.page.wait_for_function("(before) => location.href !== before", arg=before)
        return self.settle()

    def click(self, selector: str) -> "Wall":
        return self.go(lambda: self.page.locator(selector).first.click())

    def press(self, key: str) -> "Wall":
        return self.go(lambda: self.page.keyboard.press(key))

    def click_shape(self, code: str) -> "Wall":
        """Click a shape or tile where nothing lies over it."""
        return self.go(lambda: self.page.mouse.click(*self.point_on(code)))

    def point_on(self, code: str) -> list[float]:
        point = self.shape(code).evaluate(_POINT)
        assert point, f"no free point on the shape of {code}"
        return point

    def close(self) -> "Wall":
        """Leave what is open over the wall by Esc."""
        self.press("Escape")
        return self

    # ---- what stands there

    @property
    def state(self) -> dict[str, str]:
        """The URL's query."""
        return dict(parse_qsl(urlsplit(self.page.url).query))

    def panel(self, name: str) -> Locator:
        """A panel; of those that stand over the wall their body."""
        panel = PANELS[name]
        return self.page.locator(f"#{ids.body(panel.id) if panel.area == 'over' else panel.id}")

    def link(self, panel: str, **query: str) -> Locator:
        """The link of a panel whose query has these values."""
        parts = "".join(f':is([href*="?{key}={value}&"],[href*="&{key}={value}&"],[href$="?{key}={value}"],'
                        f'[href$="&{key}={value}"])' for key, value in query.items())  # fmt: skip
        return self.panel(panel).locator(f"a{parts}")

    def shape(self, code: str) -> Locator:
        return self.page.locator(f'{STAGE} [data-region="{code}"]').first

    def regions(self, kind: str = "") -> list[str]:
        """Codes of the regions drawn; `kind`: "shapes" or "tiles"."""
        svg = f'svg[data-kind="{kind}"]' if kind else ""
        nodes = self.page.locator(f"{STAGE} {svg} [data-region]")
        return nodes.evaluate_all("(nodes) => nodes.map((node) => node.dataset.region)")

    def crumbs(self) -> list[str]:
        return self.page.locator(f"#{ids.HEADER} nav ol a").all_inner_texts()

    def kpis(self) -> dict[str, float | None]:
        """The raw values of the key figures."""
        pairs = self.page.locator("[data-kpi]").evaluate_all("(a) => a.map((n) => [n.dataset.kpi, n.dataset.value])")
        return {key: float(value) if value else None for key, value in pairs}

    def ranking(self) -> dict[str, str]:
        """{region: figure} of the ranking's rows."""
        rows = self.page.locator(f"#{ids.RANKING} a[data-region]")
        return dict(
            rows.evaluate_all("(a) => a.map((n) => [n.dataset.region, n.querySelector('b.rank__value').textContent])")
        )

    def quiet(self) -> list[str]:
        """Names of the main panels that are loading, empty or failed."""
        return [
            name
            for name in {*MAIN, *EVALUATION}
            if self.panel(name).is_visible() and self.panel(name).locator(QUIET).count()
        ]

    def failed(self) -> set[str]:
        """Names of all panels that say they failed."""
        return {name for name in PANELS if self.panel(name).locator("[role=alert]").count()}

    def words(self) -> str:
        return self.page.locator("body").inner_text()

    def look(self) -> list[str]:
        """What an eye would send back."""
        return eye.look(self.page)


def watched(context: BrowserContext, server: Server) -> Wall:
    """A new page for the server's wall; whoever asked for it closes it and looks at its faults."""
    page = context.new_page()
    return Wall(page, server.base, Watch(page, server.base).faults)


def numeral(text: str) -> int:
    """1,234 → 1234"""
    return int(text.replace(",", ""))
