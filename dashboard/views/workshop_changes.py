"""Views of what changed since the edition before, region by region, and why. See dashboard.views.workshop."""

from dataclasses import dataclass

from dashboard.views.desk import Link


@dataclass(frozen=True, slots=True)
class Cause:
    """Points of 100 that a region gained (+) or lost (−) by one thing. Of an indicator its figures `then` and `now`, in
    `unit`, and its `href`; of weights, the scheme or deductions only the points."""

    key: str
    label: str
    points: float
    then: float | None = None
    now: float | None = None
    unit: str = ""
    digits: int = 0
    href: str = ""


@dataclass(frozen=True, slots=True)
class Shift:
    """A region then and now. Ranks are those within the peer group, where one is chosen; `moved`: ranks won (+) or lost;
    `gain`: of the published score. `note`: why it has no rank now, or nothing to compare. `causes`: the greatest first; ():
    it has no score in one of the two."""

    region: str
    name: str
    city: str
    rank: int | None
    rank_then: int | None
    moved: int | None
    band: str | None
    band_then: str | None
    score: float | None
    score_then: float | None
    gain: float | None
    causes: tuple[Cause, ...]
    note: str
    href: str
    on: bool = False


@dataclass(frozen=True, slots=True)
class ChangeTable:
    """`then`, `now`: the two editions by month; `then` "": there is no earlier one that is published. `risen`, `fallen`:
    regions by rank; `crossed`: by band. `sorts`, `peers`: links; `exports`: query of the files; `back`: to the ranking."""

    then: str
    now: str
    rows: tuple[Shift, ...]
    risen: int
    fallen: int
    crossed: int
    digits: int
    peers: tuple[Link, ...]
    sorts: tuple[Link, ...]
    exports: str
    back: str
    level: str
