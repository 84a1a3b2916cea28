"""The box around a region pack: where a position of its cases can lie."""

from collections.abc import Iterator, Sequence

from dashboard.domain.regions import Region
from data.regions.pack import Pack, read_boundaries

_EDGE = 0.02  # degrees around boundaries, which are simplified
_AROUND = 0.1  # degrees around positions, which lie inside their regions

Box = tuple[float, float, float, float]


def box_around(pack: Pack, regions: Sequence[Region]) -> Box | tuple[()]:
    """West, south, east, north of the pack's boundaries, else of its regions' positions; () where it has neither."""
    for level in pack.level_names:
        points = [point for shape in read_boundaries(pack, level).values() for point in _points(shape["coordinates"])]
        if points:
            return _box(points, _EDGE)
    points = [(region.lon, region.lat) for region in regions if region.lon is not None and region.lat is not None]
    return _box(points, _AROUND) if points else ()


def _points(coordinates: Sequence) -> Iterator[Sequence[float]]:
    if isinstance(coordinates[0], (int, float)):
        yield coordinates
        return
    for part in coordinates:
        yield from _points(part)


def _box(points: Sequence[Sequence[float]], margin: float) -> Box:
    lons, lats = [point[0] for point in points], [point[1] for point in points]
    return min(lons) - margin, min(lats) - margin, max(lons) + margin, max(lats) + margin
