"""The wall's page "ranking": what it says is what was published, and four clicks lead from a score to as many cases as it
shows."""

from dataclasses import replace
from datetime import timedelta
from urllib.parse import parse_qsl

import pytest

from dashboard.domain.errors import NotFound
from dashboard.domain.evaluation.problem import STEPS
from dashboard.domain.people import SYSTEM
from dashboard.domain.scope import EVERYTHING, Scope
from dashboard.domain.state import WallState, parse_state
from dashboard.services import evaluating, plots, problems, scores, standings
from dashboard.services.editions import list_editions
from dashboard.services.problems import NewProblem
from dashboard.services.wall import READS
from tests.desk import person
from tests.editions import APRIL, MAY, an_office, uphold
from tests.templates import KINDS

GUEST = person("guest", "P")
STATE = WallState(region="P", page="ranking")


@pytest.fixture(params=KINDS)
def office(request, templates, tmp_path):
    yield from an_office(templates, request.param, tmp_path)


@pytest.fixture(params=KINDS)
def both(request, templates, tmp_path):
    """April and May, published."""
    for office in an_office(templates, request.param, tmp_path, 400, APRIL, MAY):
        yield office, office.of(MAY)


def read(office, name: str, state: WallState = STATE, scope: Scope = EVERYTHING, **more):
    return READS[name](office.deps, state, scope, **more)


def test_without_an_edition_the_page_says_so_and_shows_no_figure(office):
    assert read(office, "edition").month == ""
    assert read(office, "ranking").rows == ()
    assert read(office, "map_view").items == ()
    assert read(office, "plot") == (None, ())
    assert read(office, "now").rows == ()


def test_other_pages_keep_their_own_ranking(both):
    office, _head = both
    other = read(office, "ranking", replace(STATE, page="overview"))
    assert "score=" not in other.rows[0].href
    assert "score=" in read(office, "ranking").rows[0].href


def test_the_page_shows_the_newest_published_edition(both):
    office, head = both
    scheme, _inputs, result = evaluating.load(office.deps, head.id)
    view = read(office, "edition")
    assert ("5" in view.month, view.seal) == (True, head.digest[:12])
    assert [row.cls for row in read(office, "map_view").legend][:5] == [band for band, _low in scheme.cuts]
    ranks = {row.code: (row.rank, row.value, row.band) for row in read(office, "ranking").rows}
    expected = {one.region: (one.rank, one.published, one.band) for one in result.standings if one.rank is not None}
    assert ranks == expected != {}
    items = {item.code: item.cls for item in read(office, "map_view").items}
    assert items == {one.region: standings.group_of(one) for one in result.standings}


def test_the_edition_tells_what_it_went_through_and_what_its_ranks_stand_on(both):
    office, head = both
    now, before = (evaluating.load(office.deps, one)[2].standings for one in (head.id, earlier(office, head)))
    old = {one.region: ord(one.band) for one in before if one.rank is not None}
    moves = [old[one.region] - ord(one.band) for one in now if one.rank is not None and one.region in old]
    uphold(office, head.id)
    uphold(office, head.id, "refused")
    view = read(office, "edition")
    assert [stage for stage, _days in view.life] == ["锁数", "公示", "申诉", "复核", "发布"]
    assert [days for _stage, days in view.life] == ["06-08", *["06-08 至 06-11"] * 2, "06-22", "06-22"]
    assert [figure for _term, figure in view.figures] == [
        f"{sum(one.close for one in now)} / {sum(one.rank is not None for one in now)}", "2", "1",
        str(sum(move > 0 for move in moves)), str(sum(move < 0 for move in moves)),
        str(sum(one.deducted > 0 for one in now)), str(sum(one.vetoed for one in now)),
    ]  # fmt: skip
    other = read(office, "edition", replace(STATE, region="K2"), Scope(frozenset({"K2"})))
    assert dict(other.figures)["申诉件数"] == "0", "appeals of others are not told"


def test_a_movement_is_against_the_edition_before(both):
    office, head = both
    before = {one.region: one.rank for one in evaluating.load(office.deps, earlier(office, head))[2].standings}
    for row in read(office, "ranking").rows:
        assert row.moved == (before[row.code] - row.rank if before.get(row.code) else None)


def earlier(office, head):
    return next(one.id for one in list_editions(office.deps, SYSTEM) if one.start < head.start)


def test_a_veto_leaves_the_ranking_and_keeps_its_struck_score(both):
    office, _head = both
    board = standings.Board(office.deps, STATE, EVERYTHING)
    one = replace(board.places[0], vetoed=True, rank=None)
    row = standings._rank_row(board, one, first=False)
    assert (row.vetoed, row.rank, row.band, row.value) == (True, None, None, one.published)
    assert standings.group_of(one) == standings.VETO


def test_four_clicks_lead_from_a_score_to_as_many_cases_as_it_shows(both):
    office, _head = both
    seen = 0
    for row in read(office, "ranking").rows:
        state = parse_state(row.href)  # 1
        view = read(office, "score", state, person=GUEST)
        assert view.score == row.value
        for node in view.rows:
            for leaf in read(office, "score", parse_state(node.href), person=GUEST).rows:  # 2
                figure = read(office, "score", parse_state(leaf.href), person=GUEST)  # 3
                assert (leaf.leaf, bool(figure.parts)) == (True, True)
                for _words, count, href in figure.parts:
                    cases = read(office, "behind", parse_state(href), person=GUEST)  # 4
                    assert (cases.total, len(cases.rows)) == (count, min(count, 18))
                    seen += count
    assert seen


def test_a_wall_of_one_county_sees_no_other_and_opens_no_other(both):
    office, head = both
    scope = Scope(frozenset({"K1"}))
    own = replace(STATE, region="K1")
    assert {row.code for row in read(office, "ranking", own, scope).rows} <= {"K1"}
    other = next(code for code in evaluating.load(office.deps, head.id)[1].regions if code != "K1")
    with pytest.raises(NotFound):
        read(office, "score", replace(own, score=other), scope, person=person("guest", "K1"))
    with pytest.raises(NotFound):
        read(office, "behind", replace(own, score=other, node="on_time_close", behind="base"), scope,
             person=person("guest", "K1"))  # fmt: skip


def test_the_funnel_holds_the_regions_counts_and_turns_to_every_rate(both):
    office, head = both
    scheme, inputs, _result = evaluating.load(office.deps, head.id)
    _view, choices = read(office, "plot")
    assert len(choices) > 1
    for _words, href, _on in choices:
        view, _again = read(office, "plot", parse_state(href))
        assert view.key == dict(parse_qsl(href.lstrip("?")))["plot"]
        top, base = plots.counts(scheme, inputs, scheme.indicator(view.key))
        assert {one.region: (one.n, round(one.rate, 6)) for one in view.points} == {
            code: (n, round(scheme.indicator(view.key).scale * k / n, 6))
            for code, k, n in zip(inputs.regions, top, base, strict=True) if n
        }  # fmt: skip


def test_what_stands_beside_the_edition_is_the_running_month(both):
    office, _head = both
    view = read(office, "now")
    now = {one.region: one for one in evaluating.provisional(office.deps, "process", "P")[2].standings}
    for row in view.rows:
        assert (row.now_rank, row.now_band) == (now[row.code].rank, now[row.code].band)
        assert row.moved == row.rank - row.now_rank != 0


def test_a_problem_shows_its_four_steps_and_late_ones_come_first(both):
    office, _head = both
    leader, today = person("leader", "P"), office.now.date()
    for title, days in (("先登记的", 30), ("到期未办的", 2)):
        steps = {step: ("K1消防", today + timedelta(days=days + n)) for n, step in enumerate(STEPS)}
        problems.open_problem(office.deps, leader, NewProblem("K1", title, "inspection", steps))
        office.now += timedelta(hours=1)
    office.now += timedelta(days=3)
    view = scores.loop(office.deps, STATE, EVERYTHING, person=GUEST)
    assert [(row.title, row.late) for row in view.rows] == [("到期未办的", True), ("先登记的", False)]
    assert [step.standing for step in view.rows[0].steps] == ["late", "next", "next", "next"]
    assert (view.total, view.overdue, view.stages[0][1]) == (2, 1, 2)
