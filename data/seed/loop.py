"""When each step of each case happens: the whole walk through the loop, beyond `now` where it is not over yet.

Answers for a matrix of instants, one column a step of SLOTS. Leaves what the steps mean to the transition table, which
`stamps` reads. Times are planned in minutes of the clock's own time, so most things happen in work hours.
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

import numpy as np

from dashboard.catalog import Catalog
from dashboard.domain.clocks import WorkCalendar
from data.seed.draws import Draws
from data.seed.quality import Quality

SLOTS = (
    "report", "accept", "dispatch", "object", "redispatch", "uphold", "take", "handle", "rework", "handle", "verify",
    "close", "reopen", "handle", "verify", "close", "reject", "merge", "void",
)  # fmt: skip
"""Actions in the order in which a case may go through them; what ends it early stands last."""
_AT = {"handle again": 9, "handle after": 13, "verify after": 14, "close after": 15} | {
    action: SLOTS.index(action) for action in SLOTS
}
ABSENT = np.iinfo(np.int64).max
_MICROS = 1_000_000
_BEYOND = timedelta(days=45)
"""How far beyond now anything is planned; the calendar must reach as far and two weeks more."""
_AT_ONCE = 12
"""Minutes that the way to the first closing has for steps that are taken in haste."""
CLOCK_PARTS = ("accept", "handle", "verify", "close")


@dataclass
class Cases:
    """A chunk: (n,) times in microseconds, positions of kind and place, and its chance."""

    at: np.ndarray
    kind: np.ndarray
    place: np.ndarray
    draws: Draws

    def __len__(self) -> int:
        return len(self.at)


class Limits:
    """The limits of the catalogue's clocks by kind: (kinds,) minutes and whether they run in work time."""

    def __init__(self, catalog: Catalog):
        clocks = [catalog.clocks[kind.clock] for kind in catalog.kinds.values()]
        self.minutes = {part: np.array([getattr(clock, part).minutes for clock in clocks]) for part in CLOCK_PARTS}
        self.work = {part: np.array([getattr(clock, part).work for clock in clocks]) for part in CLOCK_PARTS}
        self.yellow = np.array([clock.yellow for clock in clocks])


class Loop:
    """Plans walks. `walk` is all it does."""

    def __init__(self, limits: Limits, calendar: WorkCalendar, quality: Quality, now: datetime):
        self.limits, self.calendar, self.quality = limits, calendar, quality
        self.base = int(datetime.combine(calendar.first, time(), calendar.zone).timestamp())
        end = np.array([int((now + _BEYOND).timestamp())])
        self.last = int(calendar.worked(end)[0] // 60), int(end[0] - self.base) // 60

    def walk(self, cases: Cases) -> np.ndarray:
        """(n, slots) microseconds of each step, ABSENT where the case does not take it. Ascending in SLOTS' order."""
        work = self.limits.work["close"][cases.kind]
        start = self._minutes(cases.at // _MICROS, work)
        accept = self._accept(cases, work)
        planned = self._main(cases, work, start, accept)
        self._reopen(cases, planned, work)
        planned[:, _AT["report"]] = start
        self._end_early(cases, planned)
        return self._instants(cases, planned, work)

    def _minutes(self, seconds: np.ndarray, work: np.ndarray) -> np.ndarray:
        return np.where(work, self.calendar.worked(seconds), seconds - self.base) // 60

    def _seconds(self, minutes: np.ndarray, work: np.ndarray) -> np.ndarray:
        minutes = np.minimum(minutes, np.where(work, *self.last))
        return self.calendar.add(np.full(len(minutes), self.base), minutes, work)

    def _accept(self, cases: Cases, work: np.ndarray) -> np.ndarray:
        """Minutes (in the closing clock's time) of acceptance; a few in a hundred come after its limit."""
        own, draws = self.limits.work["accept"][cases.kind], cases.draws
        used = self.limits.minutes["accept"][cases.kind] * 0.33 * draws.lognormal("accept", 0.55)
        used = np.maximum(used * self.quality.slow(cases.place), 1).astype(np.int64)
        return self._minutes(self._seconds(self._minutes(cases.at // _MICROS, own) + used, own), work)

    def _close(self, cases: Cases, work: np.ndarray, start: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Minutes of closing, and which cases are long overdue."""
        draws, entry = cases.draws, self.quality.settings["late"]
        limit = self.limits.minutes["close"][cases.kind]
        late = draws.chance("late", self.quality.late(cases.at, cases.place, cases.kind))
        share = 0.05 + 0.90 * draws.uniform("pace") ** (1.6 / self.quality.slow(cases.place) ** 2)
        soon = draws.chance("late soon", entry["soon"])
        linger = entry["linger_from"] + draws.gamma2("linger", entry["linger_days"])
        days = np.where(soon, draws.gamma2("soon", entry["soon_days"]), linger)
        days = np.where(draws.chance("never", entry["never"]), 1e5, days)
        a_day = np.where(work, self.calendar.hours.minutes_a_day * 5 / 7, 1440)
        close = start + np.where(late, limit + 3 + days * a_day, limit * share).astype(np.int64)
        return close, late & ~soon

    def _main(self, cases: Cases, work, start, accept) -> np.ndarray:
        """(n, slots) minutes of the way to the first closing; -1 where absent."""
        draws, planned = cases.draws, np.full((len(cases), len(SLOTS)), -1, dtype=np.int64)
        close, long = self._close(cases, work, start)
        close = np.maximum(close, accept + 6)
        span = close - accept
        check = self.limits.minutes["verify"][cases.kind] * 0.4 * draws.lognormal("check", 0.6)
        check = np.minimum(check, span * 0.35)
        stuck = long & draws.chance("stuck", self.quality.settings["late"]["at_check"])
        check = np.where(stuck, span * 0.7, check)
        hasty = draws.chance("hasty", self.quality.hasty(cases.place, cases.kind))
        span = np.where(hasty, np.minimum(span, _AT_ONCE), span)
        dispatch = accept + np.minimum(span * 0.03, 45) * (0.3 + draws.uniform("dispatch"))
        planned[:, _AT["accept"]], planned[:, _AT["dispatch"]] = accept, dispatch
        take = self._objected(cases, planned, dispatch, span)
        handled = np.where(hasty, np.minimum(take + 1, close - check), close - check)
        planned[:, _AT["take"]] = take
        again = draws.chance("rework", self.quality.chance("reworked", cases.at, cases.place))
        first = np.where(again, take + (handled - take) * 0.6, handled)
        planned[:, _AT["handle"]] = first
        planned[again, _AT["rework"]] = (first + (handled - first) * 0.4)[again]
        planned[again, _AT["handle again"]] = handled[again]
        planned[:, _AT["verify"]] = handled + check * 0.7
        planned[:, _AT["close"]] = close
        return planned

    def _objected(self, cases: Cases, planned: np.ndarray, dispatch: np.ndarray, span: np.ndarray) -> np.ndarray:
        """Minutes at which the case is taken, after an objection where there is one."""
        draws, quality = cases.draws, self.quality
        returned = draws.chance("returned", quality.chance("returned", cases.at, cases.place))
        upheld = ~returned & draws.chance("upheld", quality.chance("upheld", cases.at, cases.place))
        objects = returned | upheld
        objected = dispatch + np.minimum(span * 0.06, 150) * (0.4 + draws.uniform("object"))
        decided = objected + np.minimum(span * 0.07, 210) * (0.4 + draws.uniform("decide"))
        planned[objects, _AT["object"]] = objected[objects]
        planned[returned, _AT["redispatch"]] = decided[returned]
        planned[upheld, _AT["uphold"]] = decided[upheld]
        wait = np.minimum(span * 0.06, 120) * (0.2 + draws.uniform("take"))
        return np.where(objects, decided, dispatch) + wait

    def _reopen(self, cases: Cases, planned: np.ndarray, work: np.ndarray) -> None:
        """Bring some closed cases back for a second, shorter round."""
        draws = cases.draws
        again = draws.chance("reopened", self.quality.chance("reopened", cases.at, cases.place))
        a_day = np.where(work, self.calendar.hours.minutes_a_day * 5 / 7, 1440)
        back = planned[:, _AT["close"]] + np.minimum(draws.gamma2("reopen", 7), 29) * a_day
        round_two = self.limits.minutes["handle"][cases.kind] * (0.1 + 0.5 * draws.uniform("round two"))
        for name, part in (("reopen", 0), ("handle after", 1), ("verify after", 1.2), ("close after", 1.25)):
            planned[again, _AT[name]] = (back + round_two * part)[again]

    def _end_early(self, cases: Cases, planned: np.ndarray) -> None:
        """Reject, merge or void some cases; nothing else happens to them after that."""
        draws, quality = cases.draws, self.quality
        at, place = cases.at, cases.place
        reject = draws.chance("reject", quality.chance("rejected", at, place))
        merge = ~reject & draws.chance("merge", quality.chance("merged", at, place))
        late_merge = merge & draws.chance("late merge", 0.3)
        void = ~reject & ~merge & draws.chance("void", quality.chance("void", at, place))
        for name, who, before in (("reject", reject, "accept"), ("merge", merge & ~late_merge, "accept"),
                                  ("merge", late_merge, "dispatch"), ("void", void, "handle")):  # fmt: skip
            slot = _AT[before]
            planned[who, _AT[name]] = planned[who, slot]
            planned[who, slot : _AT["reject"]] = -1

    def _instants(self, cases: Cases, planned: np.ndarray, work: np.ndarray) -> np.ndarray:
        """Minutes to microseconds: off the full minute, and each step some seconds after the one before."""
        case, slot = np.nonzero(planned >= 0)
        out = np.full(planned.shape, ABSENT, dtype=np.int64)
        out[case, slot] = self._seconds(planned[case, slot], work[case]) * _MICROS
        before = out[:, 0] = cases.at
        for number in range(1, len(SLOTS)):
            there = out[:, number] != ABSENT
            jitter = (cases.draws.uniform(f"second {number}") * 59 * _MICROS).astype(np.int64)
            after = np.maximum(np.where(there, out[:, number], 0) + jitter, before + 2 * _MICROS + jitter // 2)
            out[:, number] = np.where(there, after, ABSENT)
            before = np.where(there, after, before)
        return out
