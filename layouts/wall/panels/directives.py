"""Directives that wait for answers in the region shown: what, to whom, how far, how long still. Units, never names.

Stands in the place of "repeats" while there are some (assets/wall/70-directives.css); without any it draws nothing.
"""

from dash import html
from dash.development.base_component import Component
from flask_babel import gettext as _

from dashboard.domain.state import WallState
from dashboard.views.directives import DirectivesView, ReceiptCounts, WallDirective
from layouts.shared import frame
from layouts.shared.numbers import number
from layouts.shared.shorten import shorten

TEXT_ROOM, TO_ROOM = 18.0, 13.5  # in CJK characters, beside the deadline and beside the counts


def draw(view: DirectivesView, state: WallState) -> Component:
    if not view.rows:
        return html.Div(className="directives-none")
    late = [html.P(view.late, className="directives__late")] if view.late else []
    rows = [html.Li(_row(row), **{"data-directive": row.id}) for row in view.rows]
    return html.Div([frame.head(view.title, view.subtitle, *late), html.Ol(rows, className="directives")],
                    className="panel__parts")  # fmt: skip


def _row(row: WallDirective) -> Component:
    left = html.B(row.left, className=f"directives__left directives__left--{row.standing}")
    what = html.Span(
        [html.Span(shorten(row.text, TEXT_ROOM), className="directives__text", title=row.text), left],
        className="directives__line",
    )
    whom = html.Span(shorten(row.to, TO_ROOM), className="directives__to", title=row.to)
    far = html.Span(reached(row.counts), className="directives__reached")
    parts = [what, html.Span([whom, far], className="directives__line"), bar(row.counts)]
    return html.A(parts, href=row.href, className=f"directives__row directives__row--{row.standing}")


def reached(counts: ReceiptCounts) -> list[Component]:
    """Read and answered, of those addressed."""
    pairs = ((_("已阅"), counts.read, "read"), (_("已答"), counts.answered, "answered"))
    return [html.Span([words, html.B(f"{number(done)}/{number(counts.addressed)}", **{"data-step": step})])
            for words, done, step in pairs]  # fmt: skip


def bar(counts: ReceiptCounts) -> Component:
    """Delivered, read and answered as one bar, each over the one before. The figures beside it say the same."""
    steps = (("delivered", counts.delivered), ("read", counts.read), ("answered", counts.answered))
    fills = [html.I(className=f"reach__fill reach__fill--{name}", style={"width": f"{100 * done / counts.addressed:.1f}%"})
             for name, done in steps]  # fmt: skip
    return html.Span(fills, className="reach", **{"aria-hidden": "true"})
