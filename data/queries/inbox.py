"""Reads behind an inbox: cases that wait for a grant's role, reports of a person, the cases of a grid.

Whose turn it is stands in TURNS, one row a role. A grant is its own scope: what it does not reach is not asked for.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Row, and_, case, false, func, literal, or_, select, tuple_
from sqlalchemy.orm import Session

from dashboard.domain.people import Grant
from dashboard.domain.regions import LEVELS, Region
from dashboard.domain.scope import EVERYTHING
from data.models import Case, CaseStep, RegionRow
from data.queries.conditions import column, region_clauses
from data.queries.regions import find_regions
from data.queries.work import DUE, FAR, HEAD

_OPEN = Case.ended_at.is_(None)
_WITH_HOLDER = Case.state.in_(("dispatched", "handling"))
TURNS: Mapping[str, ColumnElement] = {  # role: the cases whose next step is theirs
    "handler": _WITH_HOLDER,
    "grid_worker": _WITH_HOLDER,
    "verifier": Case.state == "handled",
    "dispatcher": Case.state.in_(("reported", "accepted", "verified")),
    "supervisor": or_(Case.state == "objected", and_(Case.state == "handling", Case.extension == "pending")),
}
_FIRST = func.coalesce(DUE, literal(FAR, Case.close_due_at.type))


def waiting(session: Session, user: UUID | None, grants: Sequence[Grant]) -> ColumnElement:
    """Cases that wait for somebody with these grants, as a condition. Who handled a case does not verify it."""
    regions = find_regions(session, EVERYTHING, {grant.region for grant in grants})
    parts = [_turn(user, grant, regions[grant.region]) for grant in grants
             if grant.role in TURNS and grant.region in regions]  # fmt: skip
    return and_(_OPEN, or_(*parts)) if parts else false()


def _turn(user: UUID | None, grant: Grant, region: Region) -> ColumnElement:
    mine = [TURNS[grant.role], *_inside(region)]
    if grant.unit is not None:
        mine.append(Case.holder_unit == grant.unit)
    if grant.role == "verifier":
        mine.append(Case.handled_by.is_distinct_from(user))
    return and_(*mine)


def _inside(region: Region) -> list[ColumnElement]:
    """As region_clauses, in the words of the indexes of open cases: by grid, and by county."""
    if region.level == LEVELS[-1]:
        return [column(region.level) == region.code]
    if region.ancestor("county"):
        return region_clauses(region)
    counties = select(RegionRow.code).where(
        RegionRow.level == "county", getattr(RegionRow, f"{region.level}_code") == region.code
    )
    return [Case.county_code.in_(counties)]


def list_waiting(session: Session, where: ColumnElement, *, limit: int) -> list[dict]:
    """All columns and `first_due`; the first due first, in a total order."""
    ask = select(Case.__table__, DUE.label("first_due")).where(where)
    rows = session.execute(ask.order_by(_FIRST, Case.id, Case.county_code).limit(limit))
    return [dict(row) for row in rows.mappings()]


def count_waiting(session: Session, where: ColumnElement) -> dict[str, int]:
    """{state: how many}."""
    return dict(session.execute(select(Case.state, func.count()).where(where).group_by(Case.state)).all())


def list_reported_by(session: Session, user: UUID, since: datetime, *, limit: int) -> list[dict]:
    """Cases that somebody reported, the newest first."""
    mine = (Case.reported_by == user, Case.reported_at >= since)
    rows = session.execute(select(*HEAD).where(*mine).order_by(Case.reported_at.desc(), Case.id).limit(limit))
    return [dict(row) for row in rows.mappings()]


def last_steps(session: Session, keys: Sequence[tuple[str, UUID]], actions: Sequence[str] = ()) -> dict[tuple, Row]:
    """{(county, id): the last step, or the last of `actions`}."""
    if not keys:
        return {}
    here = tuple_(CaseStep.county_code, CaseStep.case_id).in_(list(keys))
    only = [CaseStep.action.in_(actions)] if actions else []
    newest = (
        select(CaseStep.county_code, CaseStep.case_id, func.max(CaseStep.seq).label("seq"))
        .where(here, *only).group_by(CaseStep.county_code, CaseStep.case_id).subquery()
    )  # fmt: skip
    same = [
        CaseStep.county_code == newest.c.county_code,
        CaseStep.case_id == newest.c.case_id,
        CaseStep.seq == newest.c.seq,
    ]
    columns = (CaseStep.county_code, CaseStep.case_id, CaseStep.action, CaseStep.at, CaseStep.note)
    return {(row.county_code, row.case_id): row for row in session.execute(select(*columns).join(newest, and_(*same)))}


def in_grids(grids: Sequence[Region]) -> ColumnElement:
    """Open cases that lie in the grids."""
    parts = [and_(*_inside(grid)) for grid in grids]
    return and_(_OPEN, or_(*parts)) if parts else false()


def against(now: datetime, today_ends: datetime) -> dict[str, ColumnElement]:
    """What counts against a grid, the gravest first: {why: condition}."""
    return {
        "overdue": Case.overdue.is_(True),
        "red": Case.card == "red",
        "yellow": Case.card == "yellow",
        "reworked": and_(Case.reworked > 0, Case.state == "handling"),
        "reopened": and_(Case.reopened > 0, Case.state == "handling"),
        "due_today": and_(Case.close_due_at >= now, Case.close_due_at < today_ends),
    }


def count_against(session: Session, grids: Sequence[Region], why: Mapping[str, ColumnElement]) -> dict[str, int]:
    """{"open" and each of `why`: how many}."""
    sums = [func.coalesce(func.sum(case((clause, 1), else_=0)), 0).label(name) for name, clause in why.items()]
    row = session.execute(select(func.count().label("open"), *sums).where(in_grids(grids))).mappings().one()
    return {name: int(count) for name, count in row.items()}


def list_against(
    session: Session, grids: Sequence[Region], why: Mapping[str, ColumnElement], *, limit: int
) -> list[dict]:
    """Cases for which one of `why` holds, with `why`: the first that does; the gravest and longest due first."""
    first = case(*((clause, name) for name, clause in why.items()))
    rank = case(*((clause, position) for position, clause in enumerate(why.values())))
    ask = select(Case.__table__, first.label("why")).where(in_grids(grids), or_(*why.values()))
    rows = session.execute(ask.order_by(rank, _FIRST, Case.id, Case.county_code).limit(limit))
    return [dict(row) for row in rows.mappings()]
