"""What the live demo does next: how busy the hour is, a new report, the next action on a case. Chance is given.

Answers for words and odds only; the writes are dashboard.services.casework's.
"""

import random
import tomllib
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from dashboard.catalog import Catalog
from dashboard.domain.commands import Report
from dashboard.domain.people import Grant, Person
from dashboard.domain.regions import Region
from dashboard.domain.workflow import EXTENSIONS, TRANSITIONS
from data.seed.settings import HERE
from data.seed.steps import NOTES, REPORTERS
from data.seed.words import make_titles

_ZONE = ZoneInfo("Asia/Shanghai")
_BUSY = (4, 3, 2, 2, 2, 3, 6, 12, 22, 28, 28, 24, 16, 16, 24, 26, 26, 22, 18, 17, 15, 12, 9, 6)  # weight of each hour
_JITTER = 0.002  # degrees, about 200 m
# what follows a state: (action, weight); a state that is not here waits for nothing
_NEXT = {
    "reported": (("accept", 96), ("reject", 3), ("classify", 1)), "accepted": (("dispatch", 98), ("escalate", 2)),
    "dispatched": (("take", 96), ("object", 4)), "objected": (("redispatch", 75), ("uphold", 25)),
    "handling": (("handle", 80), ("progress", 12), ("stage", 4), ("ask_extension", 2), ("pause", 2)),
    "handled": (("verify", 97), ("rework", 3)), "verified": (("close", 100),),
}  # fmt: skip
_PENDING = (("grant_extension", 70), ("refuse_extension", 30))
# the demo's actors: role and the word for whoever has it
_ACTORS = {
    "dispatcher": "派单员", "handler": "经办人", "supervisor": "值班长", "verifier": "核查员", "grid_worker": "网格员",
}  # fmt: skip
_NOTES = {
    "progress": ("已到现场，正在处置", "已约当事方到场", "已下达整改通知"), "stage": ("险情已控制，彻底整改还需时间",),
    "escalate": ("需上一级协调",), "uphold": ("属本单位职责，请接单",), "refuse_extension": ("请按原期限办理",),
    "call_back": ("已电话回访",),
}  # fmt: skip
_SPOKEN = {*NOTES, *_NOTES}
_REACHED, _RATED, _SATISFIED = 0.93, 0.92, 0.945


def rhythm(now: datetime) -> float:
    """How busy this hour is; 1 on average over a day."""
    return _BUSY[now.astimezone(_ZONE).hour] / (sum(_BUSY) / len(_BUSY))


@lru_cache(maxsize=1)
def _tables() -> tuple[dict, dict]:
    read = (tomllib.loads((HERE / name).read_text(encoding="utf-8")) for name in ("demo.toml", "titles.toml"))
    return tuple(read)


def synthetic_report(catalog: Catalog, grid: Region, chance: random.Random, dataset: str) -> tuple[Person, Report]:
    """A new synthetic report in `grid`, and who sends it: a grid worker of the place, or another system."""
    demo, titles = _tables()
    weights = [demo["kind"].get(key, demo["kind"]["default"])["weight"] for key in catalog.kinds]
    kind = chance.choices(list(catalog.kinds), weights)[0]
    sources = demo["source"][catalog.kinds[kind].group]
    source = chance.choices(list(sources), list(sources.values()))[0]
    role, actor, _whose = REPORTERS[source]
    lon, lat = ((at + chance.uniform(-_JITTER, _JITTER)) if at is not None else None for at in (grid.lon, grid.lat))
    title = chance.choice(make_titles(kind, titles.get(kind, titles["default"])))
    own = role in _ACTORS
    person = Person(None, actor, (Grant(role, grid.code),) if own else (), everything=not own)
    return person, Report(grid.code, kind, title, source, lon=lon, lat=lat, dataset=dataset)


def next_action(catalog: Catalog, case: Mapping, chance: random.Random) -> str:
    """What is done next to a case that stands as `case`. KeyError for a state that waits for nothing."""
    if case["paused_at"] is not None and case["state"] != "objected":
        return "resume"
    if case["extension"] == "pending" and case["state"] == "handling":
        return _weighted(_PENDING, chance)
    if case["state"] == "verified" and case["called_at"] is None:
        return "call_back"
    action = _weighted(_NEXT[case["state"]], chance)
    late = case["extension"] is not None or case["card"] == "red" or case["clock_kind"] is None
    return "progress" if action in ("ask_extension", "pause") and late else action


def inputs_of(
    catalog: Catalog, action: str, case: Mapping, unit: str | None, chance: random.Random
) -> dict[str, object]:
    """What the action is given: all it needs, and a word where there is one. `unit`: to whom it is sent."""
    row = TRANSITIONS[action]
    others = [
        kind.key for kind in catalog.kinds.values() if kind.group == case["kind_group"] and kind.key != case["kind"]
    ]
    made = {
        "unit": unit, "limit": chance.choice(EXTENSIONS[:3]), "reason": chance.choice(row.reasons or ("",)),
        "note": chance.choice(NOTES.get(action, _NOTES.get(action, ("已办",)))), "kind": chance.choice(others or [case["kind"]]),
        "reached": chance.random() < _REACHED,
    }  # fmt: skip
    if made["reached"] and chance.random() < _RATED:
        made["rating"] = 5 if chance.random() < _SATISFIED else 2
    asked = (
        *row.needs,
        *(key for key in row.takes if key in ("kind", "rating") or (key == "note" and action in _SPOKEN)),
    )
    return {key: made[key] for key in asked if made.get(key) not in (None, "")}


def actor_of(action: str, county: str) -> Person:
    """Who does it: somebody of the county with the role that the table asks for."""
    role = TRANSITIONS[action].roles[0]
    return Person(None, _ACTORS[role], (Grant(role, county),))


def _weighted(table: tuple[tuple[str, int], ...], chance: random.Random) -> str:
    actions, weights = zip(*table, strict=True)
    return chance.choices(actions, weights)[0]
