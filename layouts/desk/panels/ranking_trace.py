"""From a score to what it counts, step by step: total, nodes, indicator, numerator and denominator, cases."""

from dash import html
from dash.development.base_component import Component
from flask_babel import gettext as _

from dashboard.domain.desk_state import DeskState
from dashboard.views.workshop import Hop, TraceBar
from layouts.shared import frame, numbers
from layouts.shared.shorten import shorten

ROOM, ROOM_BESIDE = 16, 8  # CJK characters that a note has room for on a narrow desk; one that a link stands below


def draw(view: TraceBar | None, state: DeskState) -> Component:
    """`view` None: no region is in focus."""
    if view is None:
        return frame.empty(_("选一个辖区，从总分一路看到案件"))
    hops = [_hop(one) for one in view.hops]
    return html.Nav(
        [html.Ol(hops, className="trace__hops"), _cases(view)], className="trace", **{"aria-label": _("溯源")}
    )


def _hop(one: Hop) -> Component:
    figure = html.B([one.value, html.I(one.unit)] if one.unit else one.value, className="trace__value")
    parts = [
        html.Span(one.label, className="trace__label", title=one.label),
        figure,
        html.Span(shorten(one.note, ROOM), className="trace__note", title=one.note),
    ]
    name = "trace__hop" + (" trace__hop--on" if one.on else "")
    return html.Li(html.A(parts, href=one.href) if one.href else html.Div(parts), className=name)


def _cases(view: TraceBar) -> Component:
    parts = [html.Span(view.label, className="trace__label")]
    if view.cases is None:
        return html.Div([*parts, *_figure(view)], className="trace__go trace__go--none")
    count = html.B(_("%(n)s 件 ›", n=numbers.number(view.cases)), className="trace__value")
    return html.A([*parts, count, html.Span(view.note, className="trace__note")], href=view.href, className="trace__go",
                  **{"data-cases": str(view.cases), "data-trace-cases": "true"})  # fmt: skip


def _figure(view: TraceBar) -> list[Component]:
    """Why there are no cases, and where the reader appeals against the figure itself."""
    if not view.appeal:
        return [html.Span(view.note, className="trace__note")]
    note = html.Span(shorten(view.note, ROOM_BESIDE), className="trace__note", title=view.note)
    return [note, html.A(_("对这个数值申诉"), href=view.appeal, className="textlink", **{"data-appeal": "value"})]
