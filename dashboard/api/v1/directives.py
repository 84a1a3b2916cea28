"""Directives: issue, list, read, take a step of one's receipt, withdraw."""

from dataclasses import asdict
from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, Field

from dashboard.api.v1.endpoint import Body, Endpoint
from dashboard.deps import Deps
from dashboard.domain.people import SIGNED_IN, Person
from dashboard.services import directive_lists as lists
from dashboard.services import directives as service


class CaseKey(Body):
    county_code: str = Field(max_length=64)
    id: str = Field(max_length=64)


class NewDirective(Body):
    region: str = Field(max_length=64)
    text: str = Field(max_length=2000)
    roles: list[str] = Field(default=[], max_length=20)
    unit: str | None = Field(default=None, max_length=200)
    due_at: AwareDatetime | None = None
    due_in: str | None = Field(default=None, max_length=16)
    case: CaseKey | None = None
    subject: str | None = Field(default=None, max_length=2000)
    id: UUID | None = None


class IssuedOut(BaseModel):
    id: str
    addressees: int
    repeated: bool


class Box(Body):
    box: Literal["mine", "issued", "region"] = "mine"
    region: str = Field(default="", max_length=64)
    open: bool = False


class NewReceipt(Body):
    step: Literal["delivered", "read", "answered"]
    answer: str | None = Field(default=None, max_length=2000)
    id: UUID | None = None
    device_at: AwareDatetime | None = None
    device_now: AwareDatetime | None = None  # the device's clock when sending; sets device_at right


class ReceiptOut(BaseModel):
    delivered_at: datetime | None
    read_at: datetime | None
    answered_at: datetime | None
    answer: str | None
    late: bool


def issue(deps: Deps, person: Person, *, body: NewDirective):
    given = body.model_dump()
    key = given.pop("case")
    order = service.Order(**given | {"roles": tuple(body.roles), "case": key and (key["county_code"], key["id"])})
    found = service.issue(deps, person, order)
    answer = IssuedOut(id=str(found.id), addressees=found.addressees, repeated=found.repeated)
    return answer.model_dump(), 200 if found.repeated else 201


def index(deps: Deps, person: Person, *, query: Box) -> dict:
    rows = lists.list_directives(deps, person, box=query.box, region=query.region, open_only=query.open)
    return {"rows": [row_out(row) for row in rows]}


def row_out(row) -> dict:
    """A directive as JSON: times as ISO 8601 in UTC."""
    return _plain(asdict(row))


def show(deps: Deps, person: Person, *, directive_id: UUID) -> dict:
    found = lists.get_directive(deps, person, directive_id)
    return {"directive": row_out(found.directive), "groups": [_plain(asdict(group)) for group in found.groups]}


def receive(deps: Deps, person: Person, *, directive_id: UUID, body: NewReceipt) -> ReceiptOut:
    device_at = body.device_at
    if device_at is not None and body.device_now is not None:
        device_at += deps.clock() - body.device_now
    mine = service.receive(deps, person, directive_id, service.Step(body.step, body.answer, body.id, device_at))
    return ReceiptOut(**asdict(mine))


def withdraw(deps: Deps, person: Person, *, directive_id: UUID) -> dict:
    service.withdraw(deps, person, directive_id)
    return {}


def _plain(value: object) -> object:
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(one) for one in value]
    return value.isoformat() if isinstance(value, datetime) else value


_ONE = "/directives/<uuid:directive_id>"
ENDPOINTS = (
    Endpoint("issue_directive", "POST", "/directives", service.ISSUE, issue, "Order people of a region to do something",
             body=NewDirective, answer=IssuedOut, status=201),
    Endpoint("list_directives", "GET", "/directives", SIGNED_IN, index, "Directives to me, by me, or for a region",
             query=Box),
    Endpoint("get_directive", "GET", _ONE, SIGNED_IN, show, "A directive with its receipts by unit and region"),
    Endpoint("receive_directive", "POST", f"{_ONE}/receipts", SIGNED_IN, receive, "It reached me, I read or answered it",
             body=NewReceipt, answer=ReceiptOut),
    Endpoint("withdraw_directive", "DELETE", _ONE, service.ISSUE, withdraw, "Take a directive of mine back"),
)  # fmt: skip
