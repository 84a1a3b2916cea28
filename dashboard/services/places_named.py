"""Regions found by their name, so that nobody has to know a code: where a grant, a directive or a wall is for."""

from dashboard.deps import Deps
from dashboard.domain.people import Person
from dashboard.domain.regions import Region
from dashboard.domain.scope import EVERYTHING, Scope
from dashboard.views.desk import NamedPlace
from data.queries.board import list_unit_rows
from data.queries.regions import find_regions, list_named
from data.session import Session

MOST = 12


def places_named(deps: Deps, person: Person, words: str) -> tuple[NamedPlace, ...]:
    """Of the regions of one's own grants, those whose name has `words` in it; none for no words."""
    words = words.strip()
    own = EVERYTHING if person.everything else Scope(frozenset(grant.region for grant in person.grants))
    if not words or own.empty:
        return ()
    with deps.database.read() as session:
        return _told(session, list_named(session, own, words, limit=MOST))


def place_of(deps: Deps, region: Region) -> NamedPlace:
    """The same of one region that is known already."""
    with deps.database.read() as session:
        return _told(session, [region])[0]


def _told(session: Session, found: list[Region]) -> tuple[NamedPlace, ...]:
    around = find_regions(session, EVERYTHING, {code for one in found for _level, code in one.path})
    units: dict[str, list[str]] = {}
    for unit in list_unit_rows(session, [one.code for one in found]):
        units.setdefault(unit.region_code, []).append(unit.name)
    return tuple(
        NamedPlace(one.code, one.name, one.level, _above(one, around), tuple(units.get(one.code, ()))) for one in found
    )


def _above(region: Region, around: dict[str, Region]) -> str:
    return "·".join(around[code].name for _level, code in region.path if code != region.code and code in around)
