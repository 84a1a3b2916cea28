"""Every number opens the list of exactly the cases behind it, and says what a count over the raw cases says."""

import csv
import re
from collections.abc import Iterator
from io import StringIO

import pytest
from playwright.sync_api import Locator, expect

from dashboard.domain.measures import MEASURES
from dashboard.domain.workflow import CLOCKS
from dashboard.services.cases import PAGE_ROWS
from dashboard.services.overview import KPIS
from dashboard.services.words import STAGES
from layouts.wall import ids
from tests.browser.doors import come_in
from tests.browser.records import count_raw, kpi_raw
from tests.browser.servers import Server
from tests.browser.wall import DIALOG, Wall, numeral

TITLE = "#wall-list-title b"  # the total of an open list
CITY, QUIET_COUNTY = "330100", "330109"
NAMES = ("浙江省", "杭州市", "萧山区")


def total(wall: Wall) -> int:
    return numeral(wall.page.locator(TITLE).inner_text())


def assert_opens(wall: Wall, link: Locator, number: int) -> None:
    """The link opens a list with this total, with its conditions and as many rows as fit; Esc closes it."""
    before = wall.page.url
    wall.go(link.click)
    assert total(wall) == number, wall.page.url
    dialog = wall.page.locator(DIALOG)
    place, days, kind, *_part = dialog.locator("ul li").all_inner_texts()
    assert place in NAMES
    assert re.fullmatch(r"此刻|\d{4}-\d\d-\d\d – \d{4}-\d\d-\d\d", days)
    assert kind
    assert dialog.locator("[data-case]").count() == min(number, PAGE_ROWS)
    wall.close()
    expect(dialog).to_have_count(0)
    assert wall.page.url == before


def test_every_key_figure_equals_the_raw_count_and_opens_what_it_stands_on(wall: Wall, server: Server):
    wall.open()
    assert wall.kpis() == pytest.approx({key: kpi_raw(server, key) for key in KPIS})
    for key in KPIS:
        tile = wall.page.locator(f'[data-kpi="{key}"]')
        base = sum(
            count_raw(server, "330000", "30d", "", MEASURES[key].denominator or MEASURES[key].numerator).values()
        )
        assert f"{base:,}" in tile.inner_text()
        assert_opens(wall, tile, base)


@pytest.mark.parametrize(
    "region, period, page, kind", [("330100", "7d", "police", "police"), ("330106", "year", "overview", "")]
)
def test_key_figures_of_a_region_a_period_and_a_kind_equal_the_raw_count(
    wall: Wall, server, region, period, page, kind
):
    wall.open(f"?region={region}&period={period}&page={page}")
    assert wall.kpis() == pytest.approx({key: kpi_raw(server, key, region, period, kind) for key in KPIS})


def test_every_stage_of_the_funnel_opens_its_cases(wall: Wall, server: Server):
    wall.open(f"?region={CITY}")
    raw = count_raw(server, CITY, "30d", "", tuple(STAGES))
    for stage in STAGES:
        link = wall.link("funnel", list=stage)
        assert numeral(link.locator("b").inner_text()) == raw[stage]
        assert_opens(wall, link, raw[stage])


def test_every_clock_opens_its_open_yellow_and_red_cases(wall: Wall, server: Server):
    wall.open(f"?region={CITY}")
    names = tuple(f"{clock}_{part}" for clock in CLOCKS for part in ("open", "yellow", "red"))
    raw = count_raw(server, CITY, "30d", "", names)
    for name in names:
        link = wall.link("clocks", list=name)
        assert numeral(link.inner_text()) == raw[name]
        assert_opens(wall, link, raw[name])


def rows_with_a_number(wall: Wall) -> Iterator[tuple[str, Locator, int]]:
    """A bar of the kinds, a row of the repeats: (name, link, number)."""
    bar = wall.panel("kinds").locator("[data-kind]").nth(1)
    yield "kind", bar, numeral(bar.locator("b").inner_text())
    row = wall.link("repeats", list="returned")
    yield "repeats", row, numeral(re.search(r"([\d,]+) / ", row.inner_text())[1])


def test_bars_and_rates_open_the_cases_they_count(wall: Wall):
    wall.open()
    for name, link, number in rows_with_a_number(wall):
        assert number > 0, name
        assert_opens(wall, link, number)


def test_the_callout_of_a_shape_opens_the_cases_of_its_region(wall: Wall):
    wall.open(f"?region={CITY}&measure=open")
    wall.page.mouse.move(*wall.point_on(QUIET_COUNTY))
    box = wall.page.locator(f"#{ids.MAP_CALLOUT}")
    cases = box.locator("[data-slot=cases]")
    expect(cases).to_have_attribute("href", re.compile(f"at={QUIET_COUNTY}"))
    assert_opens(wall, cases, numeral(box.locator("[data-slot=open]").inner_text()))


# ---- inside a list


@pytest.fixture
def listed(wall: Wall) -> Wall:
    return wall.open(f"?region={CITY}&period=year&list=reported")


def ids_shown(wall: Wall) -> list[str]:
    rows = wall.page.locator(f"{DIALOG} [data-case]")
    return rows.evaluate_all("(rows) => rows.map((row) => row.dataset.case)")


def test_pages_of_a_list_go_on_and_back_and_end_with_the_last_case(listed: Wall):
    first, pages = ids_shown(listed), -(-total(listed) // PAGE_ROWS)
    listed.click(f"{DIALOG} a[rel=next]")
    assert listed.state["p"] == "2"
    assert not set(first) & set(ids_shown(listed))
    listed.click(f"{DIALOG} a[rel=prev]")
    assert ids_shown(listed) == first
    listed.open(f"?region={CITY}&period=year&list=reported&p={pages}")
    assert len(ids_shown(listed)) == total(listed) - (pages - 1) * PAGE_ROWS
    assert listed.page.locator(f"{DIALOG} a[rel=next]").count() == 0


def test_a_guest_of_an_open_wall_takes_no_file_away(listed: Wall):
    assert listed.page.locator(f"{DIALOG} a[download]").count() == 0
    assert listed.page.request.get(f"{listed.base}/wall/cases.csv?list=open").status == 401


def test_the_export_has_the_same_cases(new_wall, server: Server):
    listed = new_wall()
    come_in(listed.page.context, server, "demo-leader")
    listed.open(f"?region={CITY}&period=year&list=reported")
    with listed.page.expect_download() as waiting:
        listed.page.locator(f"{DIALOG} a[download]").click()
    rows = list(csv.DictReader(StringIO(waiting.value.path().read_text(encoding="utf-8-sig"))))
    assert len(rows) == total(listed)
    numbers = listed.page.locator(f"{DIALOG} [data-case] td:nth-child(2)").all_inner_texts()
    assert [row["number"] for row in rows[:PAGE_ROWS]] == numbers


def test_a_case_opens_with_its_history_and_closes_to_the_list(listed: Wall):
    before, case = listed.page.url, ids_shown(listed)[3]
    listed.click(f'{DIALOG} [data-case="{case}"] a')
    assert listed.state["case"] == case
    steps = listed.panel("case").locator("ol time")
    assert steps.count() >= 1
    stamps = steps.evaluate_all("(nodes) => nodes.map((node) => node.dateTime)")
    assert stamps == sorted(stamps)
    assert listed.look() == []
    listed.close()
    assert listed.page.url == before
    expect(listed.page.locator(f'{DIALOG} [data-case="{case}"]')).to_be_visible()


def test_a_list_is_complete_on_the_screen_and_keeps_the_wall_behind_it_still(listed: Wall):
    assert listed.look() == []
    assert listed.page.locator(f"#{ids.MAIN}").get_attribute("inert") is not None
    dialog = listed.page.locator(DIALOG)
    assert dialog.get_attribute("aria-modal") == "true"
    assert dialog.evaluate("(node) => node.contains(document.activeElement)")
