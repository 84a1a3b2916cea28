"""Beside the ranking: the funnel plot, the profile of the region in focus, or other weights to try."""

from dash import html
from dash.development.base_component import Component
from flask_babel import gettext as _

from dashboard.domain.desk_state import DeskState
from dashboard.views.workshop import Funnel
from dashboard.views.workshop_side import Profile, Trial
from layouts.desk.panels import ranking_profile, ranking_trial
from layouts.figures.funnel_plot import funnel_plot
from layouts.shared import frame, numbers
from layouts.shared.segments import segments


def draw(view: Funnel | Profile | Trial | None, state: DeskState) -> Component:
    """What `state.view` asks for; None: there is no figure to draw it from."""
    chosen = state.view if state.view in ("profile", "weights") else ""
    tabs = segments(_("右栏"), (
        *((words, state.to(view=key, part="", p=1), key == chosen) for key, words in (
            ("", _("漏斗图")), ("profile", _("画像")), ("weights", _("试权重")))),
        (_("对比"), state.to(view="changes", sort="", part="", p=1), False)), "small")  # fmt: skip
    note = html.P(_note(view), className="head__note head__end")
    head = html.Header([html.Div(tabs, className="head__tabs"), note], className="head")
    body = _body(view) if view is not None else frame.empty(_none(chosen))
    return html.Div([head, body], className="panel__fill")


def _none(chosen: str) -> str:
    return {"": _("没有可画的比率"), "profile": _("选一个辖区，看它的画像"), "weights": _("试算之后才能试权重")}[chosen]


def _note(view: Funnel | Profile | Trial | None) -> str:
    if isinstance(view, Funnel):
        return _("95% · 99.8% 控制限")
    if isinstance(view, Trial):
        return _("只看效果，不存")
    return ""


def _body(view: Funnel | Profile | Trial) -> Component:
    if isinstance(view, Profile):
        return ranking_profile.draw(view)
    return ranking_trial.draw(view) if isinstance(view, Trial) else _funnel(view)


def _funnel(view: Funnel) -> Component:
    note = (
        html.P(_("当前指标不是比率，先看：%(title)s", title=view.title), className="funnelplot__other")
        if view.other
        else None
    )
    stage = html.Div(funnel_plot(view), className="funnelplot__stage", tabIndex=0, role="group",
                     **{"data-funnel": view.key, "aria-label": _("漏斗图，左右方向键换辖区，回车选定")})  # fmt: skip
    return html.Div([note, stage, _table(view)], className="panel__fill funnelplot__box")


def _table(view: Funnel) -> Component:
    """The figures of the plot, in the order of how far outside they lie."""
    rows = sorted(view.points, key=lambda one: (-one.outside, one.rate))
    words = {0: _("界内"), 95: _("超 95%"), 99.8: _("超 99.8%")}
    top = html.Thead(html.Tr([html.Th(name, scope="col", className=cls) for name, cls in (
        (_("辖区"), ""), (view.base, "num"), (f"{view.title} {view.unit}", "num"), (_("收缩后"), "num"),
        (_("控制限"), ""))]))  # fmt: skip
    body = html.Tbody([html.Tr([html.Th(html.A(one.name, href=one.href), scope="row"), html.Td(numbers.number(one.n), className="num"),
                                html.Td(numbers.number(one.rate, 2), className="num"),
                                html.Td(numbers.number(one.shrunk, 2), className="num"),
                                html.Td(words[one.outside])],
                               className="load__row--on" if one.on else "") for one in rows])  # fmt: skip
    table = html.Div(html.Table([top, body], className="load"), className="behind__table", tabIndex=0, role="region",
                     **{"aria-label": _("漏斗图的数据表")})  # fmt: skip
    return html.Details([html.Summary(_("数据表"), className="textlink"), table], className="behind")
