"""Exposed problems with their loop: list, open, take a step, close."""

from datetime import date
from typing import Literal
from uuid import UUID

from pydantic import Field

from dashboard.api.v1.appeals import Made, Standing
from dashboard.api.v1.deductions import CaseKey
from dashboard.api.v1.endpoint import Body, Endpoint
from dashboard.api.v1.fields import Id, Sha256, line, prose
from dashboard.deps import Deps
from dashboard.domain.evaluation.problem import ACTS, ORIGINS
from dashboard.domain.people import Person
from dashboard.services import problem_lists as lists
from dashboard.services import problems as service
from dashboard.services.parties import KEEP, VIEW
from dashboard.views.appeals import ProblemRow, ProblemsView


class ProblemQuery(Body):
    region: line(64) = ""
    edition: Id | None = None
    open: bool = False


class StepIn(Body):
    owner: line(200, least=1)
    due_on: date


class StepsIn(Body):
    """The four steps: what was found, what is done about it, where else it may be so, which rule is mended."""

    find: StepIn
    handle: StepIn
    generalise: StepIn
    rule: StepIn


class NewProblem(Body):
    region: line(64, least=1)
    title: line(120, least=1)
    origin: Literal[*ORIGINS]
    steps: StepsIn
    detail: prose(2000) = ""
    edition: Id | None = None
    indicator: line(64, least=1) | None = None
    case: CaseKey | None = None
    id: Id | None = None


class NewStepAct(Body):
    """assign: `owner`, `due_on`. done: `proof`, `evidence`. send_back: `proof` says why."""

    act: Literal[*ACTS]
    version: int | None = Field(default=None, ge=1)
    proof: prose(2000) = ""
    evidence: list[Sha256] = Field(default=[], max_length=9)
    owner: line(200) = ""
    due_on: date | None = None


def index(deps: Deps, person: Person, *, query: ProblemQuery) -> ProblemsView:
    return lists.list_problems(deps, person, region=query.region, edition=query.edition, open_only=query.open)


def mine(deps: Deps, person: Person, *, query: ProblemQuery) -> ProblemsView:
    return lists.list_problems(deps, person, region=query.region, edition=query.edition, open_only=query.open,
                               capability=KEEP)  # fmt: skip


def show(deps: Deps, person: Person, *, problem_id: UUID) -> ProblemRow:
    return lists.get_problem(deps, person, problem_id)


def create(deps: Deps, person: Person, *, body: NewProblem) -> Made:
    steps = {step: (given.owner, given.due_on) for step, given in body.steps}
    case = body.case and (body.case.county_code, body.case.id)
    new = service.NewProblem(**body.model_dump() | {"steps": steps, "case": case})
    return Made(id=str(service.open_problem(deps, person, new)))


def act(deps: Deps, person: Person, *, problem_id: UUID, step: str, body: NewStepAct) -> ProblemRow:
    given = service.StepAct(step, **body.model_dump() | {"evidence": tuple(body.evidence)})
    return service.act(deps, person, problem_id, given)


def close(deps: Deps, person: Person, *, problem_id: UUID, body: Standing) -> ProblemRow:
    return service.close(deps, person, problem_id, version=body.version)


_ONE, _MOVED = "/problems/<uuid:problem_id>", (400, 401, 404, 409)
ENDPOINTS = (
    Endpoint("list_problems", "GET", "/problems", VIEW, index, "Problems with their loop, and counts by step and region",
             query=ProblemQuery, answer=ProblemsView),
    Endpoint("list_own_problems", "GET", "/problems/mine", KEEP, mine, "Problems that I keep, or my unit answers for",
             query=ProblemQuery, answer=ProblemsView),
    Endpoint("get_problem", "GET", _ONE, KEEP, show, "A problem", answer=ProblemRow),
    Endpoint("open_problem", "POST", "/problems", KEEP, create, "Open a problem with its four steps", body=NewProblem,
             answer=Made, status=201),
    Endpoint("act_on_problem", "POST", f"{_ONE}/steps/<step>", KEEP, act, "Assign, do, check or send back a step",
             body=NewStepAct, answer=ProblemRow, errors=_MOVED),
    Endpoint("close_problem", "POST", f"{_ONE}/closing", KEEP, close, "Close a problem whose steps are checked",
             body=Standing, answer=ProblemRow, errors=_MOVED),
)  # fmt: skip
