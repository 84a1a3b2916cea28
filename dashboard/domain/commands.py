"""What the ends send: a report, an action on a case, and the answer both get. Frozen values; parsing is the sender's."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Contact:
    """Who reported, where they said so. Restricted. `secret`: SHA-256 (hex) of what lets them follow the case."""

    name: str | None = None
    phone: str | None = None
    secret: str | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """A case as it comes in. `id`: made by the client (UUIDv7), so that what is sent twice is one case.

    `place`: code of a region, a county or below. `evidence`: SHA-256 (hex) of files sent before. `device_at`: when it
    was entered, by the device's clock set right against the server's. `accuracy`: metres, of the position.
    """

    place: str
    kind: str
    title: str
    source: str
    id: UUID | None = None
    description: str | None = None
    address: str | None = None
    lon: float | None = None
    lat: float | None = None
    accuracy: float | None = None
    severity: str | None = None
    evidence: tuple[str, ...] = ()
    device_at: datetime | None = None
    dataset: str | None = None  # None: the place's own live dataset
    repeat_of: UUID | None = None
    contact: Contact | None = None
    attrs: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Command:
    """An action of workflow.TRANSITIONS on a case that stands at `version` (None: whatever it stands at).

    `id`: made by the client, so that what is sent twice is done once. `inputs`: by the keys of workflow.INPUTS.
    """

    action: str
    version: int | None = None
    inputs: Mapping[str, object] = field(default_factory=dict)
    id: UUID | None = None
    device_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """How the case stands after it. `repeated`: it had been carried out before, and this is the answer given then."""

    county_code: str
    id: UUID
    number: str
    version: int
    state: str
    repeated: bool = False
