"""The queue as a file: CSV as it is read, or a spreadsheet. Written down in the audit log before the first line leaves."""

import csv
import io
from collections.abc import Iterator, Mapping
from datetime import datetime
from tempfile import SpooledTemporaryFile

from openpyxl import Workbook

from dashboard.domain.errors import NotFound
from dashboard.domain.numbers import case_number
from dashboard.domain.scope import EVERYTHING
from dashboard.services import words
from dashboard.services.desk_frame import Desk
from dashboard.services.exports import neutral
from data.queries.board import list_board
from data.queries.regions import find_regions
from data.writes.audit import add_audit

LIMIT = 50_000  # cases a file
_BLOCK = 1000
_HEAD = ("number", "reported_at", "place", "kind", "severity", "title", "source", "state", "holder", "due_at",
         "close_due_at", "card", "supervision", "overdue")  # fmt: skip


def as_csv(desk: Desk, remote: str = "") -> Iterator[str]:
    """Lines of the queue under its filters, first due first. Raises NotFound for whoever may not take cases out."""
    scoped = _begin(desk, "csv", remote)
    return _lines(scoped)


def as_xlsx(desk: Desk, remote: str = "") -> SpooledTemporaryFile:
    """The same as a workbook of one sheet, written row by row."""
    scoped = _begin(desk, "xlsx", remote)
    book = Workbook(write_only=True)
    sheet = book.create_sheet("cases")
    sheet.append(_HEAD)
    for row in _rows(scoped):
        sheet.append([neutral(value) for value in row])
    file = SpooledTemporaryFile(max_size=1 << 22)  # noqa: SIM115 - whoever sends it closes it
    book.save(file)
    file.seek(0)
    return file


def _begin(desk: Desk, form: str, remote: str) -> Desk:
    if not desk.person.can("case.export"):
        raise NotFound("export", "no such export")
    desk.scope = desk.person.scope("case.export")
    with desk.deps.database.write() as session:
        add_audit(session, desk.now, desk.person, "case.export", subject=desk.tab, region=desk.region.code,
                  detail={"query": desk.state.to(case="", tab=desk.tab), "form": form}, remote=remote)  # fmt: skip
    return desk


def _lines(desk: Desk) -> Iterator[str]:
    yield "\ufeff" + _line(_HEAD)
    for row in _rows(desk):
        yield _line(row)


def _rows(desk: Desk) -> Iterator[tuple]:
    for start in range(0, LIMIT, _BLOCK):
        with desk.deps.database.read() as session:
            found = list_board(session, desk.scope, desk.chosen, limit=_BLOCK, offset=start)
            codes = {row["township_code"] or row["county_code"] for row in found}
            places = {code: one.name for code, one in find_regions(session, EVERYTHING, codes).items()}
        for row in found:
            yield _row(desk, row, places)
        if len(found) < _BLOCK:
            return


def _row(desk: Desk, row: Mapping, places: Mapping[str, str]) -> tuple:
    kind = desk.catalog.kinds[row["kind"]]
    clock_due = {"reported": row["accept_due_at"], "handled": row["verify_due_at"], "verified": row["verify_due_at"]}
    due = clock_due.get(row["state"], row["handle_due_at"])
    return (
        case_number(row["id"]), _time(desk, row["reported_at"]), places.get(row["township_code"] or row["county_code"]),
        words.named(kind), str(words.SEVERITIES[row["severity"]]), words.named(kind) if kind.sensitive else row["title"],
        str(words.SOURCES[row["source"]]), str(words.STATES[row["state"]]), row["holder_unit"], _time(desk, due),
        _time(desk, row["close_due_at"]), str(words.CARDS[row["card"]]), str(words.SUPERVISION[row["supervision"]]),
        int(row["overdue"]),
    )  # fmt: skip


def _time(desk: Desk, at: datetime | None) -> str:
    return "" if at is None else f"{at.astimezone(desk.zone):%Y-%m-%d %H:%M:%S}"


def _line(values: tuple) -> str:
    buffer = io.StringIO()
    csv.writer(buffer).writerow([neutral(value) for value in values])
    return buffer.getvalue()
