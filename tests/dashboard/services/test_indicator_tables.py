"""Tables of figures: taken over whole or not at all, the last import counts, and out they come as they went in."""

import csv
import io
from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from flask import Flask
from openpyxl import load_workbook
from sqlalchemy import func, select, update

from dashboard.cache import ReadCache
from dashboard.catalog import load_catalog
from dashboard.deps import Deps
from dashboard.domain.errors import NotFound, UserError
from dashboard.services import indicator_tables as tables
from dashboard.services import schemes
from dashboard.services.indicator_files import export_month
from dashboard.services.indicator_tables import NewTable
from data.models import AuditRow, IndicatorEntry, IndicatorTable, RegionRow
from data.session import Database
from tests.desk import person
from tests.factories import NOW, install_tree
from tests.scheme_samples import SMALL

WHOLE, CITY, COUNTY = person("evaluator", "P"), person("evaluator", "C1"), person("evaluator", "K1")
MAY = date(2026, 5, 1)
NEW = NewTable("small", MAY, "五月", "消防支队月报")
HEAD = b"region,fires,fires_n,passed,passed_n\n"
GOOD = HEAD + b"K1,12,60000,98,100\nK2,,,50,50\nK3,0,40000,,\n"
FIGURES = {
    ("K1", "fires"): (12, 60000),
    ("K1", "passed"): (98, 100),
    ("K2", "passed"): (50, 50),
    ("K3", "fires"): (0, 40000),
}

BAD = (  # who, what, the file, what is said
    (WHOLE, NEW, GOOD + b"K1,1,2,3,4\n", "row 5, column region: this region stands twice"),
    (WHOLE, NEW, HEAD + b"K1,1,2,3,4\nK2,x,2,3,4\n", "row 3, column fires: not a number"),
    (WHOLE, NEW, HEAD + b"C1,1,2,3,4\n", "row 2, column region: no such region here; got 'C1'; allowed: K1, K2, K3"),
    (CITY, NEW, GOOD, "row 4, column region: no such region here; got 'K3'; allowed: K1, K2"),
    (COUNTY, NEW, GOOD, "row 3, column region: no such region here; got 'K2'; allowed: K1"),
    (person("evaluator", "T1"), NEW, GOOD, "you evaluate no county in whole"),
    (person("leader", "P"), NEW, GOOD, "you evaluate no county in whole"),
    (
        WHOLE,
        replace(NEW, month=date(2026, 7, 1)),
        GOOD,
        "a month that has begun; got '2026-07'; allowed: 2000-01 to 2026-06",
    ),
    (WHOLE, replace(NEW, name=" "), GOOD, "name: words"),
    (WHOLE, replace(NEW, source=""), GOOD, "source: words"),
    (WHOLE, replace(NEW, name="a\x00"), GOOD, "name: words"),
    (WHOLE, replace(NEW, scheme_key="process"), GOOD, "process reads no tables"),
    (WHOLE, replace(NEW, scheme_key="nothing"), GOOD, "no such scheme"),
    (WHOLE, NEW, b"", "is empty"),
)


@pytest.fixture
def deps(database: Database) -> Deps:
    with database.write() as session:
        install_tree(session)
        session.execute(update(RegionRow).where(RegionRow.code == "K2").values(name="=乙县"))
    found = Deps(database, load_catalog(), ReadCache(Flask("test")), lambda: NOW)
    schemes.save_version(found, WHOLE, SMALL, "x")
    return found


def counted(deps: Deps, month: date = MAY) -> dict:
    with deps.database.read() as session:
        return tables.entries(session, "small", month)


def kept(deps: Deps) -> tuple[int, int]:
    with deps.database.read() as session:
        return tuple(session.scalar(select(func.count()).select_from(one)) for one in (IndicatorTable, IndicatorEntry))


def actions(deps: Deps) -> list[str]:
    with deps.database.read() as session:
        return [row.action for row in session.scalars(select(AuditRow).order_by(AuditRow.id))][1:]


def test_a_table_is_taken_over_and_told_in_the_log(deps: Deps):
    head = tables.import_table(deps, WHOLE, replace(NEW, month=date(2026, 5, 17)), GOOD)
    assert (head.month, head.regions, head.figures, head.withdrawn_at) == (MAY, 3, 4, None)
    assert counted(deps, date(2026, 5, 31)) == FIGURES
    assert counted(deps, date(2026, 4, 1)) == {}
    assert actions(deps) == ["indicators.import"]
    assert tables.list_tables(deps, WHOLE, "small") == (head,)
    assert tables.list_tables(deps, WHOLE, "small", date(2026, 4, 1)) == ()


def test_the_last_import_counts_until_it_is_withdrawn(deps: Deps):
    tables.import_table(deps, WHOLE, NEW, GOOD)
    later = replace(deps, clock=lambda: NOW + timedelta(hours=1))
    second = tables.import_table(later, WHOLE, NEW, HEAD + b"K1,7,60000,,\n")
    assert counted(deps) == FIGURES | {("K1", "fires"): (7, 60000)}
    tables.withdraw(later, WHOLE, second.id, "counted twice")
    assert counted(deps) == FIGURES
    assert [one.withdrawn_at is None for one in tables.list_tables(deps, WHOLE, "small")] == [False, True]
    with pytest.raises(UserError, match="withdrawn before"):
        tables.withdraw(later, WHOLE, second.id, "again")
    assert actions(deps) == ["indicators.import", "indicators.import", "indicators.withdraw"]


def test_what_is_wrong_is_told_and_nothing_is_taken_over(deps: Deps):
    for who, new, data, words in BAD:
        with pytest.raises(UserError) as caught:
            tables.import_table(deps, who, new, data)
        assert words in str(caught.value)
    assert kept(deps) == (0, 0)
    assert actions(deps) == []


def test_a_county_brings_its_own_figures_and_sees_no_others(deps: Deps):
    own = tables.import_table(deps, COUNTY, NEW, HEAD + b"K1,1,60000,,\n")
    other = tables.import_table(deps, person("evaluator", "K2"), NEW, HEAD + b"K2,2,60000,,\n")
    assert [one.id for one in tables.list_tables(deps, COUNTY, "small")] == [own.id]
    assert {one.id for one in tables.list_tables(deps, CITY, "small")} == {own.id, other.id}
    with pytest.raises(NotFound):
        tables.withdraw(deps, COUNTY, other.id, "x")
    with pytest.raises(NotFound):
        tables.withdraw(deps, WHOLE, uuid4(), "x")
    both = tables.import_table(deps, CITY, NEW, HEAD + b"K1,1,60000,,\nK2,2,60000,,\n")
    with pytest.raises(UserError, match="regions that others evaluate"):
        tables.withdraw(deps, COUNTY, both.id, "x")


def test_what_goes_out_comes_in_again(deps: Deps):
    tables.import_table(deps, WHOLE, NEW, GOOD)
    for form, month in (("csv", date(2026, 4, 1)), ("xlsx", date(2026, 3, 1))):
        data = export_month(deps, WHOLE, "small", date(2026, 5, 9), form)
        tables.import_table(deps, WHOLE, replace(NEW, month=month), data)
        assert counted(deps, month) == FIGURES
    assert actions(deps).count("indicators.export") == 2


def test_a_file_holds_what_one_may_see_and_no_formulas(deps: Deps):
    tables.import_table(deps, WHOLE, NEW, GOOD)
    rows = list(csv.reader(io.StringIO(export_month(deps, CITY, "small", MAY, "csv").decode("utf-8-sig"))))
    assert rows == [["region", "name", "fires", "fires_n", "passed", "passed_n"],
                    ["K1", "K1", "12", "60000", "98", "100"], ["K2", "'=乙县", "", "", "50", "50"]]  # fmt: skip
    book = load_workbook(io.BytesIO(export_month(deps, CITY, "small", MAY, "xlsx")))
    assert [cell.value for cell in book.active[3]] == ["K2", "'=乙县", None, None, 50, 50]
    empty = export_month(deps, COUNTY, "small", date(2026, 1, 1), "csv").decode("utf-8-sig").splitlines()
    assert empty[1:] == ["K1,K1,,,,"]
    with pytest.raises(UserError, match="unknown form of file"):
        export_month(deps, CITY, "small", MAY, "pdf")
    with pytest.raises(UserError, match="reads no tables"):
        export_month(deps, CITY, "process", MAY, "csv")


def test_months_are_filled_with_synthetic_figures_once(deps: Deps):
    months = [date(2026, 4, 3), date(2026, 5, 3), date(2026, 5, 4)]
    tables.import_table(deps, WHOLE, NEW, GOOD)
    schemes.enter_shipped(deps)
    assert tables.seed_tables(deps, months) == 3 * 2 + 2 * 3 * 123  # April of the small one, both months of the other
    assert tables.seed_tables(deps, months) == 0
    assert counted(deps) == FIGURES
    heads = tables.list_tables(deps, WHOLE, "peace_index")
    assert [(one.month, one.synthetic, one.regions, one.figures) for one in heads] == [
        (MAY, True, 3, 369), (date(2026, 4, 1), True, 3, 369)]  # fmt: skip
    assert all("虚构" in one.source for one in heads)
