"""The loop of exposed problems: opened, assigned, done with proof, checked by somebody else, closed when all is done.

Answers for writes; what is read of problems is in problem_lists.py.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from dashboard.deps import Deps
from dashboard.domain.errors import NotFound, UserError
from dashboard.domain.evaluation import problem as rules
from dashboard.domain.people import CAPABILITIES, Person
from dashboard.domain.regions import Region
from dashboard.domain.scope import EVERYTHING
from dashboard.services import parties
from dashboard.services.ids import check_own, new_id
from dashboard.services.problem_lists import progress, sees, to_rows
from dashboard.views.appeals import ProblemRow
from data.models import Problem, ProblemStep
from data.queries import problems as reads
from data.queries.regions import get_region
from data.session import Session
from data.writes.audit import add_audit
from data.writes.verdicts import add_exhibits, lock, tell_verdict

TITLE_MOST = 120


@dataclass(frozen=True, slots=True)
class NewProblem:
    """`steps`: {step: (unit that answers for it, its day)}, all four. `case`: (county code, id)."""

    region: str
    title: str
    origin: str
    steps: Mapping[str, tuple[str, date]]
    detail: str = ""
    edition: UUID | None = None
    indicator: str | None = None
    case: tuple[str, str] | None = None
    id: UUID | None = None


@dataclass(frozen=True, slots=True)
class StepAct:
    """What is done with a step: a key of problem.ACTS. `proof`: what was done, or why it is sent back."""

    step: str
    act: str
    version: int | None = None
    proof: str = ""
    evidence: tuple[str, ...] = ()
    owner: str = ""
    due_on: date | None = None


def open_problem(deps: Deps, person: Person, given: NewProblem) -> UUID:
    """Open a problem with its four steps; its id. Sent twice under the same `id`, it is opened once. Raises NotFound
    for a region, edition or case out of sight; UserError naming what is missing."""
    now, title = deps.clock(), parties.said(given.title, "title")
    if len(title) > TITLE_MOST:
        raise UserError("title", "the title is too long", got=len(title), allowed=f"at most {TITLE_MOST} characters")
    with deps.database.write() as session:
        region = get_region(session, person.scope(parties.KEEP), given.region)
        if given.id is not None and (found := reads.find_problem(session, given.id)) is not None:
            check_own(person, found.id, found.opened_by)
            return found.id
        _check_origin(session, person, given)
        steps = _check_steps(given.steps)
        case = given.case and parties.get_readable_case(session, person, given.case)
        row = Problem(id=given.id or new_id(now), region_code=region.code, edition_id=given.edition,
                      indicator=given.indicator, county_code=case and case.county_code, case_id=case and case.id,
                      origin=given.origin, title=title, detail=given.detail.strip() or None, opened_at=now,
                      opened_by=person.id, actor=person.name, version=1)  # fmt: skip
        session.add(row)
        session.flush()
        session.add_all(ProblemStep(problem_id=row.id, step=step, owner=owner, due_on=due, evidence=[])
                        for step, (owner, due) in steps.items())  # fmt: skip
        session.flush()
        add_audit(session, now, person, "problem.open", subject=str(row.id), region=region.code,
                  detail={"origin": row.origin})  # fmt: skip
        tell_verdict(session, now, "problem.opened", row.id, region)
        return row.id


def _check_origin(session: Session, person: Person, given: NewProblem) -> None:
    if given.origin not in rules.ORIGINS:
        raise UserError("origin", "where does the problem come from?", got=given.origin, allowed=rules.ORIGINS)
    if given.origin != "inspection" and given.edition is None:
        raise UserError("edition", "name the edition it comes from", got=given.origin)
    if given.edition is not None:
        parties.get_seen(session, person, given.edition)


def _check_steps(steps: Mapping[str, tuple[str, date]]) -> dict[str, tuple[str, date]]:
    """The four steps in their order. Raises UserError for one that is missing and for days out of order."""
    if set(steps) != set(rules.STEPS):
        raise UserError("steps", "each of the four steps has a unit and a day", got=sorted(steps), allowed=rules.STEPS)
    days = [steps[step][1] for step in rules.STEPS]
    if days != sorted(days):
        raise UserError("due_on", "the days follow each other as the steps do", got=[day.isoformat() for day in days])
    return {step: (parties.said(steps[step][0], "owner", 2), steps[step][1]) for step in rules.STEPS}


def act(deps: Deps, person: Person, problem_id: UUID, given: StepAct) -> ProblemRow:
    """Do something with a step; the problem as it stands then.

    assign: unit and day. done: with proof, by the unit or whoever keeps problems there. check, send_back: by somebody
    else than who did it. Raises NotFound out of sight, Conflict where it moved in between, UserError.
    """
    if given.act not in rules.ACTS:
        raise UserError("act", "no such act", got=given.act, allowed=tuple(rules.ACTS))
    now = deps.clock()
    evidence = parties.shown_files(deps, person, given.evidence)
    with deps.database.write() as session:
        row, region, steps = _get(session, person, problem_id, given.version)
        rules.check_act([progress(one) for one in steps], given.step, given.act)
        mine = next(one for one in steps if one.step == given.step)
        note = _ACTS[given.act](person, region, mine, given, evidence, now)
        row.version += 1
        session.flush()
        add_exhibits(session, row.id, region, evidence)
        add_audit(session, now, person, f"problem.{given.act}", subject=str(row.id), region=region.code,
                  detail={"step": given.step, **note})  # fmt: skip
        tell_verdict(session, now, f"problem.{given.act}", row.id, region)
        return to_rows(session, person, [row], now)[0]


def _get(session: Session, person: Person, problem_id: UUID, version: int | None):
    """(problem, held until the end; region; its steps)."""
    found = reads.find_problem(session, problem_id)
    steps = reads.list_problem_steps(session, [problem_id])[problem_id]
    region = get_region(session, EVERYTHING, found.region_code) if found else None
    if region is None or not sees(person, region, steps):
        raise NotFound("problem", "no such problem", got=str(problem_id))
    row = lock(session, Problem, problem_id, version)
    if row.closed_at is not None:
        raise UserError("problem", "this problem is closed", got=row.closed_at.isoformat())
    return row, region, reads.list_problem_steps(session, [problem_id])[problem_id]


def _check_keeps(person: Person, region: Region) -> None:
    """Raises UserError for a unit's people and for whoever only looks."""
    if not person.scope(parties.KEEP).covers(region):
        raise UserError("forbidden", "whoever keeps the problems of the region does this", got=region.code,
                        allowed=sorted(CAPABILITIES[parties.KEEP]))  # fmt: skip


def _assign(person: Person, region: Region, mine: ProblemStep, given: StepAct, _evidence, _now) -> dict:
    _check_keeps(person, region)
    if given.due_on is None:
        raise UserError("due_on", "until when?", allowed="a day")
    was = {"owner": mine.owner, "due_on": mine.due_on.isoformat() if mine.due_on else None}
    mine.owner, mine.due_on = parties.said(given.owner, "owner", 2), given.due_on
    return {"was": was}


def _done(person: Person, region: Region, mine: ProblemStep, given: StepAct, evidence: tuple, now) -> dict:
    path = {code for _level, code in region.path}
    answers = any(unit == mine.owner and root in path for root, unit in person.scope(parties.KEEP).units)
    if not answers:
        _check_keeps(person, region)
    mine.proof, mine.evidence = parties.said(given.proof, "proof"), list(evidence)
    mine.done_at, mine.done_by, mine.actor = now, person.id, person.name
    return {"files": len(evidence)}


def _check(person: Person, region: Region, mine: ProblemStep, _given: StepAct, _evidence, now) -> dict:
    _check_other(person, region, mine)
    mine.checked_at, mine.checker = now, person.name
    return {}


def _send_back(person: Person, region: Region, mine: ProblemStep, given: StepAct, _evidence, _now) -> dict:
    _check_other(person, region, mine)
    note = {"why": parties.said(given.proof, "proof"), "proof": mine.proof, "files": list(mine.evidence)}
    mine.done_at = mine.done_by = mine.actor = mine.proof = None
    mine.evidence = []
    return note


def _check_other(person: Person, region: Region, mine: ProblemStep) -> None:
    _check_keeps(person, region)
    if person.id is not None and person.id == mine.done_by:
        raise UserError("forbidden", "who did the step does not check it", got=person.name)


_ACTS = {"assign": _assign, "done": _done, "check": _check, "send_back": _send_back}


def close(deps: Deps, person: Person, problem_id: UUID, *, version: int | None = None) -> ProblemRow:
    """Close a problem whose four steps are done and checked. Raises NotFound, Conflict, UserError."""
    now = deps.clock()
    with deps.database.write() as session:
        row, region, steps = _get(session, person, problem_id, version)
        _check_keeps(person, region)
        rules.check_closing([progress(one) for one in steps])
        row.closed_at = now
        row.version += 1
        session.flush()
        add_audit(session, now, person, "problem.close", subject=str(row.id), region=region.code)
        tell_verdict(session, now, "problem.closed", row.id, region)
        return to_rows(session, person, [row], now)[0]
