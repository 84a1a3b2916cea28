"""Rows as a file for a spreadsheet: CSV (UTF-8 with a mark, for Excel) or a workbook of one sheet. Formulas are harmless."""

import csv
import io
from collections.abc import Iterable, Sequence

from openpyxl import Workbook

from dashboard.domain.errors import UserError
from dashboard.services.exports import neutral

FORMS = ("csv", "xlsx")


def check_form(form: str) -> str:
    if form not in FORMS:
        raise UserError("form", "unknown form of file", got=form, allowed=FORMS)
    return form


def to_file(rows: Iterable[Sequence], form: str, title: str) -> bytes:
    """`title`: of the workbook's sheet. Raises UserError for an unknown form."""
    harmless = ([neutral(value) for value in row] for row in rows)
    return _csv(harmless) if check_form(form) == "csv" else _xlsx(harmless, title)


def _csv(rows: Iterable[Sequence]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def _xlsx(rows: Iterable[Sequence], title: str) -> bytes:
    book, file = Workbook(write_only=True), io.BytesIO()
    sheet = book.create_sheet(title)
    for row in rows:
        sheet.append(row)
    book.save(file)
    return file.getvalue()
