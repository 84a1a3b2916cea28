"""Deductions and vetoes: recorded by people with reason and evidence, taken back with a reason, never deleted.

What counts of them after doubling, caps and expiry is dashboard.domain.evaluation.deduct's; an edition that was locked
keeps what stood there then.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from math import isfinite
from uuid import UUID

import numpy as np

from dashboard.deps import Deps
from dashboard.domain.errors import UserError
from dashboard.domain.evaluation.deduct import deduct
from dashboard.domain.evaluation.model import Deduction, Inputs, Scheme
from dashboard.domain.people import Person
from dashboard.domain.regions import Region
from dashboard.services import parties
from dashboard.services.ids import check_own, new_id
from dashboard.services.schemes import scheme as get_scheme
from dashboard.services.words import actor, named
from dashboard.views.appeals import DeductionLine
from data.models import Case, DeductionRow
from data.queries import deductions as reads
from data.queries.regions import get_region
from data.session import Session
from data.writes.audit import add_audit
from data.writes.verdicts import add_exhibits, lock, tell_verdict

MOST_UNITS = 1000


@dataclass(frozen=True, slots=True)
class NewDeduction:
    """An event. `again` None: as the year's records say. `secured_why`: why it counts as within a security period.
    `case`: (county code, id) of the case it came from."""

    scheme: str
    region: str
    rule: str
    day: date
    reason: str
    units: float = 1.0
    again: bool | None = None
    secured: bool = False
    secured_why: str | None = None
    case: tuple[str, str] | None = None
    evidence: tuple[str, ...] = ()
    id: UUID | None = None


def record(deps: Deps, person: Person, given: NewDeduction) -> UUID:
    """Enter a deduction; its id. Sent twice under the same `id`, it is entered once.

    Raises NotFound for a region or case out of sight, UserError for a rule the scheme does not have, a day to come, no
    reason, no evidence, or a security period without a reason.
    """
    now, scheme = deps.clock(), get_scheme(deps, given.scheme)
    reason = parties.said(given.reason, "reason")
    why = parties.said(given.secured_why, "secured_why") if given.secured else None
    evidence = parties.shown_files(deps, person, given.evidence, least=1)
    _check_rule(scheme, given)
    with deps.database.write() as session:
        region = _ranked(session, person, scheme, given.region, parties.RUN)
        if given.id is not None and (found := reads.find_deduction(session, given.id)) is not None:
            check_own(person, found.id, found.recorded_by)
            return found.id
        check_day(session, region, given.day, now)
        case = given.case and _case(session, person, region, given.case)
        proposed = bool(reads.list_same(session, scheme.key, region.code, given.rule, given.day))
        row = DeductionRow(
            id=given.id or new_id(now), scheme_key=scheme.key, region_code=region.code, rule=given.rule, day=given.day,
            units=given.units, again=proposed if given.again is None else given.again, secured=given.secured,
            secured_why=why, reason=reason, county_code=case and case.county_code, case_id=case and case.id,
            evidence=list(evidence), recorded_at=now, recorded_by=person.id, actor=person.name,
        )  # fmt: skip
        _keep(session, now, person, region, row, proposed)
        return row.id


def _keep(session: Session, now: datetime, person: Person, region: Region, row: DeductionRow, proposed: bool) -> None:
    session.add(row)
    session.flush()
    add_exhibits(session, row.id, region, row.evidence)
    detail = {"rule": row.rule, "units": row.units, "again": row.again, "proposed": proposed}
    add_audit(session, now, person, "deduction.record", subject=str(row.id), region=region.code, reason=row.reason,
              detail=detail)  # fmt: skip
    tell_verdict(session, now, "deduction.recorded", row.id, region)


def _check_rule(scheme: Scheme, given: NewDeduction) -> None:
    rule = next((one for one in scheme.rules if one.key == given.rule), None)
    if rule is None:
        raise UserError(
            "rule", "no such rule in this scheme", got=given.rule, allowed=[one.key for one in scheme.rules]
        )
    if not (isfinite(given.units) and 0 < given.units <= MOST_UNITS):
        raise UserError("units", "units of the rule", got=given.units, allowed=f"above 0, at most {MOST_UNITS}")


def _ranked(session: Session, person: Person, scheme: Scheme, code: str, capability: str) -> Region:
    """A region that the scheme ranks, where the person may do this. Raises NotFound, UserError."""
    region = get_region(session, person.scope(parties.VIEW), code)
    parties.check_granted(person, capability, region)
    if region.level != scheme.level:
        raise UserError("region", "the scheme ranks regions of another level", got=region.level, allowed=scheme.level)
    return region


def check_day(session: Session, region: Region, day: date, now: datetime) -> None:
    """Raises UserError for a day that is still to come."""
    today = parties.today_in(session, region, now)
    if day > today:
        raise UserError("day", "the day is still to come", got=day.isoformat(), allowed=f"until {today}")


def _case(session: Session, person: Person, region: Region, key: tuple[str, str]) -> Case:
    """The case, if it lies in the region and the person may read it."""
    found = parties.get_readable_case(session, person, key)
    if getattr(found, f"{region.level}_code") != region.code:
        raise UserError("case", "this case lies in another region", got=key[0], allowed=region.code)
    return found


def propose_again(deps: Deps, person: Person, scheme: str, region: str, rule: str, day: date) -> tuple[str, ...]:
    """Ids of the deductions by the same rule earlier in the year: with any, `again` is proposed. Raises NotFound."""
    with deps.database.read() as session:
        found = get_region(session, person.scope(parties.VIEW), region)
        return tuple(str(row.id) for row in reads.list_same(session, scheme, found.code, rule, day))


def withdraw(deps: Deps, person: Person, deduction_id: UUID, why: str) -> None:
    """Take a deduction back. It stays on record; editions that were locked keep it. Raises NotFound, UserError."""
    now, why = deps.clock(), parties.said(why, "why")
    with deps.database.write() as session:
        found = reads.find_deduction(session, deduction_id)
        region = parties.region_of(session, person, found, "deduction", deduction_id)
        parties.check_granted(person, parties.RUN, region)
        row = lock(session, DeductionRow, deduction_id)
        if row.withdrawn_at is not None:
            raise UserError("deduction", "this deduction was withdrawn", got=row.withdrawn_at.isoformat())
        row.withdrawn_at, row.withdrawn_why = now, why
        session.flush()
        add_audit(session, now, person, "deduction.withdraw", subject=str(row.id), region=region.code, reason=why)
        tell_verdict(session, now, "deduction.withdrawn", row.id, region)


def list_deductions(
    deps: Deps, person: Person, scheme: str, *, region: str = "", year: int | None = None, withdrawn: bool = False
) -> tuple[DeductionLine, ...]:
    """Deductions of the regions the person may see, the newest first, with the points they take today."""
    plan, scope = get_scheme(deps, scheme), person.scope(parties.VIEW)
    with deps.database.read() as session:
        if region:
            get_region(session, scope, region)
        found = reads.list_deductions(session, scope, plan.key, region=region, year=year, withdrawn=withdrawn)
        regions = parties.names_of(session, (row.region_code for row in found))
        points = _points(session, plan, found, regions, deps.clock())
        names = {rule.key: named(rule) for rule in plan.rules}
        return tuple(_line(person, row, regions[row.region_code], names, points) for row in found)


def _points(session: Session, scheme: Scheme, found: Iterable[DeductionRow], regions: dict, now: datetime) -> dict:
    """{id: points} as they count today. Of an earlier year: as they counted on its last day."""
    standing = [row for row in found if row.withdrawn_at is None and row.rule in {rule.key for rule in scheme.rules}]
    out: dict[str, float] = {}
    for year in {row.day.year for row in standing}:
        mine = [row for row in standing if row.day.year == year]
        day = max(parties.today_in(session, regions[row.region_code], now) for row in mine)
        nothing = np.empty((0, 0))
        events = tuple(Deduction(str(row.id), row.region_code, row.rule, row.day, row.units, row.again, row.secured)
                       for row in mine)  # fmt: skip
        last = min(day, date(year, 12, 31))
        out |= deduct(scheme, Inputs(tuple(regions), nothing, nothing, {}, (), last, events))[0]
    return out


def _line(person: Person, row: DeductionRow, region: Region, names: dict, points: dict) -> DeductionLine:
    return DeductionLine(
        str(row.id), region.code, region.name, row.rule, names.get(row.rule, row.rule), row.day, row.units,
        points.get(str(row.id)), row.again, row.secured, row.secured_why, row.reason, row.county_code,
        row.case_id and str(row.case_id), parties.exhibits(person, region, row.evidence), row.recorded_at, actor(row.actor),
        row.withdrawn_at, row.withdrawn_why,
    )  # fmt: skip
