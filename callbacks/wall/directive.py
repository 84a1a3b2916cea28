"""One directive over the wall: open while the URL names one; its receipts move while one looks."""

from dash import Dash
from dash.development.base_component import Component

from callbacks.wall.connect import connect
from callbacks.wall.source import asker, read
from dashboard.domain.state import parse_state
from layouts.wall import ids
from layouts.wall.panels import PANELS

PANEL = PANELS["directive"]


def register(app: Dash) -> None:
    connect(app, PANEL, refresh, follows=ids.DIRECTIVE_VERSION)


def refresh(search: str) -> Component | None:
    state = parse_state(search)
    if not state.directive or state.order:
        return None
    return PANEL.draw(read("directive", state, person=asker()), state)
