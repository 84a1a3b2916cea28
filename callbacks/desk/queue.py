"""The queue's rows: the grid asks for the rows it shows, the URL says of which queue."""

import logging

from dash import Dash, Input, Output, State, no_update
from flask_babel import gettext as _

from callbacks.desk.source import read
from dashboard import gate
from dashboard.domain.desk_state import parse_desk
from dashboard.domain.errors import UserError
from layouts.desk import ids

log = logging.getLogger(__name__)


def register(app: Dash) -> None:
    app.callback(
        Output(ids.GRID, "getRowsResponse"),
        Input(ids.GRID, "getRowsRequest"),
        State(ids.URL, "search"),
        prevent_initial_call=True,
    )(answer)
    app.callback(Output(ids.COUNTS, "data"), Input(ids.NEAR, "data"), prevent_initial_call=True)(count_similar)


def answer(asked: dict | None, search: str | None) -> object:
    """{rowData, rowCount} for rows [startRow, endRow). What is not granted is an empty queue."""
    if asked is None:
        return no_update
    if not gate.person().can("case.read"):
        return {"rowData": [], "rowCount": 0}
    try:
        rows, total = read("page", parse_desk(search or ""), int(asked["startRow"]), int(asked["endRow"]))
    except UserError as error:
        log.info("queue refused: %s", error)
        return {"rowData": [], "rowCount": 0}
    return {"rowData": rows, "rowCount": total}


def count_similar(keys: list | None) -> object:
    """{key: words} of the rows on the screen that have similar cases."""
    if not keys or not gate.person().can("case.read"):
        return no_update
    try:
        counts = read("similar_counts", parse_desk(""), [str(key) for key in keys])
    except UserError as error:
        log.info("similar refused: %s", error)
        return no_update
    return {key: _("%(n)s 件", n=count) if count else "" for key, count in counts.items()}
