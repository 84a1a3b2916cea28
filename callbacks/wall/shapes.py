"""The shapes a map is drawn on: /wall/shapes.svg, fetched once for a region and view and cached by the browser."""

from dash import Dash
from flask import Response, request

from callbacks.wall.source import read
from dashboard.domain.state import parse_state
from layouts.figures.shapes import shapes_svg

_SECONDS = 86_400


def register(app: Dash) -> None:
    app.server.add_url_rule("/wall/shapes.svg", "wall_shapes", serve)


def serve() -> Response:
    """The SVG; UserError becomes an answer in the server's error handler."""
    answer = Response(shapes_svg(read("shapes", parse_state(request.query_string.decode()))), mimetype="image/svg+xml")
    answer.cache_control.max_age = _SECONDS
    answer.add_etag()
    return answer.make_conditional(request)
