"""The file of rows that were not imported: where each stands, why, and its fields as they were.

Corrected, it can be imported by itself: the four columns in front are ignored then.
"""

import csv
from pathlib import Path
from typing import NamedTuple

COLUMNS = ("rejected_row", "rejected_line", "rejected_key", "rejected_reason")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Rejected(NamedTuple):
    """`row` as in a spreadsheet (header: 1), `line` as in an editor (0: the file has none)."""

    row: int
    line: int
    key: str
    reason: str
    cells: tuple[str, ...]


class RejectFile:
    """Opened with the first rejected row; a run without any leaves no file. UTF-8 with a mark, for Excel."""

    def __init__(self, path: Path, header: tuple[str, ...]):
        self.path, self.header, self.count = path, header, 0
        self._keep = [place for place, name in enumerate(header) if name not in COLUMNS]
        self._stream = None
        path.unlink(missing_ok=True)

    def add(self, rows: list[Rejected]) -> None:
        if not rows:
            return
        if self._stream is None:
            self._stream = self.path.open("w", encoding="utf-8-sig", newline="")
            csv.writer(self._stream).writerow([*COLUMNS, *(self.header[place] for place in self._keep)])
        csv.writer(self._stream).writerows(self._line(row) for row in sorted(rows))
        self._stream.flush()
        self.count += len(rows)

    def close(self) -> None:
        if self._stream is not None:
            self._stream.close()

    def _line(self, row: Rejected) -> list[object]:
        cells = row.cells
        kept = cells if len(cells) != len(self.header) else [cells[place] for place in self._keep]
        return [row.row, row.line or "", harmless(row.key), row.reason, *map(harmless, kept)]


def harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula; numbers stay as they are."""
    return "'" + cell if cell.startswith(_FORMULA) and not _is_number(cell) else cell


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True
