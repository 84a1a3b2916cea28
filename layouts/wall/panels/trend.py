"""Trend: this period by day, against the period before and the same days last year. Names stand at line ends."""

from collections.abc import Sequence
from itertools import pairwise

from dash import html
from dash.development.base_component import Component
from dash_svg import Line, Path, Svg
from flask_babel import gettext as _

from dashboard.domain.state import WallState
from dashboard.views.wall import TrendView
from layouts.figures.lines import HEIGHT, WIDTH, area_path, line_path, nice_axis
from layouts.figures.theme import SERIES
from layouts.shared import frame
from layouts.shared.numbers import number, short
from layouts.shared.tables import hidden_table

TABLE_ROWS = 16
NAME_GAP = 0.27  # of the plot: a line of text on the smallest wall


def draw(view: TrendView, state: WallState) -> Component:
    head = frame.head(view.title, view.subtitle)
    known = [value for line in _lines(view) for value in line if value is not None]
    if len(view.days) < 2 or not known:
        words = _("一天的数据画不出走势") if len(view.days) == 1 else ""
        return html.Div([head, frame.empty(words)], className="panel__parts")
    ticks = nice_axis(known, most=3, cap=100.0)
    parts = [_ticks(ticks), _plot(view, ticks), _names(view, ticks), _days(view)]
    return html.Div([head, html.Div(parts, className="trend"), _table(view)], className="panel__parts")


def _lines(view: TrendView) -> tuple[Sequence[float | None], ...]:
    return (view.current, view.previous, view.last_year)


def _plot(view: TrendView, ticks: Sequence[float]) -> Component:
    low, high = ticks[0], ticks[-1]
    grid = [_rule(HEIGHT * (1 - (tick - low) / (high - low))) for tick in ticks]
    area = Path(d=area_path(view.current, low, high), className="trend__area")
    lines = [
        Path(
            d=line_path(values, low, high),
            className=f"trend__line trend__line--{name}",
            vectorEffect="non-scaling-stroke",
        )
        for name, values in reversed(list(zip(SERIES, _lines(view), strict=True)))
    ]
    box = f"0 0 {WIDTH:g} {HEIGHT:g}"
    return Svg([*grid, area, *lines], viewBox=box, preserveAspectRatio="none", className="trend__plot")


def _rule(y: float) -> Component:
    return Line(x1="0", x2=f"{WIDTH:g}", y1=f"{y:.2f}", y2=f"{y:.2f}", className="trend__rule")


def _ticks(ticks: Sequence[float]) -> Component:
    low, high = ticks[0], ticks[-1]
    marks = [html.Span(short(tick), style={"top": f"{100 * (1 - (tick - low) / (high - low)):.1f}%"}) for tick in ticks]
    return html.Div(marks, className="trend__ticks", **{"aria-hidden": "true"})


def _names(view: TrendView, ticks: Sequence[float]) -> Component:
    """Names at the heights where the lines end, pushed apart so that they never touch."""
    low, high = ticks[0], ticks[-1]
    ends = [next((value for value in reversed(line) if value is not None), None) for line in _lines(view)]
    shown = [(name, words, end) for name, words, end in zip(SERIES, view.labels, ends, strict=True) if end is not None]
    tops = spread([1 - (end - low) / (high - low) for _name, _words, end in shown], NAME_GAP)
    names = [
        html.Span(words, className=f"trend__name trend__name--{name}", style={"top": f"{100 * top:.1f}%"})
        for (name, words, _end), top in zip(shown, tops, strict=True)
    ]
    return html.Div(names, className="trend__names")


def spread(tops: Sequence[float], gap: float) -> list[float]:
    """Positions at least `gap` apart in the order of `tops`, inside 0-1."""
    order = sorted(range(len(tops)), key=lambda n: tops[n])
    out = list(tops)
    for before, after in pairwise(order):
        out[after] = max(out[after], out[before] + gap)
    over = max(0.0, max(out, default=0.0) - 0.98)
    for n in reversed(order):
        out[n] -= over
        over = max(0.0, over - gap) if over else 0.0
    for before, after in ((a, b) for b, a in pairwise(reversed(order))):
        out[before] = min(out[before], out[after] - gap)
    return out


def _days(view: TrendView) -> Component:
    days = view.days
    picked = (days[0], days[len(days) // 2], days[-1]) if len(days) > 2 else (days[0], days[-1])
    return html.Div(
        [html.Span(f"{day.month}/{day.day}") for day in picked], className="trend__days", **{"aria-hidden": "true"}
    )


def _table(view: TrendView) -> Component:
    """Evenly thinned, the last day kept: each cell costs the browser time on every refresh, a year of them seconds."""
    step = -(-len(view.days) // TABLE_ROWS)
    rows = [
        (day.isoformat(), *(number(value, 2) for value in values))
        for day, *values in zip(view.days, *_lines(view), strict=True)
    ]
    return hidden_table(view.title, (_("日期"), *view.labels), rows[::-step][::-1])
