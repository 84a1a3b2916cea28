"""What the wall costs a browser: bytes on the wire, time to the first complete wall, and growth over many refreshes.

A real server (`python app.py`, synthetic cases on SQLite) and the system's Chromium at 1920 × 1080, both on this
machine: the time is the product's, without a network's.
"""

import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import BrowserContext, CDPSession, Page, sync_playwright

from layouts.wall import ids
from layouts.wall.panels import PANELS
from tests.bench.report import Row
from tests.browser.servers import serving

CHROMIUM = "/usr/bin/chromium"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
CASES, VISITS, REFRESHES = 20_000, 3, 60
COMPLETE = 2.5  # seconds to the first complete picture: DESIGN.md §10
BARE_DASH = 330.0  # KB compressed, what Dash itself weighs without Plotly: DESIGN.md §12
LATER = 20.0  # KB, what a later visit may weigh on a phone: DESIGN.md §10
GROWTH = 1.1
_FILLED = [ids.body(panel.id) for panel in PANELS.values() if panel.area != "over" and panel.look in ("", "figures")]
_COMPLETE = """([bodies, stage]) => bodies.every(id => document.getElementById(id)?.dataset.good
  && document.getElementById(id).children.length) && document.getElementById(stage)?.querySelector('[data-region]')"""


def run(cases: int = CASES) -> list[Row]:
    with _wall(cases) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        visits = [_two_visits(browser.new_context(viewport={"width": 1920, "height": 1080}), address)
                  for _visit in range(VISITS)]  # fmt: skip
        rows = [*_weights(visits[0][0][1], visits[0][1][1]), *_times(visits)]
        rows += _growth(browser.new_page(), address)
        browser.close()
    return rows


@contextmanager
def _wall(cases: int) -> Iterator[str]:
    """Address of a wall with demo data, not moving; stopped at the end."""
    with (
        tempfile.TemporaryDirectory(prefix="bench-page-") as folder,
        serving(Path(folder), DEMO_CASES=str(cases)) as server,
    ):
        yield f"{server.base}/wall/"


def _two_visits(context: BrowserContext, address: str) -> list[tuple[float, Counter]]:
    """[(seconds to the complete wall, bytes by type)] of a first visit and of one that finds the browser's cache full."""
    out = []
    for _visit in range(2):
        page = context.new_page()
        weight = _listen(context.new_cdp_session(page))
        started = time.perf_counter()
        _complete(page, address)
        out.append((time.perf_counter() - started, weight))
        page.close()
    context.close()
    return out


def _complete(page: Page, address: str) -> None:
    page.goto(address, wait_until="commit")
    page.wait_for_function(_COMPLETE, arg=[_FILLED, ids.MAP_STAGE], polling="raf", timeout=60_000)


def _listen(session: CDPSession) -> Counter:
    """Bytes that cross the wire, headers and all, by type of resource; what the cache answers weighs nothing."""
    weight, kinds = Counter(), {}
    session.on("Network.responseReceived", lambda event: kinds.update({event["requestId"]: event["type"]}))
    session.on("Network.loadingFinished", lambda event: weight.update(
        {kinds.get(event["requestId"], "Other"): int(event["encodedDataLength"])}))  # fmt: skip
    session.send("Network.enable")
    return weight


def _weights(first: Counter, later: Counter) -> list[Row]:
    rows = []
    for name, weight, goal, note in (("first visit", first, BARE_DASH, "measured against Dash alone, without Plotly"),
                                     ("second visit", later, LATER, "measured against a phone's budget")):  # fmt: skip
        rows.append(Row(f"{name}: all", sum(weight.values()) / 1024, "KB", goal, note=note))
        rows += [Row(f"{name}:   {kind}", size / 1024, "KB", goal) for kind, size in weight.most_common() if size]
    return rows


def _times(visits: list[list[tuple[float, Counter]]]) -> list[Row]:
    rows = []
    for place, name in enumerate(("empty", "full")):
        times = sorted(visit[place][0] for visit in visits)
        note = f"fastest of {len(times)}, slowest {times[-1]:.2f} s"
        rows.append(Row(f"first complete wall, {name} browser cache", times[0], "s", COMPLETE, note=note))
    return rows


def _growth(page: Page, address: str) -> list[Row]:
    """JS heap after many refreshes of all panels against that after the first tenth of them."""
    _complete(page, address)
    session = page.context.new_cdp_session(page)
    _refresh(page, REFRESHES // 10)
    before = _heap(session)
    _refresh(page, REFRESHES)
    after = _heap(session)
    note = f"{before / 2**20:.1f} MB to {after / 2**20:.1f} MB over {REFRESHES} refreshes of all panels"
    return [Row("JS heap, growth", after / before, "×", GROWTH, note=note)]


def _refresh(page: Page, times: int) -> None:
    """Move the data version as the live tick does, and wait until every panel has answered."""
    for _time in range(times):
        with page.expect_response(lambda answer: "_dash-update-component" in answer.url):
            page.evaluate("(stores) => { const now = Math.random(); for (const id of stores) "
                          "window.dash_clientside.set_props(id, {data: now}); }", [ids.VERSION, ids.SLOW_VERSION])  # fmt: skip
        page.wait_for_load_state("networkidle")
        page.wait_for_function("() => !document.querySelector('[data-dash-is-loading]')")


def _heap(session: CDPSession) -> int:
    session.send("HeapProfiler.enable")
    session.send("HeapProfiler.collectGarbage")
    return session.send("Runtime.getHeapUsage")["usedSize"]
