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


class Named(BaseModel):
    key: str
    name: str
    group: str


class Form(BaseModel):
    """`ticket`: makes one report, however often it is sent; good for a day. `places`: what can be chosen next."""

    ticket: str
    kinds: list[Named]
    places: list[Named]


class Under(Body):
    county: str = ""
    township: str = ""


class Saying(Body):
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


class Reported(BaseModel):
    """`secret` is told to whoever holds the ticket and kept nowhere."""

    number: str
    secret: str
    kind: str
    place: str
    promise: str
    repeated: bool


class Step(BaseModel):
    at: datetime
    text: str


class Case(BaseModel):
    """`stage`: received, working, checking, done, declined. `promise`: what comes next and by when, in words."""

    number: str
    kind: str
    place: str
    stage: str
    now: str
    promise: str
    late: bool
    steps: list[Step]
    may_rate: bool
    may_reopen: bool
    rating: int | None


class Rating(Body):
    secret: str
    rating: int = Field(ge=1, le=5)
    note: str = ""


class Reopening(Body):
    secret: str
    note: str = ""


def form(deps: Deps, _person: Person, *, query: Under) -> Form:
    found = spots.spot(deps, query.model_dump())
    open_level = next((choices for _level, _called, choices, code in found.levels if not code), ())
    return Form(
        ticket=seal(current_app.secret_key, public.new_ticket(deps)),
        kinds=[_named(one) for one in public.kinds(deps)], places=[_named(one) for one in open_level],
    )  # fmt: skip


@reporting
def report(deps: Deps, _person: Person, *, body: Saying):
    ticket = unseal(current_app.secret_key, body.ticket, deps.clock())
    said = body.model_dump(exclude={"ticket", "photo"})
    found = public.report(deps, ticket, public.Told(**said, photo=_picture(body.photo)))
    return _of(Reported, found), 200 if found.repeated else 201


@trying
def show(deps: Deps, _person: Person, number: str) -> Case:
    return _case(following.follow(deps, number, request.headers.get(SECRET, "")))


@trying
def rate(deps: Deps, _person: Person, number: str, *, body: Rating) -> Case:
    return _case(following.rate(deps, number, body.secret, body.rating, body.note))


@trying
def reopen(deps: Deps, _person: Person, number: str, *, body: Reopening) -> Case:
    return _case(following.reopen(deps, number, body.secret, body.note))


def _named(choice) -> Named:
    return _of(Named, choice)


def _case(found) -> Case:
    return _of(Case, found)


def _of(model: type[BaseModel], found: object):
    return model.model_validate(found, from_attributes=True)


def _picture(text: str | None) -> bytes | None:
    try:
        return base64.b64decode(text, validate=True) if text else None
    except (binascii.Error, ValueError):
        raise UserError("photo", "not base64", hint="send the bytes of a picture in base64") from None


ENDPOINTS = (
    Endpoint("public_form", "GET", "/public/form", ANYONE, form, "What can be reported, where, and a ticket to do it",
             query=Under, answer=Form),
    Endpoint("public_report", "POST", "/public/reports", ANYONE, report, "Report without an account",
             body=Saying, answer=Reported, status=201, errors=(400, 404, 413, 429)),
    Endpoint("public_case", "GET", "/public/cases/<number>", ANYONE, show, f"How a case stands; its secret in the header {SECRET}",
             answer=Case, errors=(400, 404, 429)),
    Endpoint("public_rating", "POST", "/public/cases/<number>/rating", ANYONE, rate, "Rate a closed case",
             body=Rating, answer=Case, errors=(400, 404, 429)),
    Endpoint("public_reopen", "POST", "/public/cases/<number>/reopening", ANYONE, reopen, "Say that it is not solved",
             body=Reopening, answer=Case, errors=(400, 404, 429)),
)  # fmt: skip
