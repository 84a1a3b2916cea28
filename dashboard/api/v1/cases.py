"""Cases: report one, list them, read one in full, ask who reported it."""

from typing import Literal

from pydantic import BaseModel, Field

from dashboard.api.v1.endpoint import Body, Endpoint
from dashboard.api.v1.fields import Id, Lat, Limit, Lon, Severity, Sha256, Timed, line, prose, several
from dashboard.deps import Deps
from dashboard.domain.commands import Contact, Outcome, Report
from dashboard.domain.people import Person
from dashboard.domain.workflow import CARDS, SOURCES, STATES, SUPERVISION
from dashboard.services.case_list import CasePage, Wanted, list_page
from dashboard.services.casework import report
from dashboard.services.dossier import dossier, unmask
from dashboard.services.evidence import resolve
from dashboard.services.reporting import nearest_grid, usual_source
from dashboard.views.dossier import Dossier


class ContactIn(Body):
    name: line(50) | None = None
    phone: line(30) | None = Field(default=None, pattern=r"^[0-9+() -]*$")


class NewCase(Timed):
    """`place`: code of a county or a region below; without it, the grid nearest to `lon`, `lat`."""

    id: Id | None = None  # UUIDv7 made by the client: what is sent twice is one case
    place: line(64) | None = None
    kind: line(32, least=1)
    title: line(200, least=1)
    source: Literal[tuple(one for one in SOURCES if one != "import")] | None = None
    description: prose(4000) | None = None
    address: line(200) | None = None
    lon: Lon | None = None
    lat: Lat | None = None
    accuracy: float | None = Field(default=None, ge=0, le=100_000)  # metres
    severity: Severity | None = None
    evidence: tuple[Sha256, ...] = Field(default=(), max_length=9)
    repeat_of: Id | None = None
    contact: ContactIn | None = None


class CaseQuery(Body):
    """Lists take several values with commas. `q`: words of title, address or holder, in open cases and those of 90 days.

    `order=due` lists open cases only, unless `state` or `number` is given.
    """

    state: several(Literal[tuple(STATES)]) = ()
    kind: str = ""
    region: str = ""
    unit: line(200) = ""
    card: several(Literal[CARDS]) = ()
    supervision: several(Literal[SUPERVISION]) = ()
    severity: several(Severity) = ()
    number: line(32) = ""
    q: line(100) = ""
    due: Literal["", "today", "late"] = ""
    order: Literal["due", "-reported"] = "due"
    limit: Limit = 50
    offset: int = Field(default=0, ge=0, le=1_000_000)
    after: str = Field(default="", max_length=300)


class ReasonQuery(Body):
    reason: line(200, least=2)


class ReporterOut(BaseModel):
    name: str | None
    phone: str | None


def create(deps: Deps, person: Person, *, body: NewCase) -> tuple[Outcome, int]:
    contact = body.contact and Contact(body.contact.name, body.contact.phone)
    place = body.place or nearest_grid(deps, person, body.lon, body.lat)
    given = Report(
        place=place, kind=body.kind, title=body.title, source=body.source or usual_source(person), id=body.id,
        description=body.description, address=body.address, lon=body.lon, lat=body.lat, accuracy=body.accuracy,
        severity=body.severity, evidence=resolve(deps, person, body.evidence), device_at=body.entered_at(deps.clock()),
        repeat_of=body.repeat_of, contact=contact,
    )  # fmt: skip
    outcome = report(deps, person, given)
    return outcome, 200 if outcome.repeated else 201


def index(deps: Deps, person: Person, *, query: CaseQuery) -> CasePage:
    wanted = Wanted(query.state, query.kind, query.region, query.unit, query.card, query.supervision, query.severity,
                    query.number, query.q, query.due, query.order, query.limit, query.offset, query.after)  # fmt: skip
    return list_page(deps, person, wanted)


def show(deps: Deps, person: Person, *, county: str, case_id: str) -> Dossier:
    return dossier(deps, person, county, case_id)


def show_reporter(deps: Deps, person: Person, *, county: str, case_id: str, query: ReasonQuery) -> ReporterOut:
    found = unmask(deps, person, county, case_id, query.reason)
    return ReporterOut(name=found.name, phone=found.phone)


_ONE = "/cases/<county>/<case_id>"
_EXAMPLE = {"id": "0190263a-5e7c-7c3a-9d10-2f6b8f7a1c55", "place": "330382001001001", "kind": "fire",
            "title": "Fire lane blocked by goods", "evidence": [], "device_at": "2026-06-18T09:10:00+08:00",
            "device_now": "2026-06-18T14:05:32+08:00"}  # fmt: skip
ENDPOINTS = (
    Endpoint("report_case", "POST", "/cases", "case.report", create, "Report a case", body=NewCase, answer=Outcome,
             status=201, example=_EXAMPLE),
    Endpoint("list_cases", "GET", "/cases", "case.read", index, "Cases that I may see, filtered, page by page",
             query=CaseQuery, answer=CasePage),
    Endpoint("get_case", "GET", _ONE, "case.read", show, "A case in full, and what I may do with it", answer=Dossier),
    Endpoint("get_reporter", "GET", f"{_ONE}/reporter", "identity.read", show_reporter,
             "Who reported a case, unmasked; the reason is kept in the audit log", query=ReasonQuery, answer=ReporterOut),
)  # fmt: skip
