"""The map: words by Python; its ground is /desk/ground.svg, fetched once a region; points are painted by the browser."""

from dash import Dash
from dash.development.base_component import Component
from flask import Response, request

from callbacks.desk.connect import connect
from callbacks.desk.source import read
from dashboard.domain.desk_state import parse_desk
from layouts.desk.panels import PANELS
from layouts.figures.ground import ground_svg

PANEL = PANELS["map"]
_SECONDS = 86_400


def register(app: Dash) -> None:
    connect(app, PANEL, refresh)
    app.server.add_url_rule("/desk/ground.svg", "desk_ground", serve)


def refresh(search: str) -> Component:
    state = parse_desk(search)
    return PANEL.draw(read("ground", state), state)


def serve() -> Response:
    """The SVG; UserError becomes an answer in the server's error handler."""
    answer = Response(ground_svg(read("ground", parse_desk(request.query_string.decode()))), mimetype="image/svg+xml")
    answer.cache_control.max_age = _SECONDS
    answer.cache_control.private = True
    answer.add_etag()
    return answer.make_conditional(request)
