"""Clocks: open cases of each stage, mean work time used against its limit, yellow and red cards."""

from dash import html
from dash.development.base_component import Component
from flask_babel import gettext as _

from dashboard.domain.state import WallState
from dashboard.views.wall import ClockRow, ClocksView
from layouts.shared import badge, frame
from layouts.shared.numbers import NONE, number, short


def draw(view: ClocksView, state: WallState) -> Component:
    head = frame.head(view.title, view.subtitle)
    if not view.rows:
        return html.Div([head, frame.empty()], className="panel__parts")
    names = (_("在计"), _("平均用时 / 限"), _("黄牌"), _("红牌"))
    heads = [html.Th(name, className="clocks__head", scope="col") for name in names]
    top = html.Tr([html.Td(className="clocks__head"), *heads])
    table = html.Table([html.Thead(top), html.Tbody([_row(row) for row in view.rows])], className="clocks")
    return html.Div([head, table], className="panel__parts")


def _row(row: ClockRow) -> Component:
    return html.Tr(
        [
            html.Th(row.label, className="clocks__label", scope="row"),
            html.Td(html.A(number(row.open), href=row.href), className="clocks__open"),
            html.Td([_used(row), _gauge(row)], className="clocks__time"),
            html.Td(html.A(badge.card("yellow", number(row.yellow)), href=row.yellow_href), className="clocks__cards"),
            html.Td(html.A(badge.card("red", number(row.red)), href=row.red_href), className="clocks__cards"),
        ]
    )


def _used(row: ClockRow) -> Component:
    if row.used is None or row.limit is None:
        return html.P(NONE, className="clocks__used")
    rest = html.Span(f" / {short(row.limit)} {row.unit}", className="clocks__limit")
    return html.P([short(row.used), rest], className="clocks__used")


def _gauge(row: ClockRow) -> Component:
    """Used work time on the way to the yellow and the red card."""
    used = 0.0 if row.used is None or not row.limit else min(row.used / row.limit, 1.0)
    marks = [
        html.I(className="gauge__used", style={"width": f"{100 * used:.1f}%"}),
        html.I(className="gauge__mark gauge__mark--yellow", style={"left": f"{100 * row.yellow_at:.1f}%"}),
        html.I(className="gauge__mark gauge__mark--red"),
    ]
    return html.Span(marks, className="gauge", **{"aria-hidden": "true"})
