"""Reads behind the gaming detectors: the cases, steps and pictures of a period in plain columns, and what was found.

Answers without a scope for what is looked at (detectors compare all regions of an edition), with one for what was found.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Row, and_, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from dashboard.domain.evaluation.detect.burst import WORKERS
from dashboard.domain.regions import Region
from dashboard.domain.scope import EVERYTHING, Scope
from dashboard.domain.workflow import UNCOUNTED
from data.models import Case, CaseStep, Evidence, Finding
from data.models.cases import RECLASSED
from data.queries.conditions import column
from data.queries.regions import find_regions

Bounds = tuple[datetime, datetime]
_PLACE = func.coalesce(Case.grid_code, Case.village_code, Case.township_code, Case.county_code)


def list_watched(session: Session, region: Region, level: str, bounds: Bounds, period: Bounds) -> Sequence[Row]:
    """Cases in the region reported within the bounds, in no order: those of the period, and of earlier ones those that were
    handled in it, that its grids' workers reported, or that show a picture. Those that count nowhere are left out.

    `rank`: the region of `level` that a case lies in; `place`: the smallest region known of it.
    """
    ask = select(
        Case.county_code, Case.id, column(level).label("rank"), _PLACE.label("place"), Case.holder_unit, Case.kind,
        Case.source, Case.title, Case.description, Case.reported_at, Case.handled_at, Case.handle_minutes,
        Case.handle_limit, Case.reported_by, Case.handled_by, Case.repeat_of,
    )  # fmt: skip
    start, end = period
    shows = exists().where(Evidence.county_code == Case.county_code, Evidence.case_id == Case.id)
    asked = or_(Case.reported_at >= start, Case.source.in_(WORKERS),
                and_(Case.handled_at >= start, Case.handled_at < end), shows)  # fmt: skip
    where = (*_reported(region, level, bounds), Case.state.not_in(sorted(UNCOUNTED)), asked)
    return session.execute(ask.where(*where)).all()


def list_checked_by_handler(
    session: Session, region: Region, level: str, bounds: Bounds, handled: Bounds
) -> set[tuple[str, UUID]]:
    """Keys of cases reported within the bounds and handled within `handled` that whoever handled them last also verified:
    one name in one unit."""
    handle, verify = aliased(CaseStep), aliased(CaseStep)
    same = exists().where(  # a condition of the case, so that no database begins with all steps
        handle.county_code == Case.county_code, handle.case_id == Case.id, handle.action == "handle",
        handle.at == Case.handled_at, handle.role != "system", verify.county_code == handle.county_code,
        verify.case_id == handle.case_id, verify.seq > handle.seq, verify.action == "verify",
        verify.actor == handle.actor, verify.unit == handle.unit,
    )  # fmt: skip
    where = (*_reported(region, level, bounds), Case.verified_at.is_not(None), Case.handled_at >= handled[0],
             Case.handled_at < handled[1])  # fmt: skip
    return {tuple(row) for row in session.execute(select(Case.county_code, Case.id).where(*where, same))}


def list_reclassed(session: Session, region: Region, level: str, bounds: Bounds) -> Sequence[Row]:
    """(county, case, rank, action, at) of the steps of RECLASSED within the bounds, in the order of time."""
    ask = select(CaseStep.county_code, CaseStep.case_id, column(level).label("rank"), CaseStep.action, CaseStep.at)
    joined = ask.join(Case, and_(Case.county_code == CaseStep.county_code, Case.id == CaseStep.case_id))
    where = (RECLASSED, CaseStep.at >= bounds[0], CaseStep.at < bounds[1], column(level).is_not(None),
             column(region.level) == region.code)  # fmt: skip
    return session.execute(joined.where(*where).order_by(CaseStep.at, CaseStep.case_id, CaseStep.seq)).all()


def list_shown(session: Session, region: Region, level: str, bounds: Bounds) -> Sequence[Row]:
    """(county, case, sha256): pictures that cases reported within the bounds show, each once a case."""
    ask = select(Evidence.county_code, Evidence.case_id, Evidence.sha256).distinct()
    joined = ask.join(Case, and_(Case.county_code == Evidence.county_code, Case.id == Evidence.case_id))
    where = _reported(region, level, bounds)
    return session.execute(joined.where(*where).order_by(Evidence.sha256, Evidence.county_code, Evidence.case_id)).all()


def _reported(region: Region, level: str, bounds: Bounds) -> list[ColumnElement]:
    return [column(region.level) == region.code, column(level).is_not(None), Case.reported_at >= bounds[0],
            Case.reported_at < bounds[1]]  # fmt: skip


def list_findings(session: Session, scope: Scope, edition_id: UUID, *, limit: int) -> list[Finding]:
    """Of an edition, in the regions that the scope covers: by detector, region and key."""
    here = select(Finding).where(Finding.edition_id == edition_id)
    rows = list(session.scalars(here.order_by(Finding.detector, Finding.region_code, Finding.key)))
    regions = find_regions(session, scope, {row.region_code for row in rows})
    return [row for row in rows if row.region_code in regions][:limit]


def names_of(session: Session, codes: set[str]) -> dict[str, str]:
    """{code: name} of regions that were found in already."""
    return {code: one.name for code, one in find_regions(session, EVERYTHING, codes).items()}
