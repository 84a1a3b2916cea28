"""Repeat and returned: how often the loop had to be run twice. A few rates, each with what it stands on."""

from dash import html
from dash.development.base_component import Component
from flask_babel import gettext as _

from dashboard.domain.state import WallState
from dashboard.views.wall import RateRow, TableView
from layouts.shared import badge, frame
from layouts.shared.numbers import number


def draw(view: TableView, state: WallState) -> Component:
    body = html.Ul([html.Li(_rate(row)) for row in view.rows], className="rates") if view.rows else frame.empty()
    return html.Div([frame.head(view.title, view.subtitle), body], className="panel__parts")


def _rate(row: RateRow) -> Component:
    figure = html.P([number(row.value, 2), html.Span("%", className="rate__unit")], className="rate__figure")
    of = _("%(count)s / %(base)s", count=number(row.count), base=number(row.base))
    base = html.P([of, html.Span(badge.change("", row.change), className="rate__change")], className="rate__base")
    return html.A([html.H3(row.label, className="rate__title"), figure, base], href=row.href, className="rate")
