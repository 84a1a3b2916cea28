"""The cases of some grids, by the index of their township: what is looked for in an edition's cohort."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from dashboard.domain.regions import Region
from data.models import Case
from data.queries.conditions import region_clauses


def list_keys_in(session: Session, grids: Sequence[Region], since: datetime, until: datetime) -> set[tuple[str, UUID]]:
    """(county, id) of the cases that lie in the grids and were reported from `since` to before `until`."""
    if not grids:
        return set()
    inside = or_(*(and_(*region_clauses(grid)) for grid in grids))
    here = select(Case.county_code, Case.id).where(inside, Case.reported_at >= since, Case.reported_at < until)
    return {tuple(row) for row in session.execute(here)}
