"""The queue as a file: CSV, or a spreadsheet. Written down in the audit log before the first line leaves."""

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
from data.queries.board import read_board
from data.queries.regions import find_regions
from data.writes.audit import add_audit

LIMIT = 50_000  # cases a file
_BLOCK = 1000
_IN_MEMORY = 1 << 22  # bytes; larger files wait on disk
_HEAD = ("number", "reported_at", "place", "kind", "severity", "title", "source", "state", "holder", "due_at",
         "close_due_at", "card", "supervision", "overdue")  # fmt: skip


def as_csv(desk: Desk, remote: str = "") -> SpooledTemporaryFile:
    """The queue under its filters, first due first, as it stood at one moment. Raises NotFound for whoever may not take
    cases out. It is written before it is sent: a slow line would hold that moment of the database open."""
    scoped = _begin(desk, "csv", remote)
    file = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - whoever sends it closes it
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
    lines = csv.writer(text)
    lines.writerow(_HEAD)
    for row in _rows(scoped):
        lines.writerow([neutral(value) for value in row])
    text.detach()
    file.seek(0)
    return file


def as_xlsx(desk: Desk, remote: str = "") -> SpooledTemporaryFile:
    """The same as a workbook of one sheet, written row by row."""
    scoped = _begin(desk, "xlsx", remote)
    book = Workbook(write_only=True)
    sheet = book.create_sheet("cases")
    sheet.append(_HEAD)
    for row in _rows(scoped):
        sheet.append([neutral(value) for value in row])
    file = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - whoever sends it closes it
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


def _rows(desk: Desk) -> Iterator[tuple]:
    with desk.deps.database.read() as session:
        for found in read_board(session, desk.scope, desk.chosen, limit=LIMIT, block=_BLOCK):
            codes = {row["township_code"] or row["county_code"] for row in found}
            places = {code: one.name for code, one in find_regions(session, EVERYTHING, codes).items()}
            for row in found:
                yield _row(desk, row, places)


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
