"""Reads of the audit log: pages of it, its end, and whether its chain is whole."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from dashboard.domain.audit import START, audit_hash
from dashboard.domain.regions import LEVELS
from dashboard.domain.scope import Scope
from data.models import AuditRow, RegionPack, RegionRow

_SHOWN = 20


def list_audit(session: Session, scope: Scope, *, start: datetime | None, end: datetime | None, action: str,
               limit: int, offset: int) -> tuple[int, list[AuditRow]]:  # fmt: skip
    """(how many there are, one page of them), the newest first. `action` "" is all; "case." all that begin with it."""
    where = _scope_clauses(session, scope)
    where += [AuditRow.at >= start] if start else []
    where += [AuditRow.at < end] if end else []
    if action:
        where.append(AuditRow.action.startswith(action, autoescape=True) if action.endswith(".") else
                     AuditRow.action == action)  # fmt: skip
    total = session.scalar(select(func.count()).select_from(AuditRow).where(*where))
    order = (AuditRow.at.desc(), AuditRow.id.desc())
    return total, list(session.scalars(select(AuditRow).where(*where).order_by(*order).limit(limit).offset(offset)))


def _scope_clauses(session: Session, scope: Scope) -> list[ColumnElement]:
    """Rows about regions in scope; those about no region only for who may see all packs."""
    roots = set(session.scalars(select(RegionPack.root_code)))
    if scope.everything or (roots and roots <= scope.roots):
        return []
    below = [getattr(RegionRow, f"{level}_code").in_(scope.roots) for level in LEVELS]
    return [AuditRow.region_code.in_(select(RegionRow.code).where(or_(*below)))]


def has_unsealed(session: Session) -> bool:
    return session.scalar(select(AuditRow.id).where(AuditRow.position.is_(None)).limit(1)) is not None


def read_head(session: Session, *, lock: bool = False) -> tuple[int, bytes]:
    """(position, hash) of the last sealed row; (0, START) while none is. `lock`: for whoever seals."""
    last = select(AuditRow).where(AuditRow.position.is_not(None)).order_by(AuditRow.position.desc()).limit(1)
    row = session.scalar(last.with_for_update() if lock else last)
    return (row.position, row.hash) if row else (0, START)


def list_unsealed(session: Session, *, limit: int) -> list[AuditRow]:
    here = select(AuditRow).where(AuditRow.position.is_(None)).order_by(AuditRow.id).limit(limit)
    return list(session.scalars(here))


def find_broken_audit(session: Session, head: tuple[int, bytes] | None = None) -> tuple[int, list[str]]:
    """(sealed rows read, a line for each row that was changed, removed or moved). `head`: the end as it is known from
    elsewhere, by which rows removed at the end, or a chain made anew, are found."""
    count, previous, wanted, faults = 0, START, 0, []
    for row in _sealed(session):
        count, wanted = count + 1, wanted + 1
        if row["position"] != wanted:
            faults.append(f"audit log: {row['position'] - wanted} rows are missing before position {row['position']}")
        elif row["hash"] != audit_hash(previous, row["position"], row):
            faults.append(f"audit log: the row at position {row['position']} (id {row['id']}) was changed or moved")
        if head and row["position"] == head[0] and row["hash"] != head[1]:
            faults.append(f"audit log: the chain up to position {head[0]} is not the one that was sealed")
        wanted, previous = row["position"], row["hash"]
        if len(faults) >= _SHOWN:
            return count, faults
    if head and wanted < head[0]:
        faults.append(f"audit log: {head[0] - wanted} rows are missing after position {wanted}")
    return count, faults


def _sealed(session: Session) -> Iterator[dict]:
    here = select(AuditRow.__table__).where(AuditRow.position.is_not(None)).order_by(AuditRow.position)
    return session.execute(here.execution_options(yield_per=2000)).mappings()
