"""Reads that check the store: do the roll-ups equal the cases, is every history's chain whole?"""

from collections import Counter as Tally
from collections.abc import Iterator
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from dashboard.domain.history import step_hash
from dashboard.domain.measures import FLOW_NAMES, STOCK_NAMES, facts
from dashboard.domain.periods import local_day
from dashboard.domain.regions import ROLLED_UP
from data.models import ALL, Case, CaseStep, Dataset, RegionPack, rollup_day, rollup_delta, rollup_stock

_STEP = ("county_code", "case_id", "seq", "action", "state", "at", "device_at", "actor", "role", "unit", "reason",
         "note", "clock_effect")  # fmt: skip
_SHOWN = 20
Key = tuple[str, str, object, str]  # region, kind, day (None: stock), counter


def count_figures(session: Session) -> int:
    """Cells of the roll-ups."""
    days, stocks = (session.scalar(select(func.count()).select_from(table)) for table in (rollup_day, rollup_stock))
    return days * len(FLOW_NAMES) + stocks * len(STOCK_NAMES)


def compare_rollups(session: Session) -> list[str]:
    """Lines for the first cells in which roll-ups plus waiting deltas differ from the cases."""
    wanted, found = _from_cases(session), _from_rollups(session)
    wrong = sorted(key for key in wanted.keys() | found.keys() if wanted[key] != found[key]) if wanted != found else []
    return [f"roll-up {key}: holds {found[key]}, cases say {wanted[key]}" for key in wrong[:_SHOWN]]


def _from_cases(session: Session) -> Tally:
    out: Tally = Tally()
    packs = select(Dataset.key, RegionPack.timezone).join(RegionPack, Dataset.pack == RegionPack.key)
    zones = dict(session.execute(packs).all())
    for case in session.execute(select(Case.__table__).execution_options(yield_per=5000)).mappings():
        zone = ZoneInfo(zones[case["dataset"]])
        for (day, counter), amount in facts(case, lambda at, zone=zone: local_day(at, zone)).items():
            for region, kind in _cells(case):
                out[region, kind, str(day), counter] += amount
    return out


def _from_rollups(session: Session) -> Tally:
    out: Tally = Tally()
    for table, names in ((rollup_day, FLOW_NAMES), (rollup_stock, STOCK_NAMES)):
        for row in session.execute(select(table)).mappings():
            for name in names:
                if row[name]:
                    out[row["region_code"], row["kind"], str(row.get("day")), name] += row[name]
    for row in session.execute(select(rollup_delta)).mappings():
        for name in FLOW_NAMES + STOCK_NAMES:
            if row[name]:
                for region, kind in _cells(row):
                    out[region, kind, str(row["day"]), name] += row[name]
    return Tally({key: amount for key, amount in out.items() if amount})


def _cells(row) -> Iterator[tuple[str, str]]:
    for level in ROLLED_UP:
        code = row[f"{level}_code"]
        if code is not None:
            kinds = (ALL,) if level == "township" else (ALL, row["kind_group"], row["kind"])
            yield from ((code, kind) for kind in kinds)


def find_broken_chains(session: Session) -> tuple[int, list[str]]:
    """(steps read, a line for each history whose hashes or numbering do not follow from one another)."""
    order = (CaseStep.county_code, CaseStep.case_id, CaseStep.seq)
    columns = [getattr(CaseStep, name) for name in (*_STEP, "hash")]
    count, case, previous, seq, broken = 0, None, b"", 0, {}
    for row in session.execute(select(*columns).order_by(*order).execution_options(yield_per=5000)).mappings():
        if case != (row["county_code"], row["case_id"]):
            case, previous, seq = (row["county_code"], row["case_id"]), b"", 0
        count, seq = count + 1, seq + 1
        if row["seq"] != seq or row["hash"] != step_hash(previous, **{name: row[name] for name in _STEP}):
            broken.setdefault(case, f"history of case {case[1]} is broken at step {row['seq']}")
        previous = row["hash"]
    return count, list(broken.values())[:_SHOWN]
