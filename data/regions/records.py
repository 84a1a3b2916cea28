"""What a region pack is made of: its error and its frozen records.

Answers for the shape of a pack in memory. Leaves reading and checking to `pack` and `rows`,
and everything about databases to data/models.
"""

from dataclasses import dataclass
from pathlib import Path

from dashboard.domain.errors import UserError

SYNTHETIC_PARTS = ("grids", "population", "households", "positions below county")
"""What a pack may declare as invented; `synthetic.expand` makes exactly what is listed."""


class PackError(UserError):
    """A region pack, or what it is built from, cannot be used.

    The text says what is wrong and where (file, line), what was found, what is allowed, what to do.
    """

    def __init__(self, what: str) -> None:
        super().__init__("region-pack", what)


@dataclass(frozen=True, slots=True)
class PackLevel:
    """One level of the tree. `boundaries` is a GeoJSON file in the pack, None when it has none."""

    level: str
    name: str
    name_en: str
    boundaries: str | None = None


@dataclass(frozen=True, slots=True)
class PackSource:
    """Where one part of a pack comes from. `datum` is the datum of the pack's coordinates and what
    it was converted from; None for sources without positions."""

    what: str
    name: str
    version: str
    date: str
    licence: str
    datum: str | None = None


@dataclass(frozen=True, slots=True)
class RegionRow:
    """One region. `parent_code` is None for the root only.

    `lon`, `lat`: WGS-84 degrees, a point inside the region; None when unknown.
    `population` in persons, `households` in households; None when unknown, never 0 for unknown.
    """

    code: str
    level: str
    name: str
    short_name: str
    parent_code: str | None
    lon: float | None = None
    lat: float | None = None
    population: int | None = None
    households: int | None = None


@dataclass(frozen=True, slots=True)
class Pack:
    """The description of a pack (pack.toml). Its regions and boundaries are read on demand.

    `levels` runs from the top down. `calendar` names a work calendar ("CN", "US-CA").
    `map_approval` is the 审图号, empty until a map authority has given one.
    """

    key: str
    name: str
    name_en: str
    root: str
    timezone: str
    calendar: str
    synthetic: tuple[str, ...]
    levels: tuple[PackLevel, ...]
    sources: tuple[PackSource, ...]
    map_note: str
    map_note_en: str
    map_approval: str
    folder: Path

    @property
    def level_names(self) -> tuple[str, ...]:
        """The keys of the pack's levels, from the top down."""
        return tuple(level.level for level in self.levels)
