"""What residents see: the kinds they can report, the places, the answer to a report, the way of their case. No names of
persons, no notes, no keys of the domain."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to choose. `group`: the heading it stands under, "" for none."""

    key: str
    name: str
    group: str = ""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where: what is chosen so far, and what can be chosen at the next level down. `place`: the deepest code chosen.

    `levels`: (level, what it is called, choices, chosen code or "") from the county down, as far as choosing has come.
    """

    levels: tuple[tuple[str, str, tuple[Choice, ...], str], ...]
    place: str
    name: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """The answer to a report. `secret` as people copy it; `promise`: by when they hear more."""

    number: str
    secret: str
    kind: str
    place: str
    promise: str
    repeated: bool


@dataclass(frozen=True, slots=True)
class Told:
    """One step in plain words. `at` is aware, in the place's zone; `when` is the same in words."""

    at: datetime
    when: str
    text: str


@dataclass(frozen=True, slots=True)
class Followed:
    """A case as the one who reported it sees it. `stage`: received, working, checking, done, declined.

    `promise`: what comes next and by when; "" when nothing more is to come. `late`: the time promised has passed.
    `rating`: 1 to 5, None until given. `reopen_until`: in words, where it may be reopened.
    """

    number: str
    kind: str
    place: str
    stage: str
    now: str
    promise: str
    late: bool
    steps: tuple[Told, ...]
    may_rate: bool
    may_reopen: bool
    reopen_until: str
    rating: int | None
    synthetic: bool
