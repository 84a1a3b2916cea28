"""Ranking of the regions below: band first, rank second, ties written out, intervals beside the figure.

Up to `ROOM` rows stand in full (`TALL` on the page "ranking", whose panel is higher). More of them stand in two columns of
one pitch and of whole rows: the first half on the left, the second on the right. Where there are too many both scroll, the
left from its top and the right from its end, so that an unattended wall shows both ends.
"""

from itertools import pairwise

from dash import html
from dash.development.base_component import Component
from flask_babel import gettext as _

from dashboard.domain.evaluation.model import BANDS
from dashboard.domain.state import WallState
from dashboard.views.places import RankingView, RankRow
from layouts.figures.interval import at, interval
from layouts.shared import badge, frame
from layouts.shared.numbers import MINUS

ROOM, TALL = 11, 14
LEAST_STRETCH = 0.09  # of the axis: a narrower band has no room for its letter


def draw(view: RankingView, state: WallState) -> Component:
    if not view.rows:
        return html.Div(
            [frame.head(view.title, view.subtitle), frame.empty(_("下面没有辖区"))], className="panel__parts"
        )
    full = len(view.rows) <= (TALL if state.page == "ranking" else ROOM)
    key = [html.Span(["≈", html.Span(_("不可区分"))], className="ranking__key")] if full and view.same else []
    head = frame.head(view.title, view.subtitle, *key)
    plain = "" if any(row.low is not None for row in view.rows) else " ranking--plain"
    if not full:
        return html.Div(
            [head, html.Div(_halves(view), className=f"ranking ranking--compact{plain}")], className="panel__parts"
        )
    body = [_heads(view, bool(plain)), _body(view, bool(plain))]
    return html.Div([head, html.Div(body, className=f"ranking{plain}")], className="panel__parts")


def _heads(view: RankingView, plain: bool) -> Component:
    value = _("得分") if view.measure == "band" else _("数值")
    names = [html.Span(words) for words in (_("名次"), _("升降"), _("辖区"), value)]
    letters = [] if plain else [html.Span(_letters(view), className="ranking__letters")]
    return html.Div([*names, *letters], className="ranking__heads")


def _body(view: RankingView, plain: bool) -> Component:
    """`plain`: no region has an interval, so the names get the plot's room."""
    inside = [low for _letter, low in view.cuts if view.axis[0] < low < view.axis[1]]
    lines = html.Div([html.I(style={"left": at(low, view.axis)}) for low in inside], className="ranking__cuts")
    rows = [html.Li(_row(view, row, plain), className=_name(row)) for row in view.rows]
    brackets = [_bracket(first, last) for first, last in view.same]
    return html.Div([lines, html.Ol(rows, className="ranking__rows"), *brackets], className="ranking__body")


def _letters(view: RankingView) -> list[Component]:
    """Letters of the bands over the axis, each in the middle of its stretch; the worst one reaches to the axis' end."""
    low_end, high_end = view.axis
    cuts = sorted((low, letter) for letter, low in view.cuts if low_end < low < high_end)
    if not cuts or all(row.value is None for row in view.rows):
        return []
    lowest = BANDS[min(BANDS.index(cuts[0][1]) + 1, len(BANDS) - 1)]
    bounds = [low_end, *(low for low, _letter in cuts), high_end]
    letters = [lowest, *(letter for _low, letter in cuts)]
    room = (high_end - low_end) * LEAST_STRETCH
    spans = [
        (low, top, letter) for letter, (low, top) in zip(letters, pairwise(bounds), strict=True) if top - low > room
    ]
    return [html.I(letter, style={"left": at((low + top) / 2, view.axis)}) for low, top, letter in spans]


def _name(row: RankRow) -> str:
    first = " rank--first" if row.first else ""
    vetoed = " rank--vetoed" if row.vetoed else ""
    return f"rank rank--{row.band or 'N'}{first}{vetoed}"


def _row(view: RankingView, row: RankRow, plain: bool) -> Component:
    parts = [
        html.Span(badge.band(row.band) if row.first else "", className="rank__band"),
        html.Span(_place(row), className="rank__place"),
        html.Span(_moved(row), className="rank__moved"),
        html.Span(row.name, className="rank__name"),
        html.B(row.text, className="rank__value"),
    ]
    if plain:
        parts.insert(4, _bar(row, max(one.value or 0 for one in view.rows)))
    else:
        parts.append(interval(row.low, row.value, row.high, view.axis))
    return html.A(parts, href=row.href, className="rank__link", **{"data-region": row.code})


def _bar(row: RankRow, most: float) -> Component:
    """From zero to the largest value of the ranking."""
    share = max(row.value or 0, 0) / most if most else 0
    fill = html.I(className="bar__fill", style={"width": f"{100 * share:.1f}%"})
    return html.Span(fill if share else None, className="bar", **{"aria-hidden": "true"})


def _place(row: RankRow) -> list[Component]:
    if row.rank is None:
        return [html.B(_("否") if row.vetoed else "—", className="rank__number")]
    tied = [html.Span(_("并列"), className="rank__tied")] if row.tied else []
    return [html.B(str(row.rank), className="rank__number"), *tied]


def _moved(row: RankRow) -> list[Component] | str:
    """Places gained or lost: a triangle and a figure, with words for those who cannot see it."""
    if not row.moved:
        return "" if row.moved is None else "–"
    up = row.moved > 0
    words = _("上升 %(n)s 位", n=row.moved) if up else _("下降 %(n)s 位", n=-row.moved)
    sign = html.I(className="rank__up" if up else "rank__down", role="img", **{"aria-label": words})
    return [sign, html.Span(str(abs(row.moved)), className="" if up else "rank__lost")]


def _bracket(first: int, last: int) -> Component:
    style = {"--first": str(first), "--rows": str(last - first + 1)}
    return html.Span(html.I("≈"), className="bracket", style=style, **{"aria-hidden": "true"})


def _halves(view: RankingView) -> list[Component]:
    half = (len(view.rows) + 1) // 2
    parts = [("first", view.rows[:half]), ("last", view.rows[half:])]
    lists = [
        html.Div(html.Ol([html.Li(_short(row), className=_name(row)) for row in rows]),
                 className=f"ranking__half ranking__half--{end}")
        for end, rows in parts
    ]  # fmt: skip
    heads = [html.Div([html.Span(_("前列")), html.Span(_("末位"))], className="ranking__ends")]
    shown = html.Div(lists, className="ranking__halves", style={"--rows": str(half)})
    return [*(heads if half > ROOM else []), shown]


def _short(row: RankRow) -> Component:
    rank = (_("否") if row.vetoed else "—") if row.rank is None else str(row.rank)
    parts = [
        html.Span(badge.band(row.band), className="rank__band"),
        html.B(rank, className="rank__number"),
        html.Span(row.name, className="rank__name"),
        html.B(row.text.replace("-", MINUS), className="rank__value"),
    ]
    return html.A(parts, href=row.href, className="rank__link", **{"data-region": row.code})
