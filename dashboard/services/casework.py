"""Casework: report a case, move it, let its cards fall. Each is one transaction with its step, its evidence, its deltas,
its audit row and its place in the feed.

What is sent twice is done once: a command's id, or a report's own, is kept with the answer it got.
"""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from dashboard.deps import Deps
from dashboard.domain.casework import advance, clock_effect, mark, opening, transition
from dashboard.domain.commands import Command, Outcome, Report
from dashboard.domain.credit import credited
from dashboard.domain.errors import NotFound, UserError
from dashboard.domain.guards import Actor, Move, check
from dashboard.domain.inputs import checked
from dashboard.domain.numbers import case_number
from dashboard.domain.people import SYSTEM, Person
from dashboard.domain.spans import counted
from dashboard.domain.workflow import Transition
from dashboard.services.authority import actor_for, check_seen, reporter_for
from dashboard.services.effects import Doing, Effect, absorb, effect_of
from dashboard.services.ground import ground_of, ground_of_pack
from dashboard.services.ids import new_id
from dashboard.services.once import Asked, find_answer, keep_answer
from dashboard.services.reports import check_time, columns, evidence, kind_of
from dashboard.services.telling import step_row, stored_files, tell_audit
from data.queries.cases import list_due
from data.queries.ground import Place, find_dataset_pack, get_place
from data.session import Session
from data.writes.cases import (
    Conflict,
    conflict,
    get_case_row,
    get_last_step,
    has_case,
    insert_case,
    lock_case,
    new_case,
    update_case,
)
from data.writes.reporters import add_reporter
from data.writes.rollups import fold

__all__ = ["Conflict", "act", "fold_deltas", "new_id", "report", "tick"]
_TICK_ROWS = 500
_PRODUCT = Actor(None, SYSTEM.name, "system")


def report(deps: Deps, person: Person, given: Report) -> Outcome:
    """Report a case in the region `given.place` (a county or below).

    Raises NotFound for a place out of the person's sight or an unknown kind, UserError for what cannot be and for an id
    that is another's. The same report sent again is answered as the first time, with `repeated`.
    """
    now, entry = deps.clock(), kind_of(deps.catalog, given.kind)
    check_time(given.device_at)
    case, files = columns(given, entry), evidence(given)
    with deps.database.write() as session:
        place = get_place(session, given.place)
        actor = reporter_for(person, place.path, given.place, given.source)
        if place.codes["county_code"] is None:
            raise UserError(
                "place", "a case is reported in a county or below", got=given.place, hint="choose a place in it"
            )
        case |= {**place.codes, "id": given.id or new_id(now), "dataset": _dataset(session, place, given.dataset)}
        outcome = Outcome(case["county_code"], case["id"], case_number(case["id"]), 1, "reported")
        asked = Asked.of_report(given, person)
        if given.id is not None and not keep_answer(session, asked, now, outcome):
            return find_answer(session, asked)
        at, ground = credited(given.device_at, None, now), ground_of_pack(deps, session, place.pack, now)
        case |= opening(at, deps.catalog.clocks[entry.clock], ground.calendar, arrived=now)
        case |= {"holder_unit": place.room, "reported_by": person.id}
        step = step_row("report", actor, now, given.device_at, at, {"holder": place.room}, effect="run",
                        files=stored_files(session, files))  # fmt: skip
        _check_repeat(session, case)
        with new_case(session, case["id"]):
            insert_case(session, case, step, ground.day_of)
            if given.contact is not None:
                add_reporter(session, case["county_code"], case["id"], given.contact)
            tell_audit(session, person, actor, "report", case, now)
    return outcome


def act(deps: Deps, person: Person, key: tuple[str, UUID], command: Command) -> Outcome:
    """Carry out `command` on the case `key`. What was sent before is answered as it was then.

    Raises NotFound, Conflict when the case stands at another version, UserError "forbidden" where the person may see the
    case and not do this, and UserError where state, inputs or a guard say no.
    """
    now = deps.clock()
    check_time(command.device_at)
    with deps.database.write() as session:
        case = _locked(session, key, command)
        asked = Asked.of_command(command, key, person)
        if command.id is not None and (answered := find_answer(session, asked)):
            return answered
        check_seen(session, person, case)
        if command.version is not None and command.version != case["version"]:  # before the move is judged: what is
            raise conflict(session, case, command.version)  # forbidden now may be why it was changed
        after = _carry_out(deps, session, person, case, command, now)
        outcome = Outcome(key[0], key[1], case_number(key[1]), after["version"], after["state"])
        if command.id is not None and not keep_answer(session, asked, now, outcome):
            raise asked.taken()
    return outcome


def _locked(session: Session, key: tuple[str, UUID], command: Command) -> dict:
    """The case's row, locked; of two that are to be one, the one with the lower id first, so that nobody waits for ever."""
    into = _case_id(command.inputs.get("into")) if command.action == "merge" else None
    if into is not None and into < key[1]:
        lock_case(session, (key[0], into))
    return get_case_row(session, key, lock=True)


def _case_id(value: object) -> UUID | None:
    """None for what is no id; that is answered when the inputs are checked."""
    try:
        return UUID(str(value))
    except ValueError:
        return None


def _carry_out(deps: Deps, session: Session, person: Person, case: dict, command: Command, now: datetime) -> dict:
    row = transition(case, command.action)
    actor = actor_for(person, case, row)
    given = checked(row, command.inputs, deps.catalog.kinds)
    ground = ground_of(deps, session, case["dataset"], now)
    last = get_last_step(session, (case["county_code"], case["id"]))
    at = credited(command.device_at, counted(last) if last else case["reported_at"], now)
    doing = Doing(deps, session, person, actor, case, given, at, now, ground)
    effect = effect_of(row.action, doing)
    check(row, Move(case, actor, given, at, effect.target))
    files = stored_files(session, given.get("evidence", ()))
    after = _write(doing, row, effect, command.device_at, files, last)
    if effect.target is not None:
        absorb(doing, effect.target)
    tell_audit(session, person, actor, row.action, after, now, given.get("reason"))
    return after


def _write(doing: Doing, row: Transition, effect: Effect, device_at: datetime | None, files: tuple[str, ...],
           last: Mapping) -> dict:  # fmt: skip
    case, catalog, ground = doing.case, doing.deps.catalog, doing.ground
    changes = advance(case, row.action, doing.at, catalog.clocks.get(case["clock_kind"] or ""), ground.calendar,
                      given=doing.given, arrived=doing.now, arbitrate=catalog.arbitrate)  # fmt: skip
    step = step_row(row.action, doing.actor, doing.now, device_at, doing.at, {**doing.given, **effect.detail},
                    files=files, effect=clock_effect(case, row))  # fmt: skip
    return update_case(doing.session, case, {**changes, **effect.changes}, step, ground.day_of, last=last)


def tick(deps: Deps) -> int:
    """Let cards fall, deadlines pass and requests expire; how many cases changed. Run every few seconds."""
    now = deps.clock()
    with deps.database.read() as session:
        due = list_due(session, now, limit=_TICK_ROWS)
    if not due:
        return 0
    with deps.database.write() as session:
        return sum(_mark(deps, session, key, now) for key in due)


def _mark(deps: Deps, session: Session, key: tuple, now: datetime) -> bool:
    case = get_case_row(session, key, lock=True)
    changes = mark(case, now)
    if not changes:
        return False
    ground = ground_of(deps, session, case["dataset"], now)
    if changes.get("card") == "red" and case["extension"] == "pending":  # a request dies when the red card falls
        step = step_row("expire_extension", _PRODUCT, now, None, now, {})
        update_case(session, case, {**changes, "extension": "expired"}, step, ground.day_of)
    else:
        update_case(session, case, changes, None, ground.day_of, marked_at=now)
    return True


def fold_deltas(deps: Deps) -> int:
    """Move waiting deltas into the roll-ups."""
    with deps.database.fold() as session:
        return fold(session)


def _dataset(session: Session, place: Place, asked: str | None) -> str:
    """`asked`, or the pack's live dataset. Raises NotFound for an unknown one, UserError where none is live."""
    if asked not in (None, place.dataset) and find_dataset_pack(session, asked) != place.pack:
        raise NotFound("dataset", "no such dataset here", got=asked)
    if (asked or place.dataset) is None:
        raise UserError("dataset", "this region has no live dataset that cases could be reported to", got=place.pack,
                        hint="run: flask --app app seed, or import-cases with a dataset without as_of")  # fmt: skip
    return asked or place.dataset


def _check_repeat(session: Session, case: Mapping) -> None:
    if case["repeat_of"] is not None and not has_case(session, (case["county_code"], case["repeat_of"])):
        raise UserError("repeat_of", "no such case in this county", got=str(case["repeat_of"]), hint="leave it out")
