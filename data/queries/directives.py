"""Reads of directives: who would be addressed where, orders of a region or a person, and how far their receipts are."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session

from dashboard.domain.regions import Region
from dashboard.domain.scope import Scope
from data.models import Directive, GrantRow, Receipt, RegionRow, User


@dataclass(frozen=True, slots=True)
class Addressee:
    """`region_code`, `unit`, `role`: of the grant by which they are addressed."""

    user_id: UUID
    region_code: str
    unit: str | None
    role: str


@dataclass(frozen=True, slots=True)
class Counts:
    """Addressees of one directive by how far they are; `last`: the newest answer."""

    addressed: int
    delivered: int
    read: int
    answered: int
    last: datetime | None


def list_addressees(
    session: Session, region: Region, roles: Sequence[str], unit: str | None, *, but: UUID | None, limit: int
) -> list[Addressee]:
    """People with a live grant of one of `roles` in `region` or below (of `unit`), each once, by their oldest grant.

    `region` was checked by whoever asks. `but`: not this user. At most `limit` of them.
    """
    here = _people(region).where(GrantRow.role.in_(list(roles)))
    if unit is not None:
        here = here.where(GrantRow.unit == unit)
    if but is not None:
        here = here.where(GrantRow.user_id != but)
    found: dict[UUID, Addressee] = {}
    for grant in session.scalars(here.order_by(GrantRow.granted_at, GrantRow.id)):
        found.setdefault(grant.user_id, Addressee(grant.user_id, grant.region_code, grant.unit, grant.role))
        if len(found) == limit:
            break
    return list(found.values())


def count_people(session: Session, region: Region, roles: Sequence[str]) -> list[tuple[str, str | None, int]]:
    """(role, unit, people) of the live grants in a region and below, most first."""
    here = _people(region).where(GrantRow.role.in_(list(roles)))
    number = func.count(GrantRow.user_id.distinct())
    counted = here.with_only_columns(GrantRow.role, GrantRow.unit, number).group_by(GrantRow.role, GrantRow.unit)
    rows = [tuple(row) for row in session.execute(counted)]
    return sorted(rows, key=lambda row: (-row[2], row[0], row[1] or ""))


def _people(region: Region) -> Select:
    """Live grants of people who may sign in, in a region and below."""
    return (
        select(GrantRow)
        .join(User, User.id == GrantRow.user_id)
        .join(RegionRow, RegionRow.code == GrantRow.region_code)
        .where(GrantRow.revoked_at.is_(None), User.disabled_at.is_(None), _within(region))
    )


def _within(region: Region) -> ColumnElement:
    return getattr(RegionRow, f"{region.level}_code") == region.code


def find_directive(session: Session, directive_id: UUID) -> Directive | None:
    return session.get(Directive, directive_id)


def list_in_region(session: Session, scope: Scope, region: Region, *, since: datetime, limit: int) -> list[Directive]:
    """Orders for a region and all below it that still wait for answers or had the last after `since`; first due first.

    Withdrawn ones are left out.
    """
    scope.check(region)
    mine = select(Receipt.user_id).where(Receipt.directive_id == Directive.id)
    waits, fresh = mine.where(Receipt.answered_at.is_(None)).exists(), mine.where(Receipt.answered_at > since).exists()
    here = select(Directive).join(RegionRow, RegionRow.code == Directive.region_code)
    here = here.where(_within(region), Directive.withdrawn_at.is_(None), or_(waits, fresh))
    return list(session.scalars(here.order_by(Directive.due_at, Directive.id).limit(limit)))


def list_of_user(session: Session, user_id: UUID, *, open_only: bool, limit: int) -> list[Directive]:
    """Orders that a user is addressed by, the newest first; `open_only`: not answered by them and not withdrawn."""
    here = select(Directive).join(Receipt, Receipt.directive_id == Directive.id).where(Receipt.user_id == user_id)
    if open_only:
        here = here.where(Receipt.answered_at.is_(None), Directive.withdrawn_at.is_(None))
    return list(session.scalars(here.order_by(Directive.issued_at.desc(), Directive.id).limit(limit)))


def list_issued(session: Session, user_id: UUID, *, limit: int) -> list[Directive]:
    """Orders that a user issued, the newest first."""
    here = select(Directive).where(Directive.issued_by == user_id)
    return list(session.scalars(here.order_by(Directive.issued_at.desc(), Directive.id).limit(limit)))


def count_receipts(session: Session, directives: Iterable[UUID]) -> dict[UUID, Counts]:
    """{directive: counts} of those that have addressees."""
    columns = (
        func.count(),
        *(func.count(getattr(Receipt, f"{step}_at")) for step in ("delivered", "read", "answered")),
    )
    here = select(Receipt.directive_id, *columns, func.max(Receipt.answered_at))
    rows = session.execute(here.where(Receipt.directive_id.in_(list(directives))).group_by(Receipt.directive_id))
    return {row[0]: Counts(*row[1:]) for row in rows}


def find_receipts(session: Session, user_id: UUID, directives: Iterable[UUID]) -> dict[UUID, Receipt]:
    """{directive: the user's receipt}."""
    here = select(Receipt).where(Receipt.user_id == user_id, Receipt.directive_id.in_(list(directives)))
    return {row.directive_id: row for row in session.scalars(here)}


def list_receipts(session: Session, directive_id: UUID) -> list[tuple[Receipt, str]]:
    """(receipt, the addressee's name) in the order of region, unit and user. The name is for whoever issued it."""
    here = select(Receipt, User.name).join(User, User.id == Receipt.user_id)
    order = (Receipt.region_code, Receipt.unit, Receipt.user_id)
    return [tuple(row) for row in session.execute(here.where(Receipt.directive_id == directive_id).order_by(*order))]
