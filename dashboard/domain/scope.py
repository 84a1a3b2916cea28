"""What a person may see: the subtrees they were granted. Every query takes one."""

from collections.abc import Mapping
from dataclasses import dataclass

from dashboard.domain.errors import NotFound
from dashboard.domain.regions import LEVELS, Region


@dataclass(frozen=True, slots=True)
class Scope:
    """Region subtrees, by the codes of their roots. `units`: (root, unit) pairs; of these subtrees only the cases of
    the unit are seen, never the region itself. `everything` is for jobs and for a wall without sign-in."""

    roots: frozenset[str] = frozenset()
    everything: bool = False
    units: frozenset[tuple[str, str]] = frozenset()

    def covers(self, region: Region) -> bool:
        return self.everything or any(code in self.roots for _, code in region.path)

    def check(self, region: Region) -> Region:
        """`region` itself, or NotFound: what is not granted does not exist."""
        if not self.covers(region):
            raise NotFound("region", "no such region", got=region.code)
        return region

    def covers_case(self, case: Mapping) -> bool:
        """May a case be seen? `case` has the columns `<level>_code` and holder_unit."""
        if self.everything:
            return True
        path = {case[f"{level}_code"] for level in LEVELS} - {None}
        if path & self.roots:
            return True
        return any(root in path and unit == case["holder_unit"] for root, unit in self.units)

    @property
    def empty(self) -> bool:
        return not (self.everything or self.roots or self.units)

    @property
    def key(self) -> str:
        """Stable text for cache keys; equal scopes have equal keys."""
        if self.everything:
            return "*"
        return ",".join((*sorted(self.roots), *(f"{root}:{unit}" for root, unit in sorted(self.units))))


EVERYTHING = Scope(everything=True)
