"""Actions: move a case through the loop."""

from pydantic import Field, JsonValue

from dashboard.api.v1.endpoint import Endpoint
from dashboard.api.v1.fields import Id, Timed, line
from dashboard.deps import Deps
from dashboard.domain.commands import Command, Outcome
from dashboard.domain.errors import UserError
from dashboard.domain.people import Person
from dashboard.domain.workflow import TRANSITIONS
from dashboard.services.casework import act
from dashboard.services.dossier import key_of
from dashboard.services.evidence import resolve


class NewAction(Timed):
    """`inputs`: by the needs and takes of the action, see /catalogue. `version`: where the case stood when it was
    decided; without it the action is carried out on whatever stands there."""

    action: line(32, least=1)
    version: int | None = Field(default=None, ge=1)
    inputs: dict[str, JsonValue] = Field(default={}, max_length=10)
    id: Id | None = None  # UUID made by the client: what is sent twice is done once


def create(deps: Deps, person: Person, *, county: str, case_id: str, body: NewAction) -> Outcome:
    if body.action not in TRANSITIONS:
        raise UserError("action", "no such action", got=body.action, allowed=list(TRANSITIONS))
    inputs = dict(body.inputs)
    if "evidence" in inputs:
        inputs["evidence"] = resolve(deps, person, _hashes(inputs["evidence"]))
    command = Command(body.action, body.version, inputs, body.id, body.entered_at(deps.clock()))
    return act(deps, person, key_of(county, case_id), command)


def _hashes(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise UserError("evidence", "evidence is a list of hashes", got=value, allowed="SHA-256 digests in hex")
    return tuple(one.lower() for one in value)


ENDPOINTS = (
    Endpoint("act", "POST", "/cases/<county>/<case_id>/actions", "case.act", create, "Do something with a case",
             body=NewAction, answer=Outcome, errors=(400, 401, 404, 409),
             example={"action": "dispatch", "version": 2, "inputs": {"unit": "Fire brigade"}}),
)  # fmt: skip
