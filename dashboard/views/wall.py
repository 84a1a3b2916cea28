"""What the wall shows: frozen views, one a panel type. Services fill them, layouts draw them; neither knows the other.

Words in them are already in the reader's language; numbers are raw, layouts format them. `href` is the query string
of what a click opens: a region (drill) or the list of the cases behind the number. None: nothing to open.
"""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Change:
    """Difference to another period: points for rates, per cent for counts. None: nothing to compare with."""

    value: float | None
    unit: str  # "pp" or "%"
    worse: bool = False


@dataclass(frozen=True, slots=True)
class Kpi:
    """`value` None: no data. `base`/`base_label`: the denominator and its name. `spark`: daily values, None = gap."""

    key: str
    title: str
    value: float | None
    unit: str
    digits: int
    base_label: str
    base: float | None
    base_unit: str
    previous: Change
    last_year: Change
    spark: tuple[float | None, ...]
    href: str


@dataclass(frozen=True, slots=True)
class Crumb:
    code: str
    name: str
    href: str


@dataclass(frozen=True, slots=True)
class Header:
    """`below`: words such as "11 市", "90 县". `mark`: the synthetic mark or the source of real records."""

    crumbs: tuple[Crumb, ...]
    below: tuple[str, ...]
    period: str
    as_of: datetime  # aware, in the region's zone
    synthetic: bool
    mark: str
    stale: bool = False
    archive: bool = False  # finished records: `as_of` is where they end, and time stands still


@dataclass(frozen=True, slots=True)
class MapItem:
    """One shape or tile. `cls`: "A".."E" or "N" (no data) for bands; "S1".."S5" for a five-step shade of a quantity."""

    code: str
    name: str
    value: float | None
    text: str
    cls: str
    open: int
    overdue: int
    href: str  # drill
    cases: str  # list of its cases


@dataclass(frozen=True, slots=True)
class LegendRow:
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


@dataclass(frozen=True, slots=True)
class Stage:
    """`share`: of the first stage (bar length, 0-1). `rate`: of the stage before, in %; `low`: the largest loss."""

    key: str
    label: str
    count: int
    share: float
    rate: float | None
    low: bool
    href: str


@dataclass(frozen=True, slots=True)
class FunnelView:
    """Cases reported in the period and how far they have come."""

    title: str
    subtitle: str
    stages: tuple[Stage, ...]
    closed_label: str
    closed_rate: float | None
    open_label: str
    open: int
    open_href: str


@dataclass(frozen=True, slots=True)
class TrendView:
    """Daily values in %, oldest first; None = gap. The three series have equal length."""

    title: str
    subtitle: str
    days: tuple[date, ...]
    current: tuple[float | None, ...]
    previous: tuple[float | None, ...]
    last_year: tuple[float | None, ...]
    labels: tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Bar:
    key: str
    label: str
    count: int
    share: float  # of the longest bar, 0-1
    change: Change
    href: str


@dataclass(frozen=True, slots=True)
class BarsView:
    title: str
    subtitle: str
    rows: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class ClockRow:
    """`used`/`limit`: mean work hours of the stages finished in the period. `yellow`: share of the limit."""

    key: str
    label: str
    open: int
    used: float | None
    limit: float | None
    unit: str
    yellow_at: float
    yellow: int
    red: int
    href: str
    yellow_href: str
    red_href: str


@dataclass(frozen=True, slots=True)
class ClocksView:
    title: str
    subtitle: str
    rows: tuple[ClockRow, ...]


@dataclass(frozen=True, slots=True)
class StreamRow:
    """`left`: words, e.g. "剩 1:36" or "按期"; `hot`: little time left or late."""

    id: str
    at: datetime  # aware, in the region's zone
    severity: str
    severity_label: str
    place: str
    text: str
    state: str
    left: str
    hot: bool
    href: str


@dataclass(frozen=True, slots=True)
class StreamView:
    title: str
    subtitle: str
    rows: tuple[StreamRow, ...]


@dataclass(frozen=True, slots=True)
class RateRow:
    key: str
    label: str
    value: float | None
    count: int
    base: int
    change: Change
    href: str


@dataclass(frozen=True, slots=True)
class TableView:
    """Repeat and returned: a few rates with what they stand on."""

    title: str
    subtitle: str
    rows: tuple[RateRow, ...]


@dataclass(frozen=True, slots=True)
class CaseRow:
    id: str
    county_code: str
    number: str
    reported_at: datetime
    place: str
    kind: str
    severity: str
    severity_label: str
    title: str
    state: str
    due: str
    card: str
    late: bool
    href: str


@dataclass(frozen=True, slots=True)
class CaseListView:
    """The cases behind a number. `total` is the number itself; `counts` says how it adds up when it is a rate."""

    title: str
    conditions: tuple[str, ...]
    total: int
    rows: tuple[CaseRow, ...]
    page: int
    pages: int
    previous: str | None
    next: str | None
    export: str


@dataclass(frozen=True, slots=True)
class StepRow:
    at: datetime
    label: str
    actor: str
    note: str


@dataclass(frozen=True, slots=True)
class CaseView:
    row: CaseRow
    facts: tuple[tuple[str, str], ...]
    steps: tuple[StepRow, ...]
    back: str
