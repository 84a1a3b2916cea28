"""Views of the regions below: map, its shapes, ranking. Frozen; see dashboard.views.wall for the common words."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MapItem:
    """One shape or tile. `cls`: "A".."E", "V" (veto) or "N" (no data) for bands; "S1".."S5" for a five-step shade of a
    quantity. `open`, `overdue`: cases as they stand; None where the map shows something else."""

    code: str
    name: str
    value: float | None
    text: str
    cls: str
    open: int | None
    overdue: int | None
    href: str  # drill
    cases: str  # list of its cases, or its score


@dataclass(frozen=True, slots=True)
class LegendRow:
    """`cls`: a band, a step of a scale, "veto" or "N" (too little data). `label`: its bounds in words."""

    cls: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Moved:
    """A region that changed band since the last period."""

    code: str
    name: str
    before: str
    after: str
    href: str


@dataclass(frozen=True, slots=True)
class Point:
    """A case on the map of a county or below."""

    x: float  # in the units of the shapes' SVG
    y: float
    severity: str
    title: str
    href: str


@dataclass(frozen=True, slots=True)
class Shape:
    """`d`: SVG path. `x`, `y`: where its label stands. `group`: code of the region whose border it may form."""

    code: str
    name: str
    d: str
    x: float
    y: float
    group: str


@dataclass(frozen=True, slots=True)
class Tile:
    code: str
    name: str
    col: int
    row: int
    group: str


@dataclass(frozen=True, slots=True)
class ShapesView:
    """What a map is drawn on; changes only with the region pack. Boundaries in `shapes`, or equal tiles in `tiles`.

    `outlines`: (code, name, path, label x, label y) of the groups (cities on a province's map of counties); `rim`: the
    outer outline. `parallels`: (path, words, x, y) of the graticule. Empty `shapes` with a `rim`: only an outline, on
    which cases are drawn as points.
    """

    width: float
    height: float
    shapes: tuple[Shape, ...]
    outlines: tuple[tuple[str, str, str, float, float], ...]
    rim: str
    parallels: tuple[tuple[str, str, float, float], ...]
    tiles: tuple[Tile, ...]
    columns: int
    rows: int


@dataclass(frozen=True, slots=True)
class MapView:
    """`shapes`: query string of the SVG with a shape for every item. `view`: "map" or "tile"; both exist where `has_map`.

    `level_name`: what one shape stands for. `hero`: the region's own figure.
    """

    title: str
    subtitle: str
    view: str
    measure: str
    shapes: str
    has_map: bool
    items: tuple[MapItem, ...]
    legend: tuple[LegendRow, ...]
    level_name: str
    hero_title: str
    hero: str
    hero_note: str
    moved: tuple[Moved, ...]
    points: tuple[Point, ...]
    note: str
    groups: tuple[tuple[str, str, str], ...] = ()  # (code, words such as "94.3", class) of the shapes' outlines
    fixed: bool = False  # no other measure can be chosen


@dataclass(frozen=True, slots=True)
class RankRow:
    """`first`: first of its band. `rank` None: unranked (no data). `moved`: places gained since the last period."""

    code: str
    name: str
    band: str | None
    first: bool
    rank: int | None
    tied: bool
    moved: int | None
    value: float | None
    text: str
    low: float | None
    high: float | None
    href: str
    vetoed: bool = False  # 一票否决: not ranked, the score struck through


@dataclass(frozen=True, slots=True)
class RankingView:
    """Rows in order. `same`: (first row, last row) of runs whose intervals overlap (不可区分). `axis`: (low, high) of
    the interval plot; `cuts`: (letter, lower bound) inside the axis."""

    title: str
    subtitle: str
    measure: str
    rows: tuple[RankRow, ...]
    same: tuple[tuple[int, int], ...]
    axis: tuple[float, float]
    cuts: tuple[tuple[str, float], ...]
