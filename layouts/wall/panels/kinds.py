"""Top kinds of case: count and change, a bar from zero under each."""

from dash import html
from dash.development.base_component import Component

from dashboard.domain.state import WallState
from dashboard.views.wall import Bar, BarsView
from layouts.shared import badge, frame
from layouts.shared.numbers import number


def draw(view: BarsView, state: WallState) -> Component:
    body = html.Ol([html.Li(_bar(row)) for row in view.rows], className="kinds") if view.rows else frame.empty()
    return html.Div([frame.head(view.title, view.subtitle), body], className="panel__parts")


def _bar(row: Bar) -> Component:
    parts = [
        html.Span(row.label, className="kinds__label"),
        html.B(number(row.count), className="kinds__count"),
        badge.change("", row.change),
        html.Span(html.I(className="bar__fill", style={"width": f"{100 * row.share:.1f}%"}), className="bar bar--thin"),
    ]
    return html.A(parts, href=row.href, className="kinds__row", **{"data-kind": row.key})
