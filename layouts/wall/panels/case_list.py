"""The cases behind a number: a panel over the wall. The total is the number that was clicked."""

from dash import html
from dash.development.base_component import Component
from flask_babel import gettext as _

from dashboard.domain.state import WallState
from dashboard.views.cases import CaseListView, CaseRow
from layouts.shared import badge, frame
from layouts.shared.numbers import number
from layouts.shared.segments import segments
from layouts.wall import command


def draw(view: CaseListView, state: WallState, *, order: bool = False) -> Component:
    """`order`: an order can be given about what is listed."""
    close = html.A(
        _("关闭"),
        href=view.back or state.closed().to(),
        className="button",
        **{"data-close": "true", "aria-keyshortcuts": "Escape"},
    )
    plain = {"data-plain": "true"}
    export = [html.A(_("导出 CSV"), href=view.export, className="button", download="", **plain)] if view.export else []
    title = html.H2(
        [view.title, html.B(number(view.total)), html.Span(_("件"))],
        id="wall-list-title",
        className="dialog__title",
        tabIndex=-1,
    )
    conditions = html.Ul([html.Li(words) for words in view.conditions], className="dialog__conditions")
    parts = [segments(_("组成"), view.parts, "parts")] if view.parts else []
    tools = html.Div([*command.link(state, order), *export, close], className="dialog__tools")
    head = html.Header([title, tools, conditions, *parts], className="dialog__head")
    body = _table(view) if view.rows else frame.empty(_("没有这样的案件"))
    return _dialog("wall-list-title", [head, html.Div(body, className="dialog__body", tabIndex=0), _pager(view)])


def _dialog(title_id: str, parts: list) -> Component:
    return html.Div(parts, className="dialog", role="dialog", **{"aria-modal": "true", "aria-labelledby": title_id})


def _table(view: CaseListView) -> Component:
    names = (_("上报"), _("编号"), _("地点"), _("类别"), _("等级"), _("事由"), _("状态"), _("时限"))
    top = html.Tr([html.Th(name, scope="col") for name in names])
    return html.Table([html.Thead(top), html.Tbody([_row(row) for row in view.rows])], className="cases")


def _row(row: CaseRow) -> Component:
    link = html.A(row.title, href=row.href, className="cases__link")
    due = html.Span(
        badge.card(row.card, row.due), className="cases__due cases__due--late" if row.late else "cases__due"
    )
    return html.Tr(
        [
            html.Td(f"{row.reported_at:%m-%d %H:%M}", className="cases__time"),
            html.Td(row.number, className="cases__number"),
            html.Td(row.place),
            html.Td(row.kind),
            html.Td(badge.severity(row.severity, row.severity_label)),
            html.Td(link, className="cases__title"),
            html.Td(row.state),
            html.Td(due),
        ],
        **{"data-case": row.id},
    )


def _pager(view: CaseListView) -> Component:
    parts: list = [html.Span(_("第 %(page)s / %(pages)s 页", page=number(view.page), pages=number(max(view.pages, 1))))]
    if view.previous:
        parts.insert(0, html.A(_("上一页"), href=view.previous, className="button", rel="prev"))
    if view.next:
        parts.append(html.A(_("下一页"), href=view.next, className="button", rel="next"))
    return html.Nav(parts, className="dialog__pager", **{"aria-label": _("翻页")})
