"""Patrols that found nothing: recorded by a grid worker in their own grid, shown by place and never by person."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from dashboard.deps import Deps
from dashboard.domain.errors import NotFound, UserError
from dashboard.domain.people import CAPABILITIES, Person
from dashboard.domain.regions import LEVELS, Region
from dashboard.domain.scope import EVERYTHING
from dashboard.services.ids import new_id
from data.queries.patrols import find_patrol, list_patrols_in
from data.queries.regions import find_regions, get_region
from data.session import Session
from data.writes.feed import add_change
from data.writes.work import add_patrol

DAYS = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class PatrolTaken:
    id: UUID
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class PatrolRow:
    """`at`: when it arrived; `device_at`: when it was entered. `mine`: by whoever asks."""

    id: UUID
    region: str
    place: str
    at: datetime
    device_at: datetime | None
    note: str | None
    mine: bool


def record_patrol(
    deps: Deps,
    person: Person,
    *,
    place: str | None,
    note: str | None,
    patrol_id: UUID | None,
    device_at: datetime | None,
) -> PatrolTaken:
    """Sent twice, it is recorded once. Raises NotFound for a place that is not the person's own, UserError where they
    have several grids and named none, or the id is another record's."""
    now = deps.clock()
    with deps.database.write() as session:
        region = _own(session, person, place)
        key = (region.ancestor("county"), patrol_id or new_id(now))
        found = find_patrol(session, key)
        if found is not None:
            if found.user_id != person.id:
                raise UserError("id", "a patrol has this id already", got=str(patrol_id), hint="send it under a new id")
            return PatrolTaken(key[1], repeated=True)
        add_patrol(session, {"county_code": key[0], "id": key[1], "region_code": region.code, "user_id": person.id,
                             "at": now, "device_at": device_at, "note": note or None})  # fmt: skip
        add_change(session, now, "patrol", "record", ref=str(key[1]),
                   place={f"{level}_code": code for level, code in region.path})  # fmt: skip
    return PatrolTaken(key[1])


def list_patrols(deps: Deps, person: Person, code: str, *, limit: int) -> tuple[PatrolRow, ...]:
    """Of the last DAYS. `code` "": wherever the person may see cases whole."""
    scope = person.scope("case.read")
    with deps.database.read() as session:
        regions = (
            [get_region(session, scope, code)] if code else [*find_regions(session, EVERYTHING, scope.roots).values()]
        )
        rows = list_patrols_in(session, scope, regions, deps.clock() - DAYS, limit=limit)
        named = find_regions(session, EVERYTHING, {row.region_code for row in rows})
    return tuple(PatrolRow(row.id, row.region_code, named[row.region_code].name, row.at, row.device_at, row.note,
                           row.user_id == person.id) for row in rows)  # fmt: skip


def _own(session: Session, person: Person, place: str | None) -> Region:
    codes = tuple(dict.fromkeys(one.region for one in person.grants if one.role in CAPABILITIES["patrol.record"]))
    if place is None and len(codes) != 1:
        raise UserError("place", "you have several grids; say which", allowed=codes)
    region = get_region(session, EVERYTHING, place or codes[0])
    if not any(code in codes for _level, code in region.path):
        raise NotFound("region", "no such region", got=region.code)
    if region.ancestor("county") is None:
        raise UserError("place", "a patrol is of a place in a county", got=region.code, allowed=LEVELS[2:])
    return region
