"""Demo cases with full histories: invented, repeatable, calibrated by DOMAIN.md §11. Always marked synthetic.

Answers for the frames of cases and steps, in the order in which they were reported. Pure: no SQL, no clock.
Leaves loading to `load`. The rest of the package is its parts: settings, where, when, quality, plan, loop, stamps,
words, steps.
"""

from collections.abc import Iterator
from datetime import datetime

import numpy as np
import pandas as pd

from dashboard.catalog import Catalog
from dashboard.domain.clocks import WorkCalendar
from dashboard.domain.regions import LEVELS
from dashboard.domain.workflow import CARDS, SEVERITIES, SOURCES, TIERS
from data.seed.draws import Draws
from data.seed.loop import Cases, Limits, Loop
from data.seed.places import Places
from data.seed.plan import Plan, add_repeats, make_plan
from data.seed.pools import Pool
from data.seed.quality import Quality
from data.seed.settings import load_settings
from data.seed.stamps import NAT, STATE_KEYS, Standing, take_stock
from data.seed.steps import Histories
from data.seed.when import Rhythm
from data.seed.where import make_geography
from data.seed.words import Titles, Units, address

DATASET = "demo"
_HOUR = 3_600_000_000
_MEDIATION = "mediation"


def generate(
    places: Places, catalog: Catalog, calendar: WorkCalendar, *, count: int, seed: int, now: datetime,
    months: float = 13, chunk: int = 50_000, histories: int | None = None,
) -> Iterator[tuple[pd.DataFrame, pd.DataFrame | None]]:  # fmt: skip
    """Chunks of (cases, steps), columns as Case and CaseStep, reported in the `months` before `now`.

    Ids are 32 hex digits, times datetime64[us, UTC], words categories, missing numbers NaN. A case depends on its
    position and the arguments alone, not on `chunk`. The calendar must reach 60 days past `now`, else UserError.
    `histories`: only chunks that begin among so many first cases have steps (None: all); the others give None.
    """
    maker = _Maker(places, catalog, calendar, count=count, seed=seed, now=now, months=months)
    for start in range(0, count, chunk):
        yield maker.frames(np.arange(start, min(start + chunk, count)), histories is None or start < histories)


class _Maker:
    """Everything that all chunks share."""

    def __init__(self, places, catalog, calendar, *, count, seed, now, months):
        self.places, self.catalog, self.seed, self.now = places, catalog, seed, now
        self.calendar, self.settings, self.limits = calendar, load_settings(catalog), Limits(catalog)
        rhythm = Rhythm(self.settings, calendar, places.calendar, now, months, seed)
        geography = make_geography(places, self.settings, seed)
        origin = int(rhythm.midnights[0]) * 1_000_000
        self.quality = Quality(places, self.settings, seed, origin, int(months) + 2)
        self.plan = make_plan(count, seed, rhythm, geography, self.settings, places)
        add_repeats(self.plan, seed, self.quality, self.settings)
        self.loop = Loop(self.limits, calendar, self.quality, now)
        self._make_words()

    def _make_words(self) -> None:
        kinds = self.catalog.kinds.values()
        self.codes = {level: Pool(self.places.codes[level]) for level in LEVELS}
        self.titles, self.units = Titles(self.catalog), Units(self.places, self.catalog)
        self.held = Pool([*self.units.centre.words, *self.units.holder.words])
        self.addresses = Pool([address(self.places, leaf) for leaf in range(len(self.places))])
        self.by_kind = {name: Pool([getattr(kind, name) for kind in kinds]) for name in ("key", "group", "clock")}
        self.request = np.array([kind.request for kind in kinds])
        self.severity = np.array([SEVERITIES.index(kind.severity) for kind in kinds])
        self.dispute = np.array([kind.group == "dispute" for kind in kinds])
        self.mediated = self.dispute | np.array([kind.key == _MEDIATION for kind in kinds])
        self.fixed = {name: Pool(words) for name, words in (
            ("severity", SEVERITIES), ("tier", TIERS), ("source", SOURCES), ("state", STATE_KEYS), ("card", CARDS),
            ("dataset", (DATASET,)))}  # fmt: skip
        self.histories = Histories(self.units, self.codes["county"], SOURCES)

    def frames(self, index: np.ndarray, told: bool = True) -> tuple[pd.DataFrame, pd.DataFrame | None]:
        """Cases at the positions `index`, and their steps if the histories are `told`."""
        plan, draws = self.plan, Draws(self.seed, index, "case")
        cases = Cases(plan.at[index], plan.kind[index].astype(np.int64), plan.place[index].astype(np.int64), draws)
        walk = self.loop.walk(cases)
        standing = take_stock(cases, walk, self.limits, self.calendar, self.now)
        ids, source = make_ids(plan, index, draws), draws.pick("source", self.settings.sources[cases.kind])
        columns = {"id": pd.Series(ids, dtype=object), "repeat_of": pd.Series(self._repeats(index), dtype=object)}
        columns |= self._about(cases, source) | self._standing(cases, standing) | self._answer(cases, standing)
        steps = self.histories.frame(cases, walk, ids, source, self.now) if told else None
        return pd.DataFrame(columns, copy=False), steps

    def _repeats(self, index: np.ndarray) -> np.ndarray:
        """(n,) ids of what is repeated, None for most."""
        before = self.plan.repeat_of[index]
        out, some = np.full(len(index), None, dtype=object), before >= 0
        out[some] = make_ids(self.plan, before[some], Draws(self.seed, before[some], "case"))
        return out

    def _about(self, cases: Cases, source: np.ndarray) -> dict:
        """What the case is about, and where."""
        draws, kind, place, none = cases.draws, cases.kind, cases.place, np.full(len(cases), None, dtype=object)
        unusual = draws.uniform("severity")
        shift = (unusual > 0.94).astype(int) - (unusual < 0.05) - (unusual < 0.001)
        severity = np.clip(self.severity[kind] + shift, np.where(unusual < 0.001, 0, 1), 3)
        out = {f"{level}_code": self.codes[level].take(place) for level in LEVELS}
        out |= {name: self.fixed[name].take(values) for name, values in (
            ("severity", severity), ("tier", draws.pick("tier", self.settings.tiers[kind])), ("source", source),
            ("dataset", np.zeros(len(cases), dtype=np.int64)))}  # fmt: skip
        out |= {"kind_group": self.by_kind["group"].take(kind), "kind": self.by_kind["key"].take(kind)}
        out |= {"is_request": self.request[kind], "clock_kind": self.by_kind["clock"].take(kind)}
        out["title"] = self.titles.pool.take(self.titles.positions(kind, draws.uniform("title")))
        out |= {"address": self.addresses.take(place), "description": none, "source_key": none, "holder_person": none}
        known = ~draws.chance("no position", self.settings["no_position"])
        for name, values in (("lon", self.places.lon), ("lat", self.places.lat)):
            out[name] = np.where(known, np.round(values[place] + 0.0012 * draws.normal(name), 6), np.nan)
        return out

    def _standing(self, cases: Cases, standing: Standing) -> dict:
        """How it stands: state, times, counters, clocks."""
        early = np.isin(standing.state, [STATE_KEYS.index("reported"), STATE_KEYS.index("accepted")])
        centre = self.units.centre.codes[cases.place]
        holder = self.units.holder.codes[self.units.holders(cases.kind, cases.place)]
        out = {name: pd.DatetimeIndex(at.view("datetime64[us]"), tz="UTC") for name, at in standing.times.items()}
        out |= {"state": self.fixed["state"].take(standing.state), "card": self.fixed["card"].take(standing.card)}
        out |= {"version": standing.steps, "overdue": standing.overdue} | standing.counts
        out |= {f"{part}_minutes": values for part, values in standing.minutes.items()}
        out |= {f"{part}_limit": standing.limits[part] for part in standing.minutes}
        out["holder_unit"] = self.held.take(np.where(early, centre, len(self.units.centre.words) + holder))
        return out

    def _answer(self, cases: Cases, standing: Standing) -> dict:
        """What came of it: satisfaction from the call-back, success of a mediation."""
        draws, kind, place = cases.draws, cases.kind, cases.place
        closed = standing.times["closed_at"]
        rated_at = closed + (draws.gamma2("rated at", 16) * _HOUR).astype(np.int64)
        asks = (closed != NAT) & (self.request | self.dispute)[kind] & (rated_at <= int(self.now.timestamp() * 1e6))
        asks &= draws.chance("rated", self.quality.chance("rated", cases.at, place))
        unhappy = draws.chance("unhappy", self.quality.chance("dissatisfied", cases.at, place))
        low, high = draws.pick("low mark", np.array([2, 3, 5])), draws.pick("mark", np.array([4, 6]))
        success = draws.chance("mediated", self.quality.mediated[self.places.county[place]])
        told = (closed != NAT) & self.mediated[kind]
        attrs = np.array([{}, {"mediated": False}, {"mediated": True}], dtype=object)[np.where(told, 1 + success, 0)]
        flags = np.empty(len(cases), dtype=object)
        flags[:] = [[]] * len(cases)
        rated = pd.DatetimeIndex(np.where(asks, rated_at, NAT).view("datetime64[us]"), tz="UTC")
        return {
            "attrs": attrs,
            "flags": flags,
            "rated_at": rated,
            "satisfaction": np.where(asks, np.where(unhappy, 1 + low, 4 + high), np.nan),
        }


def make_ids(plan: Plan, index: np.ndarray, draws: Draws) -> np.ndarray:
    """(n,) UUIDv7 as 32 hex digits: the time of report in milliseconds, then bits from `draws`."""
    stamp = (plan.at[index] // 1000).astype(np.uint64)
    head = stamp << np.uint64(16) | np.uint64(0x7000) | draws.bits("id head") >> np.uint64(52)
    tail = np.uint64(1 << 63) | draws.bits("id tail") >> np.uint64(2)
    digits = np.stack([head, tail], axis=1).astype(">u8").tobytes().hex()
    out = np.empty(len(index), dtype=object)
    out[:] = [digits[start : start + 32] for start in range(0, len(digits), 32)]
    return out
