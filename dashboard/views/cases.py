"""Views of cases: the live stream, the list behind a number, one case. Frozen; see dashboard.views.wall."""

from dataclasses import dataclass
from datetime import datetime


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
    """The cases behind a number. `total` is the number itself; `parts` say how it adds up when it is a rate.
    `export`: where the list is to be had as a file; "": not for this reader."""

    title: str
    conditions: tuple[str, ...]
    total: int
    rows: tuple[CaseRow, ...]
    page: int
    pages: int
    previous: str | None
    next: str | None
    export: str
    parts: tuple[tuple[str, str, bool], ...] = ()  # of a rate: (words with count, href, is shown)
    back: str = ""  # where closing leads, where that is not the wall below


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
