"""The evaluator's desk on a real database: what is in focus, what each person is shown, and that its numbers are the edition's."""

import csv
import io
from datetime import timedelta
from uuid import uuid4

import numpy as np
import pytest
from openpyxl import load_workbook

from dashboard.domain.desk_state import DeskState, parse_desk
from dashboard.domain.errors import NotFound, UserError
from dashboard.domain.people import SYSTEM
from dashboard.services import (
    desk_schemes,
    evaluating,
    tracing,
    workshop,
    workshop_export,
    workshop_side,
    workshop_table,
    workshop_trace,
)
from dashboard.services.desk_frame import Desk
from dashboard.services.workshop_frame import given_shares
from data.models import AuditRow
from tests.editions import APRIL, EVALUATOR, LEADER, MAY, RANKED, STRANGER, an_office, rows
from tests.templates import KINDS


@pytest.fixture(params=KINDS)
def office(request, templates, tmp_path):
    yield from an_office(templates, request.param, tmp_path, 900)


@pytest.fixture(scope="module")
def shown(templates, tmp_path_factory):
    """(office, April, May): two published editions, on SQLite."""
    for office in an_office(templates, "sqlite", tmp_path_factory.mktemp("workshop"), 900, APRIL, MAY):
        yield office, office.of(APRIL), office.of(MAY)


def desk(office, who=EVALUATOR, **state) -> Desk:
    return Desk(office.deps, who, DeskState("ranking", **{"region": "P", **state}))


def test_the_newest_edition_with_figures_is_in_focus_and_opens_with_its_life(shown):
    office, _april, may = shown
    bar = workshop.edition(desk(office))
    assert (bar.id, bar.state, bar.provisional) == (str(may.id), "published", False)
    assert [one.standing for one in bar.stages] == ["done"] * 6 + ["now", "next"]
    assert [one.action for one in bar.acts] == ["archive", "reissue"]
    assert len(bar.past) == 7
    assert [one.key for one in bar.schemes] == ["process", "peace_index"]
    assert [one.on for one in bar.editions] == [False, True, False]


def test_actions_are_those_of_the_person(shown):
    office, _april, may = shown
    assert workshop.edition(desk(office, RANKED, region="K1", edition=str(may.id))).acts == ()
    assert [one.action for one in workshop.edition(desk(office, LEADER)).acts] == []


def test_an_edition_not_shown_yet_is_not_there_for_the_ranked(office):
    head = office.walk(office.open().id, "lock", "try")
    assert workshop_table.table(desk(office, edition=str(head.id))).size
    for who in (RANKED, STRANGER):
        with pytest.raises(NotFound):
            workshop_table.table(desk(office, who, region="K1", edition=str(head.id)))
        with pytest.raises(NotFound):
            workshop_side.outcome(desk(office, who, region="K1", edition=str(head.id)), {"normalise": "rank"})
        with pytest.raises(NotFound):
            workshop_trace.cases(desk(office, who, region="K1", edition=str(head.id), view="cases", node="rework"))
    office.walk(head.id, "preview")
    assert workshop_table.table(desk(office, RANKED, region="K1", edition=str(head.id))).size


def test_without_an_edition_the_running_month_stands_there_for_whoever_evaluates(office):
    bar, table = workshop.edition(desk(office)), workshop_table.table(desk(office))
    assert (bar.id, bar.provisional) == ("", True)
    assert [one.action for one in bar.acts] == ["open"]
    assert table is not None
    assert workshop_table.table(desk(office, RANKED, region="K1")) is None
    assert workshop_trace.trace(desk(office, RANKED, region="K1")) is None
    assert workshop_side.side(desk(office, RANKED, region="K1")) is None


def test_an_edition_that_collects_shows_the_running_month(office):
    office.now += timedelta(days=1)
    head = office.open(office.now.date().replace(day=1))
    bar = workshop.edition(desk(office, edition=str(head.id)))
    assert (bar.state, bar.provisional) == ("collecting", True)
    assert workshop_table.table(desk(office, edition=str(head.id))) is not None
    assert workshop_side.side(desk(office, edition=str(head.id), view="weights")) is None


def test_every_region_is_in_the_table_with_the_figures_of_the_edition(shown):
    office, _april, may = shown
    table = workshop_table.table(desk(office))
    _scheme, _inputs, result = evaluating.load(office.deps, may.id)
    found = [one for group in table.groups for one in group.rows] + list(table.apart)
    assert sorted(one.region for one in found) == sorted(one.region for one in result.standings)
    standing = {one.region: one for one in result.standings}
    for one in found:
        as_frozen = standing[one.region]
        assert (one.rank, one.score, one.band, one.first, one.last) == (
            as_frozen.rank, as_frozen.published, as_frozen.band, as_frozen.first, as_frozen.last)  # fmt: skip


def test_movement_is_against_the_edition_before(shown):
    office, april, may = shown
    ranks = {
        head: {one.region: one.rank for one in evaluating.load(office.deps, head.id)[2].standings}
        for head in (april, may)
    }
    for one in workshop_table.places(workshop.Workshop(desk(office))):
        assert one.moved == ranks[april][one.region] - ranks[may][one.region]
    assert all(
        one.moved is None for one in workshop_table.places(workshop.Workshop(desk(office, edition=str(april.id))))
    )


def test_a_peer_group_has_ranks_of_its_own(shown):
    office, _april, _may = shown
    peers = {one.peers for one in workshop.Workshop(desk(office)).places.values()}
    table = workshop_table.table(desk(office, peers=next(iter(peers))))
    assert min(one.rank for one in table.flat) == 1
    with pytest.raises(NotFound):
        workshop_table.table(desk(office, peers="nobody"))


@pytest.mark.parametrize("sort", ["region", "city", "score", "half", "rail", "moved"])
def test_sorting_changes_the_order_and_loses_nobody(shown, sort):
    office, _april, _may = shown
    table = workshop_table.table(desk(office, sort=sort))
    assert table.groups == ()
    assert {one.region for one in table.flat} == {"K1", "K2", "K3"} - {one.region for one in table.apart}
    assert not any(one.close for one in table.flat)
    if sort == "score":
        assert [one.score for one in table.flat] == sorted((one.score for one in table.flat), reverse=True)


def test_the_tree_adds_up_to_a_hundred_at_every_depth(shown):
    office, _april, _may = shown
    tree = workshop.tree(desk(office, node="rework"))
    assert tree.total == pytest.approx(100)
    for branch in tree.branches:
        assert sum(one.weight for one in branch.children) == pytest.approx(branch.weight)
    assert dict(tree.about)["公式"] == "返工案件 ÷ 处置案件 × 100"


def test_a_node_or_region_that_is_not_there_is_not_found(shown):
    office, _april, _may = shown
    for read in (workshop.tree, workshop_trace.trace):
        with pytest.raises(NotFound):
            read(desk(office, node="nothing"))
    for state in ({"at": "nowhere"}, {"edition": str(uuid4())}, {"edition": "now-nothing"}):
        with pytest.raises(NotFound):
            workshop_trace.trace(desk(office, **state))


def test_points_lost_below_a_node_add_up_to_what_it_lacks(shown):
    """Hops are points of the whole, so that an evaluator can add them up."""
    office, _april, may = shown
    bar = workshop_trace.trace(desk(office, at="K1"))
    total = tracing.trace(office.deps, SYSTEM, may.id, "K1").path[0]
    assert float(bar.hops[0].value) == pytest.approx(total.score, abs=0.1)
    assert sum(float(one.value) for one in bar.hops[1:]) == pytest.approx(total.score, abs=0.21)


def test_four_clicks_lead_from_any_score_to_as_many_cases_as_it_says(shown):
    """Region, indicator, cases: for every indicator of the default scheme."""
    office, _april, may = shown
    scheme, inputs, _result = evaluating.load(office.deps, may.id)
    for column, key in enumerate(scheme.keys):
        bar = workshop_trace.trace(desk(office, at="K2", node=key))
        found = workshop_trace.cases(desk(office, at="K2", node=key, view="cases"))
        assert bar.cases == found.total == inputs.denominator[inputs.regions.index("K2"), column]
        base, top, rest = (one.count for one in found.parts)
        assert base == top + rest
        assert workshop_trace.cases(desk(office, at="K2", node=key, view="cases", part="top")).total == top


def test_cases_come_in_pages(shown, monkeypatch):
    office, _april, _may = shown
    monkeypatch.setattr(workshop_trace, "ROWS", 7)
    state = {"at": "K1", "node": "handle_on_time", "view": "cases"}
    first = workshop_trace.cases(desk(office, **state))
    assert first.pages == -(-first.total // 7) > 1
    seen = [
        one.number
        for page in range(1, first.pages + 1)
        for one in workshop_trace.cases(desk(office, **state, p=page)).rows
    ]
    assert len(seen) == len(set(seen)) == first.total


def test_what_counts_no_cases_leads_to_none(shown):
    office, _april, _may = shown
    assert workshop_trace.cases(desk(office)) is None
    with pytest.raises(NotFound):
        workshop_trace.cases(desk(office, node="handling", view="cases"))
    assert workshop_trace.trace(desk(office, node="handling")).cases is None


def test_the_funnel_shows_the_indicator_in_focus_against_limits_of_the_pooled_rate(shown):
    office, _april, may = shown
    scheme, inputs, _result = evaluating.load(office.deps, may.id)
    plot = workshop_side.side(desk(office, node="accept_on_time"))
    column = scheme.keys.index("accept_on_time")
    assert plot.mean == pytest.approx(100 * inputs.numerator[:, column].sum() / inputs.denominator[:, column].sum())
    assert {one.region: one.n for one in plot.points} == dict(
        zip(inputs.regions, inputs.denominator[:, column], strict=True)
    )
    for one in plot.limits:
        assert one.low998 <= one.low95 <= plot.mean + 1e-9
        assert plot.mean - 1e-9 <= one.high95 <= one.high998


def test_a_profile_knows_its_gaps_and_its_past(shown):
    office, april, may = shown
    view = workshop_side.side(desk(office, view="profile", at="K1"))
    _scheme, _inputs, result = evaluating.load(office.deps, may.id)
    scheme, normal = workshop.Workshop(desk(office)).scheme, result.scores.normal
    weights = {key: given_shares(scheme)[key] for key in scheme.keys}
    for one in view.gaps:
        column = normal[:, scheme.keys.index(one.key)]
        assert one.points == pytest.approx(weights[one.key] * (column[0] - np.nanmean(column)) / 100)
    assert {one.key for one in view.gaps} == {key for at, key in enumerate(scheme.keys) if not np.isnan(normal[0, at])}
    assert [one.points for one in view.gaps] == sorted(one.points for one in view.gaps)
    then = next(one for one in evaluating.load(office.deps, april.id)[2].standings if one.region == "K1")
    assert [(one.rank, one.score) for one in view.history] == [(then.rank, then.published)]


def test_trying_weights_changes_nothing_that_is_kept(shown):
    office, _april, may = shown
    before = evaluating.load(office.deps, may.id)[2].standings
    trial = workshop_side.side(desk(office, view="weights"))
    assert sum(one.weight for one in trial.dials) == pytest.approx(100)
    weights = {one.key: 100.0 if n == 0 else 0.0 for n, one in enumerate(trial.dials)}
    found = workshop_side.outcome(desk(office), {"weights": weights})
    assert found.moved == len(found.rows)
    draft = parse_desk(found.draft)
    assert (draft.section, draft.item, draft.draft) == ("schemes", "process:1", "total:100,0,0,0::")
    page = desk_schemes.page(Desk(office.deps, EVALUATOR, draft))
    assert (page.draft.weights, page.draft.fixed, page.version) == (4, {"given": "total"}, 1)
    assert [(row.weight, row.was) for row in page.groups[0].rows] == [(100, 20), (0, 30), (0, 30), (0, 20)]
    assert desk_schemes.page(Desk(office.deps, LEADER, draft)).draft is None
    assert workshop_side.outcome(desk(office, LEADER), {"weights": weights}).draft == ""
    same = workshop_side.outcome(desk(office), {"weights": {one.key: one.weight for one in trial.dials}})
    assert (same.moved, same.crossed) == (0, 0)
    assert workshop_side.outcome(desk(office), {"weights": {}}) is None
    assert evaluating.load(office.deps, may.id)[2].standings == before


@pytest.mark.parametrize("tried", [{"weights": {"intake": "x"}}, {"weights": [1]}, {"weights": {"intake": 0}}, {"weights": {"no": 1}},
                                   {"weights": {"intake": -1, "handling": 2}}, {"normalise": "no"}, {"aggregate": "no"}])  # fmt: skip
def test_what_cannot_be_tried_is_an_error(shown, tried):
    office, _april, _may = shown
    with pytest.raises(UserError):
        workshop_side.outcome(desk(office), tried)


def test_the_files_hold_the_table_and_are_written_down(shown):
    office, _april, may = shown
    file, name = workshop_export.as_csv(desk(office), "10.0.0.1")
    with file:
        lines = list(csv.DictReader(io.StringIO(file.read().decode("utf-8-sig"))))
    assert name == "ranking-process-2026-05"
    assert {one["region"] for one in lines} == {"K1", "K2", "K3"}
    file, _name = workshop_export.as_xlsx(desk(office))
    with file:
        book = load_workbook(file)
    assert book.sheetnames == ["ranking", "figures"]
    assert book["figures"].max_row == 1 + 3 * len(evaluating.load(office.deps, may.id)[0].keys)
    noted = [row for row in rows(office, AuditRow) if row["action"] == "ranking.export"]
    assert [row["subject"] for row in noted] == [str(may.id)] * 2


def test_there_is_no_file_without_figures(office):
    with pytest.raises(NotFound):
        workshop_export.as_csv(desk(office, RANKED, region="K1"))
