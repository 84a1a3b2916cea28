"""Cases that may be about the same as a report that is being written: suggested before it is sent."""

from collections.abc import Mapping
from datetime import timedelta
from math import asin, cos, radians, sin, sqrt

from rapidfuzz import fuzz

from dashboard.catalog import Catalog, Kind
from dashboard.deps import Deps
from dashboard.domain.errors import NotFound
from dashboard.domain.numbers import case_number
from dashboard.domain.people import Person
from dashboard.services import words
from dashboard.services.heads import reads_text
from dashboard.services.reports import kind_of
from dashboard.views.dossier import Similar
from data.queries.ground import Place, get_place
from data.queries.similar import Near, list_near

EARTH = 6_371_000  # metres, mean radius
_A_DEGREE = 111_195  # metres of latitude
_TITLE, _NEAR, _KIND = 0.45, 0.30, 0.25
_SAME_GRID = 0.5  # how near two cases of one grid are, where a position is missing
_SAME_GROUP = 0.4


def find_similar(
    deps: Deps, person: Person, *, place: str, kind: str, title: str, lon: float | None, lat: float | None
) -> tuple[Similar, ...]:
    """The likeliest first, only what the person may see. Raises NotFound for a place out of sight or an unknown kind.

    A score is 0.45 × likeness of the titles + 0.30 × nearness (1 at the spot, 0.5 at the limit) + 0.25 for the same kind
    (0.1 for another of its group).
    """
    entry, rule = kind_of(deps.catalog, kind), deps.catalog.similar
    where = (float(lon), float(lat)) if lon is not None and lat is not None else None
    with deps.database.read() as session:
        spot = get_place(session, place)
        if spot.codes["county_code"] is None or not _in_sight(person, spot):
            raise NotFound("region", "no such region", got=place)
        near = Near(spot.codes["county_code"], spot.codes["grid_code"], _box(where, rule.metres) if where else None)
        since = deps.clock() - timedelta(days=rule.days)
        rows = list_near(session, person.scope("case.read"), near, deps.catalog.members[entry.group], since)
    found = [(row, metres, score) for row in rows
             if (metres := _metres(where, row)) is None or metres <= rule.metres
             if (score := _score(entry, title, row, metres, rule.metres)) >= rule.least]  # fmt: skip
    found.sort(key=lambda one: (-one[2], -one[0]["reported_at"].timestamp(), one[0]["id"]))
    return tuple(_shown(deps.catalog, person, *one) for one in found[: rule.most])


def _in_sight(person: Person, spot: Place) -> bool:
    return person.everything or any(grant.region in spot.path for grant in person.grants)


def _score(entry: Kind, title: str, row: Mapping, metres: int | None, limit: int) -> float:
    nearness = _SAME_GRID if metres is None else 1 - 0.5 * metres / limit
    kind = 1.0 if row["kind"] == entry.key else _SAME_GROUP
    alike = fuzz.ratio(title.strip(), row["title"]) / 100
    return round(_TITLE * alike + _NEAR * nearness + _KIND * kind, 3)


def _metres(where: tuple[float, float] | None, row: Mapping) -> int | None:
    """Great-circle distance (haversine); None where one has no position."""
    if where is None or row["lon"] is None or row["lat"] is None:
        return None
    (lon, lat), (other_lon, other_lat) = map(radians, where), (radians(row["lon"]), radians(row["lat"]))
    half = sin((other_lat - lat) / 2) ** 2 + cos(lat) * cos(other_lat) * sin((other_lon - lon) / 2) ** 2
    return round(2 * EARTH * asin(sqrt(min(half, 1.0))))


def _box(where: tuple[float, float], metres: int) -> tuple[float, float, float, float]:
    lon, lat = where
    up = metres / _A_DEGREE
    aside = up / max(cos(radians(lat)), 0.01)
    return lon - aside, lat - up, lon + aside, lat + up


def _shown(catalog: Catalog, person: Person, row: Mapping, metres: int | None, score: float) -> Similar:
    kind = catalog.kinds.get(row["kind"])
    hidden = kind is not None and kind.sensitive and not reads_text(person, row)
    return Similar(row["county_code"], str(row["id"]), case_number(row["id"]), words.named(kind) if hidden else row["title"],
                   row["state"], str(words.STATES[row["state"]]), row["reported_at"], metres, score)  # fmt: skip
