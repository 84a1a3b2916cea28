"""What detectors are given and give back. Data only.

N cases, S steps, E pictures. Times are minutes since 1970 as float64, NaN where there is none; words are object arrays
with "" for none.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import numpy as np

PARAMS: Mapping[str, tuple[str, ...]] = {
    "burst": ("window_minutes", "active_hours"),
    "instant": ("minutes", "share_percent"),
    "same_person": (),
    "texts": ("letters", "likeness_percent"),
    "photos": (),
    "reclassed": ("days",),
    "silence": (),
}
"""Detector: the names of its `params`, all of them whole numbers."""
VERDICTS = ("gaming", "harmless", "unclear")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Detector:
    """A rule and its thresholds. `least`: fewer cases are no finding, however unlikely. `false_alarms`: how many chance
    may raise in one edition. `rule`, `source`: what is asked, and where that comes from, in words."""

    key: str
    name: str
    name_en: str
    rule: str
    rule_en: str
    source: str
    least: int
    false_alarms: float
    params: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Cases:
    """`key`: "<county code>:<id>". `region`: the ranked region; `place`: the grid, or the smallest region known. `used`,
    `limit`: work minutes of handling. `reporter`, `handler`: opaque keys of users, compared and never told. `checked`:
    whoever handled it verified it. `origin`: the case that it is a repeat of, or itself."""

    key: np.ndarray
    region: np.ndarray
    place: np.ndarray
    unit: np.ndarray
    kind: np.ndarray
    source: np.ndarray
    text: np.ndarray
    reported: np.ndarray
    handled: np.ndarray
    used: np.ndarray
    limit: np.ndarray
    reporter: np.ndarray
    handler: np.ndarray
    checked: np.ndarray
    origin: np.ndarray

    def __len__(self) -> int:
        return len(self.key)


@dataclass(frozen=True, eq=False)
class Steps:
    """Steps that change what a case counts as: voiding, merging, pausing ..."""

    case: np.ndarray
    region: np.ndarray
    group: np.ndarray
    at: np.ndarray


@dataclass(frozen=True, eq=False)
class Pictures:
    """Which case shows which picture. `digest`: SHA-256 of the file."""

    case: np.ndarray
    digest: np.ndarray


@dataclass(frozen=True, eq=False)
class Watched:
    """All that is looked at. `start`, `end`: the period; `since`: from when on cases are known, for the usual rates;
    `frozen`: when the figures were frozen, or the end of the period. Minutes since 1970."""

    cases: Cases
    steps: Steps
    pictures: Pictures
    since: float
    start: float
    end: float
    frozen: float


@dataclass(frozen=True, slots=True)
class Found:
    """`key`: the same thing found again has the same key. `figures`: observed, expected, p or ratio, threshold."""

    region: str
    key: str
    cases: tuple[str, ...]
    figures: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Look:
    """`asked`: how many questions were asked. `expected`: findings that chance alone would bring, at most; 0 where the
    rule is no matter of chance."""

    found: tuple[Found, ...]
    asked: int
    expected: float


def minutes(at: datetime) -> float:
    return (at - _EPOCH) / timedelta(minutes=1)


def stamp(at: float) -> str:
    """Minutes since 1970 as UTC text, for keys and figures."""
    return (_EPOCH + timedelta(minutes=at)).strftime("%Y-%m-%dT%H:%MZ")


def key_of(*parts: str) -> str:
    """A key of at most 64 signs: the parts as they stand, or the hash of them."""
    text = "|".join(parts)
    return text if len(text) <= 64 else sha256(text.encode()).hexdigest()


def by(labels: np.ndarray, where: np.ndarray) -> dict[str, np.ndarray]:
    """{label: indices of it among those `where` is true}, labels and indices ascending."""
    here = np.flatnonzero(where)
    if not len(here):
        return {}
    names, owner = np.unique(labels[here].astype(str), return_inverse=True)
    order = np.argsort(owner, kind="stable")
    parts = np.split(here[order], np.flatnonzero(np.diff(owner[order])) + 1)
    return dict(zip(names.tolist(), parts, strict=True))
