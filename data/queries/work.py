"""Reads for those who work on cases: what a person may see, lists with filters and pages, and what waits for them.

Answers for rows of `HEAD` (what the head of a case shows) and for counts with a cap. Rows come as mappings.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, case, exists, false, func, literal, or_, select, true, tuple_
from sqlalchemy.orm import Session

from dashboard.domain.regions import Region
from dashboard.domain.scope import EVERYTHING, Scope
from data.models import Case, CaseStep, RegionRow
from data.queries.conditions import kind_clauses, region_clauses
from data.queries.regions import find_regions

FAR = datetime(9999, 1, 1, tzinfo=UTC)  # stands for no deadline, so that such cases come last
HEAD = (
    Case.county_code, Case.id, Case.dataset, Case.version, Case.state, Case.title, Case.kind, Case.severity, Case.tier,
    Case.source, Case.province_code, Case.city_code, Case.township_code, Case.village_code, Case.grid_code,
    Case.address, Case.lon, Case.lat, Case.holder_unit, Case.holder_person, Case.reported_at, Case.close_due_at,
    Case.card, Case.supervision, Case.extension, Case.extension_limit, Case.overdue, Case.staged_at,
    Case.satisfaction, Case.repeat_of, Case.merged_into, Case.ended_at,
)  # fmt: skip
DUE = case(
    (Case.state == "objected", func.coalesce(Case.arbitrate_due_at, Case.handle_due_at)),
    (Case.state == "reported", Case.accept_due_at),
    (Case.state.in_(("accepted", "dispatched", "handling")), Case.handle_due_at),
    (Case.state.in_(("handled", "verified")), Case.verify_due_at),
    else_=Case.close_due_at,
)
"""When the clock that runs falls due."""
_COUNTIES = select(RegionRow.code).where(RegionRow.level == "county")  # the key starts with one


@dataclass(frozen=True, slots=True)
class WorkFilter:
    """Which cases; "" or None: any. `due` "late": overdue; (from, until): fall due in it. `ids`: first and last id.

    `words`: each must stand in the title, the address or the holder. `since`: open, or reported since then.
    `newest`: order by report, else first due first.
    """

    region: Region | None = None
    states: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    but_kinds: tuple[str, ...] = ()
    unit: str = ""
    cards: tuple[str, ...] = ()
    supervision: tuple[str, ...] = ()
    severities: tuple[str, ...] = ()
    extension: str = ""
    late: bool = False
    due: tuple[datetime, datetime] | None = None
    ids: tuple[UUID, UUID] | None = None
    words: tuple[str, ...] = ()
    newest: bool = False
    open_only: bool = False
    since: datetime | None = None


def seen(session: Session, scope: Scope) -> ColumnElement:
    """Cases that the scope may see, as a condition: regions whole, or in them what a unit holds."""
    if scope.everything:
        return true()
    regions = find_regions(session, EVERYTHING, {*scope.roots, *(root for root, _unit in scope.units)})
    whole = [and_(*region_clauses(regions[root])) for root in sorted(scope.roots) if root in regions]
    parts = [and_(*region_clauses(regions[root]), Case.holder_unit == unit)
             for root, unit in sorted(scope.units) if root in regions]  # fmt: skip
    return or_(*whole, *parts) if whole or parts else false()


def held_before(session: Session, scope: Scope, row: dict) -> bool:
    """Did a unit of the scope have the case at an earlier step?"""
    path = {value for name, value in row.items() if name.endswith("_code") and value}
    units = [unit for root, unit in scope.units if root in path]
    if not units:
        return False
    mine = (CaseStep.county_code == row["county_code"], CaseStep.case_id == row["id"], CaseStep.unit.in_(units))
    return session.scalar(select(exists().where(*mine)))


def list_work(session: Session, scope: Scope, chosen: WorkFilter, *, limit: int, offset: int = 0,
              after: tuple | None = None) -> list[dict]:  # fmt: skip
    """One page, in a total order. `after`: the `mark` of the last row of the page before; quicker than an offset."""
    where, key = clauses(session, scope, chosen), _order(chosen)
    if after is not None:
        last = tuple_(*(literal(value, part.type) for value, part in zip(after, key, strict=True)))
        where.append(tuple_(*key) < last if chosen.newest else tuple_(*key) > last)
    order = [part.desc() for part in key] if chosen.newest else list(key)
    rows = session.execute(
        select(*HEAD, key[0].label("mark")).where(*where).order_by(*order).limit(limit).offset(offset)
    )
    return [dict(row) for row in rows.mappings()]


def count_work(session: Session, scope: Scope, chosen: WorkFilter, *, most: int) -> int:
    """How many there are, counted up to `most`."""
    rows = select(Case.id).where(*clauses(session, scope, chosen)).limit(most).subquery()
    return session.scalar(select(func.count()).select_from(rows))


def clauses(session: Session, scope: Scope, chosen: WorkFilter) -> list[ColumnElement]:
    """The filter and the scope as conditions."""
    where = [seen(session, scope), *kind_clauses(chosen.kinds)]
    where += region_clauses(scope.check(chosen.region)) if chosen.region else []
    for column, values in ((Case.state, chosen.states), (Case.card, chosen.cards), (Case.severity, chosen.severities),
                           (Case.supervision, chosen.supervision)):  # fmt: skip
        where += [column.in_(values)] if values else []
    where += [Case.kind.not_in(chosen.but_kinds)] if chosen.but_kinds else []
    where += [Case.holder_unit == chosen.unit] if chosen.unit else []
    where += [Case.extension == chosen.extension] if chosen.extension else []
    where += [Case.overdue.is_(True), Case.ended_at.is_(None)] if chosen.late else []
    where += [chosen.due[0] <= DUE, chosen.due[1] > DUE, Case.ended_at.is_(None)] if chosen.due else []
    where += [Case.id.between(*chosen.ids), Case.county_code.in_(_COUNTIES)] if chosen.ids else []
    where += [Case.ended_at.is_(None)] if chosen.open_only else []
    where += [or_(Case.ended_at.is_(None), Case.reported_at >= chosen.since)] if chosen.since else []
    return where + [_says(word) for word in chosen.words]


def _says(word: str) -> ColumnElement:
    return or_(*(column.contains(word, autoescape=True) for column in (Case.title, Case.address, Case.holder_unit)))


def _order(chosen: WorkFilter) -> tuple:
    if chosen.newest:
        return Case.reported_at, Case.id, Case.county_code
    return func.coalesce(DUE, literal(FAR, Case.close_due_at.type)), Case.id, Case.county_code
