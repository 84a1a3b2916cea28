"""The newest appeals against the edition, below the funnel plot: whose, about what, how they stand."""

from dash import html
from dash.development.base_component import Component
from flask_babel import gettext as _

from dashboard.domain.desk_state import DeskState
from dashboard.views.workshop import AppealBox, AppealLine
from layouts.shared import frame, numbers


def draw(view: AppealBox | None, state: DeskState) -> Component | None:
    """`view` None: another view takes the place, or there is no edition to appeal against."""
    if view is None:
        return html.Div([frame.head(_("申诉")), frame.empty(_("还没有可申诉的一期"))], className="panel__fill")
    note = _("%(n)s 件 · 待复核 %(waiting)s", n=numbers.number(view.total), waiting=numbers.number(view.waiting))
    more = html.A(_("全部申诉"), href=view.href, className="textlink head__end") if view.href else None
    head = frame.head(_("申诉"), note, more or html.P(_("复核人不在评分链内"), className="head__note head__end"))
    if not view.rows:
        return html.Div([head, frame.empty(_("没有申诉"))], className="panel__fill")
    table = html.Table(html.Tbody([_row(one) for one in view.rows]), className="plain", **{"aria-label": _("申诉")})
    return html.Div([head, html.Div(table, className="panel__scroll", tabIndex=0)], className="panel__fill")


def _row(one: AppealLine) -> Component:
    mark = html.Em(one.label, className="mark" + (" mark--warn" if one.state == "filed" else ""))
    name = html.A(one.name, href=one.href)
    return html.Tr(
        [
            html.Th(name, scope="row"),
            html.Td(one.what, title=one.what, className="appealed"),
            html.Td(mark, className="num"),
        ]
    )
