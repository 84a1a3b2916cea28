"""Units: made from the catalogue, or taken over from a file all or nothing."""

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from dashboard.cache import ReadCache
from dashboard.catalog import load_catalog
from dashboard.deps import Deps
from dashboard.domain.errors import UserError
from dashboard.services.units import UnitReport, import_units, make_units
from data.models import Unit
from data.session import Database
from tests.factories import NOW, install_tree

HEAD = "region,name,kind_unit,load_limit\n"
BAD = (  # rows after the header, what the answer holds
    ("K9,x,centre,\n", "line 2: no such region; got 'K9'"),
    ("V1,x,centre,\n", "line 2: a village has no units; got 'V1'; allowed: city, county, township"),
    ("K1,,centre,\n", "line 2: name"),
    ("K1,x,nothing,\n", "line 2: kind_unit; got 'nothing'; allowed: centre, desk"),
    ("K1,x,centre,0\n", "line 2: load_limit; got '0'"),
    ("K1,x,centre,-1\n", "line 2: load_limit"),
    ("K1,x,centre,many\n", "line 2: load_limit"),
    ("K1,x,centre,\nK1,x,desk,\n", "line 3: named twice in its region; got 'x'; see line 2"),
    ("K1,x,centre\n", "line 2: not as many fields"),
    ("K1,x,centre,1,2\n", "line 2: not as many fields"),
    ("K1,y,centre,5\nK9,x,centre,\n", "line 3: no such region"),
)


@pytest.fixture
def deps(database: Database) -> Deps:
    with database.write() as session:
        install_tree(session)
    return Deps(database, load_catalog(), ReadCache(Flask("test")), lambda: NOW)


def stored(deps: Deps) -> list[tuple]:
    with deps.database.read() as session:
        rows = session.scalars(select(Unit).order_by(Unit.region_code, Unit.name))
        return [(row.region_code, row.name, row.kind_unit, row.load_limit) for row in rows]


def test_a_file_is_taken_over_and_again_only_what_changed(deps: Deps, tmp_path: Path):
    file = tmp_path / "units.csv"
    file.write_text(f"\ufeff{HEAD}K1,甲中心,centre,12\nT1,甲所,司法所,\n", encoding="utf-8")
    assert import_units(deps, file) == UnitReport(2, 0, 2)
    assert stored(deps) == [("K1", "甲中心", "centre", 12), ("T1", "甲所", "司法所", None)]
    file.write_text(f"{HEAD}K1,甲中心,centre,15\nT1,甲所,司法所,\n", encoding="utf-8")
    assert import_units(deps, file) == UnitReport(0, 1, 2)
    assert stored(deps)[0] == ("K1", "甲中心", "centre", 15)


def test_a_mistake_is_named_and_nothing_is_taken_over(deps: Deps, tmp_path: Path):
    for rows, words in BAD:
        file = tmp_path / "units.csv"
        file.write_text(HEAD + rows, encoding="utf-8")
        with pytest.raises(UserError) as caught:
            import_units(deps, file)
        assert words in str(caught.value)
        assert stored(deps) == []


@pytest.mark.parametrize("content", [b"", b"name,region\n", b"\xff\xfe\x00", None])
def test_a_file_that_is_none_is_refused(sqlite_database: Database, tmp_path: Path, content: bytes | None):
    deps, file = Deps(sqlite_database, load_catalog(), ReadCache(Flask("test"))), tmp_path / "units.csv"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(UserError):
        import_units(deps, file)


def test_the_usual_units_are_made_once_and_leave_others_as_they_are(deps: Deps, tmp_path: Path):
    file = tmp_path / "units.csv"
    file.write_text(f"{HEAD}K1,K1社会治理中心,centre,12\n", encoding="utf-8")
    import_units(deps, file)
    assert make_units(deps) > 0
    assert make_units(deps) == 0
    found = {(region, kind): (name, load) for region, name, kind, load in stored(deps)}
    assert found["K1", "centre"] == ("K1社会治理中心", 12)
    assert found["C1", "centre"] == ("C1社会治理中心", None)
    assert found["T1", "desk"] == ("T1综合信息指挥室", None)
    assert found["K2", "消防救援"] == ("K2消防救援", None)
    kinds = {kind.unit for kind in load_catalog().kinds.values()}
    for county, town in (("K1", "T1"), ("K2", "T3"), ("K3", "T4")):
        assert kinds <= {kind for region, kind in found if region in (county, town)}
