"""A case as the one who reported it follows it: by number and secret, without an account; rating and reopening it.

A wrong secret and an unknown number are answered alike, after the same work.
"""

import hmac
import json
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from flask_babel import gettext as _

from dashboard.deps import Deps
from dashboard.domain.commands import Command
from dashboard.domain.errors import NotFound, UserError
from dashboard.domain.numbers import case_number
from dashboard.domain.people import PUBLIC, RESIDENT, Grant, Person
from dashboard.domain.scope import EVERYTHING
from dashboard.domain.tickets import digest
from dashboard.domain.workflow import REOPEN_DAYS
from dashboard.services.casework import act
from dashboard.services.plain import STAGES, TOLD, told, when
from dashboard.services.spots import names
from dashboard.services.words import named
from dashboard.views.public import Followed, Told
from data.models import CaseStep
from data.queries.cases import list_steps
from data.queries.regions import get_pack, get_region, list_synthetic
from data.queries.reporters import list_followable
from data.session import Session
from data.writes.cases import get_case_row

NOTE_MOST = 300
_NOBODY = digest("")  # compared with where there is no such number, so that it costs the same


def follow(deps: Deps, number: str, secret: str) -> Followed:
    """Raises NotFound for an unknown number and for a wrong secret alike."""
    with deps.database.read() as session:
        return _told(session, deps, _key(session, number, secret))


def rate(deps: Deps, number: str, secret: str, rating: int, note: str) -> Followed:
    """1 to 5. Raises NotFound as `follow`, UserError where it cannot be rated (not closed, rated before)."""
    return _do(deps, number, secret, "rate", {"rating": rating, "note": _note(note)})


def reopen(deps: Deps, number: str, secret: str, note: str) -> Followed:
    """ "It is not solved." Raises NotFound as `follow`, UserError where it is too late or not closed."""
    return _do(deps, number, secret, "reopen", {"reason": "not_satisfied", "note": _note(note)})


def resident(county_code: str) -> Person:
    """Whoever reports in a county, or holds the secret of a case in it."""
    return Person(None, RESIDENT, (Grant(PUBLIC, county_code),))


def _do(deps: Deps, number: str, secret: str, action: str, inputs: dict) -> Followed:
    with deps.database.read() as session:
        key = _key(session, number, secret)
    given = {name: value for name, value in inputs.items() if value not in (None, "")}
    act(deps, resident(key[0]), key, Command(action, inputs=given))
    return follow(deps, number, secret)


def _note(text: str) -> str:
    if len(text) > NOTE_MOST:
        raise UserError("text", "too long", got=len(text), allowed=f"up to {NOTE_MOST} characters")
    return text.strip()


def _key(session: Session, number: str, secret: str) -> tuple[str, UUID]:
    plain = number.strip().upper().replace(" ", "")[:64]
    given, found = digest(secret), None
    for county, case_id, kept in list_followable(session, plain) or [("", UUID(int=0), _NOBODY)]:
        if hmac.compare_digest(kept, given) and county:
            found = county, case_id
    if found is None:
        raise NotFound("follow", "number and secret do not fit together", hint="look at both again")
    return found


def _told(session: Session, deps: Deps, key: tuple[str, UUID]) -> Followed:
    own = get_case_row(session, key)
    case, steps = _followed_on(session, own, list_steps(session, *key))
    code = next(code for level in ("grid", "village", "township", "county") if (code := own[f"{level}_code"]))
    region = get_region(session, EVERYTHING, code)
    zone = ZoneInfo(get_pack(session, region.pack).timezone)
    now = deps.clock().astimezone(zone)
    stage, stands, _promise, _clock = STAGES[case["state"]]
    promise, late = _next(case, now)
    may_reopen, until = _reopening(own, now)
    return Followed(
        case_number(own["id"]), named(deps.catalog.kinds[own["kind"]]), names(session, region), stage, str(stands),
        promise, late, _steps(steps, now),
        own["state"] == "closed" and own["satisfaction"] is None, may_reopen, until, own["satisfaction"],
        own["dataset"] in list_synthetic(session),
    )  # fmt: skip


def _followed_on(session: Session, case: dict, steps: list[CaseStep]) -> tuple[dict, list[CaseStep]]:
    """The case that is worked on: what it was merged into, whose later steps are told with its own."""
    seen = {case["id"]}
    while case["merged_into"] and case["merged_into"] not in seen:
        seen.add(case["merged_into"])
        key, last = (case["county_code"], case["merged_into"]), steps[-1].at
        case = get_case_row(session, key)
        steps = [*steps, *(step for step in list_steps(session, *key) if step.at > last)]
    return case, steps


def _steps(steps: list[CaseStep], now: datetime) -> tuple[Told, ...]:
    """What is told of them, each with the unit that has the case after it."""
    out, holder = [], None
    for step in steps:
        detail = json.loads(step.detail) if step.detail else {}
        holder = detail.get("unit") or detail.get("holder") or holder
        if step.action in TOLD:
            at = step.at.astimezone(now.tzinfo)
            out.append(Told(at, when(at, now), told(step.action, detail, holder, step.reason)))
    return tuple(out)


def _next(case: dict, now: datetime) -> tuple[str, bool]:
    """What comes next and by when, and whether that time has passed."""
    _stage, _stands, promise, clock = STAGES[case["state"]]
    if case["paused_at"] is not None and case["state"] != "objected":
        return _("计时暂停，恢复后继续办理"), False
    if promise is None or (clock and case[clock] is None):
        return "", False
    if clock is None:
        return str(promise), False
    due = case[clock].astimezone(now.tzinfo)
    text = str(promise) % {"when": when(due, now)}
    return (
        (_("原定%(promise)s，现在超过了。我们没有做到，正在催办。", promise=text), True) if due < now else (text, False)
    )


def _reopening(case: dict, now: datetime) -> tuple[bool, str]:
    if case["state"] != "closed" or case["closed_at"] is None:
        return False, ""
    until = case["closed_at"].astimezone(now.tzinfo) + timedelta(days=REOPEN_DAYS)
    return now < until, when(until, now)
