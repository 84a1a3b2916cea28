"""Reads of single cases: the lists behind a number, the newest ones, points for the map, one case's history."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, not_, select
from sqlalchemy.orm import Session

from dashboard.domain.errors import NotFound
from dashboard.domain.measures import MEASURES
from dashboard.domain.regions import LEVELS, Region
from dashboard.domain.scope import Scope
from data.models import Case, CaseStep, Dataset
from data.queries.conditions import counter_clauses, kind_clauses, region_clauses

_LISTED = (
    Case.county_code, Case.id, Case.township_code, Case.grid_code, Case.kind, Case.severity, Case.title, Case.state,
    Case.reported_at, Case.accept_due_at, Case.handle_due_at, Case.verify_due_at, Case.close_due_at, Case.closed_at,
    Case.ended_at, Case.card, Case.overdue, Case.lon, Case.lat, Case.flags,
)  # fmt: skip
_PATH = tuple(getattr(Case, f"{level}_code") for level in LEVELS)


@dataclass(frozen=True, slots=True)
class CaseFilter:
    """Which cases: a region, kinds (none: all), a measure or counter and its part, and the instants that bound it.

    Part "base": all a rate stands on (for a count: all it counts); "top": what it counts; "rest": base without top.
    """

    region: Region
    kinds: tuple[str, ...]
    key: str
    part: str
    bounds: tuple[datetime, datetime]

    def of(self, part: str) -> "CaseFilter":
        return replace(self, part=part)

    def clauses(self) -> list[ColumnElement]:
        measure = MEASURES.get(self.key)
        top = measure.numerator if measure else (self.key,)
        base = (measure.denominator if measure else ()) or top
        where = [*region_clauses(self.region), *kind_clauses(self.kinds)]
        if self.part == "rest":
            return [*where, self._any(base), not_(func.coalesce(self._any(top), False))]
        return [*where, self._any(top if self.part == "top" else base)]

    def _any(self, counters: Sequence[str]) -> ColumnElement:
        parts = [and_(*counter_clauses(name, self.bounds)) for name in counters]
        return parts[0] if len(parts) == 1 else parts[0] | parts[1]


def list_cases(session: Session, scope: Scope, chosen: CaseFilter, *, limit: int, offset: int = 0) -> list:
    """The newest first; total order by (reported_at, id)."""
    scope.check(chosen.region)
    order = (Case.reported_at.desc(), Case.id)
    return list(session.execute(select(*_LISTED).where(*chosen.clauses()).order_by(*order).limit(limit).offset(offset)))


def count_cases(session: Session, scope: Scope, chosen: CaseFilter) -> int:
    scope.check(chosen.region)
    return session.scalar(select(func.count()).select_from(Case).where(*chosen.clauses()))


def list_recent(session: Session, scope: Scope, region: Region, kinds: Sequence[str], *, limit: int) -> list:
    """The cases reported last in a region."""
    scope.check(region)
    where = (*region_clauses(region), *kind_clauses(kinds))
    return list(session.execute(select(*_LISTED).where(*where).order_by(Case.reported_at.desc(), Case.id).limit(limit)))


def list_points(session: Session, scope: Scope, region: Region, kinds: Sequence[str], *, limit: int) -> list:
    """Open cases that have a position, the newest first."""
    scope.check(region)
    where = (*region_clauses(region), *kind_clauses(kinds), Case.ended_at.is_(None), Case.lon.is_not(None))
    return list(session.execute(select(*_LISTED).where(*where).order_by(Case.reported_at.desc(), Case.id).limit(limit)))


def list_open(session: Session, scope: Scope, region: Region, *, limit: int) -> list:
    """Open cases of a region that have a work clock, the newest first: what a demo moves on."""
    scope.check(region)
    columns = (*_PATH, Case.id, Case.version, Case.state, Case.kind, Case.kind_group, Case.clock_kind, Case.card,
               Case.holder_unit, Case.paused_at, Case.extension, Case.called_at)  # fmt: skip
    where = (*region_clauses(region), Case.ended_at.is_(None))
    return list(session.execute(select(*columns).where(*where).order_by(Case.reported_at.desc(), Case.id).limit(limit)))


def list_due(session: Session, now: datetime, *, limit: int) -> list[tuple[str, UUID]]:
    """Keys of the cases whose next card or closing deadline has passed; for the job that marks them."""
    live = Case.dataset.in_(select(Dataset.key).where(Dataset.as_of.is_(None)))  # in a finished set time stands still
    cards = select(Case.county_code, Case.id).where(Case.next_card_at.is_not(None), Case.next_card_at <= now, live)
    open_, unmarked = Case.ended_at.is_(None), Case.overdue.is_(False)
    late = select(Case.county_code, Case.id).where(
        open_, unmarked, Case.close_due_at <= now, Case.paused_at.is_(None), live
    )
    rows = [*session.execute(cards.limit(limit)), *session.execute(late.limit(limit))]
    return list(dict.fromkeys((county, case_id) for county, case_id in rows))


def get_case(session: Session, scope: Scope, region: Region, case_id: str) -> Case:
    """The case, if it lies in `region` and the scope; NotFound otherwise."""
    scope.check(region)
    try:
        wanted = UUID(case_id)
    except ValueError:
        raise NotFound("case", "not a case id", got=case_id) from None
    found = session.scalar(select(Case).where(*region_clauses(region), Case.id == wanted))
    if found is None:
        raise NotFound("case", "no such case here", got=case_id)
    return found


def list_steps(session: Session, county_code: str, case_id: UUID) -> list[CaseStep]:
    here = (CaseStep.county_code == county_code, CaseStep.case_id == case_id)
    return list(session.scalars(select(CaseStep).where(*here).order_by(CaseStep.seq)))
