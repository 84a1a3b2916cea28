"""Mends a tile map by moving and swapping tiles.

Answers for what an assignment cell by cell cannot see: neighbours that should touch, groups that
should hang together, no holes inside. Leaves where tiles start to `tiles`.
"""

from math import hypot

import numpy as np

MOVED, APART, TURNED, TORN, HOLE = 0.35, 1.0, 1.6, 9.0, 4.0
"""Costs: per squared cell a tile lies from its place; per cell two neighbours lie apart beyond
touching; per neighbour that lies the opposite way (half of it at a right angle); per piece of a
group; per free cell between four tiles."""
SWEEPS = 6
SIDES = ((1, 0), (-1, 0), (0, 1), (0, -1))
REACH = 3
"""Cells a tile looks around for a better one."""


class Board:
    """Tiles on cells. `at` maps a cell to its tile; `cell` a tile to its cell."""

    def __init__(
        self,
        cells: np.ndarray,
        wanted: np.ndarray,
        true: np.ndarray,
        edges: np.ndarray,
        members: np.ndarray,
    ) -> None:
        self.cell = [tuple(cell) for cell in cells.tolist()]
        self.at = {cell: tile for tile, cell in enumerate(self.cell)}
        self.wanted = wanted.tolist()
        self.member = members.tolist()
        self.near: list[list[tuple[int, float, float]]] = [[] for _ in self.cell]
        for (one, other), (x, y) in zip(edges.tolist(), _directions(edges, true), strict=True):
            self.near[one].append((other, x, y))
            self.near[other].append((one, -x, -y))
        self.tiles_of: dict[int, list[int]] = {}
        for tile, group in enumerate(self.member):
            self.tiles_of.setdefault(group, []).append(tile)

    def place(self, tile: int, cell: tuple[int, int]) -> None:
        """Puts a tile on a cell; the tile that is there, if any, takes its old cell."""
        old, other = self.cell[tile], self.at.get(cell)
        self.cell[tile], self.at[cell] = cell, tile
        if other is None:
            del self.at[old]
        else:
            self.cell[other], self.at[old] = old, other

    def shift(self, row: list[tuple[int, int]]) -> None:
        """Moves the tiles on all cells but the last, which is free, to the next cell each."""
        for old, new in zip(row[-2::-1], row[:0:-1], strict=True):
            self.place(self.at[old], new)

    def cost_near(self, tiles: list[int], cells: list[tuple[int, int]]) -> float:
        """The part of the cost that moving these tiles among these cells can change."""
        touched = {other for tile in tiles for other, *_ in self.near[tile]}.union(tiles)
        torn = sum(map(self.pieces, {self.member[tile] for tile in tiles}))
        return sum(map(self.cost_of, sorted(touched))) + TORN * torn + HOLE * self.holes(*cells)

    def pieces(self, group: int) -> int:
        """How many pieces the tiles of a group make, touching along sides; 1 when there is but one
        group, whose islands may lie apart."""
        if len(self.tiles_of) == 1:
            return 1
        left = {self.cell[tile] for tile in self.tiles_of[group]}
        count = 0
        while left:
            count += 1
            stack = [left.pop()]
            while stack:
                column, row = stack.pop()
                for right, down in SIDES:
                    beside = (column + right, row + down)
                    if beside in left:
                        left.remove(beside)
                        stack.append(beside)
        return count

    def cost_of(self, tile: int) -> float:
        """What one tile costs where it is, without its group."""
        column, row = self.cell[tile]
        x, y = self.wanted[tile]
        cost = MOVED * ((column - x) ** 2 + (row - y) ** 2)
        for other, x, y in self.near[tile]:
            right, down = self.cell[other][0] - column, self.cell[other][1] - row
            wide, tall = abs(right), abs(down)
            gap = max(wide, tall) + 0.5 * min(wide, tall)
            cost += APART * (gap - 1)
            cost += TURNED * 0.5 * (1 - (right * x + down * y) / hypot(right, down))
        return cost

    def holes(self, *around: tuple[int, int]) -> int:
        """How many free cells at or beside the given ones lie between four tiles."""
        cells = {(c + right, r + down) for c, r in around for right, down in (*SIDES, (0, 0))}
        return sum(
            cell not in self.at and all((cell[0] + right, cell[1] + down) in self.at for right, down in SIDES)
            for cell in cells
        )

    def gain(self, tile: int, cell: tuple[int, int]) -> float:
        """What placing the tile on the cell saves; the board is left as it was."""
        other, old = self.at.get(cell), self.cell[tile]
        before = self._local(tile, other, old, cell)
        self.place(tile, cell)
        after = self._local(tile, other, old, cell)
        self.place(tile, old)
        return before - after

    def _local(self, tile: int, other: int | None, *cells: tuple[int, int]) -> float:
        """The part of the cost that a move between two cells can change."""
        if other is None:
            groups, holes = {self.member[tile]}, self.holes(*cells)
        else:
            groups, holes = {self.member[tile], self.member[other]}, 0
            if len(groups) == 1:
                groups = set()
        cost = self.cost_of(tile) + (0.0 if other is None else self.cost_of(other))
        return cost + TORN * sum(map(self.pieces, groups)) + HOLE * holes


def _directions(edges: np.ndarray, true: np.ndarray) -> list[list[float]]:
    """Unit vectors from the first to the second of each pair; zero where both are at one place."""
    step = true[edges[:, 1]] - true[edges[:, 0]]
    return (step / np.maximum(np.linalg.norm(step, axis=1), 1e-9)[:, None]).tolist()


def repair(
    cells: np.ndarray,
    wanted: np.ndarray,
    true: np.ndarray,
    edges: np.ndarray,
    members: np.ndarray,
) -> np.ndarray:
    """(n, 2) cells after swaps and moves that lower the cost, in a fixed order, until none does.

    `wanted` (n, 2) is where tiles should lie, in cells; `true` (n, 2) where the regions lie, which
    gives the directions; `edges` (m, 2) are pairs of neighbours; `members` (n,) group numbers.
    """
    board = Board(cells, wanted, true, edges, members)
    for _ in range(SWEEPS):
        tiles = range(len(board.cell))
        moves = [_improve(board, tile) for tile in tiles]
        pushes = [_push(board, tile, *side) for tile in tiles for side in SIDES]
        if not any(moves) and not any(pushes):
            break
    return np.array(board.cell, dtype=int).reshape(-1, 2)


def _improve(board: Board, tile: int) -> bool:
    """Puts the tile on the cell within REACH that saves most; False when none saves anything."""
    column, row = board.cell[tile]
    best, target = 1e-6, None
    for right in range(-REACH, REACH + 1):
        for down in range(-REACH, REACH + 1):
            cell = (column + right, row + down)
            if cell == (column, row) or not _allowed(board, tile, cell):
                continue
            gain = board.gain(tile, cell)
            if gain > best:
                best, target = gain, cell
    if target is not None:
        board.place(tile, target)
    return target is not None


def _push(board: Board, tile: int, right: int, down: int) -> bool:
    """Shifts a tile and all that stand before it in that direction by one cell, up to the first
    free one, if that lowers the cost of the board; it can, where no single swap does."""
    row = [board.cell[tile]]
    while row[-1] in board.at:
        row.append((row[-1][0] + right, row[-1][1] + down))
    tiles = [board.at[cell] for cell in row[:-1]]
    before = board.cost_near(tiles, row)
    board.shift(row)
    if board.cost_near(tiles, row) < before - 1e-6:
        return True
    board.shift(row[::-1])
    return False


def _allowed(board: Board, tile: int, cell: tuple[int, int]) -> bool:
    """A tile may swap with any other, or move to a free cell that touches another tile."""
    if cell in board.at:
        return True
    return any(board.at.get((cell[0] + right, cell[1] + down), tile) != tile for right, down in SIDES)
