"""The audit log: a row goes in with what it tells of, in the same transaction. The worker seals the rows later."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from dashboard.domain.people import Person
from data.models import AuditRow
from data.writes.quick import add_row


def add_audit(
    session: Session, at: datetime, person: Person, action: str, *, subject: str | None = None,
    region: str | None = None, reason: str | None = None, detail: Mapping | None = None, remote: str | None = None,
) -> None:  # fmt: skip
    """Record what `person` did or looked at."""
    row = {"at": at, "user_id": person.id, "actor": person.name, "action": action, "subject": subject,
           "region_code": region, "reason": reason, "detail": dict(detail) if detail else None,
           "remote": remote}  # fmt: skip
    add_row(session, AuditRow.__table__, row)
