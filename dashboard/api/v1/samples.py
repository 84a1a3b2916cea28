"""Random audit of an edition: draw from what was frozen, judge what was drawn, read the hit rate."""

from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from pydantic import Field

from dashboard.api.v1.endpoint import Body, Endpoint
from dashboard.api.v1.fields import Sha256, line, prose
from dashboard.deps import Deps
from dashboard.domain.evaluation.lots import VERDICTS
from dashboard.domain.people import Person
from dashboard.services import samples
from dashboard.views.findings import DrawRow, SampleRow


class NewDraw(Body):
    """`seed`: published before the cases were known. `size`: cases of each ranked region."""

    seed: line(samples.SEED_MOST, least=1)
    size: Annotated[int, Field(ge=1, le=samples.SIZE_MOST)]


class SampleVerdict(Body):
    verdict: Annotated[str, Field(pattern=f"^({'|'.join(VERDICTS)})$")]
    note: prose(2000)
    evidence: tuple[Sha256, ...] = ()


@dataclass(frozen=True, slots=True)
class Draws:
    rows: tuple[DrawRow, ...]


def index(deps: Deps, person: Person, *, edition_id: UUID) -> Draws:
    return Draws(samples.hit_rate(deps, person, edition_id))


def create(deps: Deps, person: Person, *, edition_id: UUID, body: NewDraw) -> DrawRow:
    return samples.draw(deps, person, edition_id, body.seed, body.size)


def show(deps: Deps, person: Person, *, draw_id: UUID) -> DrawRow:
    return samples.get_draw(deps, person, draw_id)


def judge(deps: Deps, person: Person, *, draw_id: UUID, county: str, case_id: UUID, body: SampleVerdict) -> SampleRow:
    given = samples.Judgement(body.verdict, body.note, body.evidence)
    return samples.judge(deps, person, draw_id, county, case_id, given)


_ALL, _ONE = "/editions/<uuid:edition_id>/draws", "/draws/<uuid:draw_id>"
ENDPOINTS = (
    Endpoint("list_draws", "GET", _ALL, "evaluation.view", index, "All random audits of an edition with their hit rates",
             answer=Draws),
    Endpoint("draw_samples", "POST", _ALL, samples.DRAW, create, "Draw cases by a seed, of each ranked region",
             body=NewDraw, answer=DrawRow, status=201),
    Endpoint("get_draw", "GET", _ONE, samples.JUDGE, show, "A draw with the samples that are mine to judge",
             answer=DrawRow),
    Endpoint("judge_sample", "PUT", f"{_ONE}/samples/<county>/<uuid:case_id>", samples.JUDGE, judge,
             "Is the case as its record says?", body=SampleVerdict, answer=SampleRow),
)  # fmt: skip
