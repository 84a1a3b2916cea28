"""Views of the wall's page "ranking" (晾晒): the published edition, the running month beside it, exposed problems, and the
way from a score to its cases. Frozen; see dashboard.views.wall for the common words."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class EditionView:
    """`month`: e.g. "2026年10月"; None-like "" where nothing is published yet. `life`: (stage, its days) of this issue, those
    that it went through. `figures`: (term, figure), the one that needs a line of its own first. `seal`: the first digits
    of the archive's SHA-256. Who is ranked is shown in the ranking; who is named red or black stands here, with the
    reason."""

    title: str
    scheme: str
    month: str
    subtitle: str
    life: tuple[tuple[str, str], ...]
    figures: tuple[tuple[str, str], ...]
    seal: str
    listed: tuple[tuple[str, str, str, str], ...]  # (side, region code, name, reason)


@dataclass(frozen=True, slots=True)
class NowRow:
    """A region in the published edition and in the running month. `moved`: ranks gained since; None: not ranked in both."""

    code: str
    name: str
    band: str | None
    rank: int | None
    now_band: str | None
    now_rank: int | None
    now_score: float | None
    moved: int | None
    href: str


@dataclass(frozen=True, slots=True)
class NowView:
    """`rows`: those that moved, the farthest first. `digits`: of the scores."""

    title: str
    subtitle: str
    digits: int
    rows: tuple[NowRow, ...]


@dataclass(frozen=True, slots=True)
class LoopStep:
    """`standing`: done (and checked), waits (done, to be checked), late, now, next."""

    label: str
    standing: str


@dataclass(frozen=True, slots=True)
class LoopRow:
    id: str
    place: str
    title: str
    owner: str
    due: str
    late: bool
    steps: tuple[LoopStep, ...]


@dataclass(frozen=True, slots=True)
class LoopView:
    """`stages`: (label, how many problems stand there). `rows`: late ones first."""

    title: str
    subtitle: str
    total: int
    overdue: int
    stages: tuple[tuple[str, int], ...]
    rows: tuple[LoopRow, ...]


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """One node or indicator below what is open. `lost`: points of the total it costs against full marks."""

    key: str
    name: str
    leaf: bool
    score: float | None
    mean: float | None
    share: float
    lost: float | None
    href: str


@dataclass(frozen=True, slots=True)
class ScoreView:
    """How a region's score comes about, at one node. `path`: (words, link) from the total to here. `facts`: of an
    indicator: its formula in numbers, definition, cohort, clock. `parts`: (words, cases, link) that open lists."""

    title: str
    place: str
    band: str | None
    score: float | None
    digits: int
    subtitle: str
    path: tuple[tuple[str, str], ...]
    rows: tuple[ScoreRow, ...]
    formula: str
    facts: tuple[tuple[str, str], ...]
    parts: tuple[tuple[str, int, str], ...]
    back: str
