"""Who reported a case, where they said so: written with the case, in its transaction; never changed afterwards."""

from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.orm import Session

from dashboard.domain.commands import Contact
from dashboard.domain.numbers import case_number
from data.models import Reporter


def add_reporter(session: Session, county_code: str, case_id: UUID, contact: Contact) -> None:
    """Keep who reported a case that is being written. A contact without a secret cannot follow it by number."""
    row = {"county_code": county_code, "case_id": case_id, "number": case_number(case_id),
           "secret": contact.secret or "", "name": contact.name, "phone": contact.phone}  # fmt: skip
    session.execute(insert(Reporter), [row])
