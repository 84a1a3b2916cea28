"""Funnel plot of one rate of the published edition: who lies outside what chance alone would do. A point opens the score."""

from dash import html
from dash.development.base_component import Component
from flask_babel import gettext as _

from dashboard.domain.state import WallState
from dashboard.views.workshop import Funnel, Point
from layouts.figures.funnel_plot import WALL, funnel_plot
from layouts.shared import frame
from layouts.shared.numbers import number

Choices = tuple[tuple[str, str, bool], ...]


def draw(view: tuple[Funnel | None, Choices], state: WallState) -> Component:
    plot, choices = view
    if plot is None:
        return html.Div([frame.head(_("漏斗图")), frame.empty(_("没有可画的比率"))], className="panel__parts")
    outside = [one for one in plot.points if one.outside]
    note = _("95 %% 与 99.8 %% 限 · 限外 %(n)s 个", n=len(outside))
    head = frame.head(_("漏斗图"), note, _steps(plot, choices))
    return html.Div([head, funnel_plot(plot, WALL), _table(plot)], className="panel__parts")


def _steps(plot: Funnel, choices: Choices) -> Component:
    """The rate shown, and the ones before and after it."""
    at = next((n for n, one in enumerate(choices) if one[2]), 0)
    before, after = choices[at - 1], choices[(at + 1) % len(choices)]
    name = html.Span(plot.title, className="plot__name")
    parts = [html.A("‹", href=before[1], className="plot__step", **{"aria-label": before[0]}), name,
             html.A("›", href=after[1], className="plot__step", **{"aria-label": after[0]})]  # fmt: skip
    return html.Nav(parts, className="plot__steps", **{"aria-label": _("指标")})


def _table(plot: Funnel) -> Component:
    """The same for those who cannot see the plot."""
    heads = html.Tr(
        [
            html.Th(words, scope="col")
            for words in (_("辖区"), plot.base, f"{plot.title} {plot.unit}", _("收缩后"), _("限外"))
        ]
    )
    return html.Table([html.Thead(heads), html.Tbody([_row(one) for one in plot.points])], className="unseen")


def _row(one: Point) -> Component:
    limit = "" if not one.outside else f"{one.outside:g} %"
    return html.Tr(
        [
            html.Th(one.name, scope="row"),
            html.Td(number(one.n)),
            html.Td(number(one.rate, 2)),
            html.Td(number(one.shrunk, 2)),
            html.Td(limit),
        ]
    )
