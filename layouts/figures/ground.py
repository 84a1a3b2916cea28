"""The SVG text of the desk's map: the region in white, what lies around it in grey, names, and a group for points.

Text is in user units. All names are escaped. Points are painted by assets/desk/map.js.
"""

from html import escape

from dashboard.views.desk import GroundView, Name

XMLNS = 'xmlns="http://www.w3.org/2000/svg"'


def ground_svg(view: GroundView) -> str:
    outside = "".join(f'<path class="ground__around" d="{escape(path)}"/>' for path in view.outside)
    inside = "".join(f'<path class="ground__part" d="{escape(path)}"/>' for path in view.inside)
    names = "".join(_name(one) for one in view.names)
    return (
        f'<svg {XMLNS} class="ground" viewBox="0 0 {view.width:g} {view.height:g}" preserveAspectRatio="xMidYMid slice" '
        f'role="group">{outside}<path class="ground__rim" d="{escape(view.rim)}"/>{inside}'
        f'<g class="ground__names" aria-hidden="true">{names}</g><g class="ground__points"></g></svg>'
    )


def _name(one: Name) -> str:
    look = "ground__name" if one.inner else "ground__name ground__name--around"
    return f'<text class="{look}" x="{one.x:g}" y="{one.y:g}">{escape(one.text)}</text>'
