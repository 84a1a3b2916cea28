"""What the gaming detectors found in an edition, for a person to judge. It moves no score by itself."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from dashboard.api.v1.endpoint import Body, Endpoint
from dashboard.api.v1.fields import line, prose
from dashboard.deps import Deps
from dashboard.domain.evaluation.detect.model import VERDICTS
from dashboard.domain.people import Person
from dashboard.services import findings
from dashboard.views.findings import FindingRow, Findings, Looked


class FindingQuery(Body):
    """`verdict`: "open" for what is not judged yet."""

    detector: line(32) = ""
    verdict: line(32) = ""


class FindingVerdict(Body):
    verdict: Annotated[str, Field(pattern=f"^({'|'.join(VERDICTS)})$")]
    note: prose(2000)


def index(deps: Deps, person: Person, *, edition_id: UUID, query: FindingQuery) -> Findings:
    return findings.list_findings(deps, person, edition_id, detector=query.detector, verdict=query.verdict)


def look(deps: Deps, person: Person, *, edition_id: UUID) -> Looked:
    return findings.look(deps, edition_id, person)


def judge(deps: Deps, person: Person, *, finding_id: UUID, body: FindingVerdict) -> FindingRow:
    return findings.judge(deps, person, finding_id, body.verdict, body.note)


_ALL = "/editions/<uuid:edition_id>/findings"
ENDPOINTS = (
    Endpoint("list_findings", "GET", _ALL, findings.JUDGE, index, "What the detectors found, and how it was judged",
             query=FindingQuery, answer=Findings),
    Endpoint("look_for_findings", "POST", _ALL, findings.JUDGE, look, "Run the detectors over the edition's period",
             answer=Looked),
    Endpoint("judge_finding", "PUT", "/findings/<uuid:finding_id>", findings.JUDGE, judge,
             "Gaming, harmless or unclear, and why", body=FindingVerdict, answer=FindingRow),
)  # fmt: skip
