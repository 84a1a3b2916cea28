"""Appeals: what was asked of an edition, file one, decide it, take it back."""

from typing import Literal
from uuid import UUID

from pydantic import BaseModel, Field

from dashboard.api.v1.endpoint import Body, Endpoint
from dashboard.api.v1.fields import Id, Sha256, line, prose
from dashboard.deps import Deps
from dashboard.domain.evaluation.appeal import SUBJECTS, Correction, from_dict
from dashboard.domain.people import Person
from dashboard.services import appeals as service
from dashboard.services.parties import DECIDE, FILE, VIEW
from dashboard.views.appeals import AppealRow, AppealsView


class CorrectionIn(Body):
    """One item, and how it has to stand. case: `county`, `case`, `indicator` with `top`, `base` (0 or 1). value:
    `indicator` with `top`, `base`. deduction: `deduction` with `removed`, or `units`, `again`, `secured`."""

    subject: Literal[*SUBJECTS]
    region: line(64, least=1)
    indicator: line(64, least=1) | None = None
    county: line(64, least=1) | None = None
    case: Id | None = None
    deduction: Id | None = None
    top: float | None = Field(default=None, ge=0, allow_inf_nan=False)
    base: float | None = Field(default=None, ge=0, allow_inf_nan=False)
    removed: bool = False
    units: float | None = Field(default=None, gt=0, allow_inf_nan=False)
    again: bool | None = None
    secured: bool | None = None

    def correction(self) -> Correction:
        return from_dict({key: value for key, value in self.model_dump().items() if value is not None})


class NewAppeal(Body):
    wish: CorrectionIn
    claim: prose(2000)
    evidence: list[Sha256] = Field(default=[], max_length=9)
    id: Id | None = None


class Decision(Body):
    """`effect`: only of one that is upheld; without it the wish is granted as it stands."""

    upheld: bool
    decision: prose(2000)
    effect: CorrectionIn | None = None
    version: int | None = Field(default=None, ge=1)


class Standing(Body):
    version: int | None = Field(default=None, ge=1)


class Made(BaseModel):
    id: str


def index(deps: Deps, person: Person, *, edition_id: UUID) -> AppealsView:
    return service.list_appeals(deps, person, edition_id)


def show(deps: Deps, person: Person, *, appeal_id: UUID) -> AppealRow:
    return service.get_appeal(deps, person, appeal_id)


def create(deps: Deps, person: Person, *, edition_id: UUID, body: NewAppeal) -> Made:
    filing = service.Filing(body.wish.correction(), body.claim, tuple(body.evidence), body.id)
    return Made(id=str(service.file(deps, person, edition_id, filing)))


def decide(deps: Deps, person: Person, *, appeal_id: UUID, body: Decision) -> AppealRow:
    effect = body.effect.correction() if body.effect else None
    return service.decide(deps, person, appeal_id, body.upheld, body.decision, effect=effect, version=body.version)


def withdraw(deps: Deps, person: Person, *, appeal_id: UUID, body: Standing) -> AppealRow:
    return service.withdraw(deps, person, appeal_id, version=body.version)


_ONE, _ALL, _MOVED = "/appeals/<uuid:appeal_id>", "/editions/<uuid:edition_id>/appeals", (400, 401, 404, 409)
ENDPOINTS = (
    Endpoint("list_appeals", "GET", _ALL, VIEW, index, "Appeals against an edition, with their outcome",
             answer=AppealsView),
    Endpoint("file_appeal", "POST", _ALL, FILE, create, "Appeal for my region against one case, value or deduction",
             body=NewAppeal, answer=Made, status=201),
    Endpoint("get_appeal", "GET", _ONE, VIEW, show, "An appeal", answer=AppealRow),
    Endpoint("decide_appeal", "POST", f"{_ONE}/decision", DECIDE, decide, "Uphold or refuse an appeal, with reasons",
             body=Decision, answer=AppealRow, errors=_MOVED),
    Endpoint("withdraw_appeal", "POST", f"{_ONE}/withdrawal", FILE, withdraw, "Take an appeal of my region back",
             body=Standing, answer=AppealRow, errors=_MOVED),
)  # fmt: skip
