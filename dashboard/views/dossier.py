"""A case in full, as one person may see it: head, clocks, history, whose time it was, and what they may do with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from dashboard.domain.charges import Charge
from dashboard.domain.explain import ClockTold


@dataclass(frozen=True, slots=True)
class CaseHead:
    """Keys of the domain with their words in the reader's language beside them (`*_label`)."""

    county_code: str
    id: str
    number: str
    version: int
    state: str
    state_label: str
    title: str
    description: str | None
    kind: str
    kind_label: str
    severity: str
    severity_label: str
    tier: str
    tier_label: str
    source: str
    source_label: str
    place: str  # names from the county down
    grid_code: str | None
    address: str | None
    lon: float | None
    lat: float | None
    holder_unit: str | None
    holder_person: str | None
    reported_at: datetime
    close_due_at: datetime | None
    card: str
    supervision: str
    extension: str | None
    extension_limit: str | None
    overdue: bool
    staged_at: datetime | None
    satisfaction: int | None
    repeat_of: str | None
    merged_into: str | None
    sensitive: bool
    synthetic: bool


@dataclass(frozen=True, slots=True)
class DossierStep:
    seq: int
    at: datetime
    device_at: datetime | None
    action: str
    label: str
    actor: str
    role: str
    role_label: str
    unit: str | None
    reason: str | None
    reason_label: str | None
    note: str | None
    evidence: tuple[str, ...]  # SHA-256 of files; see /api/v1/evidence
    detail: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class AllowedAction:
    """What the person may do now. `needs` and `takes`: keys of workflow.INPUTS; `reasons`: (code, words)."""

    action: str
    label: str
    needs: tuple[str, ...]
    takes: tuple[str, ...]
    reasons: tuple[tuple[str, str], ...] = ()
    primary: bool = False  # the one that moves the case on


@dataclass(frozen=True, slots=True)
class MaskedReporter:
    name: str | None
    phone: str | None


@dataclass(frozen=True, slots=True)
class Similar:
    """A case that may be about the same. `score` 0 to 1; `metres` None where one has no position."""

    county_code: str
    id: str
    number: str
    title: str
    state: str
    state_label: str
    reported_at: datetime
    metres: int | None
    score: float


@dataclass(frozen=True, slots=True)
class Dossier:
    head: CaseHead
    clocks: tuple[ClockTold, ...]
    steps: tuple[DossierStep, ...]
    charges: tuple[Charge, ...]
    actions: tuple[AllowedAction, ...]
    reporter: MaskedReporter | None
    chain_ok: bool
