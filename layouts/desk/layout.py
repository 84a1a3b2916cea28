"""The desk's shell."""

from dash import dcc, html
from dash.development.base_component import Component
from flask_babel import gettext as _

from layouts.desk import ids


def layout() -> Component:
    return html.Div([dcc.Location(id=ids.URL, refresh=False), html.H1(_("治理端"))], className="desk")
