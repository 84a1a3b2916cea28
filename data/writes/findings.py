"""Writes of findings, draws and samples, in the transaction of their caller."""

from collections.abc import Mapping, Sequence

from sqlalchemy import insert
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from data.models import Draw, Finding, Sample


def add_findings(session: Session, rows: Sequence[Mapping[str, object]]) -> int:
    """Add what was found; what is there by edition, detector and key stays as it was judged. How many were new."""
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    once = dialect.insert(Finding).on_conflict_do_nothing(index_elements=["edition_id", "detector", "key"])
    return sum(len(session.execute(once.values(**row).returning(Finding.id)).all()) for row in rows)


def add_draw(session: Session, row: Mapping[str, object], samples: Sequence[Mapping[str, object]]) -> None:
    session.execute(insert(Draw), [dict(row)])
    if samples:
        session.execute(insert(Sample), [dict(one) for one in samples])
