"""The evaluation as a test uses it: a month of cases whose ranks are known, an edition as its rows say it is, and what people
do about it at their desks."""

from datetime import date, datetime, time, timedelta
from types import SimpleNamespace
from uuid import UUID

from playwright.sync_api import expect
from sqlalchemy import select, update

from dashboard.domain.commands import Command, Report
from dashboard.domain.people import SYSTEM
from dashboard.domain.scope import EVERYTHING
from dashboard.services import casework
from data.models import Edition, EditionArchive, EditionStanding
from data.queries.regions import get_region
from tests.browser.desk import TOLD, Desk, attach, option, picture, send
from tests.browser.eye import sent_back
from tests.browser.records import CATALOG, ZONE, reading
from tests.browser.servers import Server

RANKING = "?section=ranking"
KIND, UNIT = "flood", "消防救援"
STEPS = (  # (action, minutes after the one before, inputs): all in time by the clock of KIND, which runs day and night
    ("accept", 5, {}), ("dispatch", 5, {}), ("take", 5, {}), ("handle", 60, {"note": "积水已排清"}), ("verify", 60, {}),
    ("call_back", 5, {"reached": True, "rating": 5}), ("close", 5, {}),
)  # fmt: skip
LATE = 1260  # minutes for handling that takes too long by itself: 20 hours are allowed, and 24 until the case is closed


# ---- a month, and what is kept of it


def write_month(server: Server, first: datetime, cases: dict[str, tuple[int, int]]) -> None:
    """{county: (how many cases, how many of them handled late)}, from `first` on, as any door of the product would write
    them. The server stands: for it these days may be still to come."""
    database = server.database(writable=True)
    deps = SimpleNamespace(database=database, catalog=CATALOG, clock=lambda: first, evidence=None)
    try:
        with database.read() as session:
            names = {code: get_region(session, EVERYTHING, code).name for code in cases}
        for code, (count, late) in cases.items():
            for n in range(count):
                _write(deps, first + timedelta(minutes=n), code, names[code] + UNIT, n < late)
    finally:
        database.engine.dispose()


def _write(deps: SimpleNamespace, at: datetime, county: str, unit: str, late: bool) -> None:
    """One case from its report to its end."""
    deps.clock = lambda: at
    done = casework.report(deps, SYSTEM, Report(county, KIND, "地下通道积水", "grid", dataset="demo"))
    for action, minutes, inputs in STEPS:
        at += timedelta(minutes=LATE if late and action == "handle" else minutes)
        given = {"unit": unit} if action == "dispatch" else inputs
        casework.act(deps, SYSTEM, (county, done.id), Command(action, None, given))


def editions(server: Server, **where: object) -> list[Edition]:
    """Those of the default scheme, by month and issue."""
    with reading(server) as session:
        ask = select(Edition).filter_by(scheme_key="process", **where).order_by(Edition.start, Edition.issue)
        found = list(session.scalars(ask))
        session.expunge_all()
    return found


def standings(server: Server, edition: UUID) -> dict[str, tuple[int, float]]:
    """{region: (rank, score as published)} of those that have a rank."""
    with reading(server) as session:
        ask = select(EditionStanding).where(EditionStanding.edition_id == edition, EditionStanding.rank.is_not(None))
        return {one.region_code: (one.rank, one.published) for one in session.scalars(ask)}


def change_a_byte(server: Server, edition: UUID, name: str) -> None:
    """Behind the product's back, in what an edition left in the archive."""
    here = (EditionArchive.edition_id == edition, EditionArchive.name == name)
    database = server.database(writable=True)
    try:
        with database.write() as session:
            body = bytearray(session.scalars(select(EditionArchive.body).where(*here)).one())
            body[len(body) // 2] ^= 1
            session.execute(update(EditionArchive).where(*here).values(body=bytes(body)))
    finally:
        database.engine.dispose()


def local(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), ZONE)


# ---- what people do at their desks, and what they read there


def turn_to(desk: Desk, edition: Edition, words: str) -> Desk:
    """Choose an edition of the picker by what it says, once it is offered."""
    link = desk.page.locator(".edition__menu a", has_text=words)
    expect(link).to_be_attached()
    desk.settle().page.locator('[data-menu="edition"] > summary').click()
    link.click()
    return at_edition(desk, edition)


def at_edition(desk: Desk, edition: Edition) -> Desk:
    expect(desk.page.locator(f'.edition[data-edition="{edition.id}"]')).to_be_visible()
    return desk.settle()


def act(desk: Desk, action: str, note: str, state: str) -> None:
    """Take an action of the edition with a note, and wait for what comes of it."""
    ask(desk, action, note)
    expect(desk.page.locator(".edition")).to_have_attribute("data-state", state)
    desk.settle()


def ask(desk: Desk, action: str, note: str) -> None:
    """The action that comes next opens by a key, others by their button."""
    menu = desk.page.locator(f'[data-act="{action}"]')
    summary = menu.locator("summary")
    if summary.get_attribute("data-next-act"):
        desk.press("n")
    else:
        summary.click()
    menu.locator("textarea").fill(note)
    menu.locator("[data-api-send]").click()
    expect(desk.page.locator(TOLD)).to_contain_text("已完成")


def fine(desk: Desk) -> None:
    """Neither an eye nor a screen reader would send back what is open now."""
    faults = sent_back(desk.page)
    assert faults == [], faults


def late_cases(desk: Desk, edition: Edition, indicator: str) -> list[str]:
    """Numbers of the cases that stand behind a denominator and not in its numerator, as the page lists them."""
    desk.open(f"{RANKING}&edition={edition.id}&node={indicator}&view=cases&part=rest")
    rows = desk.page.locator("[data-case-behind]")
    expect(rows.first).to_be_visible()
    return rows.evaluate_all("(rows) => rows.map((row) => row.dataset.caseBehind)")


def appeal(desk: Desk, edition: Edition, number: str, indicator: str, claim: str) -> str:
    """File an appeal for one case, with a picture; its id."""
    desk.open(f"?section=appeals&edition={edition.id}")
    desk.page.locator("[data-new]").click()
    form = desk.page.locator(".verdicts__new .form")
    form.locator("[data-find-case]").click()
    form.locator("[data-find-case]").press_sequentially(number)
    form.locator("[data-found]", has_text=number).click()
    option(form, "wish.indicator", indicator)
    option(form, "wish.top", "1")
    form.locator('[data-name="claim"]').fill(claim)
    attach(form, picture("navy"))
    fine(desk)
    expect(send(form)).to_contain_text("申诉已提交")
    expect(desk.page.locator(".verdicts__facts")).to_contain_text(number)
    return desk.page.locator(".rows__row--on").get_attribute("data-row")


def uphold(desk: Desk, edition: Edition, key: str, decision: str) -> None:
    """Look at the evidence, and decide for whoever appeals."""
    desk.open(f"?section=appeals&edition={edition.id}")
    desk.page.locator(f'[data-row="{key}"] a').click()
    side = desk.page.locator(".verdicts__side")
    seen = side.locator("[data-picture] img")
    expect(seen).to_be_visible()
    seen.evaluate("(image) => image.decode()")
    fold = side.locator(".verdicts__fold", has_text="采纳").first
    fold.locator("summary").click()
    fold.locator('[data-name="decision"]').fill(decision)
    fine(desk)
    fold.locator("[data-api-send]").click()
    expect(desk.page.locator(f'[data-row="{key}"]')).to_contain_text("采纳")
    expect(side).to_contain_text(decision)


def moved(desk: Desk, edition: Edition) -> dict[str, tuple[str, ...]]:
    """{name of a region: rank before and now, score before and now} of an edition that was issued anew, as its page says."""
    desk.open(f"?section=appeals&edition={edition.id}")
    rows = desk.page.locator(".moved tbody tr")
    expect(rows.first).to_be_visible()
    fine(desk)
    cells = rows.evaluate_all("(rows) => rows.map((row) => [...row.children].map((cell) => cell.textContent))")
    return {name: tuple(rest) for name, *rest in cells}
