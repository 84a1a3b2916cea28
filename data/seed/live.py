"""What the live demo does next: how busy the hour is, a new report, the next action on a case. Chance is given.

Answers for words and odds only; the writes are dashboard.services.casework's.
"""

import random
import tomllib
from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from dashboard.catalog import Catalog
from dashboard.domain.regions import Region
from data.seed.settings import HERE
from data.seed.steps import ACTORS, NOTES, REASONS, REPORTERS
from data.seed.words import make_titles

_ZONE = ZoneInfo("Asia/Shanghai")
_BUSY = (4, 3, 2, 2, 2, 3, 6, 12, 22, 28, 28, 24, 16, 16, 24, 26, 26, 22, 18, 17, 15, 12, 9, 6)  # weight of each hour
_JITTER = 0.002  # degrees, about 200 m
# what follows a state: (action, weight); a state that is not here waits for nothing
_NEXT = {
    "reported": (("accept", 97), ("reject", 3)), "accepted": (("dispatch", 100),),
    "dispatched": (("take", 97), ("object", 3)), "objected": (("redispatch", 75), ("uphold", 25)),
    "handling": (("handle", 100),), "handled": (("verify", 97), ("rework", 3)), "verified": (("close", 100),),
}  # fmt: skip
_RATED, _SATISFIED = 0.86, 0.945


def rhythm(now: datetime) -> float:
    """How busy this hour is; 1 on average over a day."""
    return _BUSY[now.astimezone(_ZONE).hour] / (sum(_BUSY) / len(_BUSY))


@lru_cache(maxsize=1)
def _tables() -> tuple[dict, dict]:
    read = (tomllib.loads((HERE / name).read_text(encoding="utf-8")) for name in ("demo.toml", "titles.toml"))
    return tuple(read)


def synthetic_report(catalog: Catalog, grid: Region, chance: random.Random) -> tuple[str, dict, dict]:
    """(kind, columns of a case, step) of a new synthetic report in `grid`."""
    demo, titles = _tables()
    weights = [demo["kind"].get(key, demo["kind"]["default"])["weight"] for key in catalog.kinds]
    kind = chance.choices(list(catalog.kinds), weights)[0]
    sources = demo["source"][catalog.kinds[kind].group]
    source = chance.choices(list(sources), list(sources.values()))[0]
    role, actor, _whose = REPORTERS[source]
    lon, lat = ((at + chance.uniform(-_JITTER, _JITTER)) if at is not None else None for at in (grid.lon, grid.lat))
    title = chance.choice(make_titles(kind, titles.get(kind, titles["default"])))
    return kind, {"title": title, "source": source, "lon": lon, "lat": lat}, {"actor": actor, "role": role}


def next_action(state: str, now: datetime, chance: random.Random) -> tuple[str, dict, dict]:
    """(action, step, further columns) for a case in `state`. KeyError for a state that waits for nothing."""
    actions, weights = zip(*_NEXT[state], strict=True)
    action = chance.choices(actions, weights)[0]
    role, actor, _whose = ACTORS[action]
    step = {"actor": actor, "role": role}
    step |= {
        name: chance.choice(table[action]) for name, table in (("reason", REASONS), ("note", NOTES)) if action in table
    }
    rated = action == "close" and chance.random() < _RATED
    extra = {"rated_at": now, "satisfaction": 5 if chance.random() < _SATISFIED else 2} if rated else {}
    return action, step, extra
