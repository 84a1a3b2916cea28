"""A score over the wall: open while the URL names one and nothing stands over it."""

from dash import Dash
from dash.development.base_component import Component

from callbacks.wall.connect import connect
from callbacks.wall.source import asker, read
from dashboard.domain.state import parse_state
from layouts.wall.panels import PANELS

PANEL = PANELS["score"]


def register(app: Dash) -> None:
    connect(app, PANEL, refresh)


def refresh(search: str) -> Component | None:
    state = parse_state(search)
    if not state.score or state.behind or state.case or state.directive or state.order:
        return None
    return PANEL.draw(read("score", state, person=asker()), state)
