"""Shapes: the boundaries or equal tiles a map is drawn on. They change only with the region pack."""

import contextlib
from functools import lru_cache

import numpy as np

from dashboard.deps import Deps
from dashboard.domain.errors import NotFound, UserError
from dashboard.domain.geometry import label_positions, svg_paths
from dashboard.domain.scope import EVERYTHING, Scope
from dashboard.domain.state import VIEWS, WallState
from dashboard.domain.tiles import tile_layout
from dashboard.services.frame import Frame
from dashboard.services.levels import MAP_LEVELS, level_below
from dashboard.views.places import Shape, ShapesView, Tile
from data.regions.pack import load_pack, read_boundaries

WIDTH, HEIGHT, _PAD = 800.0, 600.0, 14.0
_KEPT = 86_400  # seconds


def has_shapes(frame: Frame) -> str:
    """ "shapes": boundaries of the regions below; "outline": only of the county around; "": neither."""
    if frame.region.level in ("province", "city") and _boundaries(frame, "county"):
        return "shapes"
    return "outline" if _outline(frame) or frame.region.lon is not None else ""


def shapes(deps: Deps, state: WallState, scope: Scope) -> ShapesView:
    """The region's map or tiles; drawing them takes a while, so they are kept until the pack changes.

    Kept once for everybody who may see the region: what lies below it is then theirs to see as well.
    """
    frame = Frame(deps, state, scope)
    draw = _tiles if state.view == "tile" else _map
    key = (frame.region.code, draw.__name__)
    return deps.cache.get("shapes", "any", frame.place.edition, key, lambda: draw(frame), seconds=_KEPT)


def warm(deps: Deps) -> None:
    """Draw the root's map and tiles before anyone asks. Nothing happens while no region pack is installed."""
    for view in VIEWS:
        with contextlib.suppress(NotFound):
            shapes(deps, WallState(view=view), EVERYTHING)


def _map(frame: Frame) -> ShapesView:
    boundaries = _boundaries(frame, "county") if frame.region.level in ("province", "city") else {}
    codes = {region.code: region for region in frame.below("county")}
    mine = {code: boundaries[code] for code in codes if code in boundaries}
    cities = _cities(frame)
    everything = {**mine, **{f"group {code}": shape for code, shape in cities.items()}, "rim": _outline(frame)}
    if not everything["rim"]:
        return ShapesView(WIDTH, HEIGHT, (), (), "", (), (), 0, 0)
    _box, paths, project = svg_paths(everything, width=WIDTH, height=HEIGHT, pad=_PAD)
    labels = {code: project(*place) for code, place in label_positions({**mine, **cities}).items()}
    drawn = tuple(Shape(code, codes[code].short_name, paths[code], *labels[code], codes[code].ancestor("city") or "")
                  for code in mine)  # fmt: skip
    names = {region.code: region.short_name for region in frame.below("city")}
    outlines = tuple((code, names[code], paths[f"group {code}"], *labels[code]) for code in cities)
    return ShapesView(WIDTH, HEIGHT, drawn, outlines, paths["rim"], _parallels(frame, project), (), 0, 0)


def project_for(frame: Frame):
    """The projection of the region's outline map; None where there is no outline."""
    outline = _outline(frame)
    return svg_paths({"rim": outline}, width=WIDTH, height=HEIGHT, pad=_PAD)[2] if outline else None


def _tiles(frame: Frame) -> ShapesView:
    level = level_below(frame, MAP_LEVELS)
    regions = frame.below(level) if level else ()
    group_level = {"county": "city", "grid": "village"}.get(level or "")
    groups = [region.ancestor(group_level) if group_level else "" for region in regions]
    placed = _layout(tuple((r.lon, r.lat) for r in regions), tuple(groups)) if regions else ()
    tiles = tuple(Tile(region.code, region.short_name, col, row, group or "")
                  for region, (col, row), group in zip(regions, placed, groups, strict=True))  # fmt: skip
    columns, rows = (max((t.col for t in tiles), default=-1) + 1, max((t.row for t in tiles), default=-1) + 1)
    return ShapesView(WIDTH, HEIGHT, (), (), "", (), tiles, columns, rows)


@lru_cache(maxsize=256)
def _layout(positions: tuple, groups: tuple) -> tuple[tuple[int, int], ...]:
    """Tiles for regions; those without a position are laid in rows."""
    if any(lon is None or lat is None for lon, lat in positions):
        wide = max(1, round(len(positions) ** 0.5 * 1.3))
        return tuple((n % wide, n // wide) for n in range(len(positions)))
    cells = tile_layout(np.array(positions, dtype=float), groups=list(groups) if len(set(groups)) > 1 else None)
    return tuple((int(col), int(row)) for col, row in cells)


def _boundaries(frame: Frame, level: str) -> dict[str, dict]:
    return _read(frame.place.about["folder"], level)


@lru_cache(maxsize=64)
def _read(folder: str, level: str) -> dict[str, dict]:
    """A pack's boundaries; none where the pack's folder has gone."""
    try:
        return read_boundaries(load_pack(folder), level)
    except UserError:
        return {}


def _cities(frame: Frame) -> dict[str, dict]:
    if frame.region.level != "province":
        return {}
    found = _boundaries(frame, "city")
    return {region.code: found[region.code] for region in frame.below("city") if region.code in found}


def _outline(frame: Frame) -> dict | None:
    """The boundary of the region, or of the smallest region around it that has one."""
    for level, code in reversed(frame.region.path):
        found = _boundaries(frame, level).get(code) if level in ("province", "city", "county") else None
        if found:
            return found
    return None


def _parallels(frame: Frame, project) -> tuple[tuple[str, str, float, float], ...]:
    """Whole degrees of latitude across the picture."""
    if frame.region.level != "province" or frame.region.lat is None:
        return ()
    rows = []
    for degree in range(int(frame.region.lat) - 3, int(frame.region.lat) + 5):
        _x, y = project(frame.region.lon, degree)
        if _PAD < y < HEIGHT - _PAD:
            rows.append((f"M0 {y:.1f}H{WIDTH:g}", f"{degree}°N", WIDTH - 6, round(y - 6, 1)))
    return tuple(rows)
