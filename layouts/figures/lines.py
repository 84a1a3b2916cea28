"""Lines as SVG that stretches with its frame: sparkline and trend. Text stays outside the SVG, in HTML, so that it
keeps its size however the frame grows. Gaps in the data are gaps in the line."""

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component
from dash_svg import Path, Svg

Values = Sequence[float | None]
WIDTH, HEIGHT = 100.0, 40.0


def sparkline(values: Values) -> Component:
    """A line without axes over its own range; decoration, its figures stand beside it."""
    known = [value for value in values if value is not None]
    if len(known) < 2:
        return html.Span(className="spark", **{"aria-hidden": "true"})
    low, high = min(known), max(known)
    pad = (high - low) * 0.08 or 1.0
    path = line_path(values, low - pad, high + pad)
    line = Path(d=path, className="spark__line", vectorEffect="non-scaling-stroke")
    picture = Svg([line], viewBox=f"0 0 {WIDTH:g} {HEIGHT:g}", preserveAspectRatio="none", className="spark__plot")
    children: list[Component] = [picture]
    if values[-1] is not None:
        top = 100 * (1 - _share(values[-1], low - pad, high + pad))
        children.append(html.I(className="spark__end", style={"top": f"{top:.1f}%"}))
    return html.Span(children, className="spark", **{"aria-hidden": "true"})


def line_path(values: Values, low: float, high: float) -> str:
    """SVG path of the values over the box; a lone value between gaps becomes a short dash."""
    step = WIDTH / max(len(values) - 1, 1)
    parts: list[str] = []
    pen_down = False
    for index, value in enumerate(values):
        if value is None:
            pen_down = False
            continue
        x, y = index * step, HEIGHT * (1 - _share(value, low, high))
        lone = not pen_down and (index + 1 == len(values) or values[index + 1] is None)
        parts.append(f"{'L' if pen_down else 'M'}{x:.2f},{y:.2f}" + ("h.6" if lone else ""))
        pen_down = True
    return "".join(parts)


def area_path(values: Values, low: float, high: float) -> str:
    """The line closed to the floor, only where it has no gap; "" otherwise."""
    if len(values) < 2 or any(value is None for value in values):
        return ""
    return f"{line_path(values, low, high)}V{HEIGHT:g}H0Z"


def nice_axis(values: Sequence[float], most: int = 4, cap: float = float("inf")) -> tuple[float, ...]:
    """Round ticks that enclose the values: a step of 1, 2 or 5 times a power of ten, at most `most` steps.
    No tick stands above `cap`, which no value may exceed: the axis moves down instead."""
    low, high = min(values), max(values)
    span = max(high - low, 1.0)
    step = next(s for s in _steps() if span / s <= most - 1)
    first = _floor(low, step)
    count = 1
    while first + count * step < high - 1e-9:
        count += 1
    first -= max(0.0, first + count * step - cap)
    return tuple(round(first + n * step, 6) for n in range(count + 1))


def _floor(value: float, step: float) -> float:
    return step * ((value + 1e-9) // step)


def _steps():
    size = 0.1
    while True:
        yield from (size, 2 * size, 5 * size)
        size *= 10


def _share(value: float, low: float, high: float) -> float:
    return (value - low) / (high - low) if high > low else 0.5
