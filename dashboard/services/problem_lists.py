"""What may be read of problems: the rows with their loop, and how many stand at which step in which region."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from uuid import UUID

from dashboard.deps import Deps
from dashboard.domain.errors import NotFound
from dashboard.domain.evaluation.problem import CLOSED, STEPS, Progress, is_overdue, stage
from dashboard.domain.people import Person
from dashboard.domain.regions import Region
from dashboard.domain.scope import EVERYTHING
from dashboard.services import parties
from dashboard.services.words import actor
from dashboard.views.appeals import ProblemRow, ProblemsView, RegionLoop, StepView
from data.models import Problem, ProblemStep
from data.queries import problems as reads
from data.queries.regions import get_region
from data.session import Session

LOOK = parties.VIEW


def progress(row: ProblemStep) -> Progress:
    return Progress(row.step, row.due_on, row.done_at, row.checked_at)


def sees(person: Person, region: Region, steps: Iterable[ProblemStep]) -> bool:
    """May the person see a problem: of a region they are granted, or one that their unit answers for a step of."""
    if person.scope(LOOK).covers(region) or person.scope(parties.KEEP).covers(region):
        return True
    path, owners = {code for _level, code in region.path}, {one.owner for one in steps}
    return any(root in path and unit in owners for root, unit in person.scope(parties.KEEP).units)


def list_problems(
    deps: Deps, person: Person, *, region: str = "", edition: UUID | None = None, open_only: bool = False,
    capability: str = LOOK,
) -> ProblemsView:  # fmt: skip
    """Problems of the regions that the person may look at by `capability`, and those their unit answers for; open ones
    first. `region`: of it and all below. Raises NotFound for a region out of sight."""
    now, scope = deps.clock(), person.scope(capability)
    with deps.database.read() as session:
        place = get_region(session, scope, region) if region else None
        found = reads.list_problems(session, scope, region=place, edition_id=edition, open_only=open_only,
                                    owners=sorted(person.scope(parties.KEEP).units))  # fmt: skip
        rows = to_rows(session, person, found, now)
    return ProblemsView(len(rows), sum(row.overdue for row in rows), _stages(rows), _loops(rows), rows)


def get_problem(deps: Deps, person: Person, problem_id: UUID) -> ProblemRow:
    """One problem. Raises NotFound."""
    with deps.database.read() as session:
        found = reads.find_problem(session, problem_id)
        steps = reads.list_problem_steps(session, [problem_id])[problem_id]
        if found is None or not sees(person, get_region(session, EVERYTHING, found.region_code), steps):
            raise NotFound("problem", "no such problem", got=str(problem_id))
        return to_rows(session, person, [found], deps.clock())[0]


def to_rows(session: Session, person: Person, found: Sequence[Problem], now: datetime) -> tuple[ProblemRow, ...]:
    steps = reads.list_problem_steps(session, [one.id for one in found])
    regions = parties.names_of(session, (one.region_code for one in found))
    days = {code: parties.today_in(session, region, now) for code, region in regions.items()}
    return tuple(_row(person, one, regions[one.region_code], steps[one.id], days[one.region_code]) for one in found)


def _row(person: Person, one: Problem, region: Region, steps: list[ProblemStep], today: date) -> ProblemRow:
    loop = [progress(step) for step in steps]
    views = tuple(
        StepView(step.step, step.owner, step.due_on, step.done_at, actor(step.actor), step.proof,
                 parties.exhibits(person, region, step.evidence), step.checked_at, actor(step.checker),
                 is_overdue([progress(step)], today))
        for step in steps
    )  # fmt: skip
    return ProblemRow(
        str(one.id), region.code, region.name, one.edition_id and str(one.edition_id), one.indicator, one.county_code,
        one.case_id and str(one.case_id), one.origin, one.title, one.detail, one.opened_at, one.closed_at, one.version,
        stage(loop), one.closed_at is None and is_overdue(loop, today), views,
    )  # fmt: skip


def _stages(rows: Iterable[ProblemRow]) -> dict[str, int]:
    counts = Counter(row.stage for row in rows)
    return {key: counts[key] for key in (*STEPS, CLOSED)}


def _loops(rows: Sequence[ProblemRow]) -> tuple[RegionLoop, ...]:
    parts: dict[str, list[ProblemRow]] = {}
    for row in rows:
        parts.setdefault(row.region, []).append(row)
    loops = [RegionLoop(code, own[0].region_name, len(own), sum(row.overdue for row in own), _stages(own))
             for code, own in parts.items()]  # fmt: skip
    return tuple(sorted(loops, key=lambda loop: (-loop.total, loop.region)))
