"""Live stream: the newest cases, one row each. No names, no phone numbers, no sensitive kinds."""

from dash import html
from dash.development.base_component import Component
from flask_babel import gettext as _

from dashboard.domain.state import WallState
from dashboard.views.cases import StreamRow, StreamView
from layouts.shared import badge, frame


def draw(view: StreamView, state: WallState) -> Component:
    head = frame.head(view.title, view.subtitle)
    if not view.rows:
        return html.Div([head, frame.empty(_("还没有新的案件"))], className="panel__parts")
    rows = [html.Li(_row(row), className="stream__item", **{"data-case": row.id}) for row in view.rows]
    return html.Div([head, html.Ol(rows, className="stream")], className="panel__parts")


def _row(row: StreamRow) -> Component:
    parts = [
        html.Time(
            [f"{row.at:%H:%M}", html.Span(f"{row.at::%S}", className="stream__seconds")],
            dateTime=row.at.isoformat(),
            className="stream__time",
        ),
        badge.severity(row.severity, row.severity_label),
        html.Span(row.place, className="stream__place", title=row.place),
        html.Span(row.text, className="stream__text", title=row.text),
        html.Span(row.state, className="stream__state"),
        html.Span(row.left, className="stream__left stream__left--hot" if row.hot else "stream__left"),
    ]
    return html.A(parts, href=row.href, className="stream__row")
