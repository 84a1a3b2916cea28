"""Walls that a phone drives: the code, claiming it, driving, what stands there, the end."""

from dataclasses import asdict

from flask import request
from pydantic import BaseModel, Field

from dashboard.api.v1.endpoint import Body, Endpoint
from dashboard.deps import Deps
from dashboard.domain.people import Person
from dashboard.services import pairing as service


class NewWall(Body):
    wall: str = Field(max_length=64)
    search: str = Field(default="", max_length=2000)  # what the wall shows


class OfferOut(BaseModel):
    wall: str
    code: str
    url: str  # what the QR says
    svg: str
    expires_at: str


class Claim(Body):
    code: str = Field(max_length=64)


class ClaimOut(BaseModel):
    wall: str
    name: str


class Drive(Body):
    search: str | None = Field(default=None, max_length=2000)
    move: str | None = Field(default=None, max_length=32)


class Shown(Body):
    search: str = Field(max_length=2000)


class RemoteOut(BaseModel):
    driven: bool
    until: str | None
    search: str
    path: list[dict[str, str]]
    children: list[dict[str, str]]
    pages: list[dict[str, str]]
    page: str
    dialog: str


def offer(deps: Deps, person: Person, *, body: NewWall) -> OfferOut:
    found = service.offer(deps, person, body.wall, body.search)
    url = f"{request.url_root}field/pair?code={found.code}"
    svg, until = service.draw_code(url), found.expires_at.isoformat()
    return OfferOut(wall=found.wall, code=found.code, url=url, svg=svg, expires_at=until)


def claim(deps: Deps, person: Person, *, body: Claim) -> ClaimOut:
    wall, name = service.claim(deps, person, body.code)
    return ClaimOut(wall=wall, name=name)


def drive(deps: Deps, person: Person, *, wall: str, body: Drive) -> dict:
    service.drive(deps, person, wall, body.search, body.move)
    return {}


def shown(deps: Deps, person: Person, *, wall: str, body: Shown) -> dict:
    service.shown(deps, person, wall, body.search)
    return {}


def show(deps: Deps, person: Person, *, wall: str) -> RemoteOut:
    found = asdict(service.remote(deps, person, wall))
    found["until"] = found["until"] and found["until"].isoformat()
    found["pages"] = [{"key": key, "name": name} for key, name in found["pages"]]
    return RemoteOut(**found)


def end(deps: Deps, person: Person, *, wall: str) -> dict:
    service.end(deps, person, wall)
    return {}


_ONE = "/walls/<wall>"
ENDPOINTS = (
    Endpoint("offer_wall", "POST", "/walls", service.VIEW, offer, "A code by which a phone can drive this wall",
             body=NewWall, answer=OfferOut, status=201),
    Endpoint("claim_wall", "POST", "/walls/claim", service.DRIVE, claim, "Drive the wall that shows this code",
             body=Claim, answer=ClaimOut),
    Endpoint("drive_wall", "POST", f"{_ONE}/drive", service.DRIVE, drive, "Send the wall to a state, or make it move",
             body=Drive),
    Endpoint("show_wall", "GET", _ONE, service.VIEW, show, "Is it driven, and what does it show?", answer=RemoteOut),
    Endpoint("report_wall", "PUT", _ONE, service.VIEW, shown, "The wall says what it shows", body=Shown),
    Endpoint("end_wall", "DELETE", _ONE, service.VIEW, end, "Let the phone go"),
)  # fmt: skip
