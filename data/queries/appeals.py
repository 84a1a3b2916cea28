"""Reads of appeals: those of an edition, what was upheld, and who stands inside the chain that scored it.

Answers without a scope: whoever may see an edition may see its appeals, see dashboard.services.parties.
"""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from data.models import Appeal, EditionStanding, EditionStep
from data.queries.verdicts import MOST


def find_appeal(session: Session, appeal_id: UUID) -> Appeal | None:
    return session.get(Appeal, appeal_id)


def list_appeals(
    session: Session, edition_id: UUID, *, states: Collection[str] = (), limit: int = MOST
) -> list[Appeal]:
    """Appeals against an edition in the order they were filed. `states` (): all."""
    chosen = [Appeal.state.in_(states)] if states else []
    here = select(Appeal).where(Appeal.edition_id == edition_id, *chosen)
    return list(session.scalars(here.order_by(Appeal.filed_at, Appeal.id).limit(limit)))


def list_upheld(session: Session, edition_id: UUID) -> list[Appeal]:
    """Appeals that were upheld, in the order of their decisions. Without a limit: none may be lost on the way."""
    here = select(Appeal).where(Appeal.edition_id == edition_id, Appeal.state == "upheld")
    return list(session.scalars(here.order_by(Appeal.decided_at, Appeal.id)))


def has_step_by(session: Session, edition_id: UUID, user_id: UUID) -> bool:
    """Did the user take a step in the life of the edition?"""
    mine = exists().where(EditionStep.edition_id == edition_id, EditionStep.user_id == user_id)
    return bool(session.scalar(select(mine)))


def find_standing(session: Session, edition_id: UUID, region: str) -> EditionStanding | None:
    """The region's place in the edition; None where it is not among those evaluated."""
    return session.get(EditionStanding, (edition_id, region))
