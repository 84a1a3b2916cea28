"""Closed-loop funnel: how far the cases reported in the period have come. The hatched rest of a bar is the loss."""

from dash import html
from dash.development.base_component import Component
from flask_babel import gettext as _

from dashboard.domain.state import WallState
from dashboard.views.wall import FunnelView, Stage
from layouts.shared import frame
from layouts.shared.numbers import NONE, number


def draw(view: FunnelView, state: WallState) -> Component:
    head = frame.head(view.title, view.subtitle, _sum(view))
    if not view.stages or not view.stages[0].count:
        return html.Div([head, frame.empty(_("这段时间没有案件上报"))], className="panel__parts")
    return html.Div(
        [head, html.Ol([html.Li(_stage(stage)) for stage in view.stages], className="funnel")], className="panel__parts"
    )


def _sum(view: FunnelView) -> Component:
    closed = html.Span(
        [view.closed_label, html.B(number(view.closed_rate, 2)), html.Span("%")], className="funnel__closed"
    )
    still = html.A([view.open_label, html.B(number(view.open))], href=view.open_href, className="funnel__open")
    return html.P([closed, still], className="funnel__sum")


def _stage(stage: Stage) -> Component:
    bar = html.Span(
        html.I(className="bar__fill", style={"width": f"{100 * stage.share:.2f}%"}), className="bar bar--loss"
    )
    rate = NONE if stage.rate is None else f"{number(stage.rate, 1)}%"
    name = "funnel__rate funnel__rate--low" if stage.low else "funnel__rate"
    parts = [
        html.Span(stage.label, className="funnel__label"),
        bar,
        html.B(number(stage.count), className="funnel__count"),
        html.Span(rate, className=name),
    ]
    return html.A(parts, href=stage.href, className="funnel__stage")
