"""The SVG text that a map is drawn on: boundaries, tiles or an outline. Geometry only; the browser paints values.

Every region is a link with `data-region`, focusable and named. All names are escaped. Boundary maps measure text and
lines in `--u`: one pixel of the 1080p wall in user units. Tile maps have no viewBox but percentages, so that tiles
take the shape of their frame and text keeps its size in rem.
"""

import re
from html import escape
from urllib.parse import urlencode

from dashboard.views.places import Shape, ShapesView
from layouts.figures.tiles import tiles_svg

STAGE = (560.0, 545.0)  # the least that a map gets on a 16:9 wall at 1080p, in pixels
WITH_CITIES = (630.0, 570.0)  # a province reaches over the words beside it
AIR = 6.0  # user units around the drawing
XMLNS = 'xmlns="http://www.w3.org/2000/svg"'


def shapes_svg(view: ShapesView) -> str:
    """One SVG document. Boundaries where the view has them, else tiles, else the outline alone."""
    if view.tiles and not view.shapes:
        return tiles_svg(view.tiles, view.columns, view.rows)
    left, top, width, height = _extent(view)
    stage = WITH_CITIES if view.outlines else STAGE
    unit = 1 / min(stage[0] / width, stage[1] / height)
    kind = "shapes" if view.shapes else "outline"
    parts = [
        f'<svg {XMLNS} class="boundaries" data-kind="{kind}" preserveAspectRatio="{"xMaxYMid" if view.outlines else "xMidYMid"}" '
        f'viewBox="{left:.1f} {top:.1f} {width:.1f} {height:.1f}" '
        f'style="--u:{unit:.4f}px" role="group">',
        _hatch(unit),
        f'<g class="graticule" aria-hidden="true">{"".join(_parallel(*line, left + width) for line in view.parallels)}</g>',
        f'<path class="rim rim--glow" d="{escape(view.rim)}"/><path class="rim rim--ground" d="{escape(view.rim)}"/>',
        f'<g class="shapes">{"".join(_shape(shape) for shape in view.shapes)}</g>',
        f'<g class="groups" aria-hidden="true">{"".join(_border(line[2]) for line in view.outlines)}</g>',
        f'<path class="rim" d="{escape(view.rim)}"/>',
        f'<g class="letters" aria-hidden="true">{"".join(_letter(shape) for shape in view.shapes)}</g>',
        f'<g class="cities">{"".join(_city(line[0], line[1], line[3], line[4]) for line in view.outlines)}</g>',
        '<g class="points"></g><path class="chosen" d=""/></svg>',
    ]
    return "".join(parts)


def _extent(view: ShapesView) -> tuple[float, float, float, float]:
    """Left, top, width and height of the rim with a little air; the whole box where there is no rim."""
    places = [(float(x), float(y)) for x, y in re.findall(r"(-?[\d.]+),(-?[\d.]+)", view.rim)]
    if not places:
        return 0.0, 0.0, view.width, view.height
    xs, ys = [x for x, _y in places], [y for _x, y in places]
    return min(xs) - AIR, min(ys) - AIR, max(xs) - min(xs) + 2 * AIR, max(ys) - min(ys) + 2 * AIR


def _shape(shape: Shape) -> str:
    return (
        f'<a class="shape" {_link(shape.code, shape.name)} data-x="{shape.x:.1f}" data-y="{shape.y:.1f}" '
        f'data-group="{escape(shape.group)}"><path d="{escape(shape.d)}"/></a>'
    )


def _link(code: str, name: str) -> str:
    href = "?" + urlencode({"region": code})
    return (
        f'href="{escape(href)}" data-region="{escape(code)}" data-name="{escape(name)}" tabindex="0" role="link" '
        f'aria-label="{escape(name)}"'
    )


def _letter(shape: Shape) -> str:
    return f'<text class="letter" data-for="{escape(shape.code)}" x="{shape.x:.1f}" y="{shape.y:.1f}"></text>'


def _border(path: str) -> str:
    return f'<path class="border" d="{escape(path)}"/>'


def _city(code: str, name: str, x: float, y: float) -> str:
    href = "?" + urlencode({"region": code})
    return (
        f'<a class="city" href="{escape(href)}" data-city="{escape(code)}" tabindex="-1" aria-label="{escape(name)}">'
        f'<text x="{x:.1f}" y="{y:.1f}">{escape(name)}<tspan class="city__value" dx=".25em"></tspan></text></a>'
    )


def _parallel(path: str, words: str, x: float, y: float, right: float) -> str:
    """The words never stand right of the picture."""
    x = min(x, right)
    return f'<path d="{escape(path)}"/><text x="{x:.1f}" y="{y:.1f}">{escape(words)}</text>'


def _hatch(unit: float) -> str:
    """Diagonal lines for "no data", 8 px apart on a 1080p wall."""
    return (
        f'<defs><pattern id="hatch-map" width="8" height="8" patternUnits="userSpaceOnUse" '
        f'patternTransform="scale({unit:.4f}) rotate(45)"><rect class="hatch__ground" width="8" height="8"/>'
        '<rect class="hatch__line" width="3" height="8"/></pattern></defs>'
    )
