"""The selected case: follows the row under the cursor."""

from dash import Dash, Input
from dash.development.base_component import Component

from callbacks.desk.connect import connect
from callbacks.desk.source import read
from dashboard.domain.desk_state import parse_desk, parse_key
from layouts.desk import ids
from layouts.desk.panels import PANELS

PANEL = PANELS["side"]


def register(app: Dash) -> None:
    connect(app, PANEL, refresh, [Input(ids.PICK, "data")])


def refresh(search: str, pick: str | None) -> Component:
    state = parse_desk(search)
    return PANEL.draw(read("sheet", state, *parse_key(pick)) if pick else None, state)
