"""Limits of imported cases: due times, work minutes used, cards and overdue marks as of the moment of the import.

Only limits the mapping asks for are set, and only where the source tells when their clock started.
"""

from datetime import datetime

import numpy as np
import pandas as pd

from dashboard.catalog import Catalog
from dashboard.domain.clocks import WorkCalendar
from dashboard.domain.workflow import CLOCKS, STATES
from dashboard.imports.mapping import ClockPart

STAGES = {"accept": ("reported_at", "accepted_at"), "handle": ("accepted_at", "handled_at"),
          "verify": ("handled_at", "verified_at")}  # fmt: skip
NEVER = np.datetime64("NaT", "us")


def add_dues(cases: pd.DataFrame, part: ClockPart, catalog: Catalog, calendar: WorkCalendar | None,
             now: datetime) -> pd.DataFrame:  # fmt: skip
    """`cases` with the columns of Case that clocks fill. `calendar` None: no clock is asked for."""
    moment = np.datetime64(now.replace(tzinfo=None), "us")
    limits = _Limits(cases, part, catalog, calendar)
    close = limits.due("close", _micros(cases, "reported_at"))
    ended = _micros(cases, "ended_at")
    columns = {
        "close_due_at": _times(close),
        "overdue": np.where(np.isnat(ended), moment >= close, ended > close),
        "card": np.full(len(cases), "none", dtype=object),
        "next_card_at": np.full(len(cases), NEVER),
    }
    for clock in CLOCKS:
        _add_stage(columns, cases, clock, limits, moment)
    if not set(CLOCKS) <= set(part.limits):
        columns["clock_kind"] = None  # a lone closing limit is an assumption about the record, no clock it runs on
    columns["next_card_at"] = _times(columns["next_card_at"])
    columns["card"] = pd.Series(columns["card"], dtype=object)
    return cases.assign(**columns)


def _add_stage(columns: dict, cases: pd.DataFrame, clock: str, limits: "_Limits", now: np.datetime64) -> None:
    """One clock's due time, minutes used and limit; the card of cases in which it runs now."""
    start, end = (_micros(cases, name) for name in STAGES[clock])
    due = limits.due(clock, start)
    running = np.array([STATES[state].clock == clock for state in cases["state"]], dtype=bool) & ~np.isnat(due)
    yellow = limits.due(clock, start, share=True)
    columns["card"][running & (now >= yellow)] = "yellow"
    columns["card"][running & (now >= due)] = "red"
    coming = np.where(now < yellow, yellow, np.where(now < due, due, NEVER))
    columns["next_card_at"] = np.where(running, coming, columns["next_card_at"])
    used, allowed = limits.minutes(clock, start, end)
    columns |= {f"{clock}_due_at": _times(due), f"{clock}_minutes": used, f"{clock}_limit": allowed}


class _Limits:
    """The limits of each case's clock, as arrays; NaT and NaN where a case has none."""

    def __init__(self, cases: pd.DataFrame, part: ClockPart, catalog: Catalog, calendar: WorkCalendar | None):
        self._wanted, self._catalog, self._calendar = part.limits, catalog, calendar
        self._codes, self._keys = pd.factorize(cases["clock_kind"])

    def due(self, clock: str, start: np.ndarray, *, share: bool = False) -> np.ndarray:
        """datetime64[us] at which the limit, or with `share` the yellow share of it, is reached."""
        out = np.full(len(start), NEVER)
        minutes, work, yellow = self._limit(clock)
        rows = np.flatnonzero((minutes > 0) & ~np.isnat(start))
        if len(rows):
            amount = np.rint(minutes * yellow) if share else minutes
            due = self._calendar.add(_seconds(start[rows]), amount[rows].astype(np.int64), work[rows])
            out[rows] = due.astype("datetime64[s]")
        return out

    def minutes(self, clock: str, start: np.ndarray, end: np.ndarray) -> tuple[pd.Series, pd.Series]:
        """Minutes used and allowed, missing where the stage has not ended or its limit is not known."""
        used = np.full(len(start), np.nan)
        minutes, work, _ = self._limit(clock)
        rows = np.flatnonzero((minutes > 0) & ~np.isnat(start) & ~np.isnat(end))
        if len(rows):
            used[rows] = self._calendar.minutes_between(_seconds(start[rows]), _seconds(end[rows]), work[rows])
        allowed = np.where((minutes > 0) & ~np.isnat(start), minutes, np.nan)
        return pd.Series(used).astype("Int64"), pd.Series(allowed).astype("Int64")

    def _limit(self, clock: str) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """(n,) minutes (0: none), whether work time, and the share at which yellow falls."""
        known = [self._catalog.clocks[key] for key in self._keys] if clock in self._wanted else []
        if not known:
            nothing = np.zeros(len(self._codes))
            return nothing, nothing.astype(bool), nothing
        limits = [getattr(one, clock) for one in known]
        minutes = np.array([limit.minutes for limit in limits] + [0])  # the last answers for -1: no clock
        work = np.array([limit.work for limit in limits] + [False])
        yellow = np.array([one.yellow for one in known] + [0.0])
        return minutes[self._codes], work[self._codes], yellow[self._codes]


def _micros(cases: pd.DataFrame, name: str) -> np.ndarray:
    return cases[name].dt.tz_localize(None).to_numpy(dtype="datetime64[us]")


def _seconds(times: np.ndarray) -> np.ndarray:
    return times.astype("datetime64[s]").astype(np.int64)


def _times(values: np.ndarray) -> pd.DatetimeIndex:
    return pd.DatetimeIndex(values).tz_localize("UTC")
