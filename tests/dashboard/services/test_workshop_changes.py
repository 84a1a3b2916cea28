"""What changed since the last edition, on a real database: then and now as they were frozen, and causes that add up."""

import pytest
from openpyxl import load_workbook

from dashboard.domain.desk_state import DeskState
from dashboard.domain.errors import NotFound
from dashboard.services import evaluating, workshop_changes, workshop_export
from dashboard.services.desk_frame import Desk
from tests.editions import APRIL, EVALUATOR, MAY, an_office


@pytest.fixture(scope="module")
def shown(templates, tmp_path_factory):
    """(office, April, May): two published editions, on SQLite."""
    for office in an_office(templates, "sqlite", tmp_path_factory.mktemp("changes"), 900, APRIL, MAY):
        yield office, office.of(APRIL), office.of(MAY)


def desk(office, **state) -> Desk:
    return Desk(office.deps, EVALUATOR, DeskState("ranking", **{"region": "P", **state}))


def test_changes_tell_then_and_now_and_their_causes_add_up(shown):
    office, april, may = shown
    view = workshop_changes.table(desk(office, view="changes", sort="gain"))
    assert (view.then, view.now) == ("2026-04", "2026-05")
    assert [one.gain for one in view.rows] == sorted(one.gain for one in view.rows)
    then, now = (
        {one.region: one for one in evaluating.load(office.deps, head.id)[2].standings} for head in (april, may)
    )
    for one in view.rows:
        was, is_ = then[one.region], now[one.region]
        assert (one.rank_then, one.rank, one.band_then, one.band) == (was.rank, is_.rank, was.band, is_.band)
        assert (one.moved, one.gain) == (was.rank - is_.rank, is_.published - was.published)
        assert sum(cause.points for cause in one.causes) == pytest.approx(is_.score - was.score, abs=1e-6)
    assert view.risen + view.fallen == sum(one.moved != 0 for one in view.rows)
    assert workshop_changes.table(desk(office)) is None  # nobody asked
    assert workshop_changes.table(desk(office, view="changes", edition=str(april.id))).rows == ()  # nothing before it


def test_changes_are_files_too(shown):
    office, april, _may = shown
    file, name = workshop_export.as_xlsx(desk(office, view="changes"))
    with file:
        book = load_workbook(file)
    assert (name, book.sheetnames) == ("ranking-process-2026-05-since-2026-04", ["changes", "causes"])
    assert book["changes"].max_row == 4
    with pytest.raises(NotFound):
        workshop_export.as_csv(desk(office, view="changes", edition=str(april.id)))
