"""Panel "map": words by Python, shapes by the browser (assets/wall/map.js), which paints the data in a Store."""

from dash import ClientsideFunction, Dash, Input, Output
from dash.development.base_component import Component

from callbacks.wall.connect import connect
from callbacks.wall.source import may, read
from dashboard.domain.state import parse_state
from layouts.wall import ids
from layouts.wall.panels import PANELS, map

PANEL = PANELS["map"]


def register(app: Dash) -> None:
    connect(app, PANEL, refresh, [Output(ids.MAP_DATA, "data")])
    paint = ClientsideFunction("wall", "paint_map")
    app.clientside_callback(paint, Output(ids.MAP_STAGE, "data-painted"), Input(ids.MAP_DATA, "data"))


def refresh(search: str) -> tuple[Component, dict]:
    state = parse_state(search)
    view = read("map_view", state)
    return PANEL.draw(view, state), map.data(view, state, order=may("directive.issue"))
