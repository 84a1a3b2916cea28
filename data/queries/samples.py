"""Reads of random audits: draws, their samples, and who acted on a case."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from data.models import Case, CaseStep, Draw, Sample

_DECIDING = ("take", "stage", "progress", "handle", "rework", "verify", "close")


def find_draw(session: Session, draw_id: UUID) -> Draw | None:
    return session.get(Draw, draw_id)


def has_draw(session: Session, edition_id: UUID, seed: str) -> bool:
    """Was this seed drawn for the edition already?"""
    return session.scalar(select(Draw.id).where(Draw.edition_id == edition_id, Draw.seed == seed)) is not None


def list_draws(session: Session, edition_id: UUID) -> list[Draw]:
    """All of them, the first drawn first: none can be hidden behind a better one."""
    return list(session.scalars(select(Draw).where(Draw.edition_id == edition_id).order_by(Draw.drawn_at, Draw.id)))


def list_samples(session: Session, draw_id: UUID) -> list[Sample]:
    here = select(Sample).where(Sample.draw_id == draw_id)
    return list(session.scalars(here.order_by(Sample.region_code, Sample.county_code, Sample.case_id)))


def lock_sample(session: Session, draw_id: UUID, county: str, case_id: UUID) -> Sample | None:
    """The sample, held until the transaction ends."""
    here = (Sample.draw_id == draw_id, Sample.county_code == county, Sample.case_id == case_id)
    return session.scalar(select(Sample).where(*here).with_for_update())


def took_part(session: Session, county: str, case_id: UUID, user_id: UUID | None, name: str) -> bool:
    """Did this user, or somebody of the same name, handle, verify or close the case?"""
    row = session.execute(
        select(Case.handled_by, Case.reported_by).where(Case.county_code == county, Case.id == case_id)
    ).first()
    if row is not None and user_id is not None and user_id in (row.handled_by, row.reported_by):
        return True
    here = (CaseStep.county_code == county, CaseStep.case_id == case_id, CaseStep.action.in_(_DECIDING),
            CaseStep.actor == name)  # fmt: skip
    return session.scalar(select(CaseStep.seq).where(*here).limit(1)) is not None
