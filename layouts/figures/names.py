"""Where the names of points stand in a plot: beside, under or over their point, on no other name, on no point that is
marked as well, and on as few others as can be. Imhof, "Positioning names on maps", The American Cartographer 2 (1975).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_OVER, _UNDER = 0.85, 0.15  # letters that a name reaches over its baseline, and under it
_GAP = 0.15  # letters between two names
_COVERED = 2  # points that a name may stand on


@dataclass(frozen=True, slots=True)
class Spot:
    """A point in pixels. `name`: letters of its name. `marked`: no other name may cover it."""

    x: float
    y: float
    name: int = 0
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Rect:
    left: float
    top: float
    right: float
    bottom: float

    def grown(self, by: float) -> "Rect":
        return Rect(self.left - by, self.top - by, self.right + by, self.bottom + by)

    def meets(self, other: "Rect") -> bool:
        return (self.left < other.right and other.left < self.right
                and self.top < other.bottom and other.top < self.bottom)  # fmt: skip

    def within(self, other: "Rect") -> bool:
        return (self.left >= other.left and self.right <= other.right
                and self.top >= other.top and self.bottom <= other.bottom)  # fmt: skip

    def holds(self, spot: Spot) -> bool:
        return self.left < spot.x < self.right and self.top < spot.y < self.bottom


@dataclass(frozen=True, slots=True)
class Label:
    """A name as SVG wants it: (x, y) of its baseline at `anchor`, and the room it takes."""

    x: float
    y: float
    anchor: str
    rect: Rect


def name_spots(
    spots: Sequence[Spot], wanted: Sequence[int], room: Rect, letter: float, dot: float, *, sure: int = -1
) -> dict[int, Label]:
    """{index of a spot: its label} of those in `wanted`, the first first, that find a place in `room`. `sure` gets one in
    any case; it comes first in `wanted`. `letter`, `dot`: width of a letter and radius of a point, in pixels."""
    found: dict[int, Label] = {}
    for at in wanted:
        places = list(_around(spots[at], letter, dot))
        others = [spot for n, spot in enumerate(spots) if n != at]
        free = [one for one in places if one.rect.within(room) and not _taken(one.rect, found, others, letter, dot)]
        covered = {one: sum(one.rect.grown(dot).holds(spot) for spot in others) for one in free}
        best = min(free, key=covered.__getitem__, default=None)
        if best is not None and covered[best] <= _COVERED:
            found[at] = best
        elif at == sure:
            found[at] = places[0]
    return found


def _taken(rect: Rect, found: dict[int, Label], others: Sequence[Spot], letter: float, dot: float) -> bool:
    wide = rect.grown(dot)
    apart = rect.grown(_GAP * letter)
    return any(apart.meets(one.rect) for one in found.values()) or any(
        spot.marked and wide.holds(spot) for spot in others
    )


def _around(spot: Spot, letter: float, dot: float) -> Iterator[Label]:
    """The places, the one that reads best first."""
    wide, beside = spot.name * letter, spot.y + 0.3 * letter
    for x, y, anchor, left in (
        (spot.x + 2 * dot, beside, "start", spot.x + 2 * dot),
        (spot.x - 2 * dot, beside, "end", spot.x - 2 * dot - wide),
        (spot.x, spot.y + dot + 1.1 * letter, "middle", spot.x - wide / 2),
        (spot.x, spot.y - dot - 0.4 * letter, "middle", spot.x - wide / 2),
    ):
        yield Label(x, y, anchor, Rect(left, y - _OVER * letter, left + wide, y + _UNDER * letter))
