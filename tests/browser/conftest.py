"""A filled product, a second one on PostgreSQL, a browser, and walls that must not complain while they are used."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from babel.messages.mofile import write_mo
from playwright.sync_api import Browser, BrowserContext, expect, sync_playwright

from tests.browser.desk import PATIENCE_MS, Desk, seat
from tests.browser.phone import PHONE, Phone, passwords
from tests.browser.servers import FILE, Server, copy_database, serving
from tests.browser.wall import Wall, watched
from tests.templates import new_postgres_database
from tests.translations import PO, english

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
# The last one: no renderer for each window's address box, which nobody sees; it cost a third of what a wall takes to open.
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run",
             "--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup"]  # fmt: skip
SIZE = {"width": 1920, "height": 1080}
READER = {"locale": "zh-CN", "timezone_id": "Asia/Shanghai", "viewport": SIZE, "accept_downloads": True}
CASES, FEW_CASES = "12000", "2500"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed (apt-get install chromium)")
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as play:
        found = play.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield found
        found.close()


@pytest.fixture(scope="session")
def words_compiled() -> None:
    """The English catalogue as `make` compiles it, for those who start pytest by hand."""
    target = PO.with_suffix(".mo")
    if not target.exists() or target.stat().st_mtime < PO.stat().st_mtime:
        with target.open("wb") as file:
            write_mo(file, english())


@pytest.fixture(scope="session")
def server(browser, words_compiled, demo) -> Iterator[Server]:
    """12,000 synthetic cases on SQLite. Nobody writes to it: tests that do take `copied`."""
    with demo(CASES) as found:
        yield found


@pytest.fixture(scope="module")
def copied(server, tmp_path_factory) -> Iterator[Server]:
    """A server of its own on a copy of the filled database, to write to and to break."""
    folder = tmp_path_factory.mktemp("copied")
    copy_database(server.file, folder / FILE)
    with serving(folder) as found:
        yield found


@pytest.fixture(scope="session")
def postgres(browser, words_compiled, postgres_server, tmp_path_factory) -> Iterator[Server]:
    """A few synthetic cases on PostgreSQL."""
    address = new_postgres_database(postgres_server)
    with serving(tmp_path_factory.mktemp("postgres"), DATABASE_URL=address, DEMO_CASES=FEW_CASES) as found:
        yield found


@pytest.fixture(scope="session")
def context(browser, server) -> Iterator[BrowserContext]:
    """One browser profile for most tests, so that scripts and fonts are fetched once."""
    found = browser.new_context(**READER)
    found.set_default_timeout(PATIENCE_MS)
    yield found
    found.close()


@pytest.fixture
def wall(context, server, seen_logs) -> Iterator[Wall]:
    """A page of its own. At the end nothing may have gone wrong."""
    found = watched(context, server)
    yield found
    found.page.close()
    assert found.faults == []


@pytest.fixture
def new_wall(browser, server, seen_logs) -> Iterator[Callable[..., Wall]]:
    """Makes walls in browser profiles of their own: new_wall(server, viewport=…, …)."""
    made: list[Wall] = []

    def make(where: Server = server, **options: object) -> Wall:
        context = browser.new_context(**{**READER, **options})
        context.set_default_timeout(PATIENCE_MS)
        made.append(watched(context, where))
        return made[-1]

    yield make
    for one in made:
        one.page.context.close()
    assert [fault for one in made for fault in one.faults] == []


@pytest.fixture
def at(browser, office, seen_logs) -> Iterator[Callable[..., Desk]]:
    """Makes desks in browser profiles of their own, for `office`, the server that the module starts for itself:
    at("dispatcher", viewport=…). What the browser asks in a dialogue is answered with yes."""
    made: list[Desk] = []
    told = passwords(office)

    def sit(role: str, **options: object) -> Desk:
        made.append(seat(browser, office, f"demo-{role}", told, **options))
        made[-1].page.on("dialog", lambda asked: asked.accept())
        return made[-1]

    yield sit
    for one in made:
        one.page.context.close()
    assert [fault for one in made for fault in one.faults] == []


@pytest.fixture
def new_phone(browser, server, copied, seen_logs) -> Iterator[Callable[..., Phone]]:
    """Makes phones, each a browser profile of its own, for a server that may be written to: new_phone(viewport=…)."""
    made: list[Phone] = []

    def make(base: str = "", **options: object) -> Phone:
        context = browser.new_context(**{**PHONE, **options})
        context.set_default_timeout(PATIENCE_MS)
        made.append(Phone(context, base or copied.base, passwords(server)))
        return made[-1]

    yield make
    faults = [fault for one in made for fault in one.faults]
    for one in made:
        one.context.close()
    assert faults == []


@pytest.fixture
def seen_logs(request, tmp_path_factory) -> Iterator[None]:
    """Prints what the servers logged during a test, which pytest shows when it fails."""
    folder: Path = tmp_path_factory.getbasetemp()
    before = {path: path.stat().st_size for path in folder.glob("*/server.log")}
    yield
    for path in sorted(folder.glob("*/server.log")):
        text = path.read_bytes()[before.get(path, 0) :].decode(errors="replace")
        if text:
            print(f"--- {path}\n{text}")
