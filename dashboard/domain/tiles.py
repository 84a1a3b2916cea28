"""Tile maps: one equal square for each region, neighbours roughly kept.

Answers for columns and rows. Leaves what a tile shows to layouts. Three steps:
spread the positions until no two are closer than a tile (a Dorling cartogram of equal circles),
give each the cell that keeps the sum of squared moves least (linear sum assignment),
then mend by swaps what the assignment cannot see: torn groups, lost neighbours, holes.
"""

from collections.abc import Hashable, Sequence

import numpy as np
from scipy.optimize import linear_sum_assignment
from scipy.spatial import Delaunay, QhullError, cKDTree

from dashboard.domain import tile_repair
from dashboard.domain.tile_repair import SIDES

SPREAD_ROUNDS = 160
LONGEST = 2.2
"""Times the median: longer lines between positions cross the sea, and do not make neighbours."""
MARGIN = 2
"""Free columns and rows around the spread positions that a tile may move to."""


def tile_layout(positions: np.ndarray, *, groups: Sequence[Hashable] | None = None) -> np.ndarray:
    """(n, 2) int columns and rows, from 0, row 0 in the north, no two alike.

    `positions` is (n, 2) lon, lat in degrees, any n ≥ 0; regions without a position must be given
    one before. `groups` names the group of each position (the city of each county): tiles of one
    group hang together where that is possible. The order of the input does not matter, unless two
    positions are equal: then the earlier one comes first. Raises ValueError for another shape or
    for positions that are not finite.
    """
    positions = _check(positions, groups)
    if not len(positions):
        return np.empty((0, 2), dtype=int)
    order = np.lexsort((positions[:, 0], -positions[:, 1]))
    members = _number_groups(groups, order)
    flat = _flatten(positions[order])
    edges = neighbour_edges(flat)
    spread = _spread(flat, edges, members)
    cells = _fill_holes(_assign(spread), spread)
    cells = tile_repair.repair(cells, spread, flat, edges, members)
    cells = _fill_holes(cells, spread)
    result = np.empty_like(cells)
    result[order] = cells - cells.min(axis=0)
    return result


def _check(positions: np.ndarray, groups: Sequence[Hashable] | None) -> np.ndarray:
    """The positions as (n, 2) floats; ValueError when they, or the groups, do not fit."""
    positions = np.asarray(positions, dtype=float)
    positions = positions if positions.size else positions.reshape(0, 2)
    if positions.ndim != 2 or positions.shape[1] != 2 or not np.isfinite(positions).all():
        raise ValueError(
            f"positions: got an array of shape {positions.shape}, or a value that is not finite."
            " Allowed: (n, 2) lon, lat in degrees. Give regions without a position one first."
        )
    if groups is not None and len(groups) != len(positions):
        raise ValueError(f"groups: got {len(groups)} for {len(positions)} positions. Give one each.")
    return positions


def _number_groups(groups: Sequence[Hashable] | None, order: np.ndarray) -> np.ndarray:
    """(n,) the group of each sorted position as a number, in the order of first appearance."""
    if groups is None:
        return np.zeros(len(order), dtype=int)
    numbers: dict[Hashable, int] = {}
    return np.array([numbers.setdefault(groups[i], len(numbers)) for i in order])


def _flatten(positions: np.ndarray) -> np.ndarray:
    """(n, 2) x, y with y down, in units in which n tiles cover about the area of the set."""
    flat = positions * (np.cos(np.radians(positions[:, 1].mean())), -1)
    flat = flat - (flat.min(axis=0) + flat.max(axis=0)) / 2
    count = len(flat)
    wide, tall = np.maximum(np.ptp(flat, axis=0), 1e-9)
    long, short = max(wide, tall), min(wide, tall)
    area = long * max(short, long / 4)
    return flat * np.sqrt(1.25 * count / area)


def neighbour_edges(flat: np.ndarray) -> np.ndarray:
    """(m, 2) pairs of positions that are neighbours: Delaunay edges without the overlong ones."""
    if len(flat) < 2:
        return np.empty((0, 2), dtype=int)
    nudged = flat + 1e-7 * np.sin(np.arange(flat.size).reshape(flat.shape) * 12.9898)
    try:
        corners = Delaunay(nudged).simplices
        pairs = np.concatenate([corners[:, [0, 1]], corners[:, [1, 2]], corners[:, [2, 0]]])
    except QhullError:
        pairs = cKDTree(nudged).query(nudged, k=2)[1]
    pairs = np.unique(np.sort(pairs, axis=1), axis=0)
    pairs = pairs[pairs[:, 0] != pairs[:, 1]]
    length = np.linalg.norm(flat[pairs[:, 0]] - flat[pairs[:, 1]], axis=1)
    return pairs[length <= LONGEST * np.median(length)]


def _spread(flat: np.ndarray, edges: np.ndarray, members: np.ndarray) -> np.ndarray:
    """(n, 2) positions moved apart until hardly two are nearer than one tile, while neighbours
    that are farther apart than that draw together, those of one group more."""
    points = flat + 1e-3 * np.sin(np.arange(flat.size).reshape(flat.shape) * 78.233)
    first, second = edges.T
    pull = np.where(members[first] == members[second], 0.06, 0.025)
    for number in range(SPREAD_ROUNDS):
        move = np.zeros_like(points)
        if number < SPREAD_ROUNDS * 0.75:
            step = points[second] - points[first]
            length = np.maximum(np.linalg.norm(step, axis=1), 1e-9)
            force = (pull * np.clip(length - 1.05, 0, 2) / length)[:, None] * step
            np.add.at(move, first, force)
            np.add.at(move, second, -force)
        near = cKDTree(points).query_pairs(1.0, output_type="ndarray")
        if len(near):
            near = near[np.lexsort((near[:, 1], near[:, 0]))]
            step = points[near[:, 1]] - points[near[:, 0]]
            length = np.maximum(np.linalg.norm(step, axis=1), 1e-9)
            force = (0.35 * (1.0 - length) / length)[:, None] * step
            np.add.at(move, near[:, 0], -force)
            np.add.at(move, near[:, 1], force)
        points = points + move
    return points


def _assign(spread: np.ndarray) -> np.ndarray:
    """(n, 2) the cell of each position, so that the sum of squared moves is least."""
    low = np.floor(spread.min(axis=0)).astype(int) - MARGIN
    high = np.ceil(spread.max(axis=0)).astype(int) + MARGIN
    columns, rows = np.meshgrid(*(np.arange(a, b + 1) for a, b in zip(low, high, strict=True)))
    cells = np.stack([columns.ravel(), rows.ravel()], axis=1)
    cost = ((spread[:, None, :] - cells[None]) ** 2).sum(axis=2)
    return cells[linear_sum_assignment(cost)[1]]


def _fill_holes(cells: np.ndarray, spread: np.ndarray) -> np.ndarray:
    """(n, 2) cells without free cells inside: the assignment again, with every inner cell in use,
    so that cells at the rim are given up instead."""
    for _ in range(len(cells)):
        taken = set(map(tuple, cells.tolist()))
        holes = _enclosed(taken)
        if not holes:
            break
        taken |= holes
        open_to = np.array(sorted(taken))
        inner = [all((c + x, r + y) in taken for x, y in SIDES) for c, r in open_to.tolist()]
        cost = ((spread[:, None, :] - open_to[None]) ** 2).sum(axis=2)
        cells = open_to[linear_sum_assignment(cost - 1e6 * np.array(inner))[1]]
    return cells


def _enclosed(taken: set[tuple[int, int]]) -> set[tuple[int, int]]:
    """Free cells that cannot be reached from outside along sides."""
    columns, rows = zip(*taken, strict=True)
    west, east, north, south = min(columns), max(columns), min(rows), max(rows)
    free = {(column, row) for column in range(west - 1, east + 2) for row in range(north - 1, south + 2)} - taken
    stack = [(west - 1, north - 1)]
    free.discard(stack[0])
    while stack:
        column, row = stack.pop()
        for right, down in SIDES:
            beside = (column + right, row + down)
            if beside in free:
                free.remove(beside)
                stack.append(beside)
    return free
