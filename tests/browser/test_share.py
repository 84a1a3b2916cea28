"""The URL is all there is: it shows the same elsewhere, survives a reload, disturbs nobody, and bears nonsense calmly."""

import re
from urllib.parse import quote, urlencode

import pytest

from dashboard.domain.state import WallState
from tests.browser.doors import come_in
from tests.browser.servers import Server
from tests.browser.wall import DIALOG, MAIN, Wall

RICH = "?region=330100&period=7d&view=tile&measure=on_time&page=dispute"
ATTACKS = (
    "<script>window.hacked=1</script>",
    '"><img src=x onerror="window.hacked=1">',
    "javascript:window.hacked=1//",
)
ODD_BUT_FINE = ("?list=open&p=100000",)  # a page behind the last one is empty
SQL = "330100' OR '1'='1"
NONSENSE = {  # bad query: does the region's wall still stand?
    "?region=999999": False, "?region=杭州市": False, "?period=decade": False, "?measure=beauty": False, "?view=globe": False,
    "?page=nowhere": False, "?list=nothing": True, "?list=open&p=abc": True, "?list=open&p=0": True,
    "?list=open&part=half": True, "?list=reported&day=yesterday": True, "?list=reported&kind=dragons": True,
    "?list=open&at=000000": True, "?case=abc": True, "?case=00000000-0000-7000-8000-000000000000": True,
    "?list=open&p=100000": True, f"?region={quote(SQL)}": False, "?region=%00": False,
    "?list=reported&day=0001-01-01": True, "?list=reported&day=9999-12-31": True,
}  # fmt: skip


def shown(wall: Wall) -> dict:
    """Everything of a wall that does not depend on the second it is read in."""
    tabs = wall.page.locator("[aria-current]").all_inner_texts()
    return {"kpis": wall.kpis(), "ranking": wall.ranking(), "crumbs": wall.crumbs(), "regions": sorted(wall.regions()),
            "chosen": tabs, "funnel": wall.panel("funnel").inner_text(), "kinds": wall.panel("kinds").inner_text()}  # fmt: skip


def test_a_copied_url_shows_the_same_in_another_browser(wall: Wall, new_wall):
    wall.open()
    wall.go(lambda: wall.link("header", period="7d").click())
    wall.go(lambda: wall.link("ranking", region="330100").click())
    wall.go(lambda: wall.link("map", measure="on_time").click())
    other = new_wall(viewport={"width": 1600, "height": 900})
    other.page.goto(wall.page.url)
    assert shown(other.settle()) == shown(wall)


def test_everything_chosen_survives_a_reload(wall: Wall):
    wall.open(RICH)
    assert wall.regions("tiles")
    assert len(wall.page.locator("[aria-current=true]").all()) == 3, "period, measure and view"
    before = shown(wall)
    assert shown(wall.reload()) == before
    assert wall.state == dict(pair.split("=") for pair in RICH[1:].split("&"))


def test_two_browsers_at_different_regions_do_not_disturb_each_other(wall: Wall, new_wall):
    other = new_wall().open("?region=330200&period=7d")
    wall.open("?region=330100")
    mine, theirs = shown(wall), shown(other)
    assert mine["crumbs"] != theirs["crumbs"]
    other.go(lambda: other.link("header", period="year").click())
    other.go(lambda: other.page.locator("[data-kpi=open]").click())
    assert shown(wall) == mine
    other.close()
    other.go(lambda: other.link("header", period="7d").click())
    assert shown(other) == theirs


@pytest.fixture(scope="module")
def nonsense_wall(context, server):
    """One page for all bad URLs; every test looks at what it did."""
    page = context.new_page()
    alerts: list[str] = []
    page.on("dialog", lambda dialog: (alerts.append(dialog.message), dialog.dismiss()))
    yield Wall(page, server.base, alerts)
    page.close()


def assert_calm(wall: Wall) -> None:
    """Words for people, and nothing that looks like a program's."""
    words = wall.words()
    assert not re.search(
        r"Traceback|Error|Exception|sqlalchemy|psycopg|File \"|undefined|NaN|\bNone\b|会自动重试", words
    ), words
    assert wall.page.evaluate("window.hacked === undefined")
    assert wall.faults == [], "a dialog of the browser opened"


def visit(wall: Wall, query: str) -> None:
    """Go there inside the page, as a link would; loads the page when it stands elsewhere."""
    if "/wall/" not in wall.page.url:
        wall.open()
    wall.page.evaluate("(query) => window.dash_clientside.set_props('wall-url', {search: query})", query)
    wall.page.wait_for_function("(query) => location.search === new URL(query, location.href).search", arg=query)
    wall.settle()


@pytest.mark.parametrize("query", NONSENSE)
def test_a_bad_url_is_answered_in_words_with_a_way_out(nonsense_wall: Wall, query: str):
    wall = nonsense_wall
    visit(wall, query)
    assert_calm(wall)
    if NONSENSE[query]:
        assert not wall.failed() & {*MAIN, "header", "playlist"}
        assert wall.failed() & {"case_list", "case"} or query in ODD_BUT_FINE, "nobody says what is wrong with the link"
        wall.go(lambda: wall.page.keyboard.press("Escape"))
        return
    assert "map" in wall.failed()
    wall.go(lambda: wall.panel("map").locator("[role=alert] a").click())
    assert wall.failed() == set()


def test_what_looks_like_a_script_in_any_parameter_is_only_text(nonsense_wall: Wall):
    wall = nonsense_wall
    for attack in ATTACKS:
        for name in WallState.__dataclass_fields__:
            visit(wall, "?" + urlencode({"list": "open", name: attack}))
            assert_calm(wall)
    wall.page.goto(f"{wall.base}/wall/?" + urlencode(dict.fromkeys(WallState.__dataclass_fields__, ATTACKS[1])))
    wall.settle()
    assert_calm(wall)


def test_a_list_with_a_bad_condition_says_so_over_a_living_wall_and_closes(nonsense_wall: Wall):
    wall = nonsense_wall
    visit(wall, "?region=330100&list=reported&kind=dragons")
    assert "case_list" in wall.failed()
    wall.press("Escape")
    assert wall.page.locator(DIALOG).count() == 0
    assert wall.failed() == set()


@pytest.mark.parametrize("query", NONSENSE)
def test_files_for_a_bad_url_are_refused_in_words(new_wall, server: Server, query: str):
    context = new_wall().page.context
    come_in(context, server, "demo-leader")
    for path in ("/wall/shapes.svg", "/wall/cases.csv"):
        answer = context.request.get(f"{server.base}{path}{query}")
        assert answer.status in (200, 400, 404), f"{path}{query}: {answer.status}"
        if answer.status != 200:
            assert set(answer.json()) == {"error", "message"}


@pytest.mark.parametrize("query", ["?region=%00", "?list=open&at=%00", "?list=open&kind=%00", f"?region={quote(SQL)}"])
def test_nonsense_is_refused_by_postgresql_too(new_wall, postgres: Server, query: str):
    context = new_wall(postgres).page.context
    come_in(context, postgres, "demo-leader")
    for path in ("/wall/shapes.svg", "/wall/cases.csv"):
        answer = context.request.get(f"{postgres.base}{path}{query}&view=map")
        assert answer.status in (200, 400, 404), f"{path}{query}: {answer.status}"
