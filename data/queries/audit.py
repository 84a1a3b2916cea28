"""Reads that check the store: do the roll-ups equal the cases? Histories: see data.queries.chains."""

from collections import Counter as Tally
from collections.abc import Iterator
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from dashboard.domain.measures import FLOW_NAMES, STOCK_NAMES, facts
from dashboard.domain.periods import local_day
from data.models import ALL, Case, Dataset, RegionPack, RegionRow, rollup_day, rollup_delta, rollup_stock

_SHOWN = 20
Key = tuple[str, str, object, str]  # region, kind, day (None: stock), counter


def count_figures(session: Session) -> int:
    """Cells of the roll-ups."""
    days, stocks = (session.scalar(select(func.count()).select_from(table)) for table in (rollup_day, rollup_stock))
    return days * len(FLOW_NAMES) + stocks * len(STOCK_NAMES)


def compare_rollups(session: Session) -> list[str]:
    """Lines for the first cells in which roll-ups plus waiting deltas differ from the cases.

    County by county against the cases, one by one through `facts`; cities and provinces against their counties. So no
    more than a county is held at a time, and the check shares nothing with the bulk sums it checks.
    """
    faults: list[str] = []
    packs = select(Dataset.key, RegionPack.timezone).join(RegionPack, Dataset.pack == RegionPack.key)
    zones = {key: ZoneInfo(name) for key, name in session.execute(packs)}
    for county in session.scalars(select(RegionRow.code).where(RegionRow.level == "county").order_by(RegionRow.code)):
        faults += _differences(_from_cases(session, county, zones), _from_rollups(session, county))
        if len(faults) >= _SHOWN:
            return faults[:_SHOWN]
    above = select(RegionRow).where(RegionRow.level.in_(("province", "city"))).order_by(RegionRow.code)
    for region in session.scalars(above).all():
        faults += _differences(_sum_of_counties(session, region), _folded(session, [region.code]))
    return faults[:_SHOWN]


def _differences(wanted: Tally, found: Tally) -> list[str]:
    wrong = sorted(key for key in wanted.keys() | found.keys() if wanted[key] != found[key]) if wanted != found else []
    return [f"roll-up {key}: holds {found[key]}, should hold {wanted[key]}" for key in wrong[:_SHOWN]]


def _from_cases(session: Session, county: str, zones: dict[str, ZoneInfo]) -> Tally:
    out: Tally = Tally()
    here = select(Case.__table__).where(Case.county_code == county).execution_options(yield_per=5000)
    for case in session.execute(here).mappings():
        zone = zones[case["dataset"]]
        for (day, counter), amount in facts(case, lambda at, zone=zone: local_day(at, zone)).items():
            for region, kind in _cells(case):
                out[region, kind, str(day), counter] += amount
    return out


def _from_rollups(session: Session, county: str) -> Tally:
    """What the county and its townships hold, with the deltas that wait."""
    codes = session.scalars(
        select(RegionRow.code).where(RegionRow.county_code == county, RegionRow.level == "township")
    )
    out = _folded(session, [county, *codes])
    for row in session.execute(select(rollup_delta).where(rollup_delta.c.county_code == county)).mappings():
        for name in FLOW_NAMES + STOCK_NAMES:
            if row[name]:
                for region, kind in _cells(row):
                    out[region, kind, str(row["day"]), name] += row[name]
    return Tally({key: amount for key, amount in out.items() if amount})


def _folded(session: Session, codes: list[str]) -> Tally:
    out: Tally = Tally()
    for table, names in ((rollup_day, FLOW_NAMES), (rollup_stock, STOCK_NAMES)):
        for row in session.execute(select(table).where(table.c.region_code.in_(codes))).mappings():
            for name in names:
                if row[name]:
                    out[row["region_code"], row["kind"], str(row.get("day")), name] += row[name]
    return out


def _sum_of_counties(session: Session, region: RegionRow) -> Tally:
    here = getattr(RegionRow, f"{region.level}_code") == region.code
    counties = session.scalars(select(RegionRow.code).where(here, RegionRow.level == "county")).all()
    out: Tally = Tally()
    for county in counties:
        for (_code, kind, day, name), amount in _folded(session, [county]).items():
            out[region.code, kind, day, name] += amount
    return Tally({key: amount for key, amount in out.items() if amount})


def _cells(row) -> Iterator[tuple[str, str]]:
    """The county's and the township's cells that a case or delta falls into."""
    for level in ("county", "township"):
        code = row[f"{level}_code"]
        if code is not None:
            kinds = (ALL,) if level == "township" else (ALL, row["kind_group"], row["kind"])
            yield from ((code, kind) for kind in kinds)
