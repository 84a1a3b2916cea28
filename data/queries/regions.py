"""Reads of the region tree, packs, datasets and the work calendar."""

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import Row, case, or_, select
from sqlalchemy.orm import Session

from dashboard.domain.errors import NotFound
from dashboard.domain.regions import LEVELS, Region
from dashboard.domain.scope import Scope
from data.models import Dataset, RegionPack, RegionRow, WorkDay


def get_region(session: Session, scope: Scope, code: str) -> Region:
    """The region; NotFound where there is none or it is out of scope."""
    row = session.get(RegionRow, code)
    if row is None:
        raise NotFound("region", "no such region", got=code)
    return scope.check(_region(row))


def get_root(session: Session, scope: Scope) -> Region:
    """Where a wall starts: the root of a pack that has cases, real ones before synthetic ones; else of any pack.

    For a scope that does not reach so high: its own topmost region, those in that pack before others, then by code.
    """
    with_cases = select(Dataset.pack).order_by(Dataset.synthetic, Dataset.key).limit(1)
    key = session.scalar(with_cases) or session.scalar(select(RegionPack.key).order_by(RegionPack.key).limit(1))
    pack = session.get(RegionPack, key) if key else None
    if pack is None:
        raise NotFound("region", "no region pack is installed", hint="run: flask --app app seed, or import-cases")
    if scope.everything or pack.root_code in scope.roots:
        return get_region(session, scope, pack.root_code)
    own = find_regions(session, scope, scope.roots).values()
    if not own:
        raise NotFound("region", "no region is granted", hint="ask an administrator for a grant")
    return min(own, key=lambda region: (region.pack != pack.key, LEVELS.index(region.level), region.code))


def list_below(session: Session, scope: Scope, region: Region, level: str) -> list[Region]:
    """All regions of `level` in `region`'s subtree, in the order of the pack. [] where the level is not below it."""
    scope.check(region)
    if LEVELS.index(level) <= LEVELS.index(region.level):
        return []
    # the county is named as well where it is known: the index starts there
    path = [getattr(RegionRow, f"{lv}_code") == code for lv, code in region.path if lv in ("county", region.level)]
    rows = session.execute(select(RegionRow.__table__).where(RegionRow.level == level, *path).order_by(*_ORDER))
    return [_region(row) for row in rows]


def list_named(session: Session, scope: Scope, words: str, *, limit: int) -> list[Region]:
    """Regions in scope whose name has `words` in it: exact names first, larger regions before smaller ones."""
    own = or_(*(getattr(RegionRow, f"{level}_code").in_(sorted(scope.roots)) for level in LEVELS))
    where = [RegionRow.name.contains(words, autoescape=True), *([] if scope.everything else [own])]
    exact = case((or_(RegionRow.name == words, RegionRow.short_name == words), 0), else_=1)
    rank = case({level: n for n, level in enumerate(LEVELS)}, value=RegionRow.level)
    rows = session.execute(select(RegionRow.__table__).where(*where).order_by(exact, rank, *_ORDER).limit(limit))
    return [_region(row) for row in rows]


def list_near(session: Session, scope: Scope, level: str, box: tuple[float, float, float, float]) -> list[Region]:
    """Regions of `level` whose point lies in `box` (west, south, east, north), by code."""
    west, south, east, north = box
    inside = (RegionRow.lon.between(west, east), RegionRow.lat.between(south, north))
    rows = session.execute(
        select(RegionRow.__table__).where(RegionRow.level == level, *inside).order_by(RegionRow.code)
    )
    return [region for row in rows if scope.covers(region := _region(row))]


def list_path(session: Session, scope: Scope, region: Region) -> list[Region]:
    """From the root of what the scope may see down to the region itself."""
    codes = [code for _, code in region.path]
    found = find_regions(session, scope, codes)
    return [found[code] for code in codes if code in found]


def find_regions(session: Session, scope: Scope, codes: Iterable[str]) -> dict[str, Region]:
    """{code: region} of those that are there and in scope, in no order."""
    rows = session.execute(select(RegionRow.__table__).where(RegionRow.code.in_(list(codes))))
    return {row.code: region for row in rows if scope.covers(region := _region(row))}


def get_pack(session: Session, key: str) -> RegionPack:
    return session.get(RegionPack, key)


def list_datasets(session: Session, pack: str) -> list[Dataset]:
    return list(session.scalars(select(Dataset).where(Dataset.pack == pack).order_by(Dataset.key)))


def list_synthetic(session: Session) -> frozenset[str]:
    """Keys of the datasets whose cases are invented."""
    return frozenset(session.scalars(select(Dataset.key).where(Dataset.synthetic.is_(True))))


def list_workdays(session: Session, calendar: str) -> list[tuple[date, bool]]:
    """(day, is a work day), ascending."""
    here = select(WorkDay.day, WorkDay.is_workday).where(WorkDay.calendar == calendar)
    return [tuple(row) for row in session.execute(here.order_by(WorkDay.day))]


_ORDER: Sequence = (
    RegionRow.province_code, RegionRow.city_code, RegionRow.county_code, RegionRow.township_code,
    RegionRow.village_code, RegionRow.position, RegionRow.code,
)  # fmt: skip


def _region(row: RegionRow | Row) -> Region:
    path = tuple((level, code) for level in LEVELS if (code := getattr(row, f"{level}_code")) is not None)
    return Region(row.code, row.level, row.name, row.short_name, row.parent_code, row.pack, path,
                  row.lon, row.lat, row.population, row.households)  # fmt: skip


def has_pack(session: Session) -> bool:
    """Is any region pack installed?"""
    return session.scalar(select(RegionPack.key).limit(1)) is not None
