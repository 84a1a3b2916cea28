"""Other weights, tried: sliders for the children of one node, other ways of normalising and adding up, and who moves.
Nothing is kept; what should stay becomes a new version of the scheme. The sliders are the browser's (assets/desk/weights.js)."""

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component
from flask_babel import gettext as _

from dashboard.views.workshop_side import Dial, Mover, Outcome, Trial
from layouts.desk import ids
from layouts.shared import badge, numbers


def draw(view: Trial) -> Component:
    crumbs = (
        None
        if len(view.up) < 2
        else html.Ol(
            [
                html.Li(html.A(one.label, href=one.href, **({"aria-current": "true"} if one.on else {})))
                for one in view.up
            ],
            className="path",
        )
    )
    dials = html.Div([_dial(one) for one in view.dials], className="dials")
    total = html.P(
        [_("合计"), html.B("100.0", **{"data-weights-sum": "true"}), _("，按比例折成 100")], className="dials__sum"
    )
    reset = html.Button([_("还原"), html.Kbd("0")], className="button button--small", **{"data-weights-reset": "true"})
    foot = html.Div([total, reset], className="dials__foot")
    ways = [_options("normalise", _("标准化"), view.normalise), _options("aggregate", _("合成"), view.aggregate)]
    hint = (
        _("拖动权重，名次和档位随之变化；满意了可以起草方案新版") if view.drafts else _("拖动权重，名次和档位随之变化")
    )
    outcome = html.Div(html.P(hint, className="quiet__hint"), id=ids.RANKING_OUTCOME, className="outcome",
                       **{"aria-live": "polite"})  # fmt: skip
    head = html.Div([html.H3(_("%(title)s 之下的权重", title=view.title)), crumbs], className="dials__head")
    parts = [head, dials, foot, *ways, outcome, *_doubt(view)]
    return html.Div(parts, className="panel__scroll trial", tabIndex=0, role="region",
                    **{"data-trial": view.parent, "aria-label": _("试权重")})  # fmt: skip


def _doubt(view: Trial) -> list[Component]:
    """Which choice of the method the ranks hang on, from the draws of the edition."""
    if not view.doubt:
        return []
    rows = [html.Div([html.Dt(label), html.Dd([html.B(f"{numbers.number(100 * first, 0)} %"),
                                              html.Span(_("含交互 %(n)s %%", n=numbers.number(100 * total, 0)))])])
            for label, first, total in view.doubt]  # fmt: skip
    return [html.H3(_("名次随方法变动，多少来自")), html.Dl(rows, className="facts trial__doubt")]


def _dial(one: Dial) -> Component:
    share = f"{numbers.number(one.weight, 1)}"
    knob = html.Span(
        html.I(style={"width": f"{min(one.weight, 100):.1f}%"}, className="dial__fill"),
        className="dial__track",
        role="slider",
        tabIndex=0,
        **{
            "data-dial": one.key,
            "data-weight": f"{one.weight:.4f}",
            "aria-label": one.label,
            "aria-valuemin": "0",
            "aria-valuemax": "100",
            "aria-valuenow": f"{one.weight:.1f}",
        },
    )
    return html.Div(
        [
            html.Span(one.label, className="dial__name", title=one.label),
            knob,
            html.B(share, className="dial__value"),
            html.Span(share, className="dial__was"),
        ],
        className="dial",
    )


def _options(name: str, words: str, choices: Sequence[tuple[str, str]]) -> Component:
    """ "" is what the scheme says."""
    rows = [("", _("按方案")), *choices]
    buttons = [html.Button(label, className="option option--small", role="radio",
                           **{"data-value": key, "aria-checked": "false" if key else "true"}) for key, label in rows]  # fmt: skip
    group = html.Div(
        buttons, className="options options--row", role="radiogroup", **{"data-way": name, "aria-label": words}
    )
    return html.Div([html.Span(words, className="field__label"), group], className="field trial__way")


def outcome(view: Outcome) -> Component:
    """What the trial changes, the crossings of bands first."""
    words = _(
        "%(moved)s 个名次变动 · %(crossed)s 个跨档 · 最远 %(far)s 名",
        moved=view.moved,
        crossed=view.crossed,
        far=view.farthest,
    )
    draft = html.A(_("用这些权重起草新版"), href=view.draft, className="button button--small button--primary",
                   **{"data-draft-version": "true"}) if view.draft else None  # fmt: skip
    if not view.moved:
        none = html.P(_("名次没有变化"), className="outcome__sum", **{"data-moved": "0"})
        return html.Div([none, draft], className="outcome__head")
    heads = [html.Th(text, scope="col", className=name) for text, name in
             ((_("辖区"), ""), (_("名次"), "num"), (_("档"), ""), (_("得分"), "num"))]  # fmt: skip
    table = html.Table(
        [html.Thead(html.Tr(heads)), html.Tbody([_mover(one, view.digits) for one in view.rows])], className="gaps"
    )
    moves = {"data-moved": str(view.moved), "data-crossed": str(view.crossed)}
    return html.Div(
        [
            html.Div([html.P(words, className="outcome__sum", **moves), draft], className="outcome__head"),
            table,
        ]
    )


def _mover(one: Mover, digits: int) -> Component:
    up = one.rank is not None and one.was is not None and one.rank < one.was
    ranks = f"{numbers.number(one.was)} → {numbers.number(one.rank)}"
    bands = (
        [badge.band(one.band_was), " → ", badge.band(one.band)] if one.band != one.band_was else [badge.band(one.band)]
    )
    scores = f"{numbers.number(one.score_was, digits)} → {numbers.number(one.score, digits)}"
    return html.Tr(
        [
            html.Th(html.A(one.name, href=one.href), scope="row"),
            html.Td(ranks, className="num" + ("" if up else " change__value--worse")),
            html.Td(bands),
            html.Td(scores, className="num dim"),
        ],
        **{"data-mover": one.region},
    )


def untried() -> Component:
    """Everything stands as the scheme has it."""
    return html.P(_("与方案相同，没有在试"), className="quiet__hint")


def refused() -> Component:
    return html.P(_("这样的权重算不出来：合计须大于 0，每项不小于 0"), className="box__fault", role="alert")
