"""The ranking: band first, rank second, with what chance and method leave open. Long bands fold; every region is there."""

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component
from flask_babel import gettext as _

from dashboard.domain.desk_state import DeskState
from dashboard.views.desk import Link
from dashboard.views.workshop import Group, Place, RankTable
from layouts.figures.rank_rail import rank_rail
from layouts.shared import badge, frame, numbers

HEADS, REST, END = (4, 2), 2, 4  # rows that a folded band shows: of the first two, of the others, of the last one
_HEADS = ("band", "rank", "moved", "region", "city", "score", "half", "rail", "first", "mark")


def draw(view: RankTable | None, state: DeskState) -> Component:
    """`view` None: there is no edition with figures."""
    if view is None:
        return frame.empty(_("这一期还没有得分"), _("锁数并试算之后，名次表在这里；读导入表的方案，先要有本月的表"))
    end = html.Div([peers(view.peers), _more(view)], className="head__end ranks__menus")
    head = frame.head(_("名次表"), "", _legend(view), finder(), end)
    words = {"data-ranks": "true", "aria-label": _("名次表")}
    table = html.Table([_columns(view), *_bodies(view)], className="ranks", **words)
    return html.Div([head, html.Div(table, className="panel__scroll", tabIndex=0)], className="panel__fill")


def _legend(view: RankTable) -> Component:
    ranked = len(view.flat) or sum(len(one.rows) for one in view.groups)
    count, same = _("%(n)s 个入列", n=numbers.number(ranked)), html.I("≈", className="same")
    parts = [count, " · ", same, _("与上一名不可区分")]
    return html.P(parts, className="head__note ranks__legend", title=_("≈ 与上一名不可区分"))


def _bodies(view: RankTable) -> list[Component]:
    """The bands, or one list in another order; then who is not ranked."""
    whole = {"all": view.flat, "apart": view.apart}
    lists = [
        html.Tbody([_row(one, view) for one in rows], **{"data-group": key, "data-open": "true"})
        for key, rows in whole.items()
        if rows
    ]
    return [*(_group(group, n, view) for n, group in enumerate(view.groups)), *lists]


def finder() -> Component:
    """Looking for a region: rows that do not fit go, folded ones that fit come (assets/desk/ranking.js)."""
    box = html.Div(
        "",
        className="field__line ranks__find",
        contentEditable="plaintext-only",
        role="searchbox",
        tabIndex=0,
        **{"data-find-row": "true", "aria-label": _("按名称筛选"), "data-hint": _("筛县、市")},
    )
    none = html.Span(
        _("没有这个名称"), className="ranks__none", role="status", hidden=True, **{"data-none-found": "true"}
    )
    return html.Div([box, none], className="ranks__finder")


def peers(choices: Sequence[Link]) -> Component:
    """The single table, or one of a peer group."""
    on = next((one.label for one in choices if one.on), "")
    links = [
        html.A(
            [one.label, html.Small(numbers.number(one.count))] if one.count else one.label,
            href=one.href,
            className="menu__item" + (" menu__item--on" if one.on else ""),
            **({"aria-current": "true"} if one.on else {}),
        )
        for one in choices
    ]
    summary = html.Summary(
        [_("同类组"), html.B(on), html.Kbd("P")],
        className="chip chip--set" if choices and not choices[0].on else "chip",
    )
    return html.Details(
        [summary, html.Div(links, className="menu__list menu__list--right")], className="menu", **{"data-menu": "peers"}
    )


def _more(view: RankTable) -> Component:
    """Unfolding all bands, taking the table along."""
    every = html.Button(
        _("全部展开"),
        className="menu__item",
        **{"data-unfold": "true", "data-words": _("收起各档"), "aria-pressed": "false"},
    )
    return files(view.exports, every)


def files(query: str, *more: Component) -> Component:
    """A menu of the table's files, below what else it holds."""
    links = [
        html.A(
            _("导出 %(form)s", form=name),
            href=f"/desk/ranking.{form}{query}",
            className="menu__item",
            **{"data-plain": "true"},
        )
        for name, form in (("CSV", "csv"), ("Excel", "xlsx"))
    ]
    box = html.Div([*more, *links], className="menu__list menu__list--right")
    label = _("展开、导出") if more else _("导出")
    return html.Details(
        [html.Summary("⋯", className="chip", **{"aria-label": label}), box],
        className="menu",
        **{"data-menu": "ranks"},
    )


def _columns(view: RankTable) -> Component:
    sorts = {one.key: one for one in view.sorts}
    names = {
        "band": _("档"), "rank": _("名次"), "moved": _("变动"), "region": _("县（市、区）") if view.level == "county" else _("辖区"),
        "city": _("市"), "score": _("得分"), "half": _("抽样"), "first": "", "mark": "",
    }  # fmt: skip
    cells = [_head(key, names.get(key, ""), sorts.get(key), view) for key in _HEADS]
    return html.Thead(html.Tr(cells))


def _head(key: str, words: str, sort, view: RankTable) -> Component:
    if key == "rail":
        ends = [html.Span("1"), html.Span(_("名次区间 90%")), html.Span(numbers.number(view.size))]
        inner: object = (
            html.A(ends, href=sort.href, className="ranks__axis") if sort else html.Span(ends, className="ranks__axis")
        )
    elif sort:
        inner = html.A(words, href=sort.href, className="ranks__sort" + (" ranks__sort--on" if sort.on else ""))
    else:
        inner = words
    order = (
        {"aria-sort": "ascending" if key in ("rank", "region", "city") else "descending"} if sort and sort.on else {}
    )
    if not words and key != "rail":
        return html.Td(className=f"ranks__{key}")
    return html.Th(inner, scope="col", className=f"ranks__{key}", **order)


def _group(group: Group, n: int, view: RankTable) -> Component:
    """Rows that a tall screen has room for are folded on a low one only; the fold says both counts, CSS chooses."""
    last = n == len(view.groups) - 1
    low, tall = (shown(group.rows, n, last, room) for room in (0, 1))
    kinds = ("" if one.region in low else "tall" if one.region in tall else "more" for one in group.rows)
    rows = [_row(one, view, kind) for one, kind in zip(group.rows, kinds, strict=True)]
    if len(low) < len(group.rows):
        fold = _fold(group, view.digits, len(group.rows) - len(low), len(group.rows) - len(tall))
        rows = [fold, *rows] if last else [*rows, fold]
    return html.Tbody(rows, className="ranks__group", **{"data-group": group.band})


def shown(rows: Sequence[Place], n: int, last: bool, room: int = 0) -> frozenset[str]:
    """Regions that stand there while band `n` is folded: its head, in the last band its end, and what is in focus.
    `room`: how many more than on a low screen."""
    count = room + (END if last else HEADS[n] if n < len(HEADS) else REST)
    if len(rows) <= count + 1:  # folding a single row away would save nothing
        return frozenset(one.region for one in rows)
    part = rows[-count:] if last else rows[:count]
    return frozenset(one.region for one in (*part, *(row for row in rows if row.on)))


def _fold(group: Group, digits: int, low: int, tall: int) -> Component:
    """`low`, `tall`: rows it hides on a low screen and on a tall one."""
    span = cut_words(group, digits)
    words = [_("%(band)s 档另 %(n)s 个 · %(span)s", band=group.band, n=count, span=span) for count in (low, tall)]
    less = html.Span(_("收起 %(band)s 档", band=group.band), className="fold__less")
    names = ("fold__more fold__more--low", "fold__more fold__more--tall")
    closed = [html.Span(text, className=name) for text, name in zip(words, names, strict=True)]
    button = html.Button([*closed, less], className="fold", **{"data-fold": group.band, "aria-expanded": "false"})
    kind = "ranks__fold" if tall else "ranks__fold ranks__fold--low"
    return html.Tr(html.Td(button, colSpan=len(_HEADS)), className=kind)


def cut_words(group: Group, digits: int) -> str:
    """The scores a band reaches from and to, as they are published."""
    low = numbers.number(group.low, digits)
    if group.high is None:
        return f"≥{low}"
    high = numbers.number(group.high - 10**-digits, digits)
    return _("%(high)s 及以下", high=high) if group.low <= 0 else f"{low}–{high}"


def _row(one: Place, view: RankTable, kind: str = "") -> Component:
    name = "ranks__row" + (" ranks__row--on" if one.on else "") + (f" ranks__row--{kind}" if kind else "")
    current = {"aria-current": "true"} if one.on else {}
    link = html.A(one.name, href=one.href, className="ranks__link", title=one.name, **current)
    start = [html.Td(_band(one), className="ranks__band"), html.Td(numbers.number(one.rank), className="ranks__rank"),
             html.Td(_moved(one), className="ranks__moved"), html.Th(link, scope="row", className="ranks__region"),
             html.Td(one.city, className="ranks__city")]  # fmt: skip
    score = numbers.number(one.score, view.digits)
    if one.standing != "ranked":
        told = [html.Td(html.S(score) if one.standing == "veto" else numbers.NONE, className="ranks__score"),
                html.Td("", className="ranks__half"), html.Td(one.note, colSpan=2, className="ranks__note"),
                html.Td(_marks(one), className="ranks__mark")]  # fmt: skip
    else:
        half = numbers.NONE if one.half is None else f"±{numbers.number(one.half, view.digits)}"
        told = [html.Td(score, className="ranks__score"), html.Td(half, className="ranks__half"),
                html.Td(rank_rail(one.first, one.whole, one.last, view.size), className="ranks__rail"),
                html.Td(_span(one), className="ranks__first"), html.Td(_marks(one), className="ranks__mark")]  # fmt: skip
    return html.Tr(
        [*start, *told], className=name, **{"data-region": one.region, "data-find": f"{one.name} {one.city}".lower()}
    )


def _band(one: Place) -> Component:
    if one.standing == "veto":
        return html.Span(_("否"), className="band band--veto", role="img", **{"aria-label": _("一票否决")})
    return badge.band(one.band)


def _span(one: Place) -> str:
    return numbers.NONE if one.first is None else f"{one.first}–{one.last}"


def _moved(one: Place) -> list[Component | str]:
    """A tie in words; ranks won or lost since the last edition, the loss in amber."""
    tie = [html.Span(_("并列"), className="ranks__tie")] if one.tied else []
    return [*tie, *arrow(one.moved)]


def arrow(moved: int | None) -> list[Component]:
    """Ranks won or lost; nothing where there are none."""
    if not moved:
        return []
    up = moved > 0
    words = _("比上期升 %(n)s 名", n=moved) if up else _("比上期降 %(n)s 名", n=-moved)
    return [html.Span(f"{'↑' if up else '↓'}{abs(moved)}", className="ranks__up" if up else "ranks__down", title=words,
                      role="img", **{"aria-label": words})]  # fmt: skip


def _marks(one: Place) -> list[Component]:
    parts: list[Component] = []
    if one.close:
        parts.append(
            html.Span(
                "≈", className="same", role="img", title=_("与上一名不可区分"), **{"aria-label": _("与上一名不可区分")}
            )
        )
    if one.appeals:
        parts.append(html.Em(_("申诉 %(n)s", n=one.appeals), className="mark mark--warn"))
    return parts
