"""Interval plot of one row: a line from the low to the high end, a dot at the value, on an axis shared by all rows."""

from dash import html
from dash.development.base_component import Component


def interval(low: float | None, value: float | None, high: float | None, axis: tuple[float, float]) -> Component:
    """Parts outside the axis are cut at its ends; without a value the row stays empty."""
    if value is None:
        return html.Span(className="interval", **{"aria-hidden": "true"})
    parts = [html.I(className="interval__dot", style={"left": at(value, axis)})]
    if low is not None and high is not None:
        left, right = share(low, axis), share(high, axis)
        style = {"left": f"{100 * left:.1f}%", "width": f"{100 * (right - left):.1f}%"}
        parts.insert(0, html.I(className="interval__line", style=style))
    return html.Span(parts, className="interval", **{"aria-hidden": "true"})


def at(value: float, axis: tuple[float, float]) -> str:
    """Position on the axis as a CSS percentage."""
    return f"{100 * share(value, axis):.1f}%"


def share(value: float, axis: tuple[float, float]) -> float:
    low, high = axis
    return min(max((value - low) / (high - low), 0.0), 1.0) if high > low else 0.5
