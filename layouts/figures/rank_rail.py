"""The rail of one region in a ranking: first to last rank of 90 % of the draws as a bar, the published rank as a stroke.
The ranks stand beside it in words, so the picture is hidden from screen readers."""

import dash_svg as svg
from dash.development.base_component import Component

WIDTH, HEIGHT = 120.0, 20.0
_EDGE, _THICK, _LEAST = 2.0, 8.0, 3.0


def rank_rail(first: int | None, rank: int | None, last: int | None, size: int) -> Component:
    """Rank 1 at the left, `size` at the right. Without a rank only the rail."""
    parts = [svg.Line(x1=_n(0), x2=_n(WIDTH), y1=_n(HEIGHT / 2), y2=_n(HEIGHT / 2), className="rail__line")]
    if first is not None and last is not None:
        left, right = at(first, size), at(last, size)
        wide = max(right - left, _LEAST)
        left = min(left, WIDTH - wide)
        parts.append(
            svg.Rect(x=_n(left), y=_n((HEIGHT - _THICK) / 2), width=_n(wide), height=_n(_THICK), className="rail__band")
        )
    if rank is not None:
        x = _n(at(rank, size))
        parts.append(svg.Line(x1=x, x2=x, y1="3", y2=_n(HEIGHT - 3), className="rail__mark"))
    return svg.Svg(parts, viewBox=f"0 0 {WIDTH:g} {HEIGHT:g}", preserveAspectRatio="none", className="rail",
                   **{"aria-hidden": "true"})  # fmt: skip


def at(rank: float, size: int) -> float:
    """Where a rank stands on the rail; what lies outside it stands at its end."""
    share = (rank - 1) / (size - 1) if size > 1 else 0.0
    return _EDGE + (WIDTH - 2 * _EDGE) * min(max(share, 0.0), 1.0)


def _n(value: float) -> str:
    return f"{value:.1f}"
