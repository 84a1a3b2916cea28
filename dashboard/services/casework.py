"""Casework: report a case, move it, let its cards fall. Each is one transaction with its step and its deltas."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from dashboard.deps import Deps
from dashboard.domain.casework import advance, mark, opening
from dashboard.domain.errors import NotFound, UserError
from dashboard.domain.periods import local_day
from dashboard.domain.regions import LEVELS, Region
from dashboard.domain.scope import EVERYTHING, Scope
from dashboard.services.calendars import work_calendar
from dashboard.services.ids import new_id
from data.queries.cases import list_due
from data.queries.regions import get_pack, get_region
from data.session import Session
from data.writes.cases import Conflict, get_case_row, has_case, insert_case, update_case
from data.writes.rollups import fold

_TICK_ROWS = 500


def report(deps: Deps, scope: Scope, place: str, kind: str, values: Mapping, step: Mapping) -> UUID:
    """Report a case in region `place` (a county or below). `values`: title, source, position …; `step`: actor, role.

    Raises NotFound for a place out of scope or an unknown kind, UserError for a place above the county.
    """
    now = deps.clock()
    entry = deps.catalog.kinds.get(kind)
    if entry is None:
        raise NotFound("kind", "unknown kind of case", got=kind, allowed=list(deps.catalog.kinds))
    with deps.database.write() as session:
        region = get_region(session, scope, place)
        if region.ancestor("county") is None:
            raise UserError("place", "a case is reported in a county or below", got=place, hint="choose a place in it")
        calendar = work_calendar(session, region.pack, deps.catalog.hours)
        case = {
            "id": values.get("id") or new_id(now), "kind": kind, "kind_group": entry.group, "is_request": entry.request,
            "severity": entry.severity, "tier": "township", **{f"{lv}_code": region.ancestor(lv) for lv in LEVELS},
            **opening(now, deps.catalog.clocks[entry.clock], calendar), **values,
        }  # fmt: skip
        if not has_case(session, (case["county_code"], case["id"])):  # a client that tries again has one case
            insert_case(session, case, {"action": "report", "at": now, **step}, _day_of(calendar.zone))
    return case["id"]


def act(deps: Deps, scope: Scope, key: tuple, version: int, action: str, step: Mapping, extra: Mapping | None = None):
    """Do `action` on the case that stands at `version`; its new row. Raises UserError, Conflict or NotFound."""
    now = deps.clock()
    with deps.database.write() as session:
        case = get_case_row(session, key, lock=True)
        region = _region_of(session, scope, case)
        if case["version"] != version:  # before the move is judged: what is forbidden now may be why it was changed
            raise Conflict("conflict", "someone else changed this case first", got=version, allowed=case["version"],
                           hint="look at it again and decide")  # fmt: skip
        calendar = work_calendar(session, region.pack, deps.catalog.hours)
        rule = deps.catalog.clocks.get(case["clock_kind"] or "")
        changes = {**advance(case, action, now, rule, calendar), **(extra or {})}
        full = {"action": action, "at": now, **step}
        return update_case(session, key, version, changes, full, _day_of(calendar.zone))


def _region_of(session: Session, scope: Scope, case: Mapping) -> Region:
    """Where the case lies, as deep as it is known; out of scope it is not found, as if there were none."""
    code = next(code for level in reversed(LEVELS) if (code := case[f"{level}_code"]) is not None)
    region = get_region(session, EVERYTHING, code)
    if not scope.covers(region):
        raise NotFound("case", "no such case", got=str(case["id"]))
    return region


def tick(deps: Deps) -> int:
    """Let cards fall and deadlines pass; how many cases changed. Run every few seconds."""
    now = deps.clock()
    with deps.database.read() as session:
        due = list_due(session, now, limit=_TICK_ROWS)
    if not due:
        return 0
    with deps.database.write() as session:
        zones: dict[str, ZoneInfo] = {}
        return sum(_mark(session, key, now, zones) for key in due)


def _mark(session: Session, key: tuple, now: datetime, zones: dict[str, ZoneInfo]) -> bool:
    case = get_case_row(session, key, lock=True)
    changes = mark(case, now)
    if changes:
        zone = zones.get(case["dataset"]) or zones.setdefault(case["dataset"], _zone(session, key[0]))
        update_case(session, key, case["version"], changes, None, _day_of(zone), marked_at=now)
    return bool(changes)


def _zone(session: Session, county: str) -> ZoneInfo:
    return ZoneInfo(get_pack(session, get_region(session, EVERYTHING, county).pack).timezone)


def fold_deltas(deps: Deps) -> int:
    """Move waiting deltas into the roll-ups."""
    with deps.database.fold() as session:
        return fold(session)


def _day_of(zone: ZoneInfo):
    def day_of(instant: datetime) -> date:
        return local_day(instant, zone)

    return day_of
