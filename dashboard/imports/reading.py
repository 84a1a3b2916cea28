"""Reads CSV and Excel files as text, chunk by chunk, with the row numbers a person sees in the file.

A row number is the one a spreadsheet shows (the header is row 1); a line number the one a text editor shows, where the
record begins: quoted line breaks make them differ. Every cell is text, formulas too. Judging cells is `records`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np
from pandas import DataFrame

from dashboard.domain.errors import UserError
from dashboard.imports.delimited import read_delimited
from dashboard.imports.encoding import find_encoding
from dashboard.imports.rejects import Rejected
from dashboard.imports.sheets import read_sheet
from dashboard.imports.tables import Record, TableReader

CHUNK = 5000
_ZIP, _OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True, slots=True)
class Chunk:
    """`frame`: text cells, a column a header. `rows`, `lines`: where each stands. `done`: share of the file read."""

    frame: DataFrame
    rows: np.ndarray
    lines: np.ndarray
    broken: list[Rejected]
    done: float


@dataclass(frozen=True, slots=True)
class Source:
    """An open file: its header and how it was understood (`about`, for people)."""

    name: str
    header: tuple[str, ...]
    about: str
    reader: TableReader

    def chunks(self, size: int = CHUNK, limit: int | None = None) -> Iterator[Chunk]:
        """All data rows, `size` at a time; at most `limit` in all."""
        records = islice(self.reader.records(), limit)
        while batch := list(islice(records, size)):
            yield _chunk(batch, self.header, self.reader.done())


def open_source(path: Path, columns: Iterable[str], *, encoding: str = "", sheet: str = "") -> Source:
    """`path` as a table that has `columns`. Raises UserError for what cannot be read, or lacks a column."""
    if not path.is_file():
        raise UserError("source", "no such file", got=str(path))
    with path.open("rb") as stream:
        start = stream.read(4)
    if start == _OLD_EXCEL:
        raise UserError("source", f"{path.name} is an old Excel file", hint="save it as .xlsx or as CSV")
    wanted = set(columns)
    is_sheet = start == _ZIP
    reader = read_sheet(path, sheet) if is_sheet else read_delimited(path, find_encoding(path, encoding), wanted)
    header = _header(path.name, reader.header, wanted)
    return Source(path.name, header, reader.about, reader)


def _header(file: str, cells: list[str], wanted: set[str]) -> tuple[str, ...]:
    """Names of the columns, each once; a column without one is called by its place."""
    names = [cell.strip().lstrip("\ufeff") for cell in cells]
    if not names:
        raise UserError("source", f"{file} is empty", allowed="a header and rows")
    missing = sorted(wanted - set(names))
    if missing:
        raise UserError("source", f"{file} lacks columns the mapping names", got=missing, allowed=names,
                        hint="correct the mapping, or check delimiter and encoding")  # fmt: skip
    twice = sorted({name for name in wanted if names.count(name) > 1})
    if twice:
        raise UserError("source", f"{file} has two columns of one name", got=twice, hint="rename one of them")
    seen: set[str] = set()
    for place, name in enumerate(names, start=1):
        if not name or name in seen:
            names[place - 1] = f"{name or 'column'} ({place})"
        seen.add(names[place - 1])
    return tuple(names)


def _chunk(batch: list[Record], header: tuple[str, ...], done: float) -> Chunk:
    width, broken = len(header), []
    good: list[Record] = []
    for record in batch:
        row, line, cells, fault = record
        if len(cells) > width and not any(cells[width:]):
            del cells[width:]  # delimiters at the end of a line
        if fault or len(cells) != width:
            reason = fault or f"has {len(cells)} cells, the header {width}; check quotes and delimiters"
            broken.append(Rejected(row, line, "", reason, tuple(cells)))
        else:
            good.append(record)
    frame = DataFrame([record[2] for record in good], columns=list(header), dtype=object)
    rows = np.fromiter((record[0] for record in good), dtype=np.int64, count=len(good))
    lines = np.fromiter((record[1] for record in good), dtype=np.int64, count=len(good))
    return Chunk(frame, rows, lines, broken, done)
