"""The map of the queue's cases. Words by Python; the ground is fetched once, points are painted by the browser."""

from dash import html
from dash.development.base_component import Component
from flask_babel import gettext as _

from dashboard.domain.desk_state import DeskState
from dashboard.views.desk import GroundView
from layouts.shared import frame


def draw(view: GroundView, _state: DeskState) -> Component:
    grow = html.Button(
        [html.Kbd("G"), _("放大")], className="head__tool", **{"data-map-grow": "true", "aria-keyshortcuts": "G"}
    )
    note = html.Span("", **{"data-map-count": "true", "data-words": _("本页 {n} 件，{m} 件有坐标")})
    head = html.Header([html.H2(_("位置"), className="head__title"), html.P(note, className="head__note"), grow],
                       className="head")  # fmt: skip
    legend = html.Ul([html.Li([html.I(className=f"dot dot--{key}", **{"aria-hidden": "true"}), words]) for key, words in
                      (("run", _("计时中")), ("warn", _("将到期")), ("late", _("已超")), ("on", _("选中")))],
                     className="map__legend")  # fmt: skip
    source = html.P(view.source, className="map__source") if view.source else None
    missing = None if view.rim else frame.empty(_("这个辖区没有边界图"))
    return html.Div([head, legend, source, missing], className="map__frame")
