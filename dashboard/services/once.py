"""What is sent twice is done once: the answer that a command got is kept by the id its client gave it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from dashboard.domain.commands import Command, Outcome, Report
from dashboard.domain.errors import UserError
from dashboard.domain.history import canonical
from dashboard.domain.people import Person
from data.session import Session
from data.writes.received import add_received, find_received


@dataclass(frozen=True, slots=True)
class Asked:
    """A command as it is known again. `mark`: a digest of what was asked, so that an id cannot stand for two things.

    Left out of it is what a client may say otherwise the second time: times by its clock, evidence by another digest.
    """

    id: UUID | None
    user: UUID | None
    mark: str

    @classmethod
    def of_report(cls, given: Report, person: Person) -> "Asked":
        return cls(given.id, person.id, _mark({"place": given.place, "kind": given.kind, "title": given.title,
                                               "source": given.source, "text": given.description}))  # fmt: skip

    @classmethod
    def of_command(cls, command: Command, key: tuple[str, UUID], person: Person) -> "Asked":
        inputs = {name: str(value) for name, value in command.inputs.items() if name != "evidence"}
        return cls(
            command.id, person.id, _mark({"case": f"{key[0]}:{key[1]}", "action": command.action, "inputs": inputs})
        )

    def taken(self) -> UserError:
        return UserError("id", "this id was used for something else", got=str(self.id), hint="send it under a new id")


def find_answer(session: Session, asked: Asked) -> Outcome | None:
    """The answer it got, marked as repeated; None where it is new. Raises UserError for an id that is another's."""
    found = find_received(session, asked.id)
    if found is None:
        return None
    user, kept = found
    if user != asked.user or kept["mark"] != asked.mark:
        raise asked.taken()
    return Outcome(
        kept["county_code"], UUID(kept["case"]), kept["number"], kept["version"], kept["state"], repeated=True
    )


def keep_answer(session: Session, asked: Asked, at: datetime, outcome: Outcome) -> bool:
    """False where the id has an answer already. Two at the same moment: the second waits for the first."""
    kept = {"county_code": outcome.county_code, "case": outcome.id.hex, "number": outcome.number,
            "version": outcome.version, "state": outcome.state, "mark": asked.mark}  # fmt: skip
    return add_received(session, asked.id, asked.user, at, kept)


def _mark(facts: Mapping) -> str:
    return sha256((canonical(facts) or "").encode()).hexdigest()[:32]
