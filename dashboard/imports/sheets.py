"""Reads one sheet of an Excel file as text, a row at a time. Formulas stay what they are: text."""

from collections.abc import Iterator
from datetime import date, datetime, time
from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from dashboard.domain.errors import UserError
from dashboard.imports.tables import Record

TIME_FORMAT = "%Y-%m-%d %H:%M:%S"  # how a cell that holds a time reads


def read_sheet(path: Path, sheet: str = "") -> "SheetReader":
    """A reader for the sheet of that name, the first one by default. Raises UserError."""
    try:
        book = load_workbook(BytesIO(path.read_bytes()), read_only=True, data_only=False)  # nothing is left open
    except (BadZipFile, InvalidFileException, KeyError, OSError, ValueError) as error:
        raise UserError("source", f"{path.name} is not a readable Excel file: {error}") from None
    if sheet and sheet not in book.sheetnames:
        raise UserError("source", f"{path.name} has no such sheet", got=sheet, allowed=book.sheetnames)
    return SheetReader(book[sheet] if sheet else book.worksheets[0])


class SheetReader:
    def __init__(self, sheet):
        self.sheet, self._row = sheet, 0
        self._rows = max(sheet.max_row or 1, 1)
        sheet.reset_dimensions()  # written by the program that made the file, and sometimes wrong
        self.about = f"Excel, sheet {sheet.title}"
        self.header = next((cells for _, cells in self._filled()), [])

    def done(self) -> float:
        return min(self._row / self._rows, 1.0)

    def records(self) -> Iterator[Record]:
        width = len(self.header)
        rows = self._filled()
        next(rows, None)
        for row, cells in rows:
            yield Record(row, 0, cells + [""] * (width - len(cells)))

    def _filled(self) -> Iterator[tuple[int, list[str]]]:
        """(row number, cells) of rows that are not empty, without empty cells at the end."""
        for row, values in enumerate(self.sheet.iter_rows(values_only=True), start=1):
            self._row = row
            cells = [_text(value) for value in values]
            while cells and not cells[-1]:
                cells.pop()
            if cells:
                yield row, cells


def _text(value: object) -> str:
    """A cell as a person would type it. Whole numbers have no decimal point: keys would change otherwise."""
    match value:
        case None:
            return ""
        case str():
            return value
        case bool():
            return "TRUE" if value else "FALSE"
        case float() if value.is_integer():
            return str(int(value))
        case datetime():
            return value.strftime(TIME_FORMAT)
        case date():
            return datetime.combine(value, time()).strftime(TIME_FORMAT)
        case _:
            return str(getattr(value, "text", value))
