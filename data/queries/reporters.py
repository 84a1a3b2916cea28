"""Who may follow which case without an account. No scope: the secret is the right, and nothing personal is read."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from data.models import Reporter

_MOST = 20


def list_followable(session: Session, number: str) -> list[tuple[str, UUID, str]]:
    """(county code, case id, SHA-256 of the secret) of the cases with this number; two of one millisecond share it."""
    columns = (Reporter.county_code, Reporter.case_id, Reporter.secret)
    rows = session.execute(select(*columns).where(Reporter.number == number).order_by(*columns[:2]).limit(_MOST))
    return [tuple(row) for row in rows]


def find_secret(session: Session, county_code: str, case_id: UUID) -> str | None:
    """SHA-256 of the secret of a case; None where nobody can follow it."""
    here = (Reporter.county_code == county_code, Reporter.case_id == case_id)
    return session.scalar(select(Reporter.secret).where(*here))
