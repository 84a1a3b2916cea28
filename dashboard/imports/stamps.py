"""The times of a row: when it was reported, what happened to it when, when it ended; and what is odd about them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from dashboard.domain.workflow import STATES
from dashboard.imports.lookups import Faults
from dashboard.imports.mapping import STAGES, TimesPart
from dashboard.imports.times import parse_times

_ENDED = frozenset(key for key, state in STATES.items() if state.ended)
_FIRST = np.datetime64("1970-01-01", "us")


@dataclass(frozen=True, slots=True)
class Stamps:
    """(n,) arrays of datetime64[us] in UTC, NaT for none. `guessed`: ended when last updated, for want of better."""

    reported: np.ndarray
    updated: np.ndarray
    ended: np.ndarray
    stages: dict[str, np.ndarray]
    closed: np.ndarray  # mask: ended as closed, not rejected, merged or void
    guessed: np.ndarray
    reopened: np.ndarray

    def columns(self) -> dict[str, pd.DatetimeIndex]:
        """Columns of Case, and `updated_at`."""
        never = np.datetime64("NaT", "us")
        out = {f"{stage}_at": self.stages[stage] for stage in STAGES}
        out |= {"reported_at": self.reported, "updated_at": self.updated, "ended_at": self.ended}
        out["closed_at"] = np.where(self.closed, self.ended, never)
        return {name: pd.DatetimeIndex(values).tz_localize("UTC") for name, values in out.items()}

    def oddities(self) -> dict[str, np.ndarray]:
        """{flag: mask} of what is odd but may be true, so that it is kept as given."""
        early = [stamps < self.reported for stamps in self.stages.values()]
        return {
            "closed_before_reported": self.ended < self.reported,
            "stage_before_reported": np.logical_or.reduce(early),
            "closing_time_from_update": self.guessed,
            "open_with_closing_time": self.reopened,
        }


def read_stamps(part: TimesPart, cells: dict, states: Sequence[str], latest: np.datetime64, faults: Faults) -> Stamps:
    """Parse all times of the rows; faults for texts that are no times, and for times that cannot be.

    `latest`: nothing can have happened after it.
    """
    length = len(states)
    found = {name: _read(column, cells[column], part, faults) for name, column in part.columns().items()}
    never = np.full(length, np.datetime64("NaT", "us"))
    reported, updated, closed = (found.get(name, never) for name in ("reported", "updated", "closed"))
    missing = [not cell for cell in cells[part.reported]]
    faults.add(missing, lambda place: f"{part.reported}: the time of the report is missing")
    faults.add(reported < _FIRST, lambda place: f"{part.reported}: before 1970, got {cells[part.reported][place]!r}")
    for name, column in part.columns().items():
        if name != "updated":
            said = cells[column]
            faults.add(found[name] > latest, lambda i, c=column, s=said: f"{c}: lies in the future, got {s[i]!r}")
    ended = np.array([state in _ENDED for state in states], dtype=bool)
    guessed = ended & np.isnat(closed) & ~np.isnat(updated)
    lost = ended & np.isnat(closed) & np.isnat(updated)
    faults.add(lost, lambda place: "has ended, but the source gives no time for it")
    end = np.where(ended, np.where(guessed, updated, closed), np.datetime64("NaT", "us"))
    stages = {stage: found.get(stage, never) for stage in STAGES}
    reopened = ~ended & ~np.isnat(closed)
    return Stamps(reported, updated, end, stages, np.array([s == "closed" for s in states], bool), guessed, reopened)


def _read(column: str, texts: list[str], part: TimesPart, faults: Faults) -> np.ndarray:
    times, wrong = parse_times(texts, part)
    allowed = " or ".join(part.formats)
    faults.add(wrong, lambda place: f"{column}: not a time, got {texts[place]!r}, allowed: {allowed}")
    return times.tz_localize(None).to_numpy(dtype="datetime64[us]")
