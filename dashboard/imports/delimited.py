"""Reads delimited text: CSV and its relatives, with quoted line breaks, in a known encoding."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from dashboard.domain.errors import UserError
from dashboard.imports.tables import Record

DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar", "，": "full-width comma"}
LONGEST_CELL = 1_000_000  # characters; beyond it a quote was left open


def read_delimited(path: Path, encoding: str, wanted: set[str]) -> "DelimitedReader":
    """A reader whose delimiter is the one that finds most of the `wanted` columns in the header."""
    csv.field_size_limit(LONGEST_CELL)
    with path.open(encoding=encoding, newline="") as stream:
        sample = [line for line, _ in zip(stream, range(50), strict=False)]
    headers = {delimiter: _first(sample, delimiter) for delimiter in DELIMITERS}
    best = max(DELIMITERS, key=lambda delimiter: (_hits(headers[delimiter], wanted), len(headers[delimiter])))
    return DelimitedReader(path, encoding, best, headers[best])


class DelimitedReader:
    def __init__(self, path: Path, encoding: str, delimiter: str, header: list[str]):
        self.path, self.encoding, self.delimiter, self.header = path, encoding, delimiter, header
        self.about = f"{encoding}, {DELIMITERS[delimiter]}-separated"
        self._size, self._raw = path.stat().st_size, None

    def done(self) -> float:
        return 1.0 if self._raw is None or self._raw.closed else self._raw.tell() / max(self._size, 1)

    def records(self) -> Iterator[Record]:
        """Data records in order. A record that begins with a quote never closed has a fault.

        Raises UserError where a cell is longer than LONGEST_CELL: nothing after it can be read with certainty.
        """
        with self.path.open("rb") as self._raw, io.TextIOWrapper(self._raw, self.encoding, newline="") as stream:
            pending: list[str] = []
            reader = csv.reader(_remember(stream, pending), delimiter=self.delimiter)
            held: Record | None = None
            for record in self._numbered(reader):
                if held is not None:
                    yield held
                held, tail = record, pending.copy()
                pending.clear()
            if held is not None:
                yield held._replace(fault=_open_quote(tail, self.delimiter))

    def _numbered(self, reader) -> Iterator[Record]:
        row, line = 0, 1
        header_passed = False
        try:
            for cells in reader:
                row += 1
                start, line = line, reader.line_num + 1
                if header_passed and cells:
                    yield Record(row, start, cells)
                header_passed = header_passed or any(cells)
        except csv.Error as error:
            hint = f"a quote that opens near line {line} is probably never closed"
            raise UserError("source", f"{self.path.name} line {line}: {error}", hint=hint) from None


def _remember(stream: io.TextIOWrapper, pending: list[str]) -> Iterator[str]:
    for line in stream:
        pending.append(line)
        yield line


def _open_quote(lines: list[str], delimiter: str) -> str:
    """Why the last record is not one, or "": only the end of the file can show that a quote was left open."""
    try:
        list(csv.reader(lines, delimiter=delimiter, strict=True))
    except csv.Error as error:
        if "unexpected end" in str(error):
            return "a quote opens here and is never closed; the rest of the file was read as one row"
    return ""


def _first(sample: list[str], delimiter: str) -> list[str]:
    try:
        return next((cells for cells in csv.reader(sample, delimiter=delimiter) if any(cells)), [])
    except csv.Error:
        return []


def _hits(header: list[str], wanted: set[str]) -> int:
    return len({cell.strip().lstrip("\ufeff") for cell in header} & wanted)
