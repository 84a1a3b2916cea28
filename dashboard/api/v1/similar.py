"""Cases that a report may repeat, asked for before it is sent."""

from dataclasses import dataclass

from dashboard.api.v1.endpoint import Body, Endpoint
from dashboard.api.v1.fields import Lat, Lon, line
from dashboard.deps import Deps
from dashboard.domain.people import Person
from dashboard.services.reporting import nearest_grid
from dashboard.services.similar import find_similar
from dashboard.views.dossier import Similar


class SimilarQuery(Body):
    place: line(64) = ""
    kind: line(32) = ""
    title: line(200) = ""
    lon: Lon | None = None
    lat: Lat | None = None


@dataclass(frozen=True, slots=True)
class SimilarOut:
    rows: tuple[Similar, ...]


def index(deps: Deps, person: Person, *, query: SimilarQuery) -> SimilarOut:
    place = query.place or nearest_grid(deps, person, query.lon, query.lat)
    return SimilarOut(find_similar(deps, person, place=place, kind=query.kind, title=query.title, lon=query.lon,
                                   lat=query.lat))  # fmt: skip


ENDPOINTS = (
    Endpoint("similar", "GET", "/similar", "case.read", index, "Open cases that may be about the same",
             query=SimilarQuery, answer=SimilarOut),
)  # fmt: skip
