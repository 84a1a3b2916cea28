"""Installs a region pack: its regions with their ancestors, and its work calendar. Safe to run again."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, timedelta

import holidays
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from dashboard.domain.errors import UserError
from dashboard.domain.regions import LEVELS
from data.models import RegionPack, RegionRow, WorkDay

CALENDARS = {"CN": ("CN", None), "US-CA": ("US", "CA")}


def install_pack(session: Session, pack, rows: Iterable) -> int:
    """Insert `pack` and `rows` (parents before children, see data.regions.synthetic.expand) where they are not there yet.

    Returns how many regions were added: 0 for a pack that is installed already. Raises UserError where another
    pack owns a code.
    """
    if session.get(RegionPack, pack.key) is not None:
        return 0
    session.add(RegionPack(key=pack.key, name=pack.name, root_code=pack.root, timezone=pack.timezone,
                           calendar=pack.calendar, about=_about(pack)))  # fmt: skip
    session.flush()
    values = _with_ancestors(pack.key, rows)
    taken = session.scalars(select(RegionRow.code).where(RegionRow.code == pack.root)).first()
    if taken:
        raise UserError("pack", "another pack has this root region", got=taken, hint="use a new database")
    session.execute(insert(RegionRow), values)
    return len(values)


def _about(pack) -> dict:
    """pack.toml as JSON, and the folder its boundaries lie in."""
    return {**asdict(pack), "folder": str(pack.folder)}


def _with_ancestors(pack: str, rows: Iterable) -> list[dict]:
    paths: dict[str, dict[str, str]] = {}
    siblings: dict[str | None, int] = {}
    values = []
    for row in rows:
        path = {**paths.get(row.parent_code, {}), row.level: row.code}
        paths[row.code] = path
        siblings[row.parent_code] = position = siblings.get(row.parent_code, -1) + 1
        values.append({
            "code": row.code, "pack": pack, "level": row.level, "name": row.name, "short_name": row.short_name,
            "parent_code": row.parent_code, "position": position, "lon": row.lon, "lat": row.lat,
            "population": row.population, "households": row.households, "valid_from": None, "valid_to": None,
            **{f"{level}_code": path.get(level) for level in LEVELS},
        })  # fmt: skip
    return values


def install_calendar(session: Session, calendar: str, first: date, last: date) -> int:
    """Add the work days of `calendar` from first to last that are not there yet; how many.

    Public holidays and make-up work days come from the `holidays` package; a year whose holidays are not yet
    announced has the statutory days without make-up days.
    """
    if calendar not in CALENDARS:
        raise UserError("calendar", "unknown work calendar", got=calendar, allowed=sorted(CALENDARS))
    known = set(session.scalars(select(WorkDay.day).where(WorkDay.calendar == calendar)))
    country, part = CALENDARS[calendar]
    book = holidays.country_holidays(country, subdiv=part, years=range(first.year, last.year + 1))
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    rows = [
        {"calendar": calendar, "day": day, "is_workday": book.is_working_day(day)} for day in days if day not in known
    ]
    if rows:
        session.execute(insert(WorkDay), rows)
    return len(rows)
