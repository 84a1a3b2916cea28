"""`flask --app app evaluate`: the Human Development Index of 191 countries from the product's own engine, and clear refusals.

The figures are UNDP's (HDR 2021/22, table 1); without the file the test says that it was skipped.
"""

import csv
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from openpyxl import load_workbook

from dashboard.cli_evaluation import evaluate_command
from dashboard.schemes import load_scheme, scheme_text
from dashboard.services.table_evaluation import evaluate_table
from tests.factories import NOW

ROOT = Path(__file__).parents[2]
HDI, TABLE = ROOT / "docs" / "examples" / "hdi.toml", ROOT.parent / "shared" / "data" / "hdi_2021.csv"
DAY = date(2022, 9, 8)
SMALL = "country,life_expectancy,exp_school,mean_school,gni_pc\n"
needs_table = pytest.mark.skipif(not TABLE.is_file(), reason=f"{TABLE} is not here")


def published() -> dict[str, tuple[float, int]]:
    """{country: (index × 100, rank)} as UNDP prints them."""
    with TABLE.open(encoding="utf-8-sig", newline="") as stream:
        return {
            row["country"]: (round(float(row["hdi"]) * 100, 1), int(row["hdi_rank"])) for row in csv.DictReader(stream)
        }


def reckoned(scheme: Path = HDI) -> dict[str, tuple[float | None, int | None]]:
    _scheme, _inputs, result = evaluate_table(scheme, TABLE, DAY, "country")
    return {one.region: (one.published, one.rank) for one in result.standings}


def changed(folder: Path, old: str, new: str) -> Path:
    text = HDI.read_text(encoding="utf-8")
    assert old in text
    file = folder / "changed.toml"
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    return file


def run(*words: object) -> Result:
    server = Flask("test")
    server.extensions["deps"] = SimpleNamespace(clock=lambda: NOW)
    with server.app_context():
        return CliRunner().invoke(evaluate_command, [str(word) for word in words])


@needs_table
def test_all_191_scores_and_ranks_are_those_that_were_published():
    found = published()
    assert len(found) == 191
    assert reckoned() == found


@needs_table
def test_it_would_show_if_ranks_came_from_unrounded_scores(tmp_path: Path):
    finer = reckoned(changed(tmp_path, "digits = 1", "digits = 6"))
    wrong = [country for country, (_score, rank) in published().items() if finer[country][1] != rank]
    assert len(wrong) > 20  # those that share a published score


@needs_table
def test_it_would_show_if_the_mean_were_arithmetic(tmp_path: Path):
    other = reckoned(changed(tmp_path, 'aggregate = "geometric"', 'aggregate = "arithmetic"'))
    assert sum(other[country] != known for country, known in published().items()) > 100


@needs_table
def test_a_scheme_written_anew_gives_the_same(tmp_path: Path):
    again = tmp_path / "again.toml"
    again.write_text(scheme_text(load_scheme(HDI)), encoding="utf-8")
    assert reckoned(again) == reckoned()


@needs_table
def test_the_command_prints_a_ranking_with_ties():
    answer = run("--scheme", HDI, "--data", TABLE, "--region", "country")
    assert answer.exit_code == 0, answer.output
    assert "191 of 191 regions ranked" in answer.output
    lines = [" ".join(line.split()) for line in answer.output.splitlines()]
    assert any(line.startswith("13= Belgium 93.7 A") for line in lines)
    assert any(line.startswith("13= New Zealand 93.7 A") for line in lines)
    assert any(line.startswith("15 Canada") for line in lines)


@needs_table
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_command_writes_all_figures(tmp_path: Path, form: str):
    out = tmp_path / f"out.{form}"
    assert run("--scheme", HDI, "--data", TABLE, "--region", "country", "--out", out).exit_code == 0
    if form == "csv":
        with out.open(encoding="utf-8-sig", newline="") as stream:
            rows = list(csv.reader(stream))
    else:
        sheet = load_workbook(out).active.iter_rows(values_only=True)
        rows = [["" if cell is None else str(cell) for cell in row] for row in sheet]
    assert len(rows) == 192
    head, first = rows[0], dict(zip(rows[0], rows[1], strict=True))
    assert (first["rank"], first["region"], first["score"]) == ("1", "Switzerland", "96.2")
    assert float(first["life_points"]) == pytest.approx(98.4418, abs=1e-3)
    assert {"education_points", "income", "income_points"} <= set(head)


BAD = (  # table, more words, what is said
    ("country,life_expectancy\nX,70\n", (), "columns are missing; got ['exp_school', 'mean_school', 'gni_pc']"),
    (SMALL + "X,70,12,8,9000\nX,71,12,8,9000\n", (), "row 3, column country: this region stands twice; got 'X'"),
    (SMALL + "X,old,12,8,9000\n", (), "row 2, column life_expectancy: not a number; got 'old'"),
    (SMALL + ",70,12,8,9000\n", (), "row 2, column country: names no region"),
    (SMALL + "X,70,12,8,0\n", (), "income: there is no logarithm of 0 or less"),
    (SMALL, (), "has a header and no rows"),
    (SMALL + "X,70,12,8,9000\n", ("--region", "land"), "lacks columns"),
    (SMALL + "X,70,12,8,9000\n", ("--out", "x.pdf"), "unknown form of file; got 'pdf'"),
    (SMALL + "X,70,12,8,9000\n", ("--out", "no/such/folder/x.csv"), "cannot be written"),
)


@pytest.mark.parametrize("content, more, words", BAD, ids=[words[:40] for _c, _m, words in BAD])
def test_a_table_that_does_not_fit_is_refused_in_one_line(tmp_path: Path, content: str, more: tuple, words: str):
    table = tmp_path / "table.csv"
    table.write_text(content, encoding="utf-8")
    answer = run("--scheme", HDI, "--data", table, *more)
    assert answer.exit_code == 1
    assert words in answer.output
    assert "Traceback" not in answer.output


def test_a_region_without_a_figure_is_not_ranked_where_the_scheme_refuses_gaps(tmp_path: Path):
    table = tmp_path / "table.csv"
    table.write_text(SMALL + "Whole,70,12,8,9000\nGap,70,12,,9000\n", encoding="utf-8")
    answer = run("--scheme", HDI, "--data", table)
    assert answer.exit_code == 0, answer.output
    assert "1 of 2 regions ranked" in answer.output


def test_a_scheme_that_counts_cases_is_told_apart(tmp_path: Path):
    table = tmp_path / "table.csv"
    table.write_text("region,x\nK1,1\n", encoding="utf-8")
    answer = run("--scheme", ROOT / "data" / "catalog" / "schemes" / "process.toml", "--data", table)
    assert answer.exit_code == 1
    assert "process counts cases, which no table holds" in answer.output
