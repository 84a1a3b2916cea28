"""The load of each unit: open cases against its limit, and how much it was sent that was not its own."""

from dash import html
from dash.development.base_component import Component
from flask_babel import gettext as _

from dashboard.domain.desk_state import DeskState
from dashboard.views.desk import LoadView, UnitLoad
from layouts.shared import frame, numbers

_AIR = 1.2  # the bar's length in limits


def draw(view: LoadView, state: DeskState) -> Component:
    head = frame.head(_("承办负荷"), _("今日在办 / 上限"), html.Span(_("近 30 日"), className="head__end"))
    if not view.rows:
        return html.Div([head, frame.empty(_("没有单位持有案件"))], className="panel__fill")
    names = ((_("单位"), ""), (_("在办"), "num"), (_("负荷"), ""), (_("上限"), "num"), (_("错派率"), "num"))
    top = html.Thead(html.Tr([html.Th(name, className=cls, scope="col") for name, cls in names]))
    table = html.Table([top, html.Tbody([_row(row, state) for row in view.rows])], className="load")
    return html.Div([head, html.Div(table, className="panel__scroll", tabIndex=0)], className="panel__fill")


def _row(row: UnitLoad, state: DeskState) -> Component:
    href = state.to(unit="" if row.on else row.unit, tab="open", p=1)
    share = _("%(p)s %%", p=f"{100 * row.wrong / row.sent:.1f}") if row.sent else numbers.NONE
    base = _("%(wrong)s / %(sent)s 件", wrong=row.wrong, sent=row.sent)
    return html.Tr(
        [
            html.Th(html.A(row.short, href=href, title=row.unit), scope="row"),
            html.Td(html.B(numbers.number(row.open)), className="num"),
            html.Td(_bar(row)),
            html.Td(numbers.number(row.limit), className="num dim"),
            html.Td([share, *([html.Small(base)] if row.sent else [])], className="num"),
        ],
        className="load__row--on" if row.on else "",
        **{"data-unit": row.unit},
    )


def _bar(row: UnitLoad) -> Component:
    """Length in shares of the limit; a stroke at the limit. Without a limit there is no bar."""
    if not row.limit:
        return html.Span(_("未设上限"), className="dim")
    share = min(100.0, 100 * row.open / row.limit / _AIR)
    look = "meter__fill meter__fill--full" if row.full else "meter__fill"
    words = _("在办 %(n)s，上限 %(m)s", n=row.open, m=row.limit)
    return html.Span([html.I(className=look, style={"width": f"{share:.1f}%"}), html.U(className="meter__mark")],
                     className="meter", role="img", **{"aria-label": words})  # fmt: skip
