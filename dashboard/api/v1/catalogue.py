"""The catalogue: keys that cases are made of, with their words in the reader's language."""

from flask import make_response, request
from pydantic import BaseModel

from dashboard.api.v1.endpoint import Endpoint
from dashboard.deps import Deps
from dashboard.domain.people import SIGNED_IN, Person
from dashboard.services.catalogue import read_catalogue


class Entry(BaseModel):
    key: str
    name: str


class KindOut(Entry):
    group: str
    severity: str
    sensitive: bool
    clock: str


class ActionOut(Entry):
    sources: list[str]
    target: str | None
    roles: list[str]
    needs: list[str]
    takes: list[str]
    reasons: list[str]


class InputOut(BaseModel):
    key: str
    form: str
    most: int


class Catalogue(BaseModel):
    groups: list[Entry]
    kinds: list[KindOut]
    severities: list[Entry]
    states: list[Entry]
    actions: list[ActionOut]
    inputs: list[InputOut]
    reasons: list[Entry]
    roles: list[Entry]
    sources: list[Entry]
    tiers: list[Entry]
    cards: list[Entry]
    supervision: list[Entry]
    extensions: list[Entry]


def show(deps: Deps, _person: Person):
    answer = make_response(Catalogue.model_validate(read_catalogue(deps)).model_dump())
    answer.add_etag()
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.headers["Vary"] = "Cookie"
    return answer.make_conditional(request)


ENDPOINTS = (
    Endpoint("catalogue", "GET", "/catalogue", SIGNED_IN, show, "Kinds, actions, reasons and other keys, with words",
             answer=Catalogue, errors=(401,)),
)  # fmt: skip
