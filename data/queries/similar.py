"""Cases that may be about the same: of one county and group, reported lately, near a point or in one grid."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from dashboard.domain.regions import LEVELS
from dashboard.domain.scope import Scope
from data.models import Case

_MOST = 300
_SHOWN = (
    *(getattr(Case, f"{level}_code") for level in LEVELS), Case.id, Case.kind, Case.title, Case.state, Case.reported_at,
    Case.lon, Case.lat, Case.holder_unit,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Near:
    """Where to look. `box`: west, south, east, north, None where no position is known. `grid`: None: not known."""

    county: str
    grid: str | None
    box: tuple[float, float, float, float] | None


def list_near(session: Session, scope: Scope, near: Near, kinds: Sequence[str], since: datetime) -> list[dict]:
    """The newest first, of those that the scope covers. Where one of two positions is missing, the same grid is near.

    Answered from the index on (county_code, reported_at): of a county, only the days since then are read.
    """
    where = []
    if near.box:
        west, south, east, north = near.box
        where.append(and_(Case.lon.between(west, east), Case.lat.between(south, north)))
    if near.grid:
        where.append(and_(Case.grid_code == near.grid, Case.lon.is_(None)) if near.box else Case.grid_code == near.grid)
    if not where:
        return []
    here = (Case.county_code == near.county, Case.reported_at >= since, Case.kind.in_(list(kinds)),
            Case.state.not_in(("rejected", "merged", "void")))  # fmt: skip
    ask = select(*_SHOWN).where(*here, or_(*where)).order_by(Case.reported_at.desc(), Case.id).limit(_MOST)
    return [dict(row) for row in session.execute(ask).mappings() if scope.covers_case(row)]
