"""Devices that work offline: what they have not sent yet, so that a wall can say up to when it is complete."""

from pydantic import AwareDatetime, BaseModel, Field

from dashboard.api.v1.endpoint import Body, Endpoint
from dashboard.api.v1.fields import Id
from dashboard.deps import Deps
from dashboard.domain.people import Person
from dashboard.services.completeness import completeness
from dashboard.services.devices import tell_unsent


class Unsent(Body):
    """`oldest_at`: when the oldest entry that is not sent was made."""

    unsent: int = Field(ge=0, le=10_000)
    oldest_at: AwareDatetime | None = None


def put(deps: Deps, person: Person, *, device_id: Id, body: Unsent) -> dict:
    tell_unsent(deps, person, device_id, body.unsent, body.oldest_at)
    return {}


class Where(Body):
    """`region`: code; "" is the topmost of what one may see."""

    region: str = Field("", max_length=64)


class Missing(BaseModel):
    """`complete_until`: when the oldest unsent entry was made; null: nothing is known to be missing."""

    complete_until: AwareDatetime | None
    devices: int


def unsent(deps: Deps, person: Person, *, query: Where) -> Missing:
    found = completeness(deps, person.scope("wall.view"), query.region)
    return Missing(complete_until=found.until, devices=found.devices)


ENDPOINTS = (
    Endpoint("unsent", "GET", "/devices/unsent", "wall.view", unsent, "Up to when a region's figures are complete",
             query=Where, answer=Missing),
    Endpoint("put_device", "PUT", "/devices/<uuid:device_id>", "field.view", put, "What my device has not sent yet",
             body=Unsent),
)  # fmt: skip
