"""Reads of editions: heads, steps, archives, the rows that hold their figures, and what is frozen into a new one.

Answers without a scope: which editions a person may see depends on their state, see dashboard.services.editions.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from dashboard.domain.evaluation.edition import SHOWN
from dashboard.domain.evaluation.model import Deduction, Veto
from data.models import (
    DeductionRow,
    Edition,
    EditionArchive,
    EditionScore,
    EditionStanding,
    EditionStep,
    EditionValue,
    VetoRow,
)

_NEWEST = (
    Edition.start.desc(),
    Edition.scheme_key,
    Edition.region_code,
    Edition.level,
    Edition.issue.desc(),
    Edition.id,
)


def find_edition(session: Session, edition_id: UUID) -> Edition | None:
    return session.get(Edition, edition_id)


def list_editions(session: Session, scheme_key: str = "", *, limit: int = 500) -> list[Edition]:
    """The newest period first, of one period the newest issue first. `scheme_key` "": of all schemes."""
    mine = [Edition.scheme_key == scheme_key] if scheme_key else []
    return list(session.scalars(select(Edition).where(*mine).order_by(*_NEWEST).limit(limit)))


def find_latest(session: Session, scheme_key: str, region: str, level: str, before: date | None = None):
    """The newest edition that is published and not superseded; `before`: of a period that started earlier."""
    where = [Edition.scheme_key == scheme_key, Edition.region_code == region, Edition.level == level,
             Edition.state.in_(SHOWN), Edition.superseded_at.is_(None)]  # fmt: skip
    earlier = [Edition.start < before] if before else []
    return session.scalar(select(Edition).where(*where, *earlier).order_by(*_NEWEST).limit(1))


def find_issue(session: Session, scheme_key: str, region: str, level: str, start: date) -> Edition | None:
    """The newest issue of a period, in whatever state."""
    where = (Edition.scheme_key == scheme_key, Edition.region_code == region, Edition.level == level,
             Edition.start == start)  # fmt: skip
    return session.scalar(select(Edition).where(*where).order_by(Edition.issue.desc()).limit(1))


def list_edition_steps(session: Session, edition_id: UUID) -> list[EditionStep]:
    here = select(EditionStep).where(EditionStep.edition_id == edition_id)
    return list(session.scalars(here.order_by(EditionStep.seq)))


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of an archive. `digest`: as it was stored beside the bytes."""

    name: str
    body: bytes
    digest: str


def read_archive(session: Session, edition_id: UUID, names: Collection[str] | None = None) -> dict[str, Entry]:
    """{name: entry} of those `names` (None: all) that are there, by name."""
    chosen = [] if names is None else [EditionArchive.name.in_(names)]
    ask = select(EditionArchive.name, EditionArchive.body, EditionArchive.digest)
    rows = session.execute(ask.where(EditionArchive.edition_id == edition_id, *chosen).order_by(EditionArchive.name))
    return {row.name: Entry(row.name, bytes(row.body), row.digest) for row in rows}


def list_archived(session: Session, edition_id: UUID) -> list[tuple[str, str]]:
    """(name, digest) of the archive's entries, by name, as they were stored."""
    ask = select(EditionArchive.name, EditionArchive.digest).where(EditionArchive.edition_id == edition_id)
    return [tuple(row) for row in session.execute(ask.order_by(EditionArchive.name))]


def list_figures(session: Session, edition_id: UUID, model: type) -> list[dict]:
    """The rows of EditionValue, EditionScore or EditionStanding, by their keys, without the edition's id."""
    table = model.__table__
    columns = [column for column in table.columns if column.name != "edition_id"]
    ask = select(*columns).where(table.c.edition_id == edition_id)
    return [dict(row) for row in session.execute(ask.order_by(*table.primary_key.columns)).mappings()]


FIGURES = (EditionValue, EditionScore, EditionStanding)


def list_deductions(session: Session, scheme_key: str, regions: Sequence[str], since: date, until: date):
    """Deductions of the regions for events from `since` to `until`, both included, that nobody withdrew."""
    row = DeductionRow
    where = (row.scheme_key == scheme_key, row.region_code.in_(regions), row.day >= since, row.day <= until,
             row.withdrawn_at.is_(None))  # fmt: skip
    found = session.scalars(select(row).where(*where).order_by(row.day, row.id))
    return tuple(Deduction(str(one.id), one.region_code, one.rule, one.day, one.units, one.again, one.secured, one.reason)
                 for one in found)  # fmt: skip


def list_vetoes(session: Session, scheme_key: str, regions: Sequence[str], since: date, until: date):
    """Vetoes of the regions that stood on some day from `since` to `until` and that nobody lifted."""
    row = VetoRow
    where = (row.scheme_key == scheme_key, row.region_code.in_(regions), row.decided_on <= until,
             or_(row.until.is_(None), row.until >= since), row.lifted_at.is_(None))  # fmt: skip
    found = session.scalars(select(row).where(*where).order_by(row.decided_on, row.id))
    return tuple(Veto(str(one.id), one.region_code, one.basis, one.decided_on, one.until) for one in found)
