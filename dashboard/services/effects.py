"""What an action does beyond the table: who holds the case then, what it becomes, what its step tells of it.

One function for each action that has such effects; all others have none.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from dashboard.deps import Deps
from dashboard.domain.errors import NotFound, UserError
from dashboard.domain.guards import Actor
from dashboard.domain.history import detail_of
from dashboard.domain.numbers import case_number
from dashboard.domain.people import Person
from dashboard.domain.running import reclock
from dashboard.domain.spans import opened_at, pauses
from dashboard.domain.workflow import TIERS
from dashboard.services.authority import check_seen, path_of
from dashboard.services.ground import Ground
from dashboard.services.telling import step_row
from data.queries.dossier import list_steps_of
from data.queries.ground import find_room, has_unit
from data.session import Session
from data.writes.cases import find_dispatch, get_case_row, update_case

_ROOMS = {"township": "township_code", "county": "county_code", "city": "city_code"}


@dataclass(frozen=True)
class Doing:
    """What an effect may look at. `given`: checked inputs. `at`: the time that counts."""

    deps: Deps
    session: Session
    person: Person
    actor: Actor
    case: Mapping
    given: Mapping
    at: datetime
    now: datetime
    ground: Ground


@dataclass(frozen=True)
class Effect:
    """`changes`: further columns. `detail`: what the step's details say. `target`: the case it is merged into."""

    changes: Mapping[str, object] = field(default_factory=dict)
    detail: Mapping[str, object] = field(default_factory=dict)
    target: Mapping | None = None


def effect_of(action: str, doing: Doing) -> Effect:
    """Raises UserError for a unit or a case that is not there."""
    return _EFFECTS[action](doing) if action in _EFFECTS else Effect()


def absorb(doing: Doing, target: Mapping) -> None:
    """Tell the case that another was merged into: a step of its history by the same person."""
    number = case_number(doing.case["id"])
    step = step_row("absorb", doing.actor, doing.now, None, doing.now, {"merged": number, "case": doing.case["id"].hex})
    update_case(doing.session, target, {}, step, doing.ground.day_of)


def _held(case: Mapping, unit: str | None, detail: Mapping = {}) -> Effect:
    changes = {"holder_unit": unit, "holder_person": None}
    return Effect(changes, {**detail, "holder": unit if unit != case["holder_unit"] else None})


def _accept(doing: Doing) -> Effect:
    case = doing.case
    room = find_room(doing.session, case["county_code"]) or find_room(doing.session, case["township_code"])
    return _held(case, room or case["holder_unit"])


def _escalate(doing: Doing) -> Effect:
    case = doing.case
    tier = TIERS[min(TIERS.index(case["tier"]) + 1, len(TIERS) - 1)]
    return _held(case, find_room(doing.session, case[_ROOMS[tier]]) or case["holder_unit"], {"tier": tier})


def _dispatch(doing: Doing) -> Effect:
    held = _held(doing.case, _unit(doing), {"from": doing.case["holder_unit"]})
    return Effect({**held.changes, "dispatched_by": doing.actor.id}, held.detail)


def _redispatch(doing: Doing) -> Effect:
    """The fault is charged to whoever dispatched it: the unit that had the case before it went out."""
    last = find_dispatch(doing.session, doing.case)
    charged = (detail_of(last).get("from") or last["unit"]) if last else None
    held = _held(doing.case, _unit(doing), {"charged": charged, "from": doing.actor.unit or charged})
    return Effect({**held.changes, "dispatched_by": doing.actor.id}, held.detail)


def _unit(doing: Doing) -> str:
    """The unit given. Raises UserError where no region that the case lies in has one of this name."""
    unit = doing.given["unit"]
    if not has_unit(doing.session, unit, path_of(doing.case)):
        raise UserError("unit", "no such unit where the case lies", got=unit, hint="choose one of the list")
    return unit


def _merge(doing: Doing) -> Effect:
    key = doing.case["county_code"], doing.given["into"]
    try:
        target = get_case_row(doing.session, key, lock=True)
        check_seen(doing.session, doing.person, target)
    except NotFound:
        return Effect()
    return Effect({"merged_into": target["id"]}, {"number": case_number(target["id"])}, target)


def _classify(doing: Doing) -> Effect:
    case, kind = doing.case, doing.given.get("kind")
    if kind is None or kind == case["kind"]:
        return Effect()
    entry = doing.deps.catalog.kinds[kind]
    out: dict = {"kind_group": entry.group, "is_request": entry.request}
    if entry.clock != case["clock_kind"] and case["clock_kind"] is not None:
        steps = list_steps_of(doing.session, (case["county_code"], case["id"]))
        rule, calendar = doing.deps.catalog.clocks[entry.clock], doing.ground.calendar
        out |= reclock(case, rule, calendar, opened_at(steps), pauses(steps))
        out["overdue"] = out["close_due_at"] <= doing.at
    return Effect(out, {"was": case["kind"]})


_EFFECTS: Mapping[str, Callable[[Doing], Effect]] = {
    "accept": _accept,
    "merge": _merge,
    "classify": _classify,
    "dispatch": _dispatch,
    "redispatch": _redispatch,
    "escalate": _escalate,
    "take": lambda doing: Effect({"holder_person": doing.actor.name}),
    "handle": lambda doing: Effect({"handled_by": doing.actor.id}),
}
