"""The wall's page "ranking" at its three sizes: all there, nothing cut, and four clicks from a score to its cases."""

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from data.models import Edition, EditionStanding
from tests.browser.eye import axe_faults
from tests.browser.records import reading
from tests.browser.test_wall import SIZES
from tests.browser.wall import DIALOG, EVALUATION, MAIN, Wall

PAGE = "?page=ranking"
_ROWS = """(halves) => halves.map((half) => {
  const frame = half.getBoundingClientRect();
  const rows = [...half.querySelectorAll(".rank")].map((row) => row.getBoundingClientRect());
  const seen = rows.filter((row) => row.bottom > frame.top + 1 && row.top < frame.bottom - 1);
  return seen.map((row) => [row.top, row.bottom].map((edge) => Math.round(edge - frame.top)));
})"""  # top and bottom of the rows in sight


def standings(server) -> list[EditionStanding]:
    """Of the newest published edition: those that are ranked, by rank."""
    with reading(server) as session:
        edition = session.scalars(select(Edition.id).where(Edition.published_at.is_not(None))
                                  .order_by(Edition.start.desc()).limit(1)).one()  # fmt: skip
        here = (EditionStanding.edition_id == edition, EditionStanding.rank.is_not(None))
        found = list(session.scalars(select(EditionStanding).where(*here).order_by(EditionStanding.rank)))
        session.expunge_all()
    return found


@pytest.mark.parametrize("size", SIZES)
def test_every_panel_of_the_page_has_content_and_nothing_is_cut(new_wall, size: str):
    wall: Wall = new_wall(viewport=dict(zip(("width", "height"), SIZES[size], strict=True))).open(PAGE)
    for name in EVALUATION:
        expect(wall.panel(name)).to_be_visible()
        assert wall.panel(name).inner_text().strip(), name
    for name in set(MAIN) - set(EVALUATION):
        expect(wall.panel(name)).to_be_hidden()
    halves = wall.panel("ranking").locator(".ranking__half")
    first, last = halves.evaluate_all(_ROWS)
    assert len(first) - len(last) in (0, 1), "of an odd number that fits, the first column has one more"
    assert first[: len(last)] == last, "both columns have one pitch"
    assert (first[0][0], first[-1][1]) == (0, halves.first.evaluate("(half) => half.clientHeight")), "whole rows only"
    assert wall.failed() == set()
    assert wall.look() == []
    assert axe_faults(wall.page) == []


def test_the_ranking_is_that_of_the_published_edition(new_wall, server):
    wall: Wall = new_wall().open(PAGE)
    found = standings(server)
    rows = wall.panel("ranking").locator(".rank__link")
    expect(rows).to_have_count(len(found))
    shown = rows.evaluate_all(
        "(rows) => rows.map((row) => [row.dataset.region, row.querySelector('.rank__value').textContent])"
    )
    assert dict(shown) == {one.region_code: f"{one.published:.1f}" for one in found}
    scores = {code: float(text) for code, text in shown}
    assert [scores[one.region_code] for one in found] == sorted(scores.values(), reverse=True)


def test_four_clicks_lead_from_a_score_to_its_cases_and_escape_leads_back(new_wall):
    wall: Wall = new_wall().open(PAGE)
    wall.click("#wall-ranking .rank__link")
    expect(wall.page.locator(f"{DIALOG} .score__table tbody tr")).not_to_have_count(0)
    assert axe_faults(wall.page) == []
    wall.click(".score__table a").click(".score__table a")
    link = wall.page.locator(".score__cases").first
    count = int(link.get_attribute("data-cases"))
    wall.go(link.click)
    expect(wall.page.locator(f"{DIALOG} .dialog__title b")).to_have_text(f"{count:,}")
    expect(wall.page.locator(f"{DIALOG} tbody tr")).to_have_count(min(count, 18))
    assert wall.look() == []
    wall.close()
    expect(wall.page.locator(".score__formula")).to_be_visible()
    wall.close()
    expect(wall.page.locator(DIALOG)).to_have_count(0)


def test_a_point_of_the_funnel_opens_the_score_of_its_region(new_wall):
    wall: Wall = new_wall().open(PAGE)
    point = wall.panel("plot").locator("[data-href]").last
    wall.go(lambda: point.locator("circle").first.click(force=True))
    assert wall.state["score"] == point.get_attribute("data-region")
    expect(wall.page.locator(f"{DIALOG}.dialog--score")).to_be_visible()


def test_another_rate_and_another_page_can_be_turned_to(new_wall):
    wall: Wall = new_wall().open(PAGE)
    title = wall.panel("plot").locator(".plot__name").inner_text()
    wall.click(".plot__step >> nth=1")
    expect(wall.panel("plot").locator(".plot__name")).not_to_have_text(title)
    wall.go(wall.page.locator("[data-page=overview]").click)
    expect(wall.panel("kpis").locator("[data-kpi]")).not_to_have_count(0)
    expect(wall.panel("plot")).to_be_hidden()
