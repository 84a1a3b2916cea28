"""What a person may see: the subtrees they were granted. Every query takes one."""

from dataclasses import dataclass

from dashboard.domain.errors import NotFound
from dashboard.domain.regions import Region


@dataclass(frozen=True, slots=True)
class Scope:
    """Region subtrees, by the codes of their roots. `everything` is for jobs and for a wall without sign-in."""

    roots: frozenset[str] = frozenset()
    everything: bool = False

    def covers(self, region: Region) -> bool:
        return self.everything or any(code in self.roots for _, code in region.path)

    def check(self, region: Region) -> Region:
        """`region` itself, or NotFound: what is not granted does not exist."""
        if not self.covers(region):
            raise NotFound("region", "no such region", got=region.code)
        return region

    @property
    def key(self) -> str:
        """Stable text for cache keys; equal scopes have equal keys."""
        return "*" if self.everything else ",".join(sorted(self.roots))


EVERYTHING = Scope(everything=True)
