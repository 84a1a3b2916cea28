"""Writes of editions, in the transaction of their caller: heads, steps, archives, figures, and their row of the feed."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from dashboard.domain.evaluation.archive import STEP_COLUMNS, step_hash
from dashboard.domain.evaluation.canonical import digest
from dashboard.domain.history import START
from dashboard.domain.regions import Region
from data.models import Edition, EditionArchive, EditionStep
from data.queries.editions import FIGURES
from data.writes.feed import add_change
from data.writes.verdicts import TOPIC


def add_edition(session: Session, row: Mapping[str, object]) -> Edition:
    edition = Edition(**row)
    session.add(edition)
    session.flush()
    return edition


def add_edition_step(session: Session, given: Mapping[str, object]) -> None:
    """Append a step. `given`: STEP_COLUMNS but the number, which is the next one."""
    here = select(EditionStep).where(EditionStep.edition_id == given["edition_id"]).order_by(EditionStep.seq.desc())
    last = session.scalar(here.limit(1))
    row = {**given, "seq": last.seq + 1 if last else 1}
    row["hash"] = step_hash(last.hash if last else START, **{name: row[name] for name in STEP_COLUMNS})
    session.execute(insert(EditionStep), [row])


def put_archive(session: Session, edition_id: UUID, bodies: Mapping[str, bytes]) -> None:
    """Store the entries, in place of those of the same names."""
    mine = (EditionArchive.edition_id == edition_id, EditionArchive.name.in_(list(bodies)))
    session.execute(delete(EditionArchive).where(*mine))
    rows = [{"edition_id": edition_id, "name": name, "body": body, "digest": digest(body)}
            for name, body in bodies.items()]  # fmt: skip
    session.execute(insert(EditionArchive), rows)


def replace_figures(session: Session, edition_id: UUID, rows: Mapping[type, Sequence[Mapping]]) -> None:
    """The figures as rows, in place of those that stood there. `rows`: by EditionValue, EditionScore, EditionStanding,
    without the edition's id."""
    for model in FIGURES:
        session.execute(delete(model).where(model.edition_id == edition_id))
        if rows[model]:
            session.execute(insert(model), [{"edition_id": edition_id, **row} for row in rows[model]])


def tell_edition(session: Session, at: datetime, action: str, edition: Edition, region: Region) -> None:
    place = {f"{level}_code": code for level, code in region.path}
    add_change(session, at, TOPIC, action, ref=str(edition.id), place=place)
