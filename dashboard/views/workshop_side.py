"""Views beside the ranking: the profile of a region, and weights that are tried. See dashboard.views.workshop."""

from dataclasses import dataclass

from dashboard.views.desk import Link
from dashboard.views.workshop import Place


@dataclass(frozen=True, slots=True)
class Lift:
    """The fewest real cases that would lift the score into the next band by one indicator. `what`: what has to happen."""

    key: str
    label: str
    what: str
    cases: int
    score: float
    href: str


@dataclass(frozen=True, slots=True)
class Gap:
    """Points of 100 that a region gains (+) or loses (−) under an indicator against the mean of all."""

    key: str
    label: str
    points: float
    normal: float | None
    mean: float | None
    href: str


@dataclass(frozen=True, slots=True)
class Then:
    """How the region stood in an earlier edition."""

    label: str
    rank: int | None
    score: float | None
    band: str | None
    href: str


@dataclass(frozen=True, slots=True)
class Profile:
    """`gaps`: the greatest loss first. `cut`: the next band and its lower bound; None: in the best already, or not ranked.
    `lifts`: each alone is enough; `together`: none is, and these, one after another, are."""

    place: Place
    size: int
    digits: int
    low: float | None
    high: float | None
    peers: str
    peer_rank: int | None
    peer_size: int
    deducted: float
    coverage: float
    gaps: tuple[Gap, ...]
    cut: tuple[str, float] | None
    lifts: tuple[Lift, ...]
    together: bool
    history: tuple[Then, ...]
    back: str


@dataclass(frozen=True, slots=True)
class Dial:
    """A weight that can be tried: `weight` in per cent among its siblings, as the scheme has it."""

    key: str
    label: str
    weight: float


@dataclass(frozen=True, slots=True)
class Trial:
    """What can be tried: the weights below one node, another normalisation, another aggregation. `doubt`: (source, share
    by itself, share with its interplay) of how far each moves the ranks: Sobol indices of the edition. `drafts`: the reader
    may make a new version of the scheme of it."""

    parent: str
    title: str
    dials: tuple[Dial, ...]
    normalise: tuple[tuple[str, str], ...]
    aggregate: tuple[tuple[str, str], ...]
    up: tuple[Link, ...]
    drafts: bool
    doubt: tuple[tuple[str, float, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Mover:
    region: str
    name: str
    rank: int | None
    was: int | None
    band: str | None
    band_was: str | None
    score: float | None
    score_was: float | None
    href: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a trial changes: `moved` ranks, `crossed` bands; `rows`: crossings first, then the farthest. `draft`: link to the
    scheme's form with what was tried in it; "" for whoever may not change the scheme, or where it has other nodes by now."""

    moved: int
    crossed: int
    farthest: int
    rows: tuple[Mover, ...]
    size: int
    digits: int
    draft: str = ""
