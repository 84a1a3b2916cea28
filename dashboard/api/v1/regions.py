"""Regions by name, for whoever has to say where something is meant for."""

from dataclasses import dataclass

from dashboard.api.v1.endpoint import Body, Endpoint
from dashboard.api.v1.fields import line
from dashboard.deps import Deps
from dashboard.domain.people import SIGNED_IN, Person
from dashboard.services.places_named import places_named
from dashboard.views.desk import NamedPlace


class RegionQuery(Body):
    q: line(40) = ""


@dataclass(frozen=True, slots=True)
class Regions:
    rows: tuple[NamedPlace, ...]


def index(deps: Deps, person: Person, *, query: RegionQuery) -> Regions:
    return Regions(places_named(deps, person, query.q))


ENDPOINTS = (
    Endpoint("list_regions", "GET", "/regions", SIGNED_IN, index, "My regions by a part of their name, with their units",
             query=RegionQuery, answer=Regions),
)  # fmt: skip
