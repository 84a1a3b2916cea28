"""Editions: open one, take it through its life, read its standings, and follow a score down to the cases."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from flask import Response
from pydantic import BaseModel, Field

from dashboard.api.v1.endpoint import Body, Endpoint
from dashboard.api.v1.fields import Limit, line, prose
from dashboard.deps import Deps
from dashboard.domain.evaluation.cohort import PARTS
from dashboard.domain.evaluation.edition import ACTIONS
from dashboard.domain.evaluation.model import ROOT
from dashboard.domain.people import Person
from dashboard.services import edition_archive, edition_figures, editions, tracing
from dashboard.services.parties import PUBLISH, RUN, VIEW
from dashboard.views.editions import CasesBehind, Difference, EditionFigures, EditionHead, EditionStepRow, Trace

Month = Annotated[str, Field(pattern=r"^\d{4}-(0[1-9]|1[0-2])$")]
Word = line(64)


class NewEdition(Body):
    scheme: line(32, least=1) = "process"
    region: line(64, least=1)
    month: Month


class NewAction(Body):
    """`version`: of the edition one looked at; another one is a conflict."""

    action: Literal[*(key for key in ACTIONS if key != "publish")]
    version: int | None = Field(default=None, ge=1)
    note: prose(2000) = ""


class Publication(Body):
    version: int | None = Field(default=None, ge=1)
    note: prose(2000) = ""


class NewIssue(Body):
    note: prose(2000)


class ListQuery(Body):
    scheme: Word = ""


class TraceQuery(Body):
    region: line(64, least=1)
    node: line(64, least=1) = ROOT


class BehindQuery(Body):
    region: line(64, least=1)
    indicator: line(64, least=1)
    part: Literal[*PARTS] = "base"
    offset: int = Field(default=0, ge=0, le=10_000_000)
    limit: Limit = 50


class Against(Body):
    old: UUID


class Editions(BaseModel):
    rows: tuple[EditionHead, ...]


class Steps(BaseModel):
    rows: tuple[EditionStepRow, ...]


def index(deps: Deps, person: Person, *, query: ListQuery) -> Editions:
    return Editions(rows=editions.list_editions(deps, person, query.scheme))


def create(deps: Deps, person: Person, *, body: NewEdition) -> EditionHead:
    return editions.open_edition(deps, person, body.scheme, body.region, date.fromisoformat(f"{body.month}-01"))


def show(deps: Deps, person: Person, *, edition_id: UUID) -> EditionHead:
    return editions.get_edition(deps, person, edition_id)


def act(deps: Deps, person: Person, *, edition_id: UUID, body: NewAction) -> EditionHead:
    return editions.act(deps, person, edition_id, body.action, version=body.version, note=body.note)


def publish(deps: Deps, person: Person, *, edition_id: UUID, body: Publication) -> EditionHead:
    return editions.act(deps, person, edition_id, "publish", version=body.version, note=body.note)


def reissue(deps: Deps, person: Person, *, edition_id: UUID, body: NewIssue) -> EditionHead:
    return editions.reissue(deps, person, edition_id, body.note)


def steps(deps: Deps, person: Person, *, edition_id: UUID) -> Steps:
    return Steps(rows=editions.list_steps(deps, person, edition_id))


def figures(deps: Deps, person: Person, *, edition_id: UUID) -> EditionFigures:
    return edition_figures.figures(deps, person, edition_id)


def trace(deps: Deps, person: Person, *, edition_id: UUID, query: TraceQuery) -> Trace:
    return tracing.trace(deps, person, edition_id, query.region, query.node)


def behind(deps: Deps, person: Person, *, edition_id: UUID, query: BehindQuery) -> CasesBehind:
    return tracing.cases_behind(deps, person, edition_id, query.region, query.indicator, query.part,
                                offset=query.offset, limit=query.limit)  # fmt: skip


def difference(deps: Deps, person: Person, *, edition_id: UUID, query: Against) -> Difference:
    return editions.difference(deps, person, query.old, edition_id)


def download(deps: Deps, person: Person, *, edition_id: UUID) -> Response:
    name = f'attachment; filename="edition-{edition_id}.zip"'
    return Response(edition_archive.export(deps, person, edition_id), mimetype="application/zip",
                    headers={"Content-Disposition": name})  # fmt: skip


_ONE = "/editions/<uuid:edition_id>"
ENDPOINTS = (
    Endpoint("list_editions", "GET", "/editions", VIEW, index, "Editions I may see, the newest month first",
             query=ListQuery, answer=Editions),
    Endpoint("open_edition", "POST", "/editions", RUN, create, "Open the edition of a month", body=NewEdition,
             answer=EditionHead, status=201, example={"scheme": "process", "region": "330000000000", "month": "2026-05"}),
    Endpoint("get_edition", "GET", _ONE, VIEW, show, "An edition, and what I may do with it now", answer=EditionHead),
    Endpoint("run_edition", "POST", f"{_ONE}/actions", RUN, act, "Take the edition to its next state", body=NewAction,
             answer=EditionHead, errors=(400, 401, 404, 409), example={"action": "try", "version": 2}),
    Endpoint("publish_edition", "POST", f"{_ONE}/publication", PUBLISH, publish, "Publish the edition", body=Publication,
             answer=EditionHead, errors=(400, 401, 404, 409)),
    Endpoint("reissue_edition", "POST", f"{_ONE}/issues", RUN, reissue, "Make the next issue, with what was upheld since",
             body=NewIssue, answer=EditionHead, status=201, errors=(400, 401, 404, 409)),
    Endpoint("list_edition_steps", "GET", f"{_ONE}/steps", VIEW, steps, "The life of the edition so far", answer=Steps),
    Endpoint("get_edition_figures", "GET", f"{_ONE}/figures", VIEW, figures,
             "Standings of the regions, their scores and values", answer=EditionFigures),
    Endpoint("trace_score", "GET", f"{_ONE}/trace", VIEW, trace, "What a score is made of, down to one indicator",
             query=TraceQuery, answer=Trace),
    Endpoint("list_cases_behind", "GET", f"{_ONE}/cases", VIEW, behind, "The cases that a figure counts, as frozen",
             query=BehindQuery, answer=CasesBehind),
    Endpoint("get_edition_difference", "GET", f"{_ONE}/difference", VIEW, difference,
             "What it says otherwise than another edition, and the appeals that caused it", query=Against,
             answer=Difference),
    Endpoint("get_edition_archive", "GET", f"{_ONE}/archive", VIEW, download, "All that the edition was worked out from",
             gives="application/zip"),
)  # fmt: skip
