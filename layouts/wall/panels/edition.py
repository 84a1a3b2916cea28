"""The published edition: which month, its five bands with their cut-offs, who is named red or black and why, and its seal."""

from dash import html
from dash.development.base_component import Component
from flask_babel import gettext as _

from dashboard.domain.state import WallState
from dashboard.views.places import LegendRow
from dashboard.views.standings import EditionView
from layouts.shared import badge, frame
from layouts.shared.numbers import number
from layouts.shared.shorten import shorten

REASON_ROOM = 15.0  # in CJK characters
SHOWN = 3


def draw(view: EditionView, state: WallState) -> Component:
    if not view.month:
        empty = frame.empty(_("还没有发布过"), _("评价端发布后，这里与地图、名次一起更新"))
        return html.Div([frame.head(view.title), empty], className="panel__parts")
    month = html.P([html.B(view.month), html.Span(view.subtitle)], className="edition__month")
    bands = html.Ol([html.Li(_band(row), **{"data-band": row.cls}) for row in view.bands], className="edition__bands")
    seal = html.P([_("封存校验码"), html.Code(view.seal), _("可复算")], className="edition__seal")
    parts = [
        frame.head(view.title, dict(view.facts).get(_("方案"), "")),
        month,
        bands,
        *_listed(view),
        _facts(view),
        seal,
    ]
    return html.Div(parts, className="panel__parts edition")


def _band(row: LegendRow) -> list[Component]:
    sign = {"veto": html.Span(_("否"), className="band band--veto"), "N": badge.band(None)}.get(row.cls)
    return [sign or badge.band(row.cls), html.Span(row.label, className="edition__cut"), html.B(number(row.count))]


def _listed(view: EditionView) -> list[Component]:
    if not view.listed:
        return []
    words = {"red": _("红榜"), "black": _("黑榜")}
    rows = [
        html.Li([html.Span(words[side], className=f"edition__side edition__side--{side}"), html.B(name),
                 html.Span(shorten(reason, REASON_ROOM), title=reason, className="edition__reason")])
        for side, _code, name, reason in view.listed[:SHOWN]
    ]  # fmt: skip
    return [html.Ul(rows, className="edition__listed", **{"aria-label": _("红黑榜，附依据")})]


def _facts(view: EditionView) -> Component:
    rows = [html.Div([html.Dt(name), html.Dd(words)]) for name, words in view.facts[1:]]
    return html.Dl(rows, className="edition__facts")
