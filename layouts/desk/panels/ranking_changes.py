"""What changed since the last edition: every region then and now, and for the one in focus where its points came from."""

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component
from flask_babel import gettext as _

from dashboard.domain.desk_state import DeskState
from dashboard.views.workshop_changes import Cause, ChangeTable, Shift
from layouts.desk.panels import ranking_table
from layouts.figures.gap_bar import gap_bar
from layouts.shared import badge, frame, numbers

SHOWN, NAMED = 16, 3  # causes of the region in focus that have a row; of every region, in words
_HEADS = ("band", "rank", "moved", "region", "score", "gain", "why")
ARROW = html.I("→", className="shift__to")


def draw(view: ChangeTable | None, state: DeskState) -> Component | None:
    """`view` None: nobody asked."""
    if view is None:
        return None
    if not view.rows:
        head = frame.head(_("与上期对比"), "", html.Div(_back(view), className="head__end"))
        hint = _("同一方案、同一批辖区，要有两期，前一期已发布")
        return html.Div([head, frame.empty(_("没有更早的一期可比"), hint)], className="panel__fill")
    note = html.P(
        [html.B(_("%(now)s 比 %(then)s", now=view.now, then=view.then)),
         _(" · 升 %(up)s · 降 %(down)s · 跨档 %(crossed)s", up=view.risen, down=view.fallen, crossed=view.crossed)],
        className="head__note ranks__legend", **{"data-crossed": str(view.crossed)},
    )  # fmt: skip
    menus = [ranking_table.peers(view.peers), ranking_table.files(view.exports), _back(view)]
    tools = html.Div(menus, className="head__end ranks__menus")
    head = frame.head(_("与上期对比"), "", note, ranking_table.finder(), tools)
    body = html.Tbody([_row(one, view) for one in view.rows], **{"data-group": "all", "data-open": "true"})
    table = html.Table(
        [_columns(view), body], className="ranks shifts", **{"data-ranks": "true", "aria-label": _("与上期对比")}
    )
    scroll = html.Div(table, className="panel__scroll", tabIndex=0)
    chosen = next((one for one in view.rows if one.on), None)
    return html.Div([head, html.Div([scroll, _reasons(chosen, view)], className="changes")], className="panel__fill")


def _back(view: ChangeTable) -> Component:
    return html.A([_("返回名次表"), html.Kbd("Esc")], href=view.back, className="button button--small",
                  **{"data-back-ranks": "true"})  # fmt: skip


# The table


def _columns(view: ChangeTable) -> Component:
    sorts = {one.key: one for one in view.sorts}
    names = {
        "band": _("档"), "rank": _("名次"), "moved": _("变动"),
        "region": _("县（市、区）") if view.level == "county" else _("辖区"), "score": _("得分"), "gain": _("分差"),
        "why": _("主要来自（分）"),
    }  # fmt: skip
    return html.Thead(html.Tr([_head(key, names[key], sorts.get(key)) for key in _HEADS]))


def _head(key: str, words: str, sort) -> Component:
    name = f"shift__{key}"
    if sort is None:
        return html.Th(words, scope="col", className=name)
    link = html.A(words, href=sort.href, className="ranks__sort" + (" ranks__sort--on" if sort.on else ""))
    order = {"aria-sort": "descending" if key == "score" else "ascending"} if sort.on else {}
    return html.Th(link, scope="col", className=name, **order)


def _row(one: Shift, view: ChangeTable) -> Component:
    current = {"aria-current": "true"} if one.on else {}
    link = html.A(one.name, href=one.href, className="ranks__link", title=f"{one.name} {one.city}", **current)
    cells = [
        html.Td(_bands(one), className="shift__band"),
        html.Td(_pair(numbers.number(one.rank_then), numbers.number(one.rank)), className="shift__rank"),
        html.Td(ranking_table.arrow(one.moved), className="shift__moved"),
        html.Th(link, scope="row", className="shift__region"),
        html.Td(_scores(one, view), className="shift__score"),
        html.Td(_signed(one.gain, view.digits), className="shift__gain"),
        html.Td(_why(one), className="shift__why"),
    ]  # fmt: skip
    return html.Tr(cells, className="ranks__row" + (" ranks__row--on" if one.on else ""),
                   **{"data-region": one.region, "data-find": f"{one.name} {one.city}".lower()})  # fmt: skip


def _bands(one: Shift) -> list[Component]:
    """Both where the band is another, the old one smaller."""
    if one.band == one.band_then or one.band_then is None:
        return [badge.band(one.band)]
    return [html.Span(badge.band(one.band_then), className="shift__was"), ARROW, badge.band(one.band)]


def _pair(then: str, now: str) -> list[Component] | str:
    """One dash where there is neither."""
    if then == now == numbers.NONE:
        return numbers.NONE
    return [html.Span(then, className="shift__then"), ARROW, html.B(now)]


def _scores(one: Shift, view: ChangeTable) -> list[Component] | str:
    return _pair(*(numbers.number(value, view.digits) for value in (one.score_then, one.score)))


def _signed(points: float | None, digits: int) -> Component:
    worse = points is not None and round(points, digits) < 0
    return html.Span(numbers.signed(points, digits), className="change__value--worse" if worse else "")


def _why(one: Shift) -> Component | str:
    """The greatest causes, with the points each took or gave; those that do not fit stand beside the table, once it is in focus."""
    if one.note:
        return one.note
    shown = [part for part in one.causes if round(part.points, 2)][:NAMED]
    if not shown:
        return _("没有变化")
    parts = [html.Span([html.Span(part.label, className="shift__label"), _signed(part.points, 2)],
                       className="shift__cause") for part in shown]  # fmt: skip
    words = " · ".join(f"{part.label} {numbers.signed(part.points, 2)}" for part in shown)
    return html.Div(parts, className="shift__causes", title=words)


# The region in focus


def _reasons(one: Shift | None, view: ChangeTable) -> Component:
    name = {"className": "changes__side", "tabIndex": 0, "role": "region", "aria-label": _("为什么变了")}
    if one is None:
        return html.Aside(frame.empty(_("选一个辖区，看分从哪里来"), ""), **name)
    score = html.Span(_scores(one, view), className="profile__score")
    head = html.Header([html.Span(_bands(one), className="changes__band"), html.H3([one.name, html.Small(one.city)]), score],
                       className="profile__head")  # fmt: skip
    if not one.causes:
        return html.Aside([head, frame.empty(one.note or _("没有变化"))], **name, **{"data-why": one.region})
    return html.Aside([head, _causes(one.causes)], **name, **{"data-why": one.region})


def _causes(causes: Sequence[Cause]) -> Component:
    most = max(abs(one.points) for one in causes)
    rest, total = causes[SHOWN:], sum(one.points for one in causes)
    rows = [_cause(one, most) for one in causes[:SHOWN]]
    if rest:
        points = sum(one.points for one in rest)
        rows.append(_cause(Cause("rest", _("其余 %(n)s 项", n=len(rest)), points), most))
    heads = [html.Th(words, scope="col", className=name) for words, name in
             ((_("从哪里来"), ""), (_("失分 · 得分"), "changes__bar"), (_("分"), "num"), (_("上期 → 本期"), "num"))]  # fmt: skip
    foot = html.Tr([html.Th(_("合计（未取整）"), scope="row"), html.Td("", className="changes__bar"),
                    html.Td(_signed(total, 2), className="num"), html.Td("")])  # fmt: skip
    table = html.Table([html.Thead(html.Tr(heads)), html.Tbody(rows), html.Tfoot(foot)], className="gaps")
    return html.Div(table, className="changes__why")


def _cause(one: Cause, most: float) -> Component:
    name = html.A(one.label, href=one.href, title=one.label) if one.href else one.label
    then, now = (numbers.number(value, one.digits) for value in (one.then, one.now))
    both = [html.Span(_pair(then, now)), html.I(one.unit)] if one.href else ""
    return html.Tr([html.Th(name, scope="row"), html.Td(gap_bar(one.points, most), className="changes__bar"),
                    html.Td(_signed(one.points, 2), className="num"), html.Td(both, className="num")],
                   **{"data-cause": one.key, "data-points": f"{one.points:.6f}"})  # fmt: skip
