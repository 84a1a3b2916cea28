"""The desk's pages about verdicts: tabs over them, then appeals, problems and findings. Words are in the reader's language.

A page is a list, what is open of it, and what the reader may do. `zone` of a page: of the times in it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo

from dashboard.views.appeals import AppealRow, DeductionLine, ListingRow, ProblemRow, RungRow, VetoLine
from dashboard.views.desk import Link, NamedPlace
from dashboard.views.findings import DetectorTold, DrawRow, FindingRow, HitRate, SampleRow


@dataclass(frozen=True, slots=True)
class TabsView:
    """`editions`: those that a page of verdicts may be about; `edition`: what it is about now, "" none. `faults`: words
    for the codes that the API refuses with."""

    tabs: tuple[Link, ...]
    editions: tuple[Link, ...]
    edition: str
    faults: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Paging:
    """`total`: rows in all; `previous`, `next`: links, "" none."""

    total: int
    page: int
    pages: int
    previous: str
    next: str


@dataclass(frozen=True, slots=True)
class Field:
    """A choice of a form: what is sent, and what it is called."""

    key: str
    label: str


@dataclass(frozen=True, slots=True)
class AppealEntry:
    """An appeal with its words. `asked`, `granted`: how the item should stand, and how it will; `case_href`: "" where the
    reader may not open the case."""

    row: AppealRow
    subject: str
    state: str
    asked: str
    granted: str
    case_href: str
    href: str
    on: bool


@dataclass(frozen=True, slots=True)
class NewAppeal:
    """What an appeal of `region` may be about. `subject`: of "case", "value", "deduction". `case`: (county code, id,
    number) of the one it came from, None: it is looked for. `indicators` of that subject; `deductions`: of the region;
    `deduction`: key of the one it came from, "" for none."""

    edition: str
    region: str
    region_name: str
    subjects: tuple[Link, ...]
    subject: str
    case: tuple[str, str, str] | None
    indicators: tuple[Field, ...]
    indicator: str
    deductions: tuple[Field, ...]
    deduction: str = ""


@dataclass(frozen=True, slots=True)
class Moved:
    """A region whose rank changed by appeals that were upheld."""

    region: str
    before: int | None
    after: int | None
    score_before: float | None
    score_after: float | None


@dataclass(frozen=True, slots=True)
class AppealsPage:
    """`edition` "": there is none. `new_href` "": the reader speaks for no ranked region, or none are taken now."""

    edition: str
    title: str
    taken: bool
    until: datetime | None
    stages: tuple[Link, ...]
    regions: tuple[Link, ...]
    sorts: tuple[Link, ...]
    rows: tuple[AppealEntry, ...]
    paging: Paging
    open: AppealEntry | None
    new: NewAppeal | None
    new_href: str
    close_href: str
    export: str
    moved: tuple[Moved, ...]
    zone: tzinfo


@dataclass(frozen=True, slots=True)
class StepWords:
    """A step of a problem. `acts`: what the reader may do with it now."""

    key: str
    label: str
    owner: str
    due_on: date | None
    done_at: datetime | None
    actor: str
    proof: str
    evidence: tuple[str, ...]
    checked_at: datetime | None
    checker: str
    standing: str
    late: bool
    acts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProblemEntry:
    row: ProblemRow
    origin: str
    stage: str
    steps: tuple[StepWords, ...]
    case_href: str
    href: str
    on: bool
    may_close: bool


@dataclass(frozen=True, slots=True)
class ListEntry:
    """A line on the red or black list."""

    row: ListingRow
    side: str


@dataclass(frozen=True, slots=True)
class RungEntry:
    row: RungRow
    rung: str


@dataclass(frozen=True, slots=True)
class ProblemsPage:
    """`may`: what the reader may do here: of open, list, climb, deduct, veto. `places`: regions a form may name. `appeals`:
    {deduction: where the reader appeals against it}."""

    shows: tuple[Link, ...]
    show: str
    stages: tuple[Link, ...]
    late: Link | None
    regions: tuple[Link, ...]
    sorts: tuple[Link, ...]
    rows: tuple[ProblemEntry, ...]
    paging: Paging
    open: ProblemEntry | None
    new: bool
    new_href: str
    close_href: str
    export: str
    listings: tuple[ListEntry, ...]
    rungs: tuple[RungEntry, ...]
    deductions: tuple[DeductionLine, ...]
    vetoes: tuple[VetoLine, ...]
    may: frozenset[str]
    edition: str
    edition_title: str
    scheme: str
    place: NamedPlace | None
    origins: tuple[Field, ...]
    rungs_known: tuple[Field, ...]
    rules: tuple[Field, ...]
    days: tuple[date, ...]  # today, then what a step is proposed to be due on
    zone: tzinfo
    appeals: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FindingEntry:
    """`said`: its figures in words. `problem`: where a problem is opened of it, "" for whoever keeps none."""

    row: FindingRow
    said: tuple[tuple[str, str], ...]
    cases: tuple[Link, ...]
    problem: str
    href: str
    on: bool


@dataclass(frozen=True, slots=True)
class SampleEntry:
    row: SampleRow
    case_href: str
    href: str
    on: bool


@dataclass(frozen=True, slots=True)
class FindingsPage:
    """`may`: of look, judge, draw, sample. `drawn`: the draw that is open."""

    edition: str
    title: str
    shows: tuple[Link, ...]
    show: str
    stages: tuple[Link, ...]
    detectors: tuple[tuple[DetectorTold, Link], ...]
    rows: tuple[FindingEntry, ...]
    paging: Paging
    open: FindingEntry | None
    close_href: str
    export: str
    draws: tuple[tuple[DrawRow, Link], ...]
    drawn: DrawRow | None
    rates: tuple[HitRate, ...]
    samples: tuple[SampleEntry, ...]
    sample: SampleEntry | None
    may: frozenset[str]
    zone: tzinfo
