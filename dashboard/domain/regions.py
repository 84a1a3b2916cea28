"""The region tree: levels, the node, and what lies below what.

Levels are ranks, not names: a pack may start at any of them and calls them what its country does.
A code says nothing about ancestry; a node carries its ancestors because the tree says so.
"""

from dataclasses import dataclass

LEVELS = ("province", "city", "county", "township", "village", "grid")
ROLLED_UP = LEVELS[:4]  # levels that have roll-ups; below them cases are read through an index


@dataclass(frozen=True, slots=True)
class Region:
    """One node. `path` holds (level, code) from the root of its pack down to itself."""

    code: str
    level: str
    name: str
    short_name: str
    parent_code: str | None
    pack: str
    path: tuple[tuple[str, str], ...]
    lon: float | None = None
    lat: float | None = None
    population: int | None = None
    households: int | None = None

    def ancestor(self, level: str) -> str | None:
        """Code of the ancestor (or self) at `level`; None where the path has no such level."""
        return dict(self.path).get(level)

    @property
    def rolled_up(self) -> bool:
        return self.level in ROLLED_UP


def below(level: str) -> str | None:
    """The next level down, None under a grid."""
    index = LEVELS.index(level)
    return LEVELS[index + 1] if index + 1 < len(LEVELS) else None
