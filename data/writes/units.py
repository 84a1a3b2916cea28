"""Writes of units. Safe to run again: what stands under the same name in the same region is brought up to date."""

from collections.abc import Sequence

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from data.models import Unit

_BATCH = 400
_SET = ("kind_unit", "load_limit")


def put_units(session: Session, rows: Sequence[dict], *, replace: bool) -> tuple[int, int]:
    """(added, changed) of rows {region_code, name, kind_unit, load_limit}. `replace` False: those there stay as they are."""
    known = {}
    codes = sorted({row["region_code"] for row in rows})
    for start in range(0, len(codes), _BATCH):
        here = select(Unit).where(Unit.region_code.in_(codes[start : start + _BATCH]))
        known |= {(unit.region_code, unit.name): unit for unit in session.scalars(here)}
    new = [row for row in rows if (row["region_code"], row["name"]) not in known]
    if new:
        session.execute(insert(Unit), new)
    changed = 0
    for row in rows if replace else ():
        unit = known.get((row["region_code"], row["name"]))
        if unit is not None and any(getattr(unit, name) != row[name] for name in _SET):
            unit.kind_unit, unit.load_limit = row["kind_unit"], row["load_limit"]
            changed += 1
    return len(new), changed
