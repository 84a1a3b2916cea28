"""Views of the evaluator's desk, the section "ranking": one edition of a scheme, from its life down to the cases behind a
score. Frozen; numbers raw, words in the reader's language, links as query strings. Points are of 100."""

from dataclasses import dataclass
from datetime import datetime, tzinfo

from dashboard.views.desk import Link


@dataclass(frozen=True, slots=True)
class Stage:
    """One state of an edition's life. `standing`: done, now or next; `note`: its date, or what it waits for."""

    key: str
    label: str
    standing: str
    note: str


@dataclass(frozen=True, slots=True)
class Act:
    """What the person may do with the edition now. `api`: method and path; `fixed`: JSON that goes along. `noted`: a note is
    asked for."""

    action: str
    label: str
    hint: str
    api: str
    fixed: str
    noted: bool = True


@dataclass(frozen=True, slots=True)
class Past:
    """Who did what with an edition, when."""

    at: datetime
    label: str
    actor: str
    role: str
    note: str


@dataclass(frozen=True, slots=True)
class EditionBar:
    """The edition in focus. `id` "": provisional figures of the running month, which nobody has frozen. `version`: as it
    was seen. `digest`: of the frozen inputs. `waiting`: what the state waits for. `acts`: the one that moves it on first."""

    id: str
    version: int
    title: str
    scheme: str
    digest: str
    provisional: bool
    state: str
    stages: tuple[Stage, ...]
    waiting: str
    acts: tuple[Act, ...]
    past: tuple[Past, ...]
    schemes: tuple[Link, ...]
    editions: tuple[Link, ...]
    zone: tzinfo
    issue: int = 1
    error: str = ""  # why there are no figures; "" there are


@dataclass(frozen=True, slots=True)
class Branch:
    """A node or indicator. `weight`: points of 100 in the whole; `score`: 0–100 of the region in focus."""

    key: str
    label: str
    weight: float
    href: str
    leaf: bool = False
    on: bool = False
    open: bool = False
    score: float | None = None
    children: tuple["Branch", ...] = ()


@dataclass(frozen=True, slots=True)
class TreeView:
    """`about`: (term, words) that define what is in focus. `ratio`: consistency of the pairwise comparison, where there is
    one. `weigh`: link to trying other weights."""

    scheme: str
    branches: tuple[Branch, ...]
    total: float
    ratio: float | None
    title: str
    about: tuple[tuple[str, str], ...]
    weigh: str


@dataclass(frozen=True, slots=True)
class Place:
    """A region in the table. `half`: half the 95 % sampling interval; `first`–`last`: ranks of 90 % of the draws; `close`:
    not distinguishable from the one before; `moved`: ranks gained since the last edition; `standing`: ranked, veto, thin."""

    region: str
    name: str
    city: str
    standing: str
    band: str | None
    rank: int | None
    tied: bool
    score: float | None
    half: float | None
    first: int | None
    last: int | None
    close: bool
    href: str
    moved: int | None = None
    appeals: int = 0
    on: bool = False
    note: str = ""
    whole: int | None = None  # rank among all, where `rank` is that of a peer group


@dataclass(frozen=True, slots=True)
class Group:
    """The regions of one band, from `low` up to below `high` (None: no end)."""

    band: str
    low: float
    high: float | None
    rows: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class RankTable:
    """`groups`: by band, while the table stands in the order of ranks; else one `flat` list. `apart`: not ranked.
    `sorts`: (key, words, link, chosen). `size`: regions ranked, the end of every rail. `exports`: query of the files."""

    groups: tuple[Group, ...]
    flat: tuple[Place, ...]
    apart: tuple[Place, ...]
    size: int
    digits: int
    peers: tuple[Link, ...]
    sorts: tuple[Link, ...]
    exports: str
    level: str


@dataclass(frozen=True, slots=True)
class Point:
    """A region in a funnel plot: `rate` of `n`; `shrunk`: drawn towards the mean, the more the fewer n. `outside`: 0 within
    the limits, 95 or 99.8 beyond them; `good`: on the better side of the mean."""

    region: str
    name: str
    n: float
    rate: float
    shrunk: float
    outside: float
    good: bool
    href: str
    on: bool = False


@dataclass(frozen=True, slots=True)
class Limit:
    """Control limits of a funnel at `n`, in the rate's unit."""

    n: float
    low95: float
    high95: float
    low998: float
    high998: float


@dataclass(frozen=True, slots=True)
class Funnel:
    """`base`: what n counts. `other`: the indicator in focus is no rate, so the plot shows another one."""

    key: str
    title: str
    unit: str
    base: str
    points: tuple[Point, ...]
    limits: tuple[Limit, ...]
    mean: float
    where: str
    other: bool = False


@dataclass(frozen=True, slots=True)
class AppealLine:
    """An appeal in one line. `state`: its key, `label` its words; `what`: the claim's beginning."""

    region: str
    name: str
    what: str
    state: str
    label: str
    href: str


@dataclass(frozen=True, slots=True)
class AppealBox:
    """The newest appeals against the edition in focus; of `total`, `waiting` are undecided. `href` "": there is no page of
    them for this person."""

    rows: tuple[AppealLine, ...]
    total: int
    waiting: int
    href: str


@dataclass(frozen=True, slots=True)
class Hop:
    """One step of a trace. `value` with `unit`; `note` below it; `sum`: how the value came about, in numbers."""

    label: str
    value: str
    unit: str
    note: str
    href: str = ""
    on: bool = False


@dataclass(frozen=True, slots=True)
class TraceBar:
    """From a score to what it counts. `cases` None: the indicator in focus does not count cases, or none is in focus."""

    hops: tuple[Hop, ...]
    cases: int | None
    label: str
    note: str
    href: str
    appeal: str = ""  # where the reader appeals against a figure that counts no cases; "" for most


@dataclass(frozen=True, slots=True)
class Behind:
    """A case that was counted, as the desk may show it."""

    number: str
    title: str
    kind: str
    place: str
    reported: datetime
    state: str
    href: str
    appeal: str = (
        ""  # where the reader appeals against how it was counted; "" for whoever does not speak for the region
    )


@dataclass(frozen=True, slots=True)
class CaseList:
    """The cases behind a figure as they were frozen. `total` equals the figure; `parts`: base, top and rest with counts."""

    title: str
    parts: tuple[Link, ...]
    rows: tuple[Behind, ...]
    total: int
    page: int
    pages: int
    frozen: datetime | None
    zone: tzinfo
    back: str
    previous: str = ""
    next: str = ""
    appeal: str = ""  # where the reader appeals about a case that they look for themselves; "" for most
