"""What is shown of verdicts: appeals, deductions, vetoes, problems with their loop, red and black lists, rungs.

Names of people stand only where somebody answers for a verdict; regions and units are what verdicts are about.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class AppealRow:
    """`evidence`: stored hashes, for those who may see them, else (); `shown`: how many there are. `limit`: work days
    for the decision; `late`: it was or is being decided after `due_at`. `actions`: what the reader may do now."""

    id: str
    edition: str
    region: str
    region_name: str
    subject: str
    indicator: str | None
    indicator_name: str | None
    county_code: str | None
    case_id: str | None
    case_number: str | None
    deduction: str | None
    claim: str
    wish: Mapping[str, object]
    evidence: tuple[str, ...]
    shown: int
    state: str
    version: int
    filed_at: datetime
    actor: str
    due_at: datetime
    limit: int
    late: bool
    decided_at: datetime | None
    decider: str | None
    decision: str | None
    effect: Mapping[str, object] | None
    actions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AppealsView:
    """`taken`: may one be filed now? `until`: the last moment; None: no end is set, or none are taken in this state."""

    edition: str
    taken: bool
    until: datetime | None
    rows: tuple[AppealRow, ...]


@dataclass(frozen=True, slots=True)
class DeductionLine:
    """`points`: as they count today after doubling, cap and expiry; None for one that was withdrawn."""

    id: str
    region: str
    region_name: str
    rule: str
    rule_name: str
    day: date
    units: float
    points: float | None
    again: bool
    secured: bool
    secured_why: str | None
    reason: str
    county_code: str | None
    case_id: str | None
    evidence: tuple[str, ...]
    recorded_at: datetime
    actor: str
    withdrawn_at: datetime | None
    withdrawn_why: str | None


@dataclass(frozen=True, slots=True)
class VetoLine:
    """`stands`: today."""

    id: str
    region: str
    region_name: str
    basis: str
    proposed_by: str
    actor: str
    decided_on: date
    until: date | None
    evidence: tuple[str, ...]
    stands: bool
    lifted_at: datetime | None
    lifted_why: str | None


@dataclass(frozen=True, slots=True)
class StepView:
    step: str
    owner: str | None
    due_on: date | None
    done_at: datetime | None
    actor: str | None
    proof: str | None
    evidence: tuple[str, ...]
    checked_at: datetime | None
    checker: str | None
    late: bool


@dataclass(frozen=True, slots=True)
class ProblemRow:
    """`stage`: the step it stands at, "closed" when all four are checked."""

    id: str
    region: str
    region_name: str
    edition: str | None
    indicator: str | None
    county_code: str | None
    case_id: str | None
    origin: str
    title: str
    detail: str | None
    opened_at: datetime
    closed_at: datetime | None
    version: int
    stage: str
    overdue: bool
    steps: tuple[StepView, ...]


@dataclass(frozen=True, slots=True)
class RegionLoop:
    """`stages`: {stage: problems of the region that stand there}."""

    region: str
    region_name: str
    total: int
    overdue: int
    stages: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class ProblemsView:
    """`regions`: most problems first."""

    total: int
    overdue: int
    stages: Mapping[str, int]
    regions: tuple[RegionLoop, ...]
    rows: tuple[ProblemRow, ...]


@dataclass(frozen=True, slots=True)
class ListingRow:
    id: str
    edition: str
    region: str
    region_name: str
    side: str
    reason: str
    evidence: tuple[str, ...]
    shown: int
    listed_at: datetime
    actor: str
    withdrawn_at: datetime | None
    withdrawn_why: str | None


@dataclass(frozen=True, slots=True)
class RungRow:
    """`overdue`: its day is past and no later rung follows."""

    id: str
    region: str
    region_name: str
    rung: str
    problem: str | None
    edition: str | None
    basis: str
    due_on: date | None
    outcome: str | None
    evidence: tuple[str, ...]
    at: datetime
    actor: str
    overdue: bool
