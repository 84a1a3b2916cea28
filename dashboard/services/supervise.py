"""What a supervisor looks at first: objections to decide, extensions to grant, red cards, and units that run late."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from dashboard.domain.desk_state import DeskState
from dashboard.domain.numbers import case_number
from dashboard.domain.scope import EVERYTHING
from dashboard.domain.workflow import TRANSITIONS
from dashboard.services import board, desk_words, words
from dashboard.services.desk_frame import Desk
from dashboard.services.unit_load import Units
from dashboard.views.desk import OverdueUnit, SuperviseList, SuperviseRow, SuperviseView
from data.queries.board import BoardFilter, count_cards_by_unit, list_board
from data.queries.regions import find_regions
from data.session import Session

LISTS = ("objected", "extension", "red", "yellow")  # queues, in the order in which they press
ROWS, UNITS = 8, 14
_UNSENT = ("reported", "accepted")


def supervise(desk: Desk) -> SuperviseView:
    counts = desk.queues
    with desk.deps.database.read() as session:
        units = Units(session, desk, [desk.region.code])
        lists = tuple(SuperviseList(tab, str(desk_words.QUEUES[tab]), counts[tab], _rows(desk, session, units, tab),
                                    DeskState(region=desk.state.region, tab=tab).to()) for tab in LISTS)  # fmt: skip
        cards = count_cards_by_unit(session, desk.scope, desk.region)
    late = [OverdueUnit(unit, units.short(unit), *sums, DeskState(region=desk.state.region, tab="open", unit=unit).to())
            for unit, sums in cards.items() if any(sums[1:])]  # fmt: skip
    late.sort(key=lambda one: (-one.overdue, -one.red, -one.yellow, one.unit))
    return SuperviseView(lists, tuple(late[:UNITS]), bool(desk.roles & set(TRANSITIONS["supervise"].roles)))


def _rows(desk: Desk, session: Session, units: Units, tab: str) -> tuple[SuperviseRow, ...]:
    found = list_board(session, desk.scope, replace(BoardFilter(desk.region), tab=tab), limit=ROWS)
    codes = {row["township_code"] or row["county_code"] for row in found}
    places = {code: one.short_name for code, one in find_regions(session, EVERYTHING, codes).items()}
    return tuple(_row(desk, row, units, places) for row in found)


def _row(desk: Desk, row: Mapping, units: Units, places: Mapping[str, str]) -> SuperviseRow:
    kind, cell = desk.catalog.kinds[row["kind"]], board.clock_cell(desk, row)
    due: datetime | None = row["arbitrate_due_at"] if row["state"] == "objected" else None
    said = f"{due.astimezone(desk.zone):%m-%d %H:%M}" if due else cell["leftLabel"]
    late = due <= desk.now if due else cell["tone"] == "late"
    note = str(words.EXTENSIONS.get(row["extension_limit"] or "", "")) if row["extension"] == "pending" else ""
    return SuperviseRow(
        f"{row['county_code']}:{row['id']}", row["version"], case_number(row["id"]),
        words.named(kind) if kind.sensitive else row["title"],
        row["severity"], str(words.SEVERITIES[row["severity"]]), str(words.STATES[row["state"]]),
        _who(row, units), places.get(row["township_code"] or row["county_code"], ""),
        said, late, note, str(words.SUPERVISION[row["supervision"]]) if row["supervision"] != "none" else "",
    )  # fmt: skip


def _who(row: Mapping, units: Units) -> str:
    """Who works on it; before it is dispatched nobody does, so the state is told."""
    if row["state"] in _UNSENT or not row["holder_unit"]:
        return str(words.STATES[row["state"]])
    return units.short(row["holder_unit"])
