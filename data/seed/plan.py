"""The bare plan of all demo cases: when, what and where, in order of time, and which one repeats which.

Answers for four arrays, small enough to hold for millions; all else follows chunk by chunk.
"""

from dataclasses import dataclass

import numpy as np

from data.seed.draws import Draws
from data.seed.places import Places
from data.seed.quality import Quality
from data.seed.settings import Settings
from data.seed.when import Rhythm
from data.seed.where import Geography

_DAY = 86_400_000_000
_BURST = 12
"""Cases a burst has on average."""


@dataclass
class Plan:
    """(n,) each, by time. `at`: microseconds since 1970; `kind`, `place`: positions; `repeat_of`: position, -1 none."""

    at: np.ndarray
    kind: np.ndarray
    place: np.ndarray
    repeat_of: np.ndarray

    def __len__(self) -> int:
        return len(self.at)


def make_plan(count: int, seed: int, rhythm: Rhythm, geography: Geography, settings: Settings, places: Places) -> Plan:
    """`count` cases."""
    draws = Draws(seed, np.arange(count), "plan")
    at, kind = rhythm.pick(draws, "plan")
    place = geography.pick(kind, draws, "plan")
    _burst(at, kind, place, draws, seed, rhythm, geography, settings, places)
    order = np.argsort(at, kind="stable")
    repeat_of = np.full(count, -1, dtype=np.int64)
    return Plan(at[order], kind[order].astype(np.int16), place[order].astype(np.int32), repeat_of)


def _burst(at, kind, place, draws, seed, rhythm, geography, settings, places) -> None:
    """Let some cases come together: one kind, one neighbourhood, within hours. Changes the arrays."""
    members = np.flatnonzero(draws.chance("burst", settings["burst_share"]))
    bursts = Draws(seed, np.arange(max(len(members) // _BURST, 1)), "burst")
    start, what = rhythm.pick(bursts, "burst")
    where = geography.pick(what, bursts, "burst")
    mine = draws.whole("which burst", len(start))[members]
    spread = (draws.gamma2("burst spread", 2 * 3600 * 1e6)[members]).astype(np.int64)
    at[members] = np.minimum(start[mine] + spread, rhythm.latest(draws, "burst")[members])
    kind[members] = what[mine]
    near = np.clip(where[mine] + draws.whole("burst place", 7)[members] - 3, 0, len(places) - 1)
    place[members] = np.where(places.township[near] == places.township[where[mine]], near, where[mine])


def add_repeats(plan: Plan, seed: int, quality: Quality, settings: Settings) -> None:
    """Turn some requests into repeats of an earlier one: its place and kind, within the days a repeat may take."""
    request = np.array([kind.request for kind in settings.catalog.kinds.values()])
    requests = np.flatnonzero(request[plan.kind])
    if not len(requests):
        return
    draws, days = Draws(seed, requests, "repeat"), settings["repeat_days"]
    share, spread = settings.rate("repeat")
    may = draws.chance("may", min(1.0, share * np.exp(2.2 * spread)))
    back = np.minimum(draws.gamma2("days", days / 3), days - 0.01) * _DAY
    first = np.searchsorted(plan.at[requests], plan.at[requests] - back.astype(np.int64))
    ours = np.arange(len(requests))
    first = np.minimum(first, ours)
    may &= (first < ours) & ~may[first]
    may &= plan.at[requests] - plan.at[requests[first]] <= days * _DAY
    chance = quality.chance("repeat", plan.at[requests], plan.place[requests[first]])
    may &= draws.chance("does", chance / (share * np.exp(2.2 * spread)) * (1 + share))
    again, before = requests[may], requests[first[may]]
    plan.repeat_of[again], plan.place[again], plan.kind[again] = before, plan.place[before], plan.kind[before]
