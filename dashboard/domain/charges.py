"""Whose time it was: each minute of a case's life charged to the one who held it."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Charge:
    """A stretch between two steps. `holder`: the unit that had the case; `minutes` of plain time, `work_minutes` of
    work time in it, none of it counted while the clock was paused."""

    holder: str
    state: str
    start: datetime
    end: datetime
    minutes: int
    work_minutes: int
    paused: bool = False
