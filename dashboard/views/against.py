"""What counts against a grid in a published edition, and why. Cases of a place, never a table of people."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class AgainstCase:
    county_code: str
    id: str
    number: str
    title: str


@dataclass(frozen=True, slots=True)
class AgainstIndicator:
    """`count` of the grid's `of` cases under the indicator count against it. `why`: in plain words. `cases`: the first."""

    key: str
    name: str
    count: int
    of: int
    why: str
    cases: tuple[AgainstCase, ...]


@dataclass(frozen=True, slots=True)
class AgainstDeduction:
    region: str
    rule: str
    reason: str
    day: date
    points: float


@dataclass(frozen=True, slots=True)
class AgainstProblem:
    id: str
    region: str
    title: str
    opened_at: datetime


@dataclass(frozen=True, slots=True)
class EditionNamed:
    id: str
    scheme: str
    region: str
    start: date
    end: date
    issue: int


@dataclass(frozen=True, slots=True)
class CountsAgainst:
    """`edition` None: nothing is published yet, or the person has no grid. `counted`: the grid's cases in the edition;
    `deductions`, `problems`: of the grid's township and county, and of no case elsewhere."""

    edition: EditionNamed | None = None
    counted: int = 0
    items: tuple[AgainstIndicator, ...] = ()
    deductions: tuple[AgainstDeduction, ...] = ()
    problems: tuple[AgainstProblem, ...] = ()
