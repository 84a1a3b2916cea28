"""Sums of counters: by region, by day, by kind, and as things stand.

Province, city and county come from the roll-ups plus the deltas still waiting; so does a township as a whole. A
township by kind and everything below it is counted from the cases through the township's index. Callers need a
session of Database.read(): all queries of one answer must see the same moment.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property, lru_cache
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, Table, and_, exists, func, or_, select
from sqlalchemy.orm import Session

from dashboard.domain.measures import COUNTERS, facts
from dashboard.domain.periods import Period, instants, local_day
from dashboard.domain.regions import ROLLED_UP, Region
from dashboard.domain.scope import Scope
from data.models import ALL, Case, RegionRow, rollup_day, rollup_delta, rollup_fold, rollup_stock
from data.queries.conditions import column, counter_sum, kind_clauses, region_clauses

Sums = dict[str, int]
_VERSION = select(rollup_fold.c.folded + select(func.count()).select_from(rollup_delta).scalar_subquery())


class Figures:
    """Questions about one moment. `members`: kinds of each group; `zone`: whose days are counted."""

    def __init__(self, session: Session, scope: Scope, zone: ZoneInfo, members: Mapping[str, Sequence[str]]):
        self.session, self.scope, self.zone, self.members = session, scope, zone, members

    @cached_property
    def waiting(self) -> bool:
        """Are there deltas that no fold has taken yet? Mostly not, and then half of the questions need not be asked."""
        return bool(self.session.scalar(select(exists().select_from(rollup_delta))))

    def flows(self, regions: Sequence[Region], kind: str, span: Period, names: Sequence[str]) -> dict[str, Sums]:
        """{region code: {counter: sum over the span}} for regions of one level; every region is there."""
        return self._sums(regions, kind, span, names)

    def stocks(self, regions: Sequence[Region], kind: str, names: Sequence[str]) -> dict[str, Sums]:
        """{region code: {stock counter: now}} for regions of one level."""
        return self._sums(regions, kind, None, names)

    def daily(self, region: Region, kind: str, span: Period, names: Sequence[str]) -> dict[date, Sums]:
        """{day: {counter: sum}} for one region; days without anything are left out."""
        self.scope.check(region)
        if not _rolled(region.level, kind):
            return self._daily_raw(region, kind, span, names)
        out: dict[date, Sums] = {}
        for table, clauses in self._sources(region.level, [region.code], kind, span, rollup_day):
            _collect(out, self.session.execute(_grouped(table.c.day, table, names, clauses)), names)
        return out

    def by_kind(self, region: Region, kinds: Sequence[str], span: Period, names: Sequence[str]) -> dict[str, Sums]:
        """{kind or group: {counter: sum}} for one region; kinds without anything are left out."""
        self.scope.check(region)
        if not _rolled(region.level, kinds[0]):
            wanted = {member: kind for kind in kinds for member in self.members.get(kind, (kind,))}
            return self._by_kind_raw(region, wanted, span, names)
        out: dict[str, Sums] = {}
        here = rollup_day.c
        clauses = [here.region_code == region.code, here.kind.in_(kinds), *_days(here.day, span)]
        _collect(out, self.session.execute(_grouped(here.kind, rollup_day, names, clauses)), names)
        if not self.waiting:
            return out
        waiting = rollup_delta.c
        name = waiting.kind_group if kinds[0] in self.members else waiting.kind
        clauses = [waiting[f"{region.level}_code"] == region.code, name.in_(kinds), *_days(waiting.day, span)]
        _collect(out, self.session.execute(_grouped(name, rollup_delta, names, clauses)), names)
        return out

    def closed_after(self, regions: Sequence[Region], kind: str, span: Period) -> dict[str, int]:
        """{region code: cases due in the span and closed only after it}, for regions of one level.

        Sets a past period beside the running one: both are then judged by what was closed when they ended.
        """
        if not regions:
            return {}
        for region in regions:
            self.scope.check(region)
        level, (start, until) = _level(regions), instants(span, self.zone)
        fell_due = (Case.overdue.is_(True), Case.close_due_at >= start, Case.close_due_at < until)
        late = (*fell_due, Case.closed_at >= until, *self._kinds(kind))
        out = dict.fromkeys((region.code for region in regions), 0)
        if level in ("province", "city"):
            homes = self._counties(regions, level)
            ask = _by(Case.county_code, [func.count()], [*late, Case.county_code.in_(list(homes))])
        else:
            homes = {code: code for code in out}
            ask = _by(column(level), [func.count()], [*late, *_within(regions, level)])
        for code, count in self.session.execute(ask):
            out[homes[code]] += count
        return out

    def _counties(self, regions: Sequence[Region], level: str) -> dict[str, str]:
        """{county: which of the regions it lies in}; the index of what was late starts with the county."""
        home = getattr(RegionRow, f"{level}_code")
        inside = (RegionRow.level == "county", home.in_([region.code for region in regions]))
        return dict(self.session.execute(select(RegionRow.code, home).where(*inside)).all())

    def first_day(self, region: Region) -> date | None:
        """The first day of which the roll-ups know a case of the region's root; None: no cases."""
        code = region.path[0][1]
        folded = select(func.min(rollup_day.c.day)).where(
            rollup_day.c.region_code == code, rollup_day.c.kind == ALL, rollup_day.c.reported > 0
        )
        waiting = select(func.min(rollup_delta.c.day)).where(
            rollup_delta.c[f"{region.path[0][0]}_code"] == code, rollup_delta.c.reported > 0
        )
        days = [self.session.scalar(ask) for ask in ([folded, waiting] if self.waiting else [folded])]
        return min((day for day in days if day), default=None)

    def raw(self, regions: Sequence[Region], kind: str, span: Period | None, names: Sequence[str]) -> dict[str, Sums]:
        """The same sums straight from the cases, for any level: what the roll-ups are checked against.

        One question for each date column, so that each can use an index on it.
        """
        level = _level(regions)
        where = [*_within(regions, level), *self._kinds(kind)]
        bounds = instants(span, self.zone) if span else None
        out = {region.code: dict.fromkeys(names, 0) for region in regions}
        for at in {COUNTERS[name].at for name in names}:
            mine = [name for name in names if COUNTERS[name].at == at]
            days = [getattr(Case, at) >= bounds[0], getattr(Case, at) < bounds[1]] if at else [Case.ended_at.is_(None)]
            sums = [counter_sum(COUNTERS[name], bounds) for name in mine]
            _collect(out, self.session.execute(_by(column(level), sums, [*where, *days])), mine)
        return out

    def _sums(self, regions: Sequence[Region], kind: str, span: Period | None, names: Sequence[str]) -> dict[str, Sums]:
        if not regions:
            return {}
        for region in regions:
            self.scope.check(region)
        level, codes = _level(regions), [region.code for region in regions]
        if not _rolled(level, kind):
            return self.raw(regions, kind, span, names)
        out = {code: dict.fromkeys(names, 0) for code in codes}
        for table, clauses in self._sources(level, codes, kind, span, rollup_day if span else rollup_stock):
            key = table.c[f"{level}_code"] if table is rollup_delta else table.c.region_code
            _collect(out, self.session.execute(_grouped(key, table, names, clauses)), names)
        return out

    def _sources(self, level: str, codes: list[str], kind: str, span: Period | None, folded):
        """The two places a sum lives in: (table, where), folded first."""
        here, waiting = folded.c, rollup_delta.c
        days = _days(here.day, span) if span else []
        yield folded, [here.region_code.in_(codes), here.kind == (kind or ALL), *days]
        if not self.waiting:
            return
        days = _days(waiting.day, span) if span else [waiting.day.is_(None)]
        kinds = [or_(waiting.kind == kind, waiting.kind_group == kind)] if kind else []
        yield rollup_delta, [waiting[f"{level}_code"].in_(codes), *kinds, *days]

    def _kinds(self, kind: str) -> list[ColumnElement]:
        return kind_clauses(self.members.get(kind, (kind,)) if kind else ())

    def _daily_raw(self, region: Region, kind: str, span: Period, names: Sequence[str]) -> dict[date, Sums]:
        """Below the township there are few cases: read them and add up their facts."""
        out: dict[date, Sums] = {}
        here = select(Case.__table__).where(*region_clauses(region), *self._kinds(kind))
        for case in self.session.execute(here).mappings():
            for (day, name), amount in facts(case, lambda at: local_day(at, self.zone)).items():
                if name in names and day is not None and span.start <= day <= span.end:
                    out.setdefault(day, dict.fromkeys(names, 0))[name] += amount
        return out

    def _by_kind_raw(self, region: Region, wanted: Mapping[str, str], span: Period, names: Sequence[str]):
        bounds = instants(span, self.zone)
        sums = [counter_sum(COUNTERS[name], bounds) for name in names]
        where = [*region_clauses(region), Case.kind.in_(list(wanted))]
        out: dict[str, Sums] = {}
        for kind, *row in self.session.execute(_by(Case.kind, sums, where)):
            slot = out.setdefault(wanted[kind], dict.fromkeys(names, 0))
            for name, value in zip(names, row, strict=True):
                slot[name] += int(value)
        return out


def read_version(session: Session) -> int:
    """Grows with every committed write of cases, and with nothing else: a fold leaves it as it is."""
    return session.scalar(_VERSION) or 0


def _within(regions: Sequence[Region], level: str) -> list[ColumnElement]:
    """Cases in any of the regions; names the county and township they share, where keys and indexes start."""
    shared = set.intersection(*(set(region.path) for region in regions))
    near = [column(lv) == code for lv, code in shared if lv in ("county", "township") and lv != level]
    return [column(level).in_([region.code for region in regions]), *near]


def _by(key, sums: Sequence[ColumnElement], clauses: Sequence[ColumnElement]) -> Select:
    return select(key, *sums).where(*clauses).group_by(key)


def _rolled(level: str, kind: str) -> bool:
    return level in ROLLED_UP and not (level == "township" and kind)


def _level(regions: Sequence[Region]) -> str:
    levels = {region.level for region in regions}
    if len(levels) != 1:
        raise ValueError(f"regions of one level expected, got {sorted(levels)}")
    return levels.pop()


def _days(day, span: Period) -> list[ColumnElement]:
    return [and_(day >= span.start, day <= span.end)]


def _grouped(key, table: Table, names: Sequence[str], clauses: Sequence[ColumnElement]) -> Select:
    return _by(key, _sums_of(table, tuple(names)), clauses)


@lru_cache(maxsize=256)
def _sums_of(table: Table, names: tuple[str, ...]) -> tuple[ColumnElement, ...]:
    """Made once: a wall asks for the same few sums again and again, and building them costs more than the question."""
    return tuple(func.sum(table.c[name]) for name in names)


def _collect(out: dict, rows, names: Sequence[str]) -> None:
    for key, *values in rows:
        slot = out.setdefault(key, dict.fromkeys(names, 0))
        for name, value in zip(names, values, strict=True):
            slot[name] += int(value or 0)
