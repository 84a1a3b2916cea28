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
    unsent: int = 0  # devices that hold reports they have not sent
    complete_until: datetime | None = None  # in the region's zone; where any do


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
