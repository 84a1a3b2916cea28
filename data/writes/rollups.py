"""Roll-ups: deltas go in with the write they belong to, and a fold moves them into the roll-ups later."""

from collections.abc import Iterable, Mapping

from sqlalchemy import Select, Table, delete, func, insert, literal, null, select, union_all, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from dashboard.domain.measures import FLOW_NAMES, STOCK_NAMES, Facts
from dashboard.domain.regions import ROLLED_UP
from data.models import ALL, rollup_day, rollup_delta, rollup_fold, rollup_stock
from data.writes.quick import add_row

PLACE = ("province_code", "city_code", "county_code", "township_code", "kind_group", "kind")


def add_delta(session: Session, case: Mapping[str, object], facts: Facts) -> None:
    """Record what a write changes. `case` gives region codes and kind; one row for each day touched.

    A write that moves no counter (an objection, a note) leaves a row of noughts: what was read before it is out of date.
    """
    days: dict = {}
    for (day, counter), amount in facts.items():
        days.setdefault(day, {})[counter] = amount
    place = {name: case[name] for name in PLACE}
    for day, counters in (days or {None: {}}).items():  # counters left out are 0
        add_row(session, rollup_delta, {**place, "day": day, **dict(sorted(counters.items()))})


def add_deltas(session: Session, rows: Iterable[Mapping[str, object]]) -> None:
    """Record aggregated deltas: rows with all columns of rollup_delta but `id`; day None: stocks."""
    rows = list(rows)
    if rows:
        session.execute(insert(rollup_delta), rows)


def fold(session: Session) -> int:
    """Move the waiting deltas into the roll-ups; how many. Needs a session of Database.fold().

    All statements see one snapshot, so what is added is exactly what is deleted; the lock on `rollup_fold`
    lets one fold run at a time.
    """
    session.execute(select(rollup_fold.c.folded).with_for_update())
    count = session.scalar(select(func.count()).select_from(rollup_delta))
    if not count:
        return 0
    for table, names, dated in ((rollup_day, FLOW_NAMES, True), (rollup_stock, STOCK_NAMES, False)):
        _upsert(session, table, names, dated)
    last = session.scalar(select(func.max(rollup_delta.c.id)))
    session.execute(delete(rollup_delta).where(rollup_delta.c.id <= last))
    session.execute(update(rollup_fold).values(folded=rollup_fold.c.folded + count))
    return count


def _upsert(session: Session, table: Table, names: tuple[str, ...], dated: bool) -> None:
    parts = union_all(*(_expand(level, kind, names, dated) for level in ROLLED_UP for kind in _kinds(level))).subquery()
    keys = [column.name for column in table.primary_key.columns]
    sums = select(*(parts.c[key] for key in keys), *(func.sum(parts.c[name]).label(name) for name in names))
    rows = sums.group_by(*(parts.c[key] for key in keys)).where(parts.c.region_code.is_not(null()))
    dialect = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    statement = dialect.insert(table).from_select([*keys, *names], rows)
    added = {name: table.c[name] + statement.excluded[name] for name in names}
    session.execute(statement.on_conflict_do_update(index_elements=keys, set_=added))


def _kinds(level: str) -> tuple:
    """What a level is rolled up by; a township only as a whole."""
    whole = literal(ALL)
    return (whole,) if level == "township" else (whole, rollup_delta.c.kind_group, rollup_delta.c.kind)


def _expand(level: str, kind, names: tuple[str, ...], dated: bool) -> Select:
    delta = rollup_delta.c
    region = delta[f"{level}_code"]
    shard = delta.county_code if level in ("county", "township") else region
    day = (delta.day.label("day"),) if dated else ()
    chosen = delta.day.is_not(None) if dated else delta.day.is_(None)
    return select(region.label("region_code"), kind.label("kind"), *day, shard.label("shard_code"),
                  *(delta[name] for name in names)).where(chosen)  # fmt: skip
