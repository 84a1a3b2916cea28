"""Rows for tests: each states only what matters."""

import random
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.orm import Session

from dashboard.domain.regions import LEVELS
from dashboard.domain.workflow import OPEN, STATES
from data.models import Dataset, RegionPack, RegionRow

NOW = datetime(2026, 6, 18, 6, 5, 32, tzinfo=UTC)
TREE = {  # code: (level, parent); two provinces of unequal shape, codes that say nothing about ancestry
    "P": ("province", None), "C1": ("city", "P"), "C2": ("city", "P"),
    "K1": ("county", "C1"), "K2": ("county", "C1"), "K3": ("county", "C2"),
    "T1": ("township", "K1"), "T2": ("township", "K1"), "T3": ("township", "K2"), "T4": ("township", "K3"),
    "V1": ("village", "T1"), "V2": ("village", "T1"), "V3": ("village", "T2"), "V4": ("village", "T3"),
    "V5": ("village", "T4"), "G1": ("grid", "V1"), "G2": ("grid", "V1"), "G3": ("grid", "V2"), "G4": ("grid", "V3"),
    "G5": ("grid", "V4"), "G6": ("grid", "V5"),
}  # fmt: skip
ABOUT = {
    "levels": [{"level": level, "name": level, "name_en": level} for level in LEVELS],
    "folder": "",
    "map_note": "",
}
KINDS = {"fire": "hazard", "gas": "hazard", "noise": "police", "school": "request", "family": "dispute"}


def path_of(code: str) -> dict[str, str]:
    level, parent = TREE[code]
    return {**(path_of(parent) if parent else {}), level: code}


def install_tree(session: Session) -> None:
    """The pack "tree" with TREE's regions and one dataset, "test"."""
    session.add(
        RegionPack(key="tree", name="Tree", root_code="P", timezone="Asia/Shanghai", calendar="CN", about=ABOUT)
    )
    session.flush()
    for position, (code, (level, parent)) in enumerate(TREE.items()):
        row = {"code": code, "pack": "tree", "level": level, "name": code, "short_name": code, "parent_code": parent,
               "position": position, "population": 1000, **{f"{lv}_code": path_of(code).get(lv) for lv in LEVELS}}  # fmt: skip
        session.execute(insert(RegionRow), [row])
    session.add(Dataset(key="test", pack="tree", name="Test", synthetic=True, source="tests"))
    session.flush()


def make_case(chance: random.Random, **given: object) -> dict:
    """Columns of a case as the workflow could have left it, chosen by `chance`."""
    grid = given.pop("grid", None) or chance.choice([code for code, (level, _) in TREE.items() if level == "grid"])
    kind = chance.choice(sorted(KINDS))
    reported = NOW - timedelta(minutes=chance.randrange(0, 60 * 24 * 500))
    case = {
        "id": UUID(int=chance.getrandbits(128)), "dataset": "test", "kind": kind, "kind_group": KINDS[kind],
        "is_request": kind in ("noise", "school"), "severity": "04", "tier": "grid", "source": "grid", "title": "t",
        "reported_at": reported, "clock_kind": "ordinary", "returned": chance.choice((0, 0, 1)),
        "reworked": chance.choice((0, 0, 2)), "reopened": 0, "repeat_of": chance.choice((None, None, UUID(int=1))),
        "satisfaction": None, "card": "none", "next_card_at": None, **{f"{lv}_code": path_of(grid).get(lv) for lv in LEVELS},
    }  # fmt: skip
    return {**case, **_progress(chance, reported), **given}


def _progress(chance: random.Random, reported: datetime) -> dict:
    state = chance.choice(sorted(STATES))
    stages = ("accepted_at", "dispatched_at", "handled_at", "verified_at", "closed_at")
    reach = {"reported": 0, "rejected": 0, "merged": 0, "void": 1, "accepted": 1, "dispatched": 2, "objected": 2,
             "handling": 2, "handled": 3, "verified": 4, "closed": 5}[state]  # fmt: skip
    at, out = reported, dict.fromkeys(stages)
    for stage in stages[:reach]:
        at = min(at + timedelta(minutes=chance.randrange(1, 4000)), NOW)
        out[stage] = at
    due = reported + timedelta(minutes=chance.randrange(60, 20_000))
    for clock in ("accept", "handle", "verify"):
        out |= {f"{clock}_due_at": due, f"{clock}_minutes": chance.randrange(0, 500), f"{clock}_limit": 420}
    ended = None if state in OPEN else at
    rated = at if state == "closed" and chance.random() < 0.5 else None
    return {
        **out, "state": state, "close_due_at": due, "ended_at": ended, "overdue": due <= (ended or NOW) and chance.random() < 0.9,
       
        "card": chance.choice(("none", "yellow", "red")) if state in OPEN else "none", "rated_at": rated,
        "satisfaction": chance.randrange(1, 6) if rated else None, "reopened_at": None,
    }  # fmt: skip


STEP = {"action": "report", "at": NOW, "actor": "网格员", "role": "grid"}
TODAY = date(2026, 6, 18)
