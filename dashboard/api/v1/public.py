"""What residents do without an account, for programs: ask what can be reported and where, report, follow, rate."""

import base64
import binascii
from datetime import datetime

from flask import current_app, request
from pydantic import BaseModel, Field

from dashboard.api.v1.endpoint import Body, Endpoint
from dashboard.deps import Deps
from dashboard.domain.errors import UserError
from dashboard.domain.people import ANYONE, Person
from dashboard.domain.tickets import seal, unseal
from dashboard.limits import reporting, trying
from dashboard.services import following, public, spots

SECRET = "X-Case-Secret"  # a header, because addresses are written down on their way


class PublicChoice(BaseModel):
    key: str
    name: str
    group: str


class PublicForm(BaseModel):
    """`ticket`: makes one report, however often it is sent; good for a day. `places`: what can be chosen next."""

    ticket: str
    kinds: list[PublicChoice]
    places: list[PublicChoice]


class PublicWhere(Body):
    county: str = ""
    township: str = ""


class PublicReport(Body):
    """`place`: code of a county or below. `photo`: a picture in base64."""

    ticket: str
    kind: str
    place: str
    text: str
    address: str = ""
    lon: float | None = None
    lat: float | None = None
    accuracy: float | None = None
    name: str = ""
    phone: str = ""
    photo: str | None = None


class PublicReceipt(BaseModel):
    """`secret` is told to whoever holds the ticket and kept nowhere."""

    number: str
    secret: str
    kind: str
    place: str
    promise: str
    repeated: bool


class PublicStep(BaseModel):
    at: datetime
    text: str


class PublicCase(BaseModel):
    """`stage`: received, working, checking, done, declined. `promise`: what comes next and by when, in words."""

    number: str
    kind: str
    place: str
    stage: str
    now: str
    promise: str
    late: bool
    steps: list[PublicStep]
    may_rate: bool
    may_reopen: bool
    rating: int | None


class PublicRating(Body):
    secret: str
    rating: int = Field(ge=1, le=5)
    note: str = ""


class PublicReopening(Body):
    secret: str
    note: str = ""


def form(deps: Deps, _person: Person, *, query: PublicWhere) -> PublicForm:
    found = spots.spot(deps, query.model_dump())
    open_level = next((choices for _level, _called, choices, code in found.levels if not code), ())
    return PublicForm(
        ticket=seal(current_app.secret_key, public.new_ticket(deps)),
        kinds=[_named(one) for one in public.kinds(deps)], places=[_named(one) for one in open_level],
    )  # fmt: skip


@reporting
def report(deps: Deps, _person: Person, *, body: PublicReport):
    ticket = unseal(current_app.secret_key, body.ticket, deps.clock())
    said = body.model_dump(exclude={"ticket", "photo"})
    found = public.report(deps, ticket, public.Told(**said, photo=_picture(body.photo)))
    return _of(PublicReceipt, found), 200 if found.repeated else 201


@trying
def show(deps: Deps, _person: Person, number: str) -> PublicCase:
    return _case(following.follow(deps, number, request.headers.get(SECRET, "")))


@trying
def rate(deps: Deps, _person: Person, number: str, *, body: PublicRating) -> PublicCase:
    return _case(following.rate(deps, number, body.secret, body.rating, body.note))


@trying
def reopen(deps: Deps, _person: Person, number: str, *, body: PublicReopening) -> PublicCase:
    return _case(following.reopen(deps, number, body.secret, body.note))


def _named(choice) -> PublicChoice:
    return _of(PublicChoice, choice)


def _case(found) -> PublicCase:
    return _of(PublicCase, found)


def _of(model: type[BaseModel], found: object):
    return model.model_validate(found, from_attributes=True)


def _picture(text: str | None) -> bytes | None:
    try:
        return base64.b64decode(text, validate=True) if text else None
    except (binascii.Error, ValueError):
        raise UserError("photo", "not base64", hint="send the bytes of a picture in base64") from None


ENDPOINTS = (
    Endpoint("public_form", "GET", "/public/form", ANYONE, form, "What can be reported, where, and a ticket to do it",
             query=PublicWhere, answer=PublicForm),
    Endpoint("public_report", "POST", "/public/reports", ANYONE, report, "Report without an account",
             body=PublicReport, answer=PublicReceipt, status=201, errors=(400, 404, 413, 429)),
    Endpoint("public_case", "GET", "/public/cases/<number>", ANYONE, show, f"How a case stands; its secret in the header {SECRET}",
             answer=PublicCase, errors=(400, 404, 429)),
    Endpoint("public_rating", "POST", "/public/cases/<number>/rating", ANYONE, rate, "Rate a closed case",
             body=PublicRating, answer=PublicCase, errors=(400, 404, 429)),
    Endpoint("public_reopening", "POST", "/public/cases/<number>/reopening", ANYONE, reopen, "Say that it is not solved",
             body=PublicReopening, answer=PublicCase, errors=(400, 404, 429)),
)  # fmt: skip
