"""One region: where it stands and how sure that is, what it loses and gains points by, the cheapest way up, its past."""

from dash import html
from dash.development.base_component import Component
from flask_babel import gettext as _

from dashboard.views.workshop_side import Gap, Profile
from layouts.figures.gap_bar import gap_bar
from layouts.figures.lines import sparkline
from layouts.shared import badge, numbers

WORST, BEST, CHEAPEST = 6, 3, 5


def draw(view: Profile) -> Component:
    parts = [_head(view), _facts(view), _lifts(view), _gaps(view), _history(view)]
    return html.Div([one for one in parts if one], className="panel__scroll profile", tabIndex=0, role="region",
                    **{"data-profile": view.place.region, "aria-label": _("画像：%(name)s", name=view.place.name)})  # fmt: skip


def _head(view: Profile) -> Component:
    one = view.place
    rank = (
        _("第 %(rank)s 名 / %(n)s", rank=numbers.number(one.whole), n=view.size)
        if one.whole
        else one.note or _("不列名次")
    )
    score = html.B(numbers.number(one.score, view.digits), className="profile__score")
    return html.Header(
        [badge.band(one.band), html.H3([one.name, html.Small(one.city)]), html.Span(rank), score],
        className="profile__head",
    )


def _facts(view: Profile) -> Component:
    one, digits = view.place, view.digits
    low, high = (numbers.number(value, digits + 1) for value in (view.low, view.high))
    pairs = [
        (_("抽样区间"), f"{low}–{high}" if view.low is not None else numbers.NONE),
        (_("名次区间"), f"{one.first}–{one.last}" if one.first else numbers.NONE),
        (
            _("同类组"),
            _("%(group)s 第 %(rank)s / %(n)s", group=view.peers, rank=numbers.number(view.peer_rank), n=view.peer_size),
        ),
        (_("扣分"), numbers.number(view.deducted, digits)),
        (_("数据覆盖"), f"{numbers.number(100 * view.coverage)}%"),
    ]
    return html.Dl([html.Div([html.Dt(term), html.Dd(words)]) for term, words in pairs], className="profile__facts")


def _lifts(view: Profile) -> Component | None:
    if view.cut is None:
        return None
    band, low = view.cut
    need = html.Span(_("到 %(band)s 档（%(low)s）", band=band, low=numbers.number(low, view.digits)))
    title = html.H4([_("合起来办，就能升档") if view.together and view.lifts else _("升档最省的实事"), need])
    if not view.lifts:
        return html.Section(
            [title, html.P(_("案件怎样都办好，也到不了下一档"), className="dim")], className="profile__part"
        )
    rows = [html.Li([html.A([html.B(one.what), html.Span(one.label, title=one.label)], href=one.href),
                     html.Span(_("→ %(score)s", score=numbers.number(one.score, view.digits)), className="dim")],
                    **{"data-lift": one.key, "data-cases": str(one.cases)}) for one in view.lifts[:CHEAPEST]]  # fmt: skip
    return html.Section(
        [title, html.Ol(rows, className="profile__lifts" + (" profile__lifts--all" if view.together else ""))],
        className="profile__part",
    )


def _gaps(view: Profile) -> Component:
    """The greatest losses and the greatest gains against the mean; a table, each with its bar."""
    shown = view.gaps if len(view.gaps) <= WORST + BEST else (*view.gaps[:WORST], *view.gaps[-BEST:])
    most = max((abs(one.points) for one in shown), default=1.0)
    rows = [_gap(one, most) for one in shown]
    heads = [html.Th(words, scope="col", className=name) for words, name in
             ((_("指标"), ""), (_("失分 · 得分"), ""), (_("分"), "num"), (_("本地 / 均值"), "num"))]  # fmt: skip
    table = html.Table([html.Thead(html.Tr(heads)), html.Tbody(rows)], className="gaps")
    return html.Section(
        [html.H4([_("长短板"), html.Span(_("与全部辖区均值比，折成总分"))]), table], className="profile__part"
    )


def _gap(one: Gap, most: float) -> Component:
    both = f"{numbers.number(one.normal, 1)} / {numbers.number(one.mean, 1)}"
    worse = "num change__value--worse" if round(one.points, 2) < 0 else "num"
    return html.Tr([html.Th(html.A(one.label, href=one.href, title=one.label), scope="row"), html.Td(gap_bar(one.points, most)),
                    html.Td(numbers.signed(one.points, 2), className=worse), html.Td(both, className="num dim")],
                   **{"data-gap": one.key})  # fmt: skip


def _history(view: Profile) -> Component | None:
    if not view.history:
        return None
    rows = [
        html.Tr(
            [
                html.Th(html.A(one.label, href=one.href), scope="row"),
                html.Td(badge.band(one.band)),
                html.Td(numbers.number(one.rank), className="num"),
                html.Td(numbers.number(one.score, view.digits), className="num"),
            ]
        )
        for one in view.history
    ]
    heads = [html.Th(words, scope="col", className=name) for words, name in
             ((_("期"), ""), (_("档"), ""), (_("名次"), "num"), (_("得分"), "num"))]  # fmt: skip
    table = html.Table([html.Thead(html.Tr(heads)), html.Tbody(rows)], className="gaps gaps--past")
    line = sparkline([one.score for one in reversed(view.history)])
    return html.Section([html.H4([_("历期"), line]), table], className="profile__part")
