"""Points inside one polygon: spread evenly over it, or scattered round other points.

Answers for geometry only; which region stands where is decided in `synthetic`. Works in lon/lat
degrees with longitude shrunk by cos(latitude), so that distances look the same both ways.
"""

import numpy as np
import shapely
from scipy.spatial import cKDTree

from data.regions.seeds import uniform

DECIMALS = 5
LLOYD_ROUNDS = 12
SCATTER_ROUNDS = 24


class Area:
    """One polygon, prepared for many questions. All points in and out are (n, 2) lon, lat."""

    def __init__(self, geometry: dict) -> None:
        """`geometry` is a GeoJSON Polygon or MultiPolygon."""
        self.polygon = shapely.geometry.shape(geometry)
        shapely.prepare(self.polygon)
        self.stretch = np.array([np.cos(np.radians(self.polygon.centroid.y)), 1.0])

    def radius(self, count: int) -> float:
        """Degrees of latitude: radius of the circle that holds one of `count` equal shares."""
        return float(np.sqrt(self.polygon.area * self.stretch[0] / (np.pi * max(count, 1))))

    def contains(self, points: np.ndarray) -> np.ndarray:
        """(n,) whether each point lies inside."""
        return shapely.contains_xy(self.polygon, points[:, 0], points[:, 1])

    def spread(self, count: int, seed: int) -> np.ndarray:
        """(count, 2) points evenly over the polygon, the most central first.

        Lloyd's algorithm on random points inside; each centre moves to the sample nearest to it,
        because the centre of a bent share can lie outside.
        """
        if not count:
            return np.empty((0, 2))
        samples = self._samples(max(40 * count, 400), seed)
        flat = samples * self.stretch
        centres = flat[:count]
        for _ in range(LLOYD_ROUNDS):
            nearest = cKDTree(centres).query(flat)[1]
            size = np.maximum(np.bincount(nearest, minlength=count), 1)
            sums = [np.bincount(nearest, flat[:, axis], minlength=count) for axis in (0, 1)]
            centres = np.where((size > 0)[:, None], np.stack(sums, axis=1) / size[:, None], centres)
        chosen = self._distinct(flat, centres)
        middle = flat[chosen].mean(axis=0)
        order = np.argsort(((flat[chosen] - middle) ** 2).sum(axis=1), kind="stable")
        return samples[chosen[order]]

    def scatter(self, centres: np.ndarray, radius: float, seeds: np.ndarray) -> np.ndarray:
        """(n, 2) one point a seed, evenly in the disc round its centre, and inside the polygon.

        A point that falls outside is drawn again in a smaller disc; the last resort is the centre.
        """
        points = centres.copy()
        todo = np.arange(len(seeds))
        for number in range(SCATTER_ROUNDS):
            if not len(todo):
                break
            angle = 2 * np.pi * uniform(seeds[todo], 2 * number + 11)
            reach = radius * 0.85**number * np.sqrt(uniform(seeds[todo], 2 * number + 12))
            step = np.stack([np.cos(angle), np.sin(angle)], axis=1) * reach[:, None]
            drawn = np.round(centres[todo] + step / self.stretch, DECIMALS)
            inside = self.contains(drawn)
            points[todo[inside]] = drawn[inside]
            todo = todo[~inside]
        return points

    def _samples(self, count: int, seed: int) -> np.ndarray:
        """(count, 2) distinct random points inside."""
        generator = np.random.Generator(np.random.PCG64(seed))
        west, south, east, north = self.polygon.bounds
        found = np.empty((0, 2))
        while len(found) < count:
            drawn = generator.random((4 * count, 2)) * (east - west, north - south) + (west, south)
            drawn = np.round(drawn, DECIMALS)
            found = np.concatenate([found, drawn[self.contains(drawn)]])
        return found[:count]

    @staticmethod
    def _distinct(flat: np.ndarray, centres: np.ndarray) -> np.ndarray:
        """(k,) for each centre the nearest sample that no earlier centre has taken."""
        taken: list[int] = []
        for near in cKDTree(flat).query(centres, k=min(len(flat), len(centres)))[1].reshape(len(centres), -1):
            taken.append(next(int(i) for i in near if i not in taken))
        return np.array(taken)
