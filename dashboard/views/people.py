"""Views of accounts, walls with a device token, and the audit log."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class GrantView:
    """`place`: the region's name."""

    id: UUID
    role: str
    region: str
    place: str
    unit: str | None
    granted_at: datetime


@dataclass(frozen=True, slots=True)
class Account:
    """An account with the grants that are not revoked, in the order they were given."""

    id: UUID
    login: str
    name: str
    demo: bool
    created_at: datetime
    disabled_at: datetime | None
    grants: tuple[GrantView, ...]


@dataclass(frozen=True, slots=True)
class Kiosk:
    """A wall that runs by a device token. `key`: SHA-256 of the token, hex; by it the token is revoked."""

    key: str
    name: str
    region: str
    place: str
    created_at: datetime
    seen_at: datetime


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """What somebody did or looked at. `position` None: not sealed yet."""

    id: int
    position: int | None
    at: datetime
    actor: str
    action: str
    subject: str | None
    region: str | None
    reason: str | None
    detail: dict | None
    remote: str | None


@dataclass(frozen=True, slots=True)
class AuditPage:
    total: int
    rows: tuple[AuditEntry, ...]
