"""A table of figures is read whole or not at all; a mistake is told with row and column."""

from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook

from dashboard.domain.errors import UserError
from dashboard.imports import figures
from dashboard.imports.figures import columns_of, read_figures
from dashboard.schemes import read_scheme
from tests.scheme_samples import SMALL

SCHEME = read_scheme(SMALL)
HEAD = "region,name,fires,fires_n,passed,passed_n\n"
GOOD = HEAD + "K1,甲,12,60000,98,100\nK2,乙,,,50,50\nK3,丙,0,40000,,\n"
BAD = (  # content, what the error says
    ("", "is empty"),
    (HEAD, "has a header and no rows"),
    ("region,other\nK1,1\n", "columns are missing; got ['fires', 'passed']; allowed: region, other"),
    (HEAD.replace("passed_n", "pased_n") + "K1,甲,1,2,3,4\n", "the scheme has no such columns; got ['pased_n']"),
    ("region,fires_n,passed\nK1,1,2\n", "a base without its column; got ['fires_n']"),
    (HEAD + "K9,甲,1,2,3,4\n", "row 2, column region: no such region here; got 'K9'; allowed: K1, K2, K3"),
    (HEAD + ",甲,1,2,3,4\n", "row 2, column region: names no region"),
    (HEAD + "K1,甲,1,2,3,4\nK1,甲,1,2,3,4\n", "row 3, column region: this region stands twice; got 'K1'; see row 2"),
    (HEAD + "K1,甲,many,2,3,4\n", "row 2, column fires: not a number; got 'many'"),
    (HEAD + "K1,甲,1,2,97%,100\n", "row 2, column passed: not a number; got '97%'"),
    (HEAD + "K1,甲,1,2,=3+1,100\n", "row 2, column passed: not a number; got '=3+1'; allowed: a number; put the value"),
    (HEAD + "K1,甲,nan,2,3,4\n", "row 2, column fires: not a number; got 'nan'"),
    (HEAD + "K1,甲,inf,2,3,4\n", "row 2, column fires: not a number"),
    (HEAD + "K1,甲,1e99,2,3,4\n", "row 2, column fires: not a number"),
    (HEAD + "K1,甲,1_0,2,3,4\n", "row 2, column fires: not a number; got '1_0'"),
    (HEAD + "K1,甲,１２,2,3,4\n", "row 2, column fires: not a number; got '１２'"),
    (HEAD + "K1,甲,-1,2,3,4\n", "row 2, column fires: below 0; got -1.0"),
    (HEAD + "K1,甲,1,-2,3,4\n", "row 2, column fires_n: below 0; got -2.0"),
    (HEAD + "K1,甲,1,2,5,4\n", "row 2, column passed: a part larger than the whole; got 5.0; allowed: at most 4"),
    (HEAD + "K1,甲,,2,3,4\n", "row 2, column fires: is empty, though fires_n is not"),
    (HEAD + "K1,甲,1,2,3\n", "row 2: has 5 cells, the header 6"),
    (HEAD + 'K1,"甲,1,2,3,4\n', "a quote opens here and is never closed"),
    (HEAD + "K1,甲,1,2,3,4\n\nK2,乙,x,2,3,4\n", "row 4, column fires: not a number; got 'x'"),
)


def save(folder: Path, content: str | bytes, name: str = "table.csv") -> Path:
    file = folder / name
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return file


def workbook(folder: Path, text: str) -> Path:
    book = Workbook()
    for line in text.splitlines():
        book.active.append([float(cell) if cell.isdigit() else cell or None for cell in line.split(",")])
    book.save(folder / "table.xlsx")
    return folder / "table.xlsx"


def test_csv_and_excel_read_alike_and_empty_is_no_data(tmp_path: Path):
    expected = {("K1", "fires"): (12, 60000), ("K1", "passed"): (98, 100), ("K2", "passed"): (50, 50),
                ("K3", "fires"): (0, 40000)}  # fmt: skip
    for file in (save(tmp_path, GOOD), save(tmp_path, b"\xef\xbb\xbf" + GOOD.encode(), "bom.csv"),
                 save(tmp_path, GOOD.encode("gb18030"), "gb.csv"), workbook(tmp_path, GOOD)):  # fmt: skip
        found = read_figures(file, SCHEME, known={"K1", "K2", "K3"}, partly=True)
        assert found.regions == ("K1", "K2", "K3")
        assert found.cells == expected


@pytest.mark.parametrize("content, words", BAD, ids=[words[:50] for _content, words in BAD])
def test_a_mistake_is_named(tmp_path: Path, content: str, words: str):
    with pytest.raises(UserError) as caught:
        read_figures(save(tmp_path, content), SCHEME, known={"K1", "K2", "K3"}, partly=True)
    assert words in str(caught.value)


def test_a_table_for_a_scheme_alone_has_all_columns_and_may_have_others(tmp_path: Path):
    file = save(tmp_path, "place,fires,passed,remark\nHere,1,2,x\nThere,3,4,y\n")
    assert read_figures(file, SCHEME).cells["There", "passed"] == (4, None)
    assert read_figures(file, SCHEME, region="remark").regions == ("x", "y")
    with pytest.raises(UserError, match=r"columns are missing; got \['passed'\]"):
        read_figures(save(tmp_path, "place,fires\nHere,1\n"), SCHEME)
    with pytest.raises(UserError, match="lacks columns"):
        read_figures(file, SCHEME, region="nowhere")


def test_what_is_too_large_is_not_read(tmp_path: Path, monkeypatch):
    bomb = tmp_path / "bomb.xlsx"
    with ZipFile(bomb, "w", ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * 2_000_000)
    monkeypatch.setattr(figures, "MOST_UNPACKED", 1_000_000)
    with pytest.raises(UserError, match="unpacks to too much; got 2000000"):
        read_figures(bomb, SCHEME)
    monkeypatch.setattr(figures, "MOST_BYTES", 10)
    with pytest.raises(UserError, match="is too large"):
        read_figures(save(tmp_path, GOOD), SCHEME)
    monkeypatch.undo()
    monkeypatch.setattr(figures, "MOST_ROWS", 2)
    with pytest.raises(UserError, match="row 4: too many rows"):
        read_figures(save(tmp_path, GOOD), SCHEME)


def test_a_scheme_that_counts_cases_only_reads_no_table(tmp_path: Path):
    text = SMALL[: SMALL.index('[[node]]\nkey = "life"')] + SMALL[SMALL.index("[[indicator]]") : SMALL.index(
        '[[indicator]]\nkey = "fires"')]  # fmt: skip
    scheme = read_scheme(text.replace("weight = 60", "weight = 100"))
    assert columns_of(scheme) == ()
    with pytest.raises(UserError, match="reads no tables"):
        read_figures(save(tmp_path, GOOD), scheme)


@pytest.mark.parametrize("content", [b"PK\x03\x04 not a workbook", b"\xd0\xcf\x11\xe0 old", b"\x00\x01\x02"])
def test_what_is_no_table_is_refused(tmp_path: Path, content: bytes):
    with pytest.raises(UserError):
        read_figures(save(tmp_path, content), SCHEME)


def test_a_file_that_is_not_there_is_named(tmp_path: Path):
    with pytest.raises(UserError, match="no such file"):
        read_figures(tmp_path / "nothing.csv", SCHEME)
