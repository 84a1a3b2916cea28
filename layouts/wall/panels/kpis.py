"""Key figures: value, unit, what it stands on, against the last period and the last year. The tile is the link."""

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component
from flask_babel import gettext as _

from dashboard.domain.state import WallState
from dashboard.views.wall import Kpi
from layouts.figures.lines import sparkline
from layouts.shared import badge, frame
from layouts.shared.numbers import number


def draw(view: Sequence[Kpi], state: WallState) -> Component:
    if not view:
        return frame.empty()
    return html.Div([_tile(item) for item in view], className="kpis__grid")


def _tile(item: Kpi) -> Component:
    value = html.B(number(item.value, item.digits), className="kpi__value")
    figure = html.P([value, html.Span(item.unit, className="kpi__unit")], className="kpi__figure")
    parts = [
        html.H2(item.title, className="kpi__title"),
        sparkline(item.spark),
        figure,
        html.P(_base(item), className="kpi__base"),
        html.P(
            [badge.change(_("环比"), item.previous), badge.change(_("同比"), item.last_year)], className="kpi__changes"
        ),
    ]
    raw = "" if item.value is None else repr(item.value)
    return html.A(parts, href=item.href, className="kpi", **{"data-kpi": item.key, "data-value": raw})


def _base(item: Kpi) -> str:
    if item.base is None:
        return f"{item.base_label} —"
    digits = 2 if item.base_unit == "%" or not float(item.base).is_integer() else 0
    return f"{item.base_label} {number(item.base, digits)} {item.base_unit}".rstrip()
