"""The histories of demo cases as a frame: a row for each step that has happened, chained by its hashes.

Answers for who did what where. Leaves when to `loop` and the canonical text to dashboard.domain.history.
"""

from datetime import datetime

import numpy as np
import pandas as pd

from dashboard.domain.history import SEPARATOR, chain, word
from dashboard.domain.workflow import TRANSITIONS
from data.seed.loop import SLOTS, Cases
from data.seed.pools import Pool
from data.seed.stamps import STATE_KEYS, TARGETS
from data.seed.words import Units

_MICROS = 1_000_000
CENTRE, HOLDER, DESK, GRID, NOBODY = range(5)
# role and word for whoever takes the step, and whose unit that is
ACTORS = {
    "accept": ("dispatcher", "受理员", CENTRE), "dispatch": ("dispatcher", "派单员", CENTRE),
    "object": ("handler", "经办人", HOLDER), "redispatch": ("supervisor", "值班长", CENTRE),
    "uphold": ("supervisor", "值班长", CENTRE), "take": ("handler", "经办人", HOLDER),
    "handle": ("handler", "经办人", HOLDER), "rework": ("verifier", "核查员", DESK),
    "verify": ("verifier", "核查员", DESK), "close": ("dispatcher", "回访员", CENTRE),
    "reopen": ("dispatcher", "回访员", CENTRE), "reject": ("dispatcher", "受理员", CENTRE),
    "merge": ("dispatcher", "受理员", CENTRE), "void": ("supervisor", "值班长", CENTRE),
}  # fmt: skip
REPORTERS = {
    "grid": ("grid_worker", "网格员", GRID), "public": ("public", "群众", NOBODY),
    "hotline": ("hotline", "12345 话务员", CENTRE), "police": ("police", "110 接警员", CENTRE),
    "iot": ("iot", "感知设备", NOBODY), "superior": ("superior", "上级交办", CENTRE),
    "department": ("department", "部门业务员", HOLDER), "import": ("system", "系统导入", NOBODY),
}  # fmt: skip
REASONS = {
    "reject": ("out_of_scope", "no_fact", "incomplete"), "merge": ("same_matter",), "object": ("not_ours", "wrong_area"),
    "redispatch": ("objection_granted",), "uphold": ("objection_refused",), "rework": ("not_solved", "no_evidence"),
    "reopen": ("relapse", "not_satisfied"), "void": ("entered_by_mistake",),
}  # fmt: skip
NOTES = {
    "handle": ("现场已处置，附照片", "已整改到位", "已联系当事方，达成一致", "已落实措施，持续跟进"),
    "verify": ("现场复查，情况属实", "电话核实，情况属实"), "close": ("回访满意", "回访已答复", "回访无异议"),
    "rework": ("照片看不清，请补充", "问题仍在，请再处理"), "object": ("不属本单位职责", "地点不在辖区"),
}  # fmt: skip
_MOBILE = ("take", "handle", "verify")
"""Steps often taken on a phone, which keeps its own time."""
_EFFECTS = ("run", "pause", "reset")
_EFFECT = np.array([_EFFECTS.index(effect) if effect else -1 for effect in
                    ("run" if action in ("report", "accept") else TRANSITIONS[action].clock for action in SLOTS)])  # fmt: skip
"""(slots,) what a step does to the clocks, a position in _EFFECTS; -1: nothing."""


class _Variants:
    """Words that belong to an action, one of them by chance."""

    def __init__(self, table: dict[str, tuple[str, ...]]):
        rows = [table.get(action, ()) for action in SLOTS]
        self.pool = Pool([word for row in rows for word in row])
        self.count = np.array([len(row) for row in rows])
        self.start = np.cumsum(self.count) - self.count

    def positions(self, slot: np.ndarray, uniform: np.ndarray) -> np.ndarray:
        chosen = self.start[slot] + (uniform * self.count[slot]).astype(np.int64)
        return np.where(self.count[slot] > 0, chosen, -1)


class Histories:
    """Makes the frame of steps. `frame` is all it does."""

    def __init__(self, units: Units, counties: Pool, sources: tuple[str, ...]):
        who = [*(REPORTERS[source] for source in sources), *(ACTORS[action] for action in SLOTS[1:])]
        self.counties, self.reporters = counties, len(sources)
        self.roles, self.actors = Pool([row[0] for row in who]), Pool([row[1] for row in who])
        self.whose = np.array([row[2] for row in who])
        pools = (units.centre, units.holder, units.desk, units.grid)
        self.offsets = np.cumsum([0, *(len(pool) for pool in pools)])
        self.unit = Pool([w for pool in pools for w in pool.words[pool.codes]])
        self.reasons, self.notes, self.units = _Variants(REASONS), _Variants(NOTES), units
        self.actions, self.states, self.effects = Pool(SLOTS), Pool(STATE_KEYS), Pool(list(_EFFECTS))
        self.mobile = np.isin(SLOTS, _MOBILE)

    def frame(self, cases: Cases, walk: np.ndarray, ids: np.ndarray, source: np.ndarray, now: datetime) -> pd.DataFrame:
        """Steps up to `now`, by case and sequence; `ids` are hex digits, `source` positions in the sources."""
        case, slot = np.nonzero(walk <= int(now.timestamp() * _MICROS))
        at, first = walk[case, slot], slot == 0
        starts = np.flatnonzero(first)
        who = np.where(first, source[case], self.reporters + slot - 1)
        place, unsure = cases.place[case], cases.draws.uniform("words")[case] * 7.13 + slot * 0.377
        unsure -= np.floor(unsure)
        columns = {
            "county_code": self.counties.take(place), "case_id": pd.Series(ids[case], dtype=object),
            "seq": np.arange(len(case)) - np.repeat(starts, np.diff([*starts, len(case)])) + 1,
            "action": self.actions.take(slot), "state": self.states.take(TARGETS[slot]),
            "at": at, "device_at": self._device(at, case, slot, who, cases, unsure),
            "actor": self.actors.take(who), "role": self.roles.take(who),
            "unit": self.unit.take(self._unit(who, place, self.units.holders(cases.kind, cases.place)[case])),
            "reason": self.reasons.pool.take(self.reasons.positions(slot, unsure)),
            "note": self.notes.pool.take(self.notes.positions(slot, unsure)),
            "clock_effect": self.effects.take(_EFFECT[slot]),
        }  # fmt: skip
        columns["hash"] = pd.Series(chain(_texts(columns), first.tolist()), dtype=object)
        for name in ("at", "device_at"):
            columns[name] = pd.DatetimeIndex(columns[name].view("datetime64[us]"), tz="UTC")
        return pd.DataFrame(columns, copy=False)

    def _unit(self, who: np.ndarray, place: np.ndarray, holder: np.ndarray) -> np.ndarray:
        whose = self.whose[who]
        at = np.select([whose == HOLDER, whose == NOBODY], [holder, 0], place)
        return np.where(whose == NOBODY, -1, self.offsets[np.minimum(whose, GRID)] + at)

    def _device(self, at, case, slot, who, cases: Cases, unsure: np.ndarray) -> np.ndarray:
        """The phone's time, some seconds before the server's; NaT where no phone was used."""
        phone = self.mobile[slot] & cases.draws.chance("phone", 0.7)[case]
        mobile = phone | ((slot == 0) & (self.whose[who] == GRID))
        return np.where(mobile, at - (unsure * 20 * _MICROS).astype(np.int64), np.iinfo(np.int64).min)


def _texts(columns: dict) -> list[str]:
    """The canonical text of each row, as history.step_hash makes it."""
    return list(map(SEPARATOR.join, zip(*(_written(column) for column in columns.values()), strict=True)))


def _written(column) -> list[str]:
    if isinstance(column, pd.Categorical):
        words = np.array([*(word(text) for text in column.categories), word(None)], dtype=object)
        return words[column.codes].tolist()
    if column.dtype == object:
        return column.tolist()
    texts = list(map(str, column.tolist()))
    for position in np.flatnonzero(column == np.iinfo(np.int64).min):
        texts[position] = word(None)
    return texts
