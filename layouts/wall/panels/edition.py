"""The published edition: which month, what it went through, what its ranks stand on, who is named red or black and why, and
its seal. Its bands and their cut-offs stand on the map."""

from dash import html
from dash.development.base_component import Component
from flask_babel import gettext as _

from dashboard.domain.state import WallState
from dashboard.views.standings import EditionView
from layouts.shared import frame
from layouts.shared.shorten import shorten

REASON_ROOM = 16.0  # in CJK characters
SHOWN = 3


def draw(view: EditionView, state: WallState) -> Component:
    if not view.month:
        empty = frame.empty(_("还没有发布过"), _("评价端发布后，这里与地图、名次一起更新"))
        return html.Div([frame.head(view.title), empty], className="panel__parts")
    month = html.P([html.B(view.month), html.Span(view.subtitle)], className="edition__month")
    seal = html.P([_("封存校验码"), html.Code(view.seal), _("可复算")], className="edition__seal")
    parts = [frame.head(view.title, view.scheme), month, _life(view), _figures(view), *_listed(view), seal]
    return html.Div(parts, className="panel__parts edition")


def _life(view: EditionView) -> Component:
    stages = [html.Li([html.B(stage), html.Span(days)]) for stage, days in view.life]
    return html.Ol(stages, className="edition__life", **{"aria-label": _("本期经过")})


def _figures(view: EditionView) -> Component:
    rows = [html.Div([html.Dt(term), html.Dd(figure)]) for term, figure in view.figures]
    return html.Dl(rows, className="edition__figures")


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
