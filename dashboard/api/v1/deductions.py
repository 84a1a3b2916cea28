"""Deductions and vetoes: list, record, take back, lift."""

from datetime import date
from uuid import UUID

from pydantic import BaseModel, Field

from dashboard.api.v1.appeals import Made
from dashboard.api.v1.endpoint import Body, Endpoint
from dashboard.api.v1.fields import Id, Sha256, line, prose
from dashboard.deps import Deps
from dashboard.domain.people import Person
from dashboard.services import deductions as service
from dashboard.services import vetoes
from dashboard.services.parties import PUBLISH, RUN, VIEW
from dashboard.views.appeals import DeductionLine, VetoLine


class CaseKey(Body):
    county_code: line(64, least=1)
    id: line(64, least=1)


class DeductionQuery(Body):
    scheme: line(32, least=1) = "process"
    region: line(64) = ""
    year: int | None = Field(default=None, ge=1970, le=2200)
    withdrawn: bool = False


class AgainQuery(Body):
    scheme: line(32, least=1) = "process"
    region: line(64, least=1)
    rule: line(32, least=1)
    day: date


class VetoQuery(Body):
    scheme: line(32, least=1) = "process"
    region: line(64) = ""
    lifted: bool = False


class NewDeduction(Body):
    scheme: line(32, least=1) = "process"
    region: line(64, least=1)
    rule: line(32, least=1)
    day: date
    reason: prose(2000)
    units: float = Field(default=1.0, gt=0, allow_inf_nan=False)
    again: bool | None = None
    secured: bool = False
    secured_why: prose(2000) | None = None
    case: CaseKey | None = None
    evidence: list[Sha256] = Field(default=[], max_length=9)
    id: Id | None = None


class NewVeto(Body):
    scheme: line(32, least=1) = "process"
    region: line(64, least=1)
    basis: prose(2000)
    proposed_by: line(200, least=1)
    decided_on: date
    until: date | None = None
    evidence: list[Sha256] = Field(default=[], max_length=9)


class Why(Body):
    why: prose(2000)


class DeductionsOut(BaseModel):
    rows: tuple[DeductionLine, ...]


class VetoesOut(BaseModel):
    rows: tuple[VetoLine, ...]


class AgainOut(BaseModel):
    """`again`: what is proposed. `earlier`: ids of the deductions it is proposed for."""

    again: bool
    earlier: tuple[str, ...]


def index(deps: Deps, person: Person, *, query: DeductionQuery) -> DeductionsOut:
    rows = service.list_deductions(deps, person, query.scheme, region=query.region, year=query.year,
                                   withdrawn=query.withdrawn)  # fmt: skip
    return DeductionsOut(rows=rows)


def again(deps: Deps, person: Person, *, query: AgainQuery) -> AgainOut:
    earlier = service.propose_again(deps, person, query.scheme, query.region, query.rule, query.day)
    return AgainOut(again=bool(earlier), earlier=earlier)


def create(deps: Deps, person: Person, *, body: NewDeduction) -> Made:
    given = body.model_dump()
    case = body.case and (body.case.county_code, body.case.id)
    new = service.NewDeduction(**given | {"case": case, "evidence": tuple(body.evidence)})
    return Made(id=str(service.record(deps, person, new)))


def withdraw(deps: Deps, person: Person, *, deduction_id: UUID, body: Why) -> dict:
    service.withdraw(deps, person, deduction_id, body.why)
    return {}


def list_vetoes(deps: Deps, person: Person, *, query: VetoQuery) -> VetoesOut:
    return VetoesOut(rows=vetoes.list_vetoes(deps, person, query.scheme, region=query.region, lifted=query.lifted))


def veto(deps: Deps, person: Person, *, body: NewVeto) -> Made:
    new = vetoes.NewVeto(**body.model_dump() | {"evidence": tuple(body.evidence)})
    return Made(id=str(vetoes.veto(deps, person, new)))


def lift(deps: Deps, person: Person, *, veto_id: UUID, body: Why) -> dict:
    vetoes.lift(deps, person, veto_id, body.why)
    return {}


ENDPOINTS = (
    Endpoint("list_deductions", "GET", "/deductions", VIEW, index, "Deductions, with the points they take today",
             query=DeductionQuery, answer=DeductionsOut),
    Endpoint("propose_again", "GET", "/deductions/again", RUN, again, "Did the same happen before in the year?",
             query=AgainQuery, answer=AgainOut),
    Endpoint("record_deduction", "POST", "/deductions", RUN, create, "Enter a deduction with its evidence",
             body=NewDeduction, answer=Made, status=201),
    Endpoint("withdraw_deduction", "POST", "/deductions/<uuid:deduction_id>/withdrawal", RUN, withdraw,
             "Take a deduction back, with a reason", body=Why),
    Endpoint("list_vetoes", "GET", "/vetoes", VIEW, list_vetoes, "Vetoes", query=VetoQuery, answer=VetoesOut),
    Endpoint("decide_veto", "POST", "/vetoes", PUBLISH, veto, "Enter a veto that somebody else proposed",
             body=NewVeto, answer=Made, status=201),
    Endpoint("lift_veto", "POST", "/vetoes/<uuid:veto_id>/lifting", PUBLISH, lift, "End a veto, with a reason",
             body=Why),
)  # fmt: skip
