"""Reads of evidence: files by their hash, the cases that show them, and files that no case shows."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from data.models import Attachment, Case, Evidence, Exhibit

_MOST = 50


def find_file(session: Session, sha256: str) -> Attachment | None:
    """The file whose stored or original bytes have this hash."""
    return session.get(Attachment, sha256) or find_original(session, sha256)


def find_original(session: Session, original: str) -> Attachment | None:
    """The file made of the bytes with this hash."""
    here = select(Attachment).where(Attachment.original == original)
    return session.scalar(here.order_by(Attachment.sha256).limit(1))


def list_files(session: Session, hashes: Sequence[str]) -> list[Attachment]:
    """Files whose stored or original bytes have one of the hashes."""
    either = or_(Attachment.sha256.in_(hashes), Attachment.original.in_(hashes))
    return list(session.scalars(select(Attachment).where(either).order_by(Attachment.sha256)))


def list_cases_showing(session: Session, sha256: str) -> list[dict]:
    """Rows of cases that show the file, and of those that they were merged into."""
    shown = select(Evidence.county_code, Evidence.case_id).where(Evidence.sha256 == sha256).distinct().limit(_MOST)
    keys = [(county, case_id) for county, case_id in session.execute(shown)]
    rows = [row for key in keys if (row := _case(session, key))]
    into = [(row["county_code"], row["merged_into"]) for row in rows if row["merged_into"]]
    return rows + [row for key in into if (row := _case(session, key))]


def list_exhibited(session: Session, sha256: str) -> list[str]:
    """Codes of the regions in whose verdicts (appeals, deductions, lists ...) the file is shown."""
    return list(session.scalars(select(Exhibit.region_code).where(Exhibit.sha256 == sha256).distinct().limit(_MOST)))


def list_unused(session: Session, before: datetime, *, limit: int) -> list[str]:
    """Files that came in before then and that no case and no verdict shows."""
    unused = [~exists().where(shown.sha256 == Attachment.sha256) for shown in (Evidence, Exhibit)]
    here = select(Attachment.sha256).where(Attachment.added_at < before, *unused)
    return list(session.scalars(here.order_by(Attachment.added_at, Attachment.sha256).limit(limit)))


def list_known(session: Session, hashes: Sequence[str]) -> set[str]:
    """Those of `hashes` that are files by their stored bytes."""
    return set(session.scalars(select(Attachment.sha256).where(Attachment.sha256.in_(hashes))))


def _case(session: Session, key: tuple[str, UUID]) -> dict | None:
    here = select(Case.__table__).where(Case.county_code == key[0], Case.id == key[1])
    row = session.execute(here).mappings().first()
    return dict(row) if row else None
