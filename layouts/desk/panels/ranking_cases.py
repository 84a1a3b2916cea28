"""The cases behind a figure, as they were frozen: their count is the figure that led here."""

from dash import html
from dash.development.base_component import Component
from flask_babel import gettext as _

from dashboard.domain.desk_state import DeskState
from dashboard.views.workshop import Behind, CaseList
from layouts.shared import frame, numbers
from layouts.shared.segments import segments


def draw(view: CaseList | None, state: DeskState) -> Component | None:
    """`view` None: nobody asked for cases."""
    if view is None:
        return None
    if not view.rows:
        return html.Div(
            [_head(view), frame.empty(_("这里没有案件"), _("分子为 0，也是一个数"))], className="panel__fill"
        )
    return html.Div([_head(view), _table(view), _pages(view)], className="panel__fill")


def _head(view: CaseList) -> Component:
    """How many they are, since when they stand so, the other half of the fraction, and the way back."""
    frozen = (
        _("冻结于 %(at)s", at=f"{view.frozen.astimezone(view.zone):%Y-%m-%d %H:%M}")
        if view.frozen
        else _("实时数据，未冻结")
    )
    halves = ((f"{one.label} {numbers.number(one.count)}", one.href, one.on) for one in view.parts)
    words, keys = [_("返回名次表"), html.Kbd("Esc")], {"data-back-ranks": "true"}
    back = html.A(words, href=view.back, className="button button--small", **keys)
    count = html.B(_("%(n)s 件", n=numbers.number(view.total)), **{"data-total": str(view.total)})
    note = html.P([count, " · ", frozen], className="head__note")
    end = html.Div([segments(_("分子、分母"), halves, "small"), back], className="head__end actions")
    return frame.head(view.title, "", note, end)


def _table(view: CaseList) -> Component:
    names = [_("案号"), _("事由"), _("种类"), _("地点"), _("上报"), _("现在")]
    names += [_("申诉")] if view.rows[0].appeal else []
    top = html.Thead(html.Tr([html.Th(name, scope="col") for name in names]))
    body = html.Tbody([_row(one, view) for one in view.rows])
    table = html.Table([top, body], className="plain plain--wide")
    return html.Div(table, className="panel__scroll", tabIndex=0, role="region", **{"aria-label": view.title})


def _row(one: Behind, view: CaseList) -> Component:
    number = html.A(one.number, href=one.href, className="textlink") if one.href else one.number
    cells = [number, one.title, one.kind, one.place, f"{one.reported.astimezone(view.zone):%Y-%m-%d %H:%M}", one.state]
    if one.appeal:
        keys = {"data-appeal": one.number}
        cells.append(html.A(_("对这件案件申诉"), href=one.appeal, className="textlink", **keys))
    return html.Tr([html.Td(cell) for cell in cells], **{"data-case-behind": one.number})


def _pages(view: CaseList) -> Component:
    words = _("第 %(page)s / %(pages)s 页", page=view.page, pages=view.pages)
    links = [html.A(label, href=href, className="button button--small") for label, href in
             ((_("上一页"), view.previous), (_("下一页"), view.next), (_("对另一件案件申诉"), view.appeal)) if href]  # fmt: skip
    return html.Footer([html.Span(words), *links], className="sums")
