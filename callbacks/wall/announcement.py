"""The announcement of a new serious case: what the stream told in, words out (assets/wall/announce.js shows them)."""

from collections.abc import Mapping

from dash import Dash, Input, Output, State
from dash.development.base_component import Component
from flask import current_app

from dashboard import gate
from dashboard.domain.errors import UserError
from dashboard.domain.state import parse_place
from dashboard.services.announcements import announcement
from layouts.wall import ids
from layouts.wall.announcement import draw


def register(app: Dash) -> None:
    app.callback(
        Output(ids.ANNOUNCEMENT, "children"),
        Input(ids.ANNOUNCED, "data"),
        State(ids.PLACE, "data"),
        prevent_initial_call=True,
    )(refresh)


def refresh(change: Mapping | None, place: str | None) -> Component | None:
    """Nothing, where the case is gone or not the asker's to see."""
    if not isinstance(change, Mapping):
        return None
    try:
        state, scope = parse_place(place or ""), gate.scope("wall.view")
        return draw(announcement(current_app.extensions["deps"], state, scope, change))
    except UserError:
        return None
