"""One case over the wall: open while the URL names a case."""

from dash import Dash
from dash.development.base_component import Component

from callbacks.wall.connect import connect
from callbacks.wall.source import may, read
from dashboard.domain.state import parse_state
from layouts.wall.panels import PANELS

PANEL = PANELS["case"]


def register(app: Dash) -> None:
    connect(app, PANEL, refresh)


def refresh(search: str) -> Component | None:
    state = parse_state(search)
    if not state.case or state.directive or state.order:
        return None
    return PANEL.draw(read("case_detail", state), state, order=may("directive.issue"))
