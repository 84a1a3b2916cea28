"""Walls that run by a device token."""

from pydantic import BaseModel

from dashboard.api.v1.endpoint import Body, Endpoint
from dashboard.deps import Deps
from dashboard.domain.people import Person
from dashboard.services import kiosks
from dashboard.views.people import Kiosk

_ALLOW = "device.manage"


class KioskIn(Body):
    name: str
    region: str


class Kiosks(BaseModel):
    rows: list[Kiosk]


class MadeKiosk(BaseModel):
    """`path`: what to open on the wall; it holds the token and is answered once."""

    kiosk: Kiosk
    path: str


def list_all(deps: Deps, person: Person) -> Kiosks:
    return Kiosks(rows=list(kiosks.list_kiosks(deps, person)))


def create(deps: Deps, person: Person, *, body: KioskIn) -> MadeKiosk:
    made, token = kiosks.add_kiosk(deps, person, body.name, body.region)
    return MadeKiosk(kiosk=made, path=f"/kiosk/{token}")


def revoke(deps: Deps, person: Person, *, key: str) -> Kiosk:
    return kiosks.revoke_kiosk(deps, person, key)


ENDPOINTS = (
    Endpoint("list_kiosks", "GET", "/kiosks", _ALLOW, list_all, "Walls with a device token", answer=Kiosks),
    Endpoint("create_kiosk", "POST", "/kiosks", _ALLOW, create, "Add such a wall", body=KioskIn, answer=MadeKiosk,
             status=201),
    Endpoint("revoke_kiosk", "DELETE", "/kiosks/<key>", _ALLOW, revoke, "Revoke its token; holds at once",
             answer=Kiosk),
)  # fmt: skip
