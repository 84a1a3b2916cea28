"""The supervise view: what waits for a decision, what carries cards, and which units run late."""

from dash import html
from dash.development.base_component import Component
from flask_babel import gettext as _

from dashboard.domain.desk_state import DeskState
from dashboard.views.desk import OverdueUnit, SuperviseList, SuperviseRow, SuperviseView
from layouts.shared import badge, frame, numbers


def draw(view: SuperviseView, state: DeskState) -> Component:
    lists = html.Div([_list(one, state, view.may_supervise) for one in view.lists], className="supervise__lists")
    bar = [_bar()] if view.may_supervise else []
    return html.Div([html.Div([lists, *bar], className="supervise__left"), _units(view.units)], className="supervise")


def _bar() -> Component:
    """What is done with the rows that are ticked; shown while some are (assets/desk/supervise.js)."""
    words = html.Span("", **{"data-words": _("已勾选 {n} 件")})
    send = html.Button([_("批量督办"), html.Kbd("S")], className="button button--small", **{"data-bulk": "supervise"})
    clear = html.Button(
        [_("取消勾选"), html.Kbd("Esc")], className="button button--small", **{"data-bulk-clear": "true"}
    )
    return html.Div([words, send, clear], className="bulk", hidden=True, role="toolbar",
                    **{"data-supervise-bar": "true", "aria-label": _("批量")})  # fmt: skip


def _list(one: SuperviseList, state: DeskState, ticks: bool) -> Component:
    more = html.A(_("全部 %(n)s 件", n=numbers.number(one.total)), href=one.href, className="textlink head__end",
                  **{"data-total": str(one.total)})  # fmt: skip
    every = html.Button(_("全选"), className="textlink", **{"data-tick-all": "true"})
    head = frame.head(one.label, _hints()[one.key], *([every] if ticks and one.rows else []), more)
    rows = [_row(row, one.key, state, ticks) for row in one.rows]
    body = html.Ul(rows, className="supervise__rows") if rows else frame.empty(_("现在没有"))
    return html.Section([head, html.Div(body, className="panel__scroll", tabIndex=0)], className="panel",
                        **{"data-list": one.key, "aria-label": one.label})  # fmt: skip


def _hints() -> dict[str, str]:
    return {
        "objected": _("须由未参与分派的人裁定 · 右为裁定期限"), "extension": _("红牌一落，申请即失效"),
        "red": _("时限已过"), "yellow": _("时限用去大半"),
    }  # fmt: skip


def _row(row: SuperviseRow, key: str, state: DeskState, ticks: bool) -> Component:
    mark = [badge.card(key, "")] if key in ("red", "yellow") else []
    note = [html.Em(row.note, className="mark mark--warn")] if row.note else []
    level = [html.Em(row.supervision, className="mark mark--warn")] if row.supervision else []
    due = html.Span(row.due, className="supervise__due" + (" supervise__due--late" if row.late else ""))
    where = " · ".join(part for part in (row.place, row.unit) if part)
    about = html.Span(where, className="dim", title=where)
    link = html.A(
        [badge.severity(row.severity, row.severity_label), *mark, html.B(row.title, title=row.title), *note, *level, about, due],
        href=state.to(case=row.key), className="supervise__row", title=row.number,
    )  # fmt: skip
    tick = html.Button("", className="tick", role="checkbox", **{
        "data-tick": row.key, "data-version": str(row.version), "aria-checked": "false",
        "aria-label": _("勾选 %(number)s", number=row.number)})  # fmt: skip
    return html.Li([*([tick] if ticks else []), link], **{"data-case-row": row.key})


def _units(units: tuple[OverdueUnit, ...]) -> Component:
    head = frame.head(_("各单位超期"), _("在办中的牌与超期"))
    if not units:
        return html.Section([head, frame.empty(_("没有单位超期"))], className="panel")
    names = ((_("单位"), ""), (_("在办"), "num"), (_("黄牌"), "num"), (_("红牌"), "num"), (_("超期未结"), "num"))
    top = html.Thead(html.Tr([html.Th(name, className=cls, scope="col") for name, cls in names]))
    rows = [html.Tr([html.Th(html.A(one.short, href=one.href, title=one.unit), scope="row"),
                     *(html.Td(numbers.number(value), className="num") for value in (one.open, one.yellow, one.red)),
                     html.Td(html.B(numbers.number(one.overdue)), className="num")]) for one in units]  # fmt: skip
    table = html.Table([top, html.Tbody(rows)], className="load")
    return html.Section([head, html.Div(table, className="panel__scroll", tabIndex=0)], className="panel",
                        **{"aria-label": _("各单位超期")})  # fmt: skip
