"""Funnel plot: regions by how much they had to do and how well they did it, with the control limits that chance alone
would keep. Spiegelhalter, "Funnel plots for comparing institutional performance", Statistics in Medicine 24 (2005).

Drawn in pixels of the narrowest panel; the browser may let it grow. What is labelled lies outside the limits, or is chosen.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import dash_svg as svg
from dash.development.base_component import Component
from flask_babel import gettext as _

from dashboard.views.workshop import Funnel, Point
from layouts.figures.lines import nice_axis
from layouts.figures.names import Label, Rect, Spot, name_spots
from layouts.shared import numbers

NAMED = 9  # regions that carry their name


@dataclass(frozen=True, slots=True)
class Box:
    """Size and margins of a plot, and of its words, in the pixels it is drawn for."""

    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float
    letter: float
    dot: float


DESK = Box(374.0, 260.0, 36.0, 46.0, 26.0, 40.0, 13.0, 4.0)
WALL = Box(790.0, 262.0, 50.0, 92.0, 40.0, 54.0, 20.0, 6.0)


@dataclass(frozen=True, slots=True)
class Frame:
    """From figures to pixels; what lies outside the axes is held at their edge."""

    box: Box
    xs: tuple[float, ...]
    ys: tuple[float, ...]

    def x(self, value: float) -> float:
        box = self.box
        return box.left + (box.width - box.left - box.right) * _share(value, self.xs[0], self.xs[-1])

    def y(self, value: float) -> float:
        box = self.box
        return box.height - box.bottom - (box.height - box.top - box.bottom) * _share(value, self.ys[0], self.ys[-1])


def funnel_plot(view: Funnel, box: Box = DESK) -> Component:
    """The plot. Each point carries `data-region` and `data-href`; the surface's script follows them."""
    frame = frame_of(view, box)
    parts = [*_areas(view, frame), *_axes(view, frame), *_mean(view, frame)]
    parts += [_point(one, frame) for one in sorted(view.points, key=lambda one: (one.on, one.outside))]
    parts += [_name(one, label) for one, label in labels(view.points, frame)]
    return svg.Svg(parts, viewBox=f"0 0 {box.width:g} {box.height:g}", className="funnelplot", role="img",
                   **{"aria-label": _("漏斗图：%(title)s，%(n)s 个辖区", title=view.title, n=len(view.points))})  # fmt: skip


def frame_of(view: Funnel, box: Box = DESK) -> Frame:
    most = max((one.n for one in view.points), default=1.0)
    rates = [one.rate for one in view.points] + [view.mean]
    room = (max(rates) - min(rates)) * 0.06
    cap = 100.0 if view.unit == "%" else float("inf")
    return Frame(
        box, nice_axis([0.0, most], 5), nice_axis([max(min(rates) - room, 0.0), min(max(rates) + room, cap)], 6, cap)
    )


def labels(points: Sequence[Point], frame: Frame) -> list[tuple[Point, Label]]:
    """Those that carry a name: the chosen one, then those farthest outside that find a place for it."""
    box = frame.box
    spots = [Spot(frame.x(one.n), frame.y(one.rate), len(one.name), bool(one.on or one.outside)) for one in points]
    wanted = sorted(
        (n for n, spot in enumerate(spots) if spot.marked),
        key=lambda n: (not points[n].on, -points[n].outside, -points[n].n),
    )
    chosen = next((n for n in wanted if points[n].on), -1)
    room = Rect(box.left, box.top - 0.6 * box.letter, box.width - box.right + box.letter, box.height - box.bottom)
    placed = name_spots(spots, wanted, room, box.letter, box.dot, sure=chosen)
    return [(points[n], label) for n, label in placed.items()][:NAMED]


def _areas(view: Funnel, frame: Frame) -> list[Component]:
    return [
        _area(view, frame, "high998", "low998", "funnelplot__wide"),
        _area(view, frame, "high95", "low95", "funnelplot__near"),
    ]


def _area(view: Funnel, frame: Frame, high: str, low: str, name: str) -> Component:
    top = [(frame.x(one.n), frame.y(getattr(one, high))) for one in view.limits]
    foot = [(frame.x(one.n), frame.y(getattr(one, low))) for one in reversed(view.limits)]
    return svg.Path(d="M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in (*top, *foot)) + "Z", className=name)


def _axes(view: Funnel, frame: Frame) -> list[Component]:
    box = frame.box
    digits = 0 if all(tick == round(tick) for tick in frame.ys) else 1
    parts: list[Component] = []
    for tick in frame.ys:
        y = frame.y(tick)
        parts.append(
            svg.Line(x1=_n(box.left), x2=_n(box.width - box.right), y1=_n(y), y2=_n(y), className="funnelplot__grid")
        )
        parts.append(_text(numbers.number(tick, digits), box.left - 6, y + 0.3 * box.letter, "end"))
    parts += [
        _text(numbers.number(tick), frame.x(tick), box.height - box.bottom + 1.3 * box.letter, "middle")
        for tick in frame.xs
    ]
    parts.append(_text(f"{view.title} {view.unit}".strip(), 4, 1.1 * box.letter, "start"))
    parts.append(_text(view.base, box.width - box.right, box.height - 0.4 * box.letter, "end"))
    return parts


def _mean(view: Funnel, frame: Frame) -> list[Component]:
    box, y = frame.box, frame.y(view.mean)
    line = svg.Line(x1=_n(box.left), x2=_n(box.width - box.right), y1=_n(y), y2=_n(y), className="funnelplot__mean")
    return [line, _text(view.where, box.width - box.right + 5, y - 1, "start", "funnelplot__where"),
            _text(numbers.number(view.mean, 2), box.width - box.right + 5, y + box.letter, "start", "funnelplot__where")]  # fmt: skip


def _point(one: Point, frame: Frame) -> Component:
    state = "" if not one.outside else " funnelplot__point--good" if one.good else " funnelplot__point--bad"
    far = " funnelplot__point--far" if one.outside > 95 else ""
    dot = svg.Circle(cx=_n(frame.x(one.n)), cy=_n(frame.y(one.rate)), r=_n(frame.box.dot), className="funnelplot__dot")
    parts = [dot]
    if one.on:
        parts.append(
            svg.Circle(
                cx=_n(frame.x(one.n)), cy=_n(frame.y(one.rate)), r=_n(1.8 * frame.box.dot), className="funnelplot__ring"
            )
        )
    return svg.G(parts, className=f"funnelplot__point{state}{far}",
                 **{"data-region": one.region, "data-href": one.href, "data-on": "true" if one.on else "false"})  # fmt: skip


def _name(one: Point, label: Label) -> Component:
    kind = "funnelplot__name" + (" funnelplot__name--on" if one.on else "")
    return _text(one.name, label.x, label.y, label.anchor, kind)


def _text(words: str, x: float, y: float, anchor: str, name: str = "funnelplot__text") -> Component:
    return svg.Text(words, x=_n(x), y=_n(y), textAnchor=anchor, className=name)


def _share(value: float, low: float, high: float) -> float:
    return min(max((value - low) / (high - low), 0.0), 1.0) if high > low else 0.5


def _n(value: float) -> str:
    return f"{value:.1f}"
