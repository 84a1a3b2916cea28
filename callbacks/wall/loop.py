"""Panel "loop": URL in, view read, panel out."""

from dash import Dash
from dash.development.base_component import Component

from callbacks.wall.connect import connect
from callbacks.wall.source import asker, read
from dashboard.domain.state import parse_state
from layouts.wall.panels import PANELS

PANEL = PANELS["loop"]


def register(app: Dash) -> None:
    connect(app, PANEL, refresh)


def refresh(search: str) -> Component:
    state = parse_state(search)
    return PANEL.draw(read("loop", state, person=asker()), state)
