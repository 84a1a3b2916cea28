"""One bar to the left or right of a middle line: points lost or gained against a mean. The figure stands beside it."""

import dash_svg as svg
from dash.development.base_component import Component

WIDTH, HEIGHT = 120.0, 12.0


def gap_bar(points: float, most: float) -> Component:
    """`most`: the greatest gap, either way, of all bars that are compared."""
    half = WIDTH / 2
    wide = half * min(abs(points) / most, 1.0) if most > 0 else 0.0
    side = "loss" if points < 0 else "gain"
    bar = svg.Rect(x=f"{half - wide if points < 0 else half:.1f}", y="2", width=f"{wide:.1f}", height=f"{HEIGHT - 4:g}",
                   className=f"gap__bar gap__bar--{side}")  # fmt: skip
    middle = svg.Line(x1=f"{half:g}", x2=f"{half:g}", y1="0", y2=f"{HEIGHT:g}", className="gap__middle")
    return svg.Svg([bar, middle], viewBox=f"0 0 {WIDTH:g} {HEIGHT:g}", preserveAspectRatio="none", className="gap",
                   **{"aria-hidden": "true"})  # fmt: skip
