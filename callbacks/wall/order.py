"""The composer of a directive over the wall: open while the URL says so. Sending is the browser's (assets/wall/order.js)."""

from dash import Dash
from dash.development.base_component import Component

from callbacks.wall.connect import connect
from callbacks.wall.source import asker, read
from dashboard.domain.state import parse_state
from layouts.wall.panels import PANELS

PANEL = PANELS["order"]


def register(app: Dash) -> None:
    connect(app, PANEL, refresh)


def refresh(search: str) -> Component | None:
    state = parse_state(search)
    return PANEL.draw(read("order", state, person=asker()), state) if state.order else None
