"""What waits for a person: cases to act on, orders, what became of their reports, and how their grids stand today."""

from dataclasses import dataclass
from datetime import datetime

from dashboard.domain.explain import ClockTold
from dashboard.views.directives import DirectiveRow
from dashboard.views.dossier import AllowedAction, CaseHead


@dataclass(frozen=True, slots=True)
class InboxCase:
    """`clock`: the one that runs; None where none does. `due_at`: when what waits for the person falls due."""

    head: CaseHead
    clock: ClockTold | None
    due_at: datetime | None
    actions: tuple[AllowedAction, ...]


@dataclass(frozen=True, slots=True)
class LastStep:
    label: str
    at: datetime
    note: str | None


@dataclass(frozen=True, slots=True)
class MyReport:
    county_code: str
    id: str
    number: str
    title: str
    state: str
    state_label: str
    reported_at: datetime
    last: LastStep


@dataclass(frozen=True, slots=True)
class MyGrid:
    code: str
    name: str
    place: str  # names from the county down
    lon: float | None
    lat: float | None


@dataclass(frozen=True, slots=True)
class GridItem:
    """A case that counts against a grid. `why`: overdue, red, yellow, reworked, reopened, due_today; `rule`: in words.

    `since`: when it began to count, or falls due today.
    """

    county_code: str
    id: str
    number: str
    title: str
    why: str
    why_label: str
    rule: str
    since: datetime | None


@dataclass(frozen=True, slots=True)
class GridToday:
    """Open cases that lie in the person's grids, whoever holds them; `items`: the ones that count against the grid."""

    open: int
    overdue: int
    yellow: int
    red: int
    reworked: int
    reopened: int
    due_today: int
    items: tuple[GridItem, ...]


@dataclass(frozen=True, slots=True)
class Myself:
    name: str
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many cases wait in a state."""

    state: str
    state_label: str
    count: int


@dataclass(frozen=True, slots=True)
class Inbox:
    """`total`: cases that wait; `cases` has the first of them. `grid_today` None: the person has no grid."""

    at: datetime
    person: Myself
    total: int
    states: tuple[Waiting, ...]
    cases: tuple[InboxCase, ...]
    directives: tuple[DirectiveRow, ...]
    mine: tuple[MyReport, ...]
    grids: tuple[MyGrid, ...]
    grid_today: GridToday | None
