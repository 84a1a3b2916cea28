"""The ground of the desk's map: the region shown, what lies around it, the names of what lies in it.

The cases of the page are put on it by the browser, at positions that come with their rows.
"""

from collections.abc import Iterable
from functools import lru_cache

from dashboard.domain.errors import UserError
from dashboard.domain.geometry import Project, draw, label_positions, svg_paths
from dashboard.domain.regions import Region
from dashboard.domain.scope import EVERYTHING
from dashboard.services.desk_frame import Desk
from dashboard.services.levels import map_note
from dashboard.views.desk import GroundView, Name
from data.queries.regions import find_regions, get_pack, list_below
from data.regions.pack import load_pack, read_boundaries

WIDTH, HEIGHT, _PAD = 640.0, 320.0, 16.0
_BOUNDED = ("province", "city", "county")
_NAMES = 40


def project(desk: Desk) -> Project | None:
    """(lon, lat) → (x, y) on the picture; None where the region has neither a boundary nor a position."""
    return _picture(_folder(desk), desk.region)


def ground(desk: Desk) -> GroundView:
    key = (desk.region.code,)
    return desk.deps.cache.get("desk ground", "*", desk.region.pack, key, lambda: _ground(desk), seconds=86_400)


def _ground(desk: Desk) -> GroundView:
    folder, region = _folder(desk), desk.region
    at = _picture(folder, region)
    outline = _outline(folder, region)
    if at is None or outline is None:
        return GroundView(WIDTH, HEIGHT, "", (), (), (), "")
    level = "city" if region.level == "province" else "county"
    shapes = _boundaries(folder, level)
    with desk.deps.database.read() as session:
        regions = find_regions(session, EVERYTHING, shapes)
        below = {"province": "city", "city": "county", "county": "township"}.get(region.level)
        inner = list_below(session, EVERYTHING, region, below) if below else []
        source = map_note(get_pack(session, region.pack).about)
    mine = {code for code, one in regions.items() if region.code in {c for _lv, c in one.path}}
    around = [code for code in shapes if code not in mine and _near(shapes[code], at)]
    names = [*_named(regions, shapes, around, at), *_points(inner, at), *_labels(regions, shapes, mine, at, below)]
    return GroundView(
        WIDTH, HEIGHT, draw(outline, at), tuple(draw(shapes[code], at) for code in sorted(mine - {region.code})),
        tuple(draw(shapes[code], at) for code in around), tuple(names), source,
    )  # fmt: skip


def _named(regions: dict, shapes: dict, codes: Iterable[str], at: Project) -> list[Name]:
    """Names of the neighbours whose middle lies on the picture."""
    places = label_positions({code: shapes[code] for code in codes if code in regions})
    spots = {code: at(*place) for code, place in places.items()}
    return [Name(regions[code].short_name, round(x, 1), round(y, 1), False) for code, (x, y) in spots.items()
            if 20 < x < WIDTH - 20 and 12 < y < HEIGHT - 6]  # fmt: skip


def _labels(regions: dict, shapes: dict, mine: set[str], at: Project, below: str | None) -> list[Name]:
    wanted = {code: shapes[code] for code in mine if code in regions and regions[code].level == below}
    spots = {code: at(*place) for code, place in label_positions(wanted).items()}
    return [Name(regions[code].short_name, round(x, 1), round(y, 1), True) for code, (x, y) in spots.items()]


def _points(inner: list[Region], at: Project) -> list[Name]:
    """Names of townships, which have no boundary but a position."""
    spots = [(one, at(one.lon, one.lat)) for one in inner if one.level == "township" and one.lon is not None]
    return [Name(one.short_name, round(x, 1), round(y, 1), True) for one, (x, y) in _apart(spots)][:_NAMES]


def _apart(spots: list) -> list:
    """Those that leave room for each other's names."""
    kept: list = []
    for one, (x, y) in spots:
        if all(abs(x - ox) > 46 or abs(y - oy) > 15 for _other, (ox, oy) in kept):
            kept.append((one, (x, y)))
    return kept


def _near(boundary: dict, at: Project) -> bool:
    """Does the boundary's box touch the picture?"""
    flat = [point for ring in _rings(boundary) for point in ring]
    west, east = min(p[0] for p in flat), max(p[0] for p in flat)
    south, north = min(p[1] for p in flat), max(p[1] for p in flat)
    (left, bottom), (right, top) = at(west, south), at(east, north)
    return right > 0 and left < WIDTH and bottom > 0 and top < HEIGHT


def _rings(boundary: dict) -> list:
    parts = boundary["coordinates"]
    return [part[0] for part in (parts if boundary["type"] == "MultiPolygon" else [parts])]


@lru_cache(maxsize=256)
def _picture(folder: str, region: Region) -> Project | None:
    outline = _outline(folder, region)
    if outline:
        return svg_paths({"rim": outline}, width=WIDTH, height=HEIGHT, pad=_PAD)[2]
    return None


def _outline(folder: str, region: Region) -> dict | None:
    """The boundary of the region, or of the smallest region around it that has one."""
    for level, code in reversed(region.path):
        found = _boundaries(folder, level).get(code) if level in _BOUNDED else None
        if found:
            return found
    return None


@lru_cache(maxsize=64)
def _boundaries(folder: str, level: str) -> dict[str, dict]:
    """A pack's boundaries; none where the pack has no folder, or it has gone."""
    try:
        return read_boundaries(load_pack(folder), level) if folder else {}
    except UserError:
        return {}


def _folder(desk: Desk) -> str:
    return desk.about.get("folder", "")
