"""Exposed problems and how far each has come: found, handled, like cases looked for, the rule mended."""

from dash import html
from dash.development.base_component import Component
from flask_babel import gettext as _

from dashboard.domain.state import WallState
from dashboard.views.standings import LoopRow, LoopView
from layouts.shared import frame
from layouts.shared.numbers import number
from layouts.shared.shorten import shorten

ROOM = 17.0  # in CJK characters


def draw(view: LoopView, state: WallState) -> Component:
    late = [html.P(_("逾期 %(n)s", n=number(view.overdue)), className="loop__late")] if view.overdue else []
    total = html.P([_("未销号"), html.B(number(view.total))], className="loop__total")
    head = frame.head(view.title, "", *late, total)
    if not view.rows:
        return html.Div([head, frame.empty(_("没有未销号的问题"))], className="panel__parts")
    stages = [html.Li([html.Span(words), html.B(number(count))]) for words, count in view.stages]
    rows = [html.Li(_row(row), **{"data-problem": row.id}) for row in view.rows]
    return html.Div(
        [head, html.Ol(stages, className="loop__stages"), html.Ol(rows, className="loop")], className="panel__parts"
    )


def _row(row: LoopRow) -> list[Component]:
    due = html.B(row.due, className="loop__due loop__due--late" if row.late else "loop__due")
    top = html.P([html.B(row.place, className="loop__place"),
                  html.Span(shorten(row.title, ROOM), title=row.title, className="loop__title"), due])  # fmt: skip
    words = {"done": _("已完成"), "waits": _("待验收"), "late": _("已逾期"), "now": _("进行中"), "next": _("未开始")}
    steps = [html.I(className=f"loop__step loop__step--{step.standing}", role="img",
                    **{"aria-label": f"{step.label} {words[step.standing]}"}) for step in row.steps]  # fmt: skip
    foot = html.P([html.Span(steps, className="loop__steps"), html.Span(row.owner, className="loop__owner")])
    return [top, foot]
