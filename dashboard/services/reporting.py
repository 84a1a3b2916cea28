"""What a report leaves out: the grid that a position lies in, and the source that fits whoever reports."""

from math import cos, radians

from dashboard.deps import Deps
from dashboard.domain.errors import UserError
from dashboard.domain.people import CAPABILITIES, Person
from dashboard.domain.scope import EVERYTHING, Scope
from data.queries.regions import list_near

_SOURCES = {"grid_worker": "grid", "handler": "department", "dispatcher": "hotline", "public": "public"}
_DEGREES = 0.2  # how far the middle of the nearest grid may lie


def nearest_grid(deps: Deps, person: Person, lon: float | None, lat: float | None) -> str:
    """Code of the grid whose middle is nearest, of those in which the person may report. Raises UserError."""
    if lon is None or lat is None:
        raise UserError("place", "say where: place, or lon and lat", allowed="code of a county or a region below")
    roots = frozenset(grant.region for grant in person.grants if grant.role in CAPABILITIES["case.report"])
    scope = EVERYTHING if person.everything else Scope(roots)
    with deps.database.read() as session:
        near = list_near(session, scope, "grid", (lon - _DEGREES, lat - _DEGREES, lon + _DEGREES, lat + _DEGREES))
    if not near:
        raise UserError("place", "no grid of yours is near this position", got=(lon, lat), hint="choose the place")
    wide = cos(radians(lat))
    return min(near, key=lambda one: (((one.lon - lon) * wide) ** 2 + (one.lat - lat) ** 2, one.code)).code


def usual_source(person: Person) -> str:
    """By the first grant that lets the person report."""
    return next((_SOURCES[grant.role] for grant in person.grants if grant.role in _SOURCES), "superior")
