"""Boundaries as SVG paths, and the projection that puts points on the same picture.

Answers for coordinates on a drawing. Leaves which regions are drawn, and in what colour, to others.
"""

import math
from collections.abc import Callable, Iterable, Iterator

import numpy as np
import shapely

Project = Callable[[float, float], tuple[float, float]]


def svg_paths(
    boundaries: dict[str, dict],
    *,
    width: float,
    height: float,
    pad: float,
    points: Iterable[tuple[float, float]] = (),
) -> tuple[str, dict[str, str], Project]:
    """Draws GeoJSON Polygons or MultiPolygons (lon, lat) into a box, undistorted and centred.

    Returns the viewBox ("0 0 width height"), the `d` of each code's path (user units, one decimal,
    holes run the other way round), and `project(lon, lat) -> (x, y)` for points on that picture.
    Equirectangular with longitude times cos(middle latitude), y down. Edges that two regions share
    come out identical. `points` (lon, lat) widen the picture, for packs without boundaries.
    Raises ValueError when nothing gives the picture an extent.
    """
    rings = {code: list(_rings(geometry)) for code, geometry in boundaries.items()}
    places = [ring for mine in rings.values() for ring in mine]
    places += [np.array([point]) for point in points]
    if not places:
        raise ValueError(
            "nothing to draw: got no boundaries and no points. Give at least one of them;"
            " a level without boundaries is drawn as tiles."
        )
    project = _fit(np.concatenate(places), width, height, pad)
    paths = {code: "".join(_path(ring, project) for ring in mine) for code, mine in rings.items()}
    return f"0 0 {width:g} {height:g}", paths, project


def draw(boundary: dict, project: Project) -> str:
    """The `d` of one more GeoJSON boundary on a picture that `svg_paths` made the projection of."""
    return "".join(_path(ring, project) for ring in _rings(boundary))


def label_positions(boundaries: dict[str, dict]) -> dict[str, tuple[float, float]]:
    """Lon, lat for a label of each code: the centre of the largest circle in its largest part
    (pole of inaccessibility), which a label fits better than at the centroid."""
    found = {}
    for code, geometry in boundaries.items():
        largest = max(shapely.get_parts(shapely.geometry.shape(geometry)), key=lambda part: part.area)
        stretch = math.cos(math.radians(largest.centroid.y))
        flat = shapely.transform(largest, lambda points, by=stretch: points * (by, 1))
        centre = shapely.get_coordinates(shapely.maximum_inscribed_circle(flat))[0]
        found[code] = (round(centre[0] / stretch, 5), round(centre[1], 5))
    return found


def _rings(geometry: dict) -> Iterator[np.ndarray]:
    """(n, 2) lon, lat of every ring, the outer ring of each polygon before its holes."""
    polygons = geometry["coordinates"]
    if geometry["type"] == "Polygon":
        polygons = [polygons]
    for polygon in polygons:
        for ring in polygon:
            yield np.asarray(ring, dtype=float)[:, :2]


def _fit(places: np.ndarray, width: float, height: float, pad: float) -> Project:
    """The projection that fits all places into the box less `pad` on every side.

    A picture of one single place shows about one kilometre around it.
    """
    (west, south), (east, north) = places.min(axis=0), places.max(axis=0)
    shrink = math.cos(math.radians((south + north) / 2))
    wide = max((east - west) * shrink, 0.01)
    tall = max(north - south, 0.01)
    scale = min((width - 2 * pad) / wide, (height - 2 * pad) / tall)
    middle_lon, middle_lat = (west + east) / 2, (south + north) / 2

    def project(lon: float, lat: float) -> tuple[float, float]:
        x = width / 2 + (lon - middle_lon) * shrink * scale
        y = height / 2 - (lat - middle_lat) * scale
        return x, y

    return project


def _path(ring: np.ndarray, project: Project) -> str:
    """One closed subpath; points that fall together after rounding are drawn once."""
    x, y = project(ring[:-1, 0], ring[:-1, 1])
    points = np.round(np.stack([x, y], axis=1), 1) + 0.0
    fresh = np.any(points != np.roll(points, 1, axis=0), axis=1)
    kept = points[fresh] if fresh.any() else points[:1]
    return "M" + "L".join(f"{x:g},{y:g}" for x, y in kept.tolist()) + "Z"
