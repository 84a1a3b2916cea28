"""Reads of appeals: those of an edition, what was upheld, and who stands inside the chain that scored it.

Answers without a scope: whoever may see an edition may see its appeals, see dashboard.services.parties.
"""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import and_, exists, func, select
from sqlalchemy.orm import Session, aliased

from data.models import Appeal, Edition, EditionStanding, EditionStep
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


def count_appeals(session: Session, edition_id: UUID, regions: Collection[str]) -> dict[str, int]:
    """{state: how many appeals of the regions} against the edition and the issues of its period before it."""
    this, one = aliased(Edition), Edition
    same = (one.scheme_key == this.scheme_key, one.region_code == this.region_code, one.level == this.level,
            one.start == this.start, one.issue <= this.issue)  # fmt: skip
    ask = select(Appeal.state, func.count()).join(one, one.id == Appeal.edition_id).join(this, and_(*same))
    found = ask.where(this.id == edition_id, Appeal.region_code.in_(regions)).group_by(Appeal.state)
    return dict(session.execute(found).all())


def has_step_by(session: Session, edition_id: UUID, user_id: UUID) -> bool:
    """Did the user take a step in the life of the edition?"""
    mine = exists().where(EditionStep.edition_id == edition_id, EditionStep.user_id == user_id)
    return bool(session.scalar(select(mine)))


def find_standing(session: Session, edition_id: UUID, region: str) -> EditionStanding | None:
    """The region's place in the edition; None where it is not among those evaluated."""
    return session.get(EditionStanding, (edition_id, region))
