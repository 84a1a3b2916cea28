"""Reads of problems with their steps, of red and black lists, and of the rungs of the supervision ladder."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from dashboard.domain.evaluation.problem import STEPS
from dashboard.domain.regions import Region
from dashboard.domain.scope import Scope
from data.models import Listing, Problem, ProblemStep, RegionRow, Rung
from data.queries.verdicts import MOST, granted, within

_ORDER = {step: number for number, step in enumerate(STEPS)}


def find_problem(session: Session, problem_id: UUID) -> Problem | None:
    return session.get(Problem, problem_id)


def list_problems(
    session: Session, scope: Scope, *, region: Region | None = None, edition_id: UUID | None = None,
    owners: Iterable[tuple[str, str]] = (), open_only: bool = False, limit: int = MOST,
) -> list[Problem]:  # fmt: skip
    """Problems of granted regions, or of `owners` ((region, unit)) who answer for a step; open ones first, then the
    newest. `region`: of it and all below."""
    mine = granted(scope)
    for root, unit in owners:
        answers = exists().where(ProblemStep.problem_id == Problem.id, ProblemStep.owner == unit)
        mine |= answers & granted(Scope(frozenset((root,))))
    where = [mine]
    if region is not None:
        where.append(within(region))
    if edition_id is not None:
        where.append(Problem.edition_id == edition_id)
    if open_only:
        where.append(Problem.closed_at.is_(None))
    here = select(Problem).join(RegionRow, RegionRow.code == Problem.region_code).where(*where)
    order = (Problem.closed_at.is_not(None), Problem.opened_at.desc(), Problem.id.desc())
    return list(session.scalars(here.order_by(*order).limit(limit)))


def list_problem_steps(session: Session, problems: Iterable[UUID]) -> dict[UUID, list[ProblemStep]]:
    """{problem: its four steps in their order}."""
    wanted = list(problems)
    found: dict[UUID, list[ProblemStep]] = {key: [] for key in wanted}
    for row in session.scalars(select(ProblemStep).where(ProblemStep.problem_id.in_(wanted))):
        found[row.problem_id].append(row)
    return {key: sorted(rows, key=lambda row: _ORDER[row.step]) for key, rows in found.items()}


def has_step_done_since(session: Session, region: str, since: datetime) -> bool:
    """Was a step of any problem of the region done after `since`?"""
    done = exists().where(Problem.id == ProblemStep.problem_id, Problem.region_code == region,
                          ProblemStep.done_at > since)  # fmt: skip
    return bool(session.scalar(select(done)))


def find_listing(session: Session, listing_id: UUID) -> Listing | None:
    return session.get(Listing, listing_id)


def list_listings(
    session: Session, edition_id: UUID, *, region: str = "", withdrawn: bool = False, limit: int = MOST
) -> list[Listing]:
    """Lists of an edition: red before black, then as they were listed. Whoever may see the edition may see them."""
    where = [Listing.edition_id == edition_id]
    if region:
        where.append(Listing.region_code == region)
    if not withdrawn:
        where.append(Listing.withdrawn_at.is_(None))
    order = (Listing.side.desc(), Listing.listed_at, Listing.id)
    return list(session.scalars(select(Listing).where(*where).order_by(*order).limit(limit)))


def find_last_rung(session: Session, region: str) -> Rung | None:
    """The rung that a region stands on."""
    here = select(Rung).where(Rung.region_code == region)
    return session.scalar(here.order_by(Rung.at.desc(), Rung.id.desc()).limit(1))


def list_rungs(session: Session, scope: Scope, *, region: Region | None = None, limit: int = MOST) -> list[Rung]:
    """Rungs of granted regions, the newest first. `region`: of it and all below."""
    where = [granted(scope), *([within(region)] if region is not None else [])]
    here = select(Rung).join(RegionRow, RegionRow.code == Rung.region_code).where(*where)
    return list(session.scalars(here.order_by(Rung.at.desc(), Rung.id.desc()).limit(limit)))
