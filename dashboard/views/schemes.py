"""Views of schemes and of the imported tables that their indicators read."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class SchemeHead:
    """One version. `digest`: SHA-256 of its text, in hex. `newest`: no later version of the key is there."""

    key: str
    version: int
    name: str
    digest: str
    made_at: datetime
    actor: str
    note: str
    newest: bool


@dataclass(frozen=True, slots=True)
class TableHead:
    """One imported table. `regions`, `figures`: how many are in it. `month`: its first day."""

    id: UUID
    scheme_key: str
    month: date
    name: str
    source: str
    synthetic: bool
    digest: str
    imported_at: datetime
    actor: str
    withdrawn_at: datetime | None
    regions: int
    figures: int
