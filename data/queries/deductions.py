"""Reads of deductions and vetoes: one, those of granted regions, and what was recorded earlier in the year."""

from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from dashboard.domain.scope import Scope
from data.models import DeductionRow, RegionRow, VetoRow
from data.queries.verdicts import MOST, granted


def find_deduction(session: Session, deduction_id: UUID) -> DeductionRow | None:
    return session.get(DeductionRow, deduction_id)


def list_deductions(
    session: Session, scope: Scope, scheme_key: str, *, region: str = "", year: int | None = None,
    withdrawn: bool = False, limit: int = MOST,
) -> list[DeductionRow]:  # fmt: skip
    """The newest event first. `region` "": all of the scope. `withdrawn`: with those that were taken back."""
    where = [DeductionRow.scheme_key == scheme_key, granted(scope)]
    if region:
        where.append(DeductionRow.region_code == region)
    if year is not None:
        where.append(DeductionRow.day.between(date(year, 1, 1), date(year, 12, 31)))
    if not withdrawn:
        where.append(DeductionRow.withdrawn_at.is_(None))
    here = select(DeductionRow).join(RegionRow, RegionRow.code == DeductionRow.region_code).where(*where)
    return list(session.scalars(here.order_by(DeductionRow.day.desc(), DeductionRow.id.desc()).limit(limit)))


def list_same(session: Session, scheme_key: str, region: str, rule: str, day: date) -> list[DeductionRow]:
    """Deductions of the region by the same rule, from the first of the year to `day`, that nobody withdrew."""
    where = (DeductionRow.scheme_key == scheme_key, DeductionRow.region_code == region, DeductionRow.rule == rule,
             DeductionRow.day.between(date(day.year, 1, 1), day), DeductionRow.withdrawn_at.is_(None))  # fmt: skip
    return list(session.scalars(select(DeductionRow).where(*where).order_by(DeductionRow.day, DeductionRow.id)))


def find_veto(session: Session, veto_id: UUID) -> VetoRow | None:
    return session.get(VetoRow, veto_id)


def list_vetoes(
    session: Session, scope: Scope, scheme_key: str, *, region: str = "", lifted: bool = False, limit: int = MOST
) -> list[VetoRow]:
    """The newest first. `lifted`: with those that were lifted."""
    where = [VetoRow.scheme_key == scheme_key, granted(scope)]
    if region:
        where.append(VetoRow.region_code == region)
    if not lifted:
        where.append(VetoRow.lifted_at.is_(None))
    here = select(VetoRow).join(RegionRow, RegionRow.code == VetoRow.region_code).where(*where)
    return list(session.scalars(here.order_by(VetoRow.decided_on.desc(), VetoRow.id.desc()).limit(limit)))
