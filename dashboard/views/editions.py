"""Editions as surfaces show them: heads with their steps, what stands behind a score, and what a new issue changed."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from dashboard.domain.evaluation.model import Standing
from dashboard.views.dossier import CaseHead


@dataclass(frozen=True, slots=True)
class EditionStepRow:
    """One step of an edition's life."""

    seq: int
    action: str
    action_label: str
    state: str
    state_label: str
    at: datetime
    actor: str
    role: str
    note: str | None


@dataclass(frozen=True, slots=True)
class EditionHead:
    """One edition. `version`: give it with an action. `actions`: keys the person may take now. `superseded`: a newer
    issue has taken its place. `digest`: of the whole archive, `inputs_digest`: of what was frozen; SHA-256 in hex."""

    id: UUID
    scheme_key: str
    scheme_version: int
    scheme_name: str
    region_code: str
    place: str
    level: str
    start: date
    end: date
    issue: int
    state: str
    state_label: str
    version: int
    supersedes: UUID | None
    superseded: bool
    opened_at: datetime
    frozen_at: datetime | None
    preview_until: datetime | None
    appeal_until: datetime | None
    published_at: datetime | None
    inputs_digest: str | None
    digest: str | None
    code_version: str | None
    note: str | None
    actions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TraceStep:
    """One node on the way from the root down to an indicator. `weight`: of it among its siblings; `share`: of it in
    the whole; `mean`: of all regions ranked; `lost`: points of the total that it costs against 100, None: no score."""

    key: str
    name: str
    score: float | None
    weight: float
    share: float
    mean: float | None
    lost: float | None
    leaf: bool


@dataclass(frozen=True, slots=True)
class Part:
    """A figure is made of: the counter's name, its kind or group ("": all), +1 or −1."""

    name: str
    kind: str
    sign: int


@dataclass(frozen=True, slots=True)
class Figure:
    """What an indicator came to in a region. `formula`: with the numbers in it. `base`, `top`: how many cases stand
    behind denominator and numerator; None: the figure does not count cases, or has no denominator of cases."""

    key: str
    name: str
    unit: str
    numerator: float | None
    denominator: float | None
    value: float | None
    normal: float | None
    mean: float | None
    rank: int | None
    formula: str
    definition: str
    cohort: str
    clock: str
    standard: str
    source: str
    normalise: str
    targets: tuple[float, float] | None
    tops: tuple[Part, ...]
    bases: tuple[Part, ...]
    base: int | None
    top: int | None


@dataclass(frozen=True, slots=True)
class Trace:
    """From the score of a region to one node of the tree. `path`: from the root to the node; `below`: what stands right
    under it, what cost most first; `figure`: where the node is an indicator."""

    edition: EditionHead
    region: str
    place: str
    path: tuple[TraceStep, ...]
    below: tuple[TraceStep, ...]
    figure: Figure | None


@dataclass(frozen=True, slots=True)
class CasesBehind:
    """`total`: how many cases, whoever may read them; `figure`: what they add up to, the frozen number itself. `rows`:
    of this page those that the person may read."""

    total: int
    figure: float
    offset: int
    rows: tuple[CaseHead, ...]


@dataclass(frozen=True, slots=True)
class ChangedValue:
    region: str
    place: str
    indicator: str
    name: str
    before: tuple[float | None, float | None, float | None]  # numerator, denominator, value
    after: tuple[float | None, float | None, float | None]


@dataclass(frozen=True, slots=True)
class ChangedStanding:
    """Scores as published."""

    region: str
    place: str
    score: tuple[float | None, float | None]
    rank: tuple[int | None, int | None]
    band: tuple[str | None, str | None]
    deducted: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Difference:
    """What one edition says otherwise than another. `appeals`: ids of the appeals that caused it."""

    old: UUID
    new: UUID
    values: tuple[ChangedValue, ...]
    standings: tuple[ChangedStanding, ...]
    appeals: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StandingRow(Standing):
    """One region's place. `place`: the name of the region; the rest as it was reckoned."""

    place: str


@dataclass(frozen=True, slots=True)
class NodeScore:
    region: str
    node: str
    score: float | None


@dataclass(frozen=True, slots=True)
class ValueRow:
    region: str
    indicator: str
    numerator: float | None
    denominator: float | None
    value: float | None
    normal: float | None


@dataclass(frozen=True, slots=True)
class EditionFigures:
    """All figures of an edition: standings by rank, scores of the inner nodes, values of the indicators."""

    edition: EditionHead
    standings: tuple[StandingRow, ...]
    scores: tuple[NodeScore, ...]
    values: tuple[ValueRow, ...]
