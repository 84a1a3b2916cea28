"""The columns of a case that follow from its steps: state, times, counters, deadlines, minutes, cards.

Answers for how a case stands as of `now`. What a step does is read from workflow.TRANSITIONS and nowhere else.
"""

from dataclasses import dataclass
from datetime import datetime

import numpy as np

from dashboard.domain.clocks import WorkCalendar
from dashboard.domain.workflow import STATES, TRANSITIONS
from data.seed.loop import SLOTS, Cases, Limits

NAT = np.iinfo(np.int64).min
STATE_KEYS = tuple(STATES)
TARGETS = np.array([STATE_KEYS.index(TRANSITIONS[a].target if a in TRANSITIONS else "reported") for a in SLOTS])
"""(slots,) position in STATE_KEYS of the state that each step leads to."""
_ENDED = np.array([state.ended for state in STATES.values()])
_CLOCK = np.array([state.clock or "" for state in STATES.values()])
_MICROS = 1_000_000
STAMPS = tuple(dict.fromkeys(t.stamp for t in TRANSITIONS.values() if t.stamp))
COUNTS = tuple(dict.fromkeys(t.counts for t in TRANSITIONS.values() if t.counts))
_STARTS = {"accept": "reported_at", "handle": "accepted_at", "verify": "handled_at", "close": "reported_at"}
_OBJECTED = STATE_KEYS.index("objected")
_OBJECT, _DECIDED = SLOTS.index("object"), [SLOTS.index("redispatch"), SLOTS.index("uphold")]
_AGAIN = [SLOTS.index("rework"), SLOTS.index("reopen")]
_ENDS = {"accept": "accepted_at", "handle": "handled_at", "verify": "verified_at"}


@dataclass
class Standing:
    """`times`: (n,) microseconds by column, NAT for None; `counts`: (n,) by column; `state`: (n,) in STATE_KEYS;
    `steps`: (n,) how many steps were taken; `minutes`: (n,) floats by clock, NaN while a stage is not finished;
    `limits`: (n,) minutes by clock; `card`: (n,) in CARDS; `overdue`: (n,) bool."""

    times: dict[str, np.ndarray]
    counts: dict[str, np.ndarray]
    state: np.ndarray
    steps: np.ndarray
    minutes: dict[str, np.ndarray]
    limits: dict[str, np.ndarray]
    card: np.ndarray
    overdue: np.ndarray


def take_stock(cases: Cases, walk: np.ndarray, limits: Limits, calendar: WorkCalendar, now: datetime) -> Standing:
    """How the cases stand at `now`, after those steps of their walk that have happened."""
    moment = int(now.timestamp() * _MICROS)
    times, counts, state, steps = _apply(cases, walk, moment)
    mine = {part: values[cases.kind] for part, values in limits.minutes.items()}
    work = {part: values[cases.kind] for part, values in limits.work.items()}
    starts = {part: times[column] for part, column in _STARTS.items()}
    again = np.max(np.where(walk[:, _AGAIN] <= moment, walk[:, _AGAIN], NAT), axis=1)
    starts["handle"] = np.maximum(starts["handle"], again)  # handling starts anew when a case comes back
    stood = _stood(walk, moment, again != NAT, work, calendar)
    for part, start in starts.items():
        times[f"{part}_due_at"] = _shifted(start, mine[part] + stood[part], work[part], calendar)
    minutes = {
        part: _between(starts[part], times[end], work[part], calendar) - stood[part] for part, end in _ENDS.items()
    }
    clock = _CLOCK[state]
    held = np.where(state == _OBJECTED, walk[:, _OBJECT], moment)  # while an objection waits, time stands still
    late = np.where(times["ended_at"] == NAT, held, times["ended_at"] - 1) >= times["close_due_at"]
    times["paused_at"] = np.where(state == _OBJECTED, walk[:, _OBJECT], NAT)
    times["clock_started_at"] = np.select([clock == part for part in _ENDS], [starts[part] for part in _ENDS], NAT)
    counts["paused_minutes"] = np.where(clock == "handle", stood["handle"], 0)
    standing = Standing(times, counts, state, steps, minutes, mine, np.zeros(len(cases), dtype=np.int64), late)
    _supervise(standing, starts, stood, limits.yellow[cases.kind], work, calendar, held)
    return standing


def _stood(
    walk: np.ndarray, moment: int, again: np.ndarray, work: dict, calendar: WorkCalendar
) -> dict[str, np.ndarray]:
    """(n,) minutes for which each clock stood while an objection waited for its decision, each in its own time."""
    objected, decided = walk[:, _OBJECT], np.min(walk[:, _DECIDED], axis=1)
    over = decided <= moment
    out = {part: np.zeros(len(walk), dtype=np.int64) for part in _STARTS}
    for part in ("handle", "close"):
        from_, to = objected[over] // _MICROS, decided[over] // _MICROS
        out[part][over] = calendar.minutes_between(from_, to, work[part][over])
    out["handle"][again] = 0  # that clock is gone
    return out


def _apply(cases: Cases, walk: np.ndarray, moment: int) -> tuple[dict, dict, np.ndarray, np.ndarray]:
    """Every step that has happened, in order, as the transition table says."""
    count = len(cases)
    times = {name: np.full(count, NAT) for name in (*STAMPS, "ended_at")} | {"reported_at": cases.at.copy()}
    counts = {name: np.zeros(count, dtype=np.int64) for name in COUNTS}
    state, done = np.zeros(count, dtype=np.int64), walk <= moment
    for slot, action in enumerate(SLOTS[1:], start=1):
        happened, step = done[:, slot], TRANSITIONS[action]
        if step.stamp:
            times[step.stamp] = np.where(happened, walk[:, slot], times[step.stamp])
        for name in step.clears:
            times[name][happened] = NAT
        if step.counts:
            counts[step.counts] += happened
        state[happened] = TARGETS[slot]
        times["ended_at"] = np.where(happened, np.where(_ENDED[TARGETS[slot]], walk[:, slot], NAT), times["ended_at"])
    return times, counts, state, done.sum(axis=1)


def _shifted(start: np.ndarray, minutes: np.ndarray, work: np.ndarray, calendar: WorkCalendar) -> np.ndarray:
    """Microseconds at which `minutes` have passed since `start`; NAT where it has not begun."""
    begun, out = start != NAT, np.full(len(start), NAT)
    out[begun] = calendar.add(start[begun] // _MICROS, minutes[begun], work[begun]) * _MICROS
    return out


def _between(start: np.ndarray, end: np.ndarray, work: np.ndarray, calendar: WorkCalendar) -> np.ndarray:
    over, out = (start != NAT) & (end != NAT), np.full(len(start), np.nan)
    out[over] = calendar.minutes_between(start[over] // _MICROS, end[over] // _MICROS, work[over])
    return out


def _supervise(standing: Standing, starts: dict, stood: dict, share: np.ndarray, work: dict, calendar: WorkCalendar,
               held: np.ndarray) -> None:  # fmt: skip
    """Card and next_card_at of the clock that runs now; as of `held`, when it stood still."""
    standing.times["next_card_at"] = np.full(len(share), NAT)
    for part, end in _ENDS.items():
        runs = np.flatnonzero((_CLOCK[standing.state] == part) & (standing.times[end] == NAT))
        start, red = starts[part][runs], standing.times[f"{part}_due_at"][runs]
        allowed = np.rint(standing.limits[part][runs] * share[runs]).astype(np.int64) + stood[part][runs]
        yellow = _shifted(start, allowed, work[part][runs], calendar)
        card = (held[runs] >= yellow).astype(np.int64) + (held[runs] >= red)
        standing.card[runs] = card
        paused = standing.times["paused_at"][runs] != NAT
        falls = [paused, card == 0, card == 1]
        standing.times["next_card_at"][runs] = np.select(falls, [np.full(len(runs), NAT), yellow, red], NAT)
