"""Tile map as SVG text: equal tiles, two lines of text in each, a line where two groups meet."""

from collections.abc import Sequence
from html import escape
from urllib.parse import urlencode

from dashboard.views.places import Tile

STAGE = (39.0, 28.7)  # rem that a 16:9 wall leaves for the tiles
LINE = 1.15  # rem a line of text takes
WIDE = 1.06  # rem a CJK character takes


def tiles_svg(tiles: Sequence[Tile], columns: int, rows: int) -> str:
    """One SVG document without viewBox; `--columns` and `--rows` let the style sheet keep few tiles small."""
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="tiles" data-kind="tiles" '
        f'style="--columns:{columns};--rows:{rows}" role="group">',
        '<defs><pattern id="hatch-tile" width="8" height="8" patternUnits="userSpaceOnUse" '
        'patternTransform="rotate(45)"><rect class="hatch__ground" width="8" height="8"/>'
        '<rect class="hatch__line" width="3" height="8"/></pattern></defs>',
        *(_tile(tile, columns, rows) for tile in tiles),
        f'<g class="seams" aria-hidden="true">{"".join(_seams(tiles, columns, rows))}</g></svg>',
    ]
    return "".join(parts)


def _tile(tile: Tile, columns: int, rows: int) -> str:
    href = "?" + urlencode({"region": tile.code})
    box = (100 * tile.col / columns, 100 * tile.row / rows, 100 / columns, 100 / rows)
    lines = name_lines(tile.name, columns, rows)
    roomy = rows * (len(lines) + 1) * LINE <= STAGE[1]
    total = len(lines) + roomy
    words = "".join(
        f'<text class="tile__name" x="50%" y="50%" dy="{_drop(n, total)}">{escape(line)}</text>'
        for n, line in enumerate(lines)
    )
    value = f'<text class="tile__value" x="50%" y="50%" dy="{_drop(len(lines), total)}"></text>' if roomy else ""
    return (
        f'<a class="tile" href="{escape(href)}" data-region="{escape(tile.code)}" data-name="{escape(tile.name)}" '
        f'data-group="{escape(tile.group)}" tabindex="0" role="link" aria-label="{escape(tile.name)}">'
        f'<svg x="{box[0]:.3f}%" y="{box[1]:.3f}%" width="{box[2]:.3f}%" height="{box[3]:.3f}%">'
        f'<rect class="tile__face" width="100%" height="100%"/>{words}{value}</svg></a>'
    )


def name_lines(name: str, columns: int, rows: int) -> tuple[str, ...]:
    """The name in one line, or two where it is too long and there is room; what still does not fit ends in …"""
    fits = max(int(STAGE[0] / columns / WIDE), 2)
    if _width(name) <= fits:
        return (name,)
    if rows * 2 * LINE > STAGE[1]:
        return (_cut(name, fits),)
    first = _cut(name, fits, more=False)
    return (first, _cut(name[len(first) :], fits))


def _width(text: str) -> float:
    """In CJK characters; Latin letters take about half of one."""
    return sum(0.55 if ord(letter) < 0x2E80 else 1 for letter in text)


def _cut(text: str, fits: int, more: bool = True) -> str:
    if _width(text) <= fits:
        return text
    room, out = fits - (0.6 if more else 0), ""
    for letter in text:
        if _width(out + letter) > room:
            break
        out += letter
    return out + "…" if more else out


def _drop(line: int, total: int) -> str:
    """Distance of a baseline from the middle, for `total` lines around it."""
    return f"{0.36 + (line - (total - 1) / 2) * 1.08:.2f}em"


def _seams(tiles: Sequence[Tile], columns: int, rows: int) -> list[str]:
    """A line along every edge between tiles of two groups."""
    groups = {(tile.col, tile.row): tile.group for tile in tiles}
    out = []
    for (col, row), group in groups.items():
        right, under = groups.get((col + 1, row), group), groups.get((col, row + 1), group)
        if right != group:
            out.append(_line(col + 1, row, col + 1, row + 1, columns, rows))
        if under != group:
            out.append(_line(col, row + 1, col + 1, row + 1, columns, rows))
    return out


def _line(x1: int, y1: int, x2: int, y2: int, columns: int, rows: int) -> str:
    xs, ys = (100 * x1 / columns, 100 * x2 / columns), (100 * y1 / rows, 100 * y2 / rows)
    return f'<line class="seam" x1="{xs[0]:.3f}%" y1="{ys[0]:.3f}%" x2="{xs[1]:.3f}%" y2="{ys[1]:.3f}%"/>'
