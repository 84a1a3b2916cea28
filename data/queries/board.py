"""Reads of the dispatch board: queues, their counts, the load of units, who settles which kind.

Every question takes a scope. A queue is ordered by the clock that runs (first due first), then by report and id, so the
order is total and a page never shows a case twice.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, case, false, func, nulls_last, or_, select
from sqlalchemy.orm import Session

from dashboard.domain import workflow
from dashboard.domain.errors import UserError
from dashboard.domain.numbers import number_range
from dashboard.domain.regions import Region
from dashboard.domain.scope import EVERYTHING, Scope
from data.models import Case, CaseStep, SavedFilter, Unit
from data.queries.conditions import region_clauses
from data.queries.regions import find_regions
from data.queries.work import DUE

# said twice: in the words of the partial index, and in those of its second column, by which it is preferred
OPEN = and_(Case.ended_at.is_(None), Case.state.in_(sorted(workflow.OPEN)))
TABS: Mapping[str, tuple[ColumnElement, ...]] = {  # queue: which open cases stand in it; see desk_state.TABS
    "accept": (Case.state == "reported",),
    "dispatch": (Case.state == "accepted",),
    "objected": (Case.state == "objected",),
    "extension": (Case.state == "handling", Case.extension == "pending"),
    "mine": (Case.state.in_(("dispatched", "objected", "handling")),),
    "verify": (Case.state == "handled",),
    "call_back": (Case.state == "verified",),
    "yellow": (Case.card == "yellow",),
    "red": (Case.card == "red",),
    "open": (),
}
_DUE_OF = {"accept": Case.accept_due_at, "dispatch": Case.handle_due_at, "verify": Case.verify_due_at,
           "call_back": Case.verify_due_at}  # fmt: skip
_SHOWN = (
    Case.county_code, Case.id, Case.version, Case.state, Case.severity, Case.title, Case.description, Case.kind,
    Case.township_code, Case.village_code, Case.grid_code, Case.address, Case.source, Case.holder_unit, Case.card,
    Case.supervision, Case.extension, Case.extension_limit, Case.overdue, Case.reported_at, Case.accept_due_at,
    Case.handle_due_at, Case.verify_due_at, Case.arbitrate_due_at, Case.close_due_at, Case.paused_at, Case.clock_kind,
    Case.repeat_of, Case.returned, Case.reworked, Case.reopened, Case.lon, Case.lat,
)  # fmt: skip
SHARE_DAYS = 30


@dataclass(frozen=True, slots=True)
class BoardFilter:
    """Which open cases. `units`: only what one of these holds (none: any). `due_before`: the running clock's end.
    `untold`: kinds whose text is not looked through. `found`: (first id, last id) where a case is looked for by its
    number; then its state does not matter."""

    region: Region
    tab: str = "open"
    kinds: tuple[str, ...] = ()
    source: str = ""
    severity: str = ""
    supervision: str = ""
    units: tuple[str, ...] = ()
    due_before: datetime | None = None
    text: str = ""
    untold: tuple[str, ...] = ()

    @property
    def found(self) -> tuple | None:
        try:
            return number_range(self.text) if self.text else None
        except UserError:
            return None

    def clauses(self) -> list[ColumnElement]:
        here = region_clauses(self.region)
        if self.found:
            return [*here, Case.id >= self.found[0], Case.id <= self.found[1]]
        where = [*here, OPEN, *TABS[self.tab]]
        if self.kinds:
            where.append(Case.kind.in_(self.kinds))
        for column, value in ((Case.source, self.source), (Case.severity, self.severity),
                              (Case.supervision, self.supervision)):  # fmt: skip
            if value:
                where.append(column == value)
        if self.units:
            where.append(Case.holder_unit.in_(self.units))
        if self.due_before:
            where.append(_DUE_OF.get(self.tab, DUE) < self.due_before)
        if self.text:
            where.append(or_(*(column.contains(self.text, autoescape=True)
                               for column in (Case.title, Case.address, Case.holder_unit))))  # fmt: skip
            where.append(Case.kind.not_in(self.untold))
        return where


def scope_clauses(session: Session, scope: Scope, region: Region) -> list[ColumnElement]:
    """What of `region` the scope covers: nothing to add where all of it, else its parts; of units only their cases."""
    path = {code for _level, code in region.path}
    if scope.everything or path & scope.roots:
        return []
    roots = find_regions(session, EVERYTHING, {*scope.roots, *(code for code, _unit in scope.units)})
    parts = [and_(*region_clauses(roots[code])) for code in sorted(scope.roots)
             if code in roots and region.code in {one for _level, one in roots[code].path}]  # fmt: skip
    for code, unit in sorted(scope.units):
        if code in path:
            parts.append(Case.holder_unit == unit)
        elif code in roots and region.code in {one for _level, one in roots[code].path}:
            parts.append(and_(*region_clauses(roots[code]), Case.holder_unit == unit))
    return [or_(*parts)] if parts else [false()]


def list_board(session: Session, scope: Scope, chosen: BoardFilter, *, limit: int, offset: int = 0) -> list[Mapping]:
    """Columns of a page's cases, first due first; cases without a clock last.

    Two steps: the order is found on the narrow columns alone, and whole rows are read for the page only.
    """
    return _whole(session, _ordered_keys(session, scope, chosen, limit, offset))


def read_board(
    session: Session, scope: Scope, chosen: BoardFilter, *, limit: int, block: int
) -> Iterator[list[Mapping]]:
    """The same, `block` rows at a time: the order is found once, so that no row shifts from one block into the next."""
    keys = _ordered_keys(session, scope, chosen, limit, 0)
    for start in range(0, len(keys), block):
        yield _whole(session, keys[start : start + block])


def _ordered_keys(session: Session, scope: Scope, chosen: BoardFilter, limit: int, offset: int) -> list[tuple]:
    where = [*chosen.clauses(), *scope_clauses(session, scope, chosen.region)]
    order = (nulls_last(_DUE_OF.get(chosen.tab, DUE)), Case.reported_at, Case.id)
    keys = select(Case.county_code, Case.id).where(*where).order_by(*order).limit(limit).offset(offset)
    return [tuple(key) for key in session.execute(keys)]


def _whole(session: Session, keys: Sequence[tuple]) -> list[Mapping]:
    rows = session.execute(select(*_SHOWN).where(_any_of(keys))).mappings() if keys else ()
    found = {(row["county_code"], row["id"]): dict(row) for row in rows}
    return [found[key] for key in keys]


def _any_of(keys: Sequence) -> ColumnElement:
    """Ids are unique but for a chance in 2^74; what a list of pairs would ask for, SQLite answers by reading the table."""
    return and_(
        Case.county_code.in_({county for county, _id in keys}), Case.id.in_([case_id for _county, case_id in keys])
    )


def count_board(session: Session, scope: Scope, chosen: BoardFilter) -> int:
    where = [*chosen.clauses(), *scope_clauses(session, scope, chosen.region)]
    return session.scalar(select(func.count()).select_from(Case).where(*where))


def count_queues(session: Session, scope: Scope, region: Region, units: Sequence[str]) -> dict[str, int]:
    """{queue: cases in it}, all from one pass over the open cases. `units`: whose the queue "mine" is."""
    sums = [func.coalesce(func.sum(case((and_(*_queue(tab, units)), 1), else_=0)), 0) if _queue(tab, units) else
            func.count() for tab in TABS]  # fmt: skip
    where = [*region_clauses(region), OPEN, *scope_clauses(session, scope, region)]
    row = session.execute(select(*sums).select_from(Case).where(*where)).one()
    return dict(zip(TABS, (int(value) for value in row), strict=True))


def _queue(tab: str, units: Sequence[str]) -> tuple[ColumnElement, ...]:
    return (*TABS[tab], Case.holder_unit.in_(list(units))) if tab == "mine" else TABS[tab]


def list_unit_rows(session: Session, codes: Sequence[str]) -> list[Unit]:
    """Units of the regions named, by region and name."""
    here = select(Unit).where(Unit.region_code.in_(list(codes)))
    return list(session.scalars(here.order_by(Unit.region_code, Unit.name)))


def count_open_by_unit(session: Session, scope: Scope, region: Region) -> dict[str, int]:
    """{unit: open cases it holds}."""
    where = [*region_clauses(region), OPEN, Case.holder_unit.is_not(None), *scope_clauses(session, scope, region)]
    rows = session.execute(select(Case.holder_unit, func.count()).where(*where).group_by(Case.holder_unit))
    return {row[0]: row[1] for row in rows}


def count_dispatched(session: Session, scope: Scope, region: Region, since: datetime) -> dict[str, tuple[int, int]]:
    """{unit: (cases dispatched to it since, those of them an arbiter took away again)}.

    A case counts for the unit that holds it, and for every unit whose objection was granted.
    """
    seen = [*region_clauses(region), Case.dispatched_at >= since, *scope_clauses(session, scope, region)]
    held = select(Case.holder_unit, func.count()).where(*seen, Case.holder_unit.is_not(None)).group_by(Case.holder_unit)
    out = {unit: (count, 0) for unit, count in session.execute(held)}
    joined = and_(CaseStep.county_code == Case.county_code, CaseStep.case_id == Case.id, CaseStep.action == "object")
    back = select(CaseStep.unit, func.count(func.distinct(Case.id))).join(Case, joined)
    for unit, count in session.execute(back.where(*seen, Case.returned > 0, CaseStep.unit.is_not(None),
                                                  CaseStep.unit != Case.holder_unit).group_by(CaseStep.unit)):  # fmt: skip
        sent, _none = out.get(unit, (0, 0))
        out[unit] = (sent + count, count)
    return out


def count_settled(session: Session, scope: Scope, region: Region, kind: str, since: datetime) -> dict[str, int]:
    """{unit: cases of a kind it held when they were closed}, of those reported since."""
    where = [*region_clauses(region), Case.reported_at >= since, Case.kind == kind, Case.state == "closed",
             Case.holder_unit.is_not(None), *scope_clauses(session, scope, region)]  # fmt: skip
    rows = session.execute(select(Case.holder_unit, func.count()).where(*where).group_by(Case.holder_unit))
    return {row[0]: row[1] for row in rows}


def list_filters(session: Session, user_id) -> list[SavedFilter]:
    """A user's own, in the order they were saved."""
    here = select(SavedFilter).where(SavedFilter.user_id == user_id)
    return list(session.scalars(here.order_by(SavedFilter.saved_at, SavedFilter.name)))


def count_cards_by_unit(session: Session, scope: Scope, region: Region) -> dict[str, tuple[int, int, int, int]]:
    """{unit: (open, with a yellow card, with a red card, past the closing deadline)}."""
    where = [*region_clauses(region), OPEN, Case.holder_unit.is_not(None), *scope_clauses(session, scope, region)]
    sums = [func.sum(case((clause, 1), else_=0))
            for clause in (Case.card == "yellow", Case.card == "red", Case.overdue.is_(True))]  # fmt: skip
    rows = session.execute(select(Case.holder_unit, func.count(), *sums).where(*where).group_by(Case.holder_unit))
    return {row[0]: tuple(int(value) for value in row[1:]) for row in rows}
