"""Rows are found where a person sees them, in CSV and in Excel, and every cell is text."""

import os
from datetime import datetime

import pytest
from openpyxl import Workbook

from dashboard.domain.errors import UserError
from dashboard.imports.reading import open_source


def read(path, columns=("id", "text"), size=5000, **options):
    """[(row, line, cells)] and the broken rows of a file."""
    chunks = list(open_source(path, columns, **options).chunks(size))
    good = [
        (int(row), int(line), tuple(cells))
        for chunk in chunks
        for row, line, cells in zip(chunk.rows, chunk.lines, chunk.frame.itertuples(index=False), strict=True)
    ]
    return good, [broken for chunk in chunks for broken in chunk.broken]


def csv_file(tmp_path, text):
    path = tmp_path / "rows.csv"
    path.write_bytes(text.encode())
    return path


@pytest.mark.parametrize("size", [1, 2, 5000])
def test_row_and_line_numbers_survive_quoted_line_breaks_and_empty_lines(tmp_path, size):
    path = csv_file(tmp_path, 'id,text\r\n1,"two\r\nlines"\r\n\r\n2,"a ""word"""\r\n3,"\n\n"\r\n4,d\r\n')
    good, broken = read(path, size=size)
    assert good == [
        (2, 2, ("1", "two\r\nlines")), (4, 5, ("2", 'a "word"')), (5, 6, ("3", "\n\n")), (6, 9, ("4", "d")),
    ]  # fmt: skip
    assert not broken


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|", "，"])
def test_the_delimiter_is_the_one_that_finds_the_columns(tmp_path, delimiter):
    path = csv_file(tmp_path, f"id{delimiter}text\n1{delimiter}a, b; c\n".replace("a, b; c", "abc"))
    assert read(path)[0] == [(2, 2, ("1", "abc"))]


def test_rows_of_another_width_are_told_apart(tmp_path):
    good, broken = read(csv_file(tmp_path, "id,text\n1,a\n2\n3,b,c\n4,d,,\n"))
    assert [cells for _, _, cells in good] == [("1", "a"), ("4", "d")]
    assert [(one.row, one.reason.split(";")[0]) for one in broken] == [
        (3, "has 1 cells, the header 2"), (4, "has 3 cells, the header 2"),
    ]  # fmt: skip


def test_a_quote_that_is_never_closed_is_named(tmp_path):
    good, broken = read(csv_file(tmp_path, 'id,text\n1,a\n2,"b\n3,c\n'))
    assert [row for row, _, _ in good] == [2]
    assert (broken[0].row, broken[0].line) == (3, 3)
    assert "never closed" in broken[0].reason


def test_an_open_quote_before_a_long_rest_stops_the_import(tmp_path):
    with pytest.raises(UserError, match=r"rows.csv line 2: .*never closed"):
        read(csv_file(tmp_path, 'id,text\n1,"b\n' + "2,c\n" * 300_000))


def test_inches_in_the_last_row_are_no_open_quote(tmp_path):
    good, broken = read(csv_file(tmp_path, 'id,text\n1,a 5" pipe'))
    assert good == [(2, 2, ("1", 'a 5" pipe'))]
    assert not broken


@pytest.mark.parametrize(
    "text, words",
    [
        ("", "is empty"),
        ("id,words\n1,a\n", "lacks columns the mapping names; got ['text']; allowed: id, words"),
        ("id,text,text\n1,a,b\n", "two columns of one name"),
    ],
)
def test_a_file_that_does_not_fit_is_answered(tmp_path, text, words):
    with pytest.raises(UserError) as error:
        read(csv_file(tmp_path, text))
    assert words in str(error.value)


def test_other_columns_may_be_unnamed_or_stand_twice(tmp_path):
    source = open_source(csv_file(tmp_path, "id,x,x,,text\n"), ("id", "text"))
    assert source.header == ("id", "x", "x (3)", "column (4)", "text")


def sheet_file(tmp_path, rows, title="Sheet1"):
    book = Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    book.create_sheet("Notes").append(["nothing"])
    path = tmp_path / "rows.xlsx"
    book.save(path)
    return path


def test_excel_cells_read_as_a_person_would_type_them(tmp_path):
    rows = [["id", "text"], [1, "=1+1"], [2.0, 2.5], [None, None], ["04", datetime(2026, 5, 4, 9, 30)], [5, True], [6]]
    good, broken = read(sheet_file(tmp_path, rows))
    assert good == [
        (2, 0, ("1", "=1+1")), (3, 0, ("2", "2.5")), (5, 0, ("04", "2026-05-04 09:30:00")), (6, 0, ("5", "TRUE")),
        (7, 0, ("6", "")),
    ]  # fmt: skip
    assert not broken


def test_a_sheet_is_chosen_by_name(tmp_path):
    path = sheet_file(tmp_path, [["id", "text"], [1, "a"]], title="Cases")
    assert read(path, sheet="Cases")[0] == [(2, 0, ("1", "a"))]
    with pytest.raises(UserError, match="allowed: Cases, Notes"):
        read(path, sheet="Case")


@pytest.mark.skipif(not os.path.isdir("/proc/self/fd"), reason="open files are listed by Linux only")
def test_a_sheet_left_half_read_leaves_no_file_open(tmp_path):
    """A file left open is warned of wherever the collector finds it; the suite would fail somewhere else."""
    next(open_source(sheet_file(tmp_path, [["id", "text"], [1, "a"], [2, "b"]]), ("id",)).chunks(1))
    assert not [name for name in os.listdir("/proc/self/fd") if "rows.xlsx" in _target(name)]


def _target(descriptor: str) -> str:
    path = f"/proc/self/fd/{descriptor}"
    return os.readlink(path) if os.path.islink(path) else ""


def test_what_is_no_table_is_refused(tmp_path):
    old, broken = tmp_path / "a.xls", tmp_path / "b.xlsx"
    old.write_bytes(b"\xd0\xcf\x11\xe0rest")
    broken.write_bytes(b"PK\x03\x04rest")
    for path, words in ((old, "save it as .xlsx"), (broken, "not a readable Excel"), (tmp_path / "no", "no such file")):
        with pytest.raises(UserError, match=words):
            read(path)


def test_reading_stops_at_the_limit(tmp_path):
    source = open_source(csv_file(tmp_path, "id,text\n" + "1,a\n" * 10), ("id",))
    assert [len(chunk.rows) for chunk in source.chunks(4, limit=6)] == [4, 2]
