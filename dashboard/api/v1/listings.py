"""Red and black lists of an edition, and the rungs of the supervision ladder."""

from datetime import date
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, Field

from dashboard.api.v1.appeals import Made
from dashboard.api.v1.deductions import Why
from dashboard.api.v1.endpoint import Body, Endpoint
from dashboard.api.v1.fields import Id, Sha256, line, prose
from dashboard.deps import Deps
from dashboard.domain.evaluation.problem import LADDER, SIDES
from dashboard.domain.people import Person
from dashboard.services import listings as service
from dashboard.services.parties import KEEP, RUN, VIEW
from dashboard.views.appeals import ListingRow, RungRow


class ListingQuery(Body):
    withdrawn: bool = False


class RungQuery(Body):
    region: line(64) = ""


class NewListing(Body):
    region: line(64, least=1)
    side: Literal[*SIDES]
    reason: prose(2000)
    evidence: list[Sha256] = Field(default=[], max_length=9)


class NewRung(Body):
    """notice and talk and listed need `due_on`; delisted needs `outcome` and `evidence`."""

    region: line(64, least=1)
    rung: Literal[*LADDER]
    basis: prose(2000)
    due_on: date | None = None
    outcome: prose(2000) = ""
    evidence: list[Sha256] = Field(default=[], max_length=9)
    problem: Id | None = None
    edition: Id | None = None


class ListingsOut(BaseModel):
    rows: tuple[ListingRow, ...]


class RungsOut(BaseModel):
    rows: tuple[RungRow, ...]


def index(deps: Deps, person: Person, *, edition_id: UUID, query: ListingQuery) -> ListingsOut:
    return ListingsOut(rows=service.list_listings(deps, person, edition_id, withdrawn=query.withdrawn))


def create(deps: Deps, person: Person, *, edition_id: UUID, body: NewListing) -> Made:
    new = service.NewListing(body.region, body.side, body.reason, tuple(body.evidence))
    return Made(id=str(service.add_listing(deps, person, edition_id, new)))


def withdraw(deps: Deps, person: Person, *, listing_id: UUID, body: Why) -> dict:
    service.withdraw_listing(deps, person, listing_id, body.why)
    return {}


def rungs(deps: Deps, person: Person, *, query: RungQuery) -> RungsOut:
    return RungsOut(rows=service.list_rungs(deps, person, region=query.region))


def climb(deps: Deps, person: Person, *, body: NewRung) -> Made:
    new = service.NewRung(**body.model_dump() | {"evidence": tuple(body.evidence)})
    return Made(id=str(service.climb(deps, person, new)))


_ALL = "/editions/<uuid:edition_id>/listings"
ENDPOINTS = (
    Endpoint("list_listings", "GET", _ALL, VIEW, index, "Red and black lists of an edition", query=ListingQuery,
             answer=ListingsOut),
    Endpoint("add_listing", "POST", _ALL, RUN, create, "Put a region on a list, with reason and evidence",
             body=NewListing, answer=Made, status=201),
    Endpoint("withdraw_listing", "POST", "/listings/<uuid:listing_id>/withdrawal", RUN, withdraw,
             "Take a region off a list, with a reason", body=Why),
    Endpoint("list_rungs", "GET", "/rungs", VIEW, rungs, "Rungs of the supervision ladder", query=RungQuery,
             answer=RungsOut),
    Endpoint("climb", "POST", "/rungs", KEEP, climb, "Record a rung of the supervision ladder", body=NewRung,
             answer=Made, status=201),
)  # fmt: skip
