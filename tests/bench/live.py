"""From a tap on a phone to the wall, and from the wall's directive to the phone, while many streams are held and fed.

A real server (SQLite), a real wall and a real phone page in Chromium, and a program that holds the other streams: all on
this machine, so the times are the product's without a network's, and share its cores with browser and client. The phones
all belong to the grid that is reported in: every stream hears of every change.
"""

import contextlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

from playwright.sync_api import BrowserContext, Page, TimeoutError, sync_playwright

from dashboard.deps import utc_now
from dashboard.domain.people import Grant
from dashboard.gate import COOKIE
from dashboard.services.ids import new_id
from dashboard.services.people import key_of
from data.session import Database
from data.writes.people import add_grant, add_session, add_user
from tests.bench.page import CHROMIUM, FLAGS
from tests.bench.report import Row
from tests.browser.servers import ROOT, Server, serving

CASES, WALLS, PHONES = 20_000, 50, 200
REPORTS, DIRECTIVES, STEP_REPORTS = 40, 40, 20
STEPS = (500, 1000, 2000)
GRID, REGION = "330106008201002", "330106"
GOAL, LOST = 1.0, 30.0  # seconds
APART = 1.3  # seconds between two taps: the pace of what is measured, so nothing is awaited meanwhile
_SEEN = """() => { window.seen = {}; new MutationObserver(() => { for (const node of document.querySelectorAll("[data-case]"))
  window.seen[node.dataset.case] ??= Date.now(); }).observe(document.body, {childList: true, subtree: true, attributes: true,
  attributeFilter: ["data-case"]}); }"""
_READ = """() => { window.read = {}; const word = /bench-[0-9a-f]{8}/g;
  const look = () => { for (const [one] of document.body.textContent.matchAll(word)) window.read[one] ??= Date.now(); };
  new MutationObserver(look).observe(document.body, {childList: true, subtree: true, characterData: true}); }"""
_SEND = """async ([path, body]) => { const at = Date.now(); const answer = await fetch(path, {method: "POST",
  headers: {"Content-Type": "application/json"}, body: JSON.stringify(body)});
  if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`); return at; }"""


def run(cases: int = CASES) -> list[Row]:
    load = os.getloadavg()[0]
    with (
        tempfile.TemporaryDirectory(prefix="bench-live-") as folder,
        serving(Path(folder), DEMO_CASES=str(cases)) as server,
    ):
        leader, worker = _accounts(server.database(writable=True))
        with _holder(server) as ask, _pages(server, leader, worker) as (wall, phone):
            note = f"load of the machine before: {load:.1f} on {os.cpu_count()} cores"
            rows = _rows("tap to wall, alone", _taps(wall, phone, REPORTS), note)
            ask(open=WALLS, cookie=f"{COOKIE}={leader}", query="")
            held = ask(open=PHONES, cookie=f"{COOKIE}={worker}", query="topics=case,directive")
            taps = _taps(wall, phone, REPORTS)
            orders = _orders(wall, phone, DIRECTIVES)
            note = f"{held['open']} more streams, {ask()['heard']:,} changes heard by them"
            rows += [*_rows("tap to wall", taps, note), *_rows("directive to phone", orders, note), *_memories(server)]
            return [*rows, _most(server, ask, wall, phone, worker, (held["open"], taps))]


def _accounts(database: Database) -> tuple[str, str]:
    """Tokens of a leader and of a grid worker, whose sessions all streams share."""
    now, tokens = utc_now(), (uuid4().hex, uuid4().hex)
    grants = (Grant("leader", "330000"), Grant("grid_worker", GRID))
    with database.write() as session:
        for token, grant in zip(tokens, grants, strict=True):
            user_id = uuid4()
            add_user(session, user_id, f"bench-{grant.role.replace('_', '-')}", grant.role, "-", now, True)
            add_grant(session, uuid4(), user_id, grant, now)
            add_session(session, key_of(token), "browser", "browser", now, now + timedelta(hours=12), user_id=user_id)
    database.engine.dispose()
    return tokens


@contextmanager
def _holder(server: Server) -> Iterator:
    """Asks the program that holds the streams."""
    command = [sys.executable, "-m", "tests.bench.streams", "127.0.0.1", server.base.rsplit(":", 1)[1]]
    process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ask(**given: object) -> dict:
        process.stdin.write(json.dumps(given) + "\n")
        process.stdin.flush()
        return json.loads(process.stdout.readline())

    try:
        yield ask
    finally:
        process.terminate()
        process.wait(10)


@contextmanager
def _pages(server: Server, leader: str, worker: str) -> Iterator[tuple[Page, Page]]:
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        wall = _signed_in(browser.new_context(viewport={"width": 1920, "height": 1080}), server, leader).new_page()
        wall.goto(f"{server.base}/wall/")
        wall.wait_for_function("() => document.querySelector('[data-case]') && document.querySelector('[data-region]')",
                               timeout=60_000)  # fmt: skip
        wall.keyboard.press("Space")  # pages do not turn: another page's stream may leave out what is reported
        wall.evaluate(_SEEN)
        size = {"width": 390, "height": 844}
        phone = _signed_in(browser.new_context(viewport=size), server, worker).new_page()
        phone.goto(f"{server.base}/field/", wait_until="load")
        phone.evaluate(_READ)
        yield wall, phone
        browser.close()


def _signed_in(context: BrowserContext, server: Server, token: str) -> BrowserContext:
    context.add_cookies([{"name": COOKIE, "value": token, "url": server.base}])
    return context


def _taps(wall: Page, phone: Page, count: int) -> list[float]:
    """Seconds from the tap to the row in the wall's stream, sorted; one that never came counts as LOST."""
    sent = {}
    for number in range(count + 3):
        case = str(new_id(utc_now()))
        body = {"id": case, "place": GRID, "kind": "fire", "title": f"楼道堆放杂物 {number}"}
        sent[case] = phone.evaluate(_SEND, ["/api/v1/cases", body])
        wall.wait_for_timeout(1000 * APART)
    return _taken(sent, _all_of(wall, "seen", list(sent)))


def _orders(wall: Page, phone: Page, count: int) -> list[float]:
    """Seconds from sending a directive on the wall to its words on the phone, sorted."""
    sent = {}
    for _number in range(count + 3):
        word = f"bench-{uuid4().hex[:8]}"
        body = {"region": REGION, "text": word, "roles": ["grid_worker"], "due_in": "2h"}
        sent[word] = wall.evaluate(_SEND, ["/api/v1/directives", body])
        wall.wait_for_timeout(1000 * APART)
    return _taken(sent, _all_of(phone, "read", list(sent)))


def _all_of(page: Page, name: str, keys: list[str]) -> dict[str, int]:
    """When each was first seen on the page; those that do not come in LOST seconds are left out."""
    with contextlib.suppress(TimeoutError):
        page.wait_for_function(f"(keys) => keys.every((key) => window.{name}[key])", arg=keys, timeout=1000 * LOST)
    return page.evaluate(f"window.{name}")


def _taken(sent: dict[str, int], seen: dict[str, int]) -> list[float]:
    """The first three warm up and are left out."""
    return sorted((seen[key] - at) / 1000 if key in seen else LOST for key, at in list(sent.items())[3:])


def _rows(name: str, times: Sequence[float], note: str) -> list[Row]:
    lost = sum(one == LOST for one in times)
    note = f"{len(times)} of them, {lost} never came; {note}"
    return [Row(f"{name}, p50", share(times, 0.5), "s", note=note),
            Row(f"{name}, p95", share(times, 0.95), "s", GOAL, note=f"longest {times[-1]:.2f} s")]  # fmt: skip


def share(times: Sequence[float], part: float) -> float:
    """The smallest of the sorted times that `part` of them do not pass (nearest rank)."""
    return times[max(0, -(-len(times) * int(part * 100) // 100) - 1)]


def _most(server: Server, ask, wall: Page, phone: Page, worker: str, first: tuple[int, list[float]]) -> Row:
    """How many streams are held while reports stand on the wall within a second."""
    late = share(first[1], 0.95)
    most, said, open_now = first[0] if late <= GOAL else 0, [f"{first[0]}: {late:.2f} s"], first[0]
    for step in STEPS if most else ():
        open_now = ask(open=step - open_now, cookie=f"{COOKIE}={worker}", query="topics=case,directive")["open"]
        late = share(_taps(wall, phone, STEP_REPORTS), 0.95)
        said.append(f"{open_now}: {late:.2f} s, {_memory(server):.0f} MB")
        if open_now < step or late > GOAL:
            break
        most = open_now
    return Row("streams held before p95 passes 1 s", most, "streams", WALLS + PHONES, more=True, note="; ".join(said))


def _memories(server: Server) -> list[Row]:
    """The server starts the job, then its web processes."""
    first, job, *web = (_share_of(process) for process in _processes(server))
    note = "proportional set size: shared pages are divided among those who share them"
    rows = [("web processes", sum(web)), ("the job", job), ("all", first + job + sum(web))]
    return [Row(f"server's memory, {name}", size, "MB", note=note) for name, size in rows]


def _memory(server: Server) -> float:
    """Megabytes of all the server's processes."""
    return sum(map(_share_of, _processes(server)))


def _share_of(process: int) -> float:
    """Megabytes: proportional set size."""
    lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def _processes(server: Server) -> list[int]:
    """The server's process and those below it, in the order of their start."""
    found, wait = [], [server.process.pid]
    while wait:
        found.append(wait.pop(0))
        wait += [int(child) for child in Path(f"/proc/{found[-1]}/task/{found[-1]}/children").read_text().split()]
    return found
