"""What the detectors found, for a person to judge, and the random audit with its hit rate. Places and cases, no people."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class CaseMark:
    county_code: str
    id: str
    number: str


@dataclass(frozen=True, slots=True)
class FindingRow:
    """`place`: the name of the grid or unit that it is about, "" for the region itself. `verdict` None: not judged."""

    id: str
    detector: str
    detector_label: str
    region_code: str
    region: str
    place: str
    cases: tuple[CaseMark, ...]
    figures: Mapping[str, object]
    found_at: datetime
    verdict: str | None
    verdict_label: str | None
    judge: str | None
    judged_at: datetime | None
    note: str | None


@dataclass(frozen=True, slots=True)
class DetectorTold:
    """A detector with its rule in words. `false_alarms`: how many findings chance alone brings in an edition, at most.
    `found`, `gaming`, `harmless`, `unclear`, `open`: how many there are, and how they were judged."""

    key: str
    name: str
    rule: str
    source: str
    least: int
    false_alarms: float
    found: int
    gaming: int
    harmless: int
    unclear: int
    open: int


@dataclass(frozen=True, slots=True)
class Findings:
    """They move no score by themselves."""

    edition_id: str
    detectors: tuple[DetectorTold, ...]
    rows: tuple[FindingRow, ...]


@dataclass(frozen=True, slots=True)
class Looked:
    """`asked`: how many questions were asked in all; `expected`: findings that chance alone would bring, at most."""

    edition_id: str
    found: int
    new: int
    asked: int
    expected: float


@dataclass(frozen=True, slots=True)
class SampleRow:
    """A case that was drawn. `verdict` None: not judged yet. `judge`: whoever signed the verdict, as an act of office."""

    county_code: str
    id: str
    number: str
    region_code: str
    region: str
    verdict: str | None
    verdict_label: str | None
    judge: str | None
    judged_at: datetime | None
    note: str | None
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HitRate:
    """Of the drawn cases that were judged true or false, how many records were true. `low`, `high`: 95 % Wilson interval,
    shares of 1; all None where none is judged. `region_code` "": all of the draw."""

    region_code: str
    region: str
    drawn: int
    judged: int
    true: int
    false: int
    unclear: int
    rate: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class DrawRow:
    """A random audit. Whoever knows the seed and the frozen cohort can draw it again: see services.samples."""

    id: str
    edition_id: str
    seed: str
    size: int
    per: str
    drawn_at: datetime
    actor: str
    all: HitRate
    regions: tuple[HitRate, ...]
    samples: tuple[SampleRow, ...] = ()
