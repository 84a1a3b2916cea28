"""Reads that only the demo needs."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from dashboard.domain.regions import Region
from dashboard.domain.scope import Scope
from data.models import Case
from data.queries.conditions import region_clauses


def find_busiest_grid(session: Session, scope: Scope, region: Region) -> str | None:
    """Code of the grid in `region` that has most open cases; None where none has any."""
    scope.check(region)
    where = (*region_clauses(region), Case.ended_at.is_(None), Case.grid_code.is_not(None))
    most = select(Case.grid_code).where(*where).group_by(Case.grid_code)
    return session.scalar(most.order_by(func.count().desc(), Case.grid_code).limit(1))
