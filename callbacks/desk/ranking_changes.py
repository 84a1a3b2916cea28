"""What changed since the last edition: URL in, view read, panel out."""

from dash import Dash
from dash.development.base_component import Component

from callbacks.desk.connect import connect
from callbacks.desk.source import read
from dashboard.domain.desk_state import parse_desk
from layouts.desk.panels import PANELS

PANEL = PANELS["ranking_changes"]


def register(app: Dash) -> None:
    connect(app, PANEL, refresh)


def refresh(search: str) -> Component | None:
    state = parse_desk(search)
    return PANEL.draw(read("ranking_changes", state), state)
