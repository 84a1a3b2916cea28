"""Patrols that found nothing: a record of its own, never a case."""

from dataclasses import dataclass

from dashboard.api.v1.endpoint import Body, Endpoint
from dashboard.api.v1.fields import Id, Limit, Timed, line, prose
from dashboard.deps import Deps
from dashboard.domain.people import Person
from dashboard.services.patrols import PatrolRow, PatrolTaken, list_patrols, record_patrol


class NewPatrol(Timed):
    """`place`: code of one's own grid; without it, the only one."""

    id: Id | None = None
    place: line(64) | None = None
    note: prose(500) | None = None


class PatrolQuery(Body):
    region: line(64) = ""
    limit: Limit = 50


@dataclass(frozen=True, slots=True)
class Patrols:
    rows: tuple[PatrolRow, ...]


def create(deps: Deps, person: Person, *, body: NewPatrol) -> tuple[PatrolTaken, int]:
    taken = record_patrol(deps, person, place=body.place, note=body.note, patrol_id=body.id,
                          device_at=body.entered_at(deps.clock()))  # fmt: skip
    return taken, 200 if taken.repeated else 201


def index(deps: Deps, person: Person, *, query: PatrolQuery) -> Patrols:
    return Patrols(list_patrols(deps, person, query.region, limit=query.limit))


ENDPOINTS = (
    Endpoint("record_patrol", "POST", "/patrols", "patrol.record", create, "I walked my grid and found nothing",
             body=NewPatrol, answer=PatrolTaken, status=201),
    Endpoint("list_patrols", "GET", "/patrols", "case.read", index, "Patrols of a region, the newest first; no names",
             query=PatrolQuery, answer=Patrols),
)  # fmt: skip
