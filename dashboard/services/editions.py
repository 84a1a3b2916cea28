"""The life of an edition: opened for a month, then one action after another until it is published and filed away.

Which action follows which state stands in dashboard.domain.evaluation.edition. What is heavy is worked out before the
write begins, and the write is refused where somebody else came first.
"""

from calendar import monthrange
from datetime import date
from uuid import UUID

from dashboard.deps import Deps
from dashboard.domain.errors import UserError
from dashboard.domain.evaluation.edition import ACTIONS
from dashboard.domain.people import Person
from dashboard.domain.periods import Period
from dashboard.services import edition_steps, parties, reissuing
from dashboard.services.edition_steps import Change
from dashboard.services.edition_views import difference, get_edition, head, latest, list_editions, list_steps
from dashboard.services.edition_work import WORK
from dashboard.services.freezing import subject_of
from dashboard.services.ids import new_id
from dashboard.services.schemes import scheme as get_scheme
from dashboard.services.sealing import verify
from dashboard.views.editions import EditionHead
from data.models import Edition
from data.queries.editions import find_issue
from data.queries.regions import get_region
from data.session import Session
from data.writes.editions import add_edition
from data.writes.verdicts import lock

__all__ = [
    "act",
    "difference",
    "get_edition",
    "latest",
    "list_editions",
    "list_steps",
    "open_edition",
    "reissue",
    "verify",
]


def open_edition(deps: Deps, person: Person, scheme_key: str, region_code: str, month: date) -> EditionHead:
    """Start to collect for the month that `month` lies in: one edition a scheme, region and month.

    Raises NotFound for a scheme or region there is not, UserError where the person may not, where there is nothing to
    rank, and where the edition is there already.
    """
    now, scheme = deps.clock(), get_scheme(deps, scheme_key)
    span = month_of(month)
    with deps.database.write() as session:
        region = get_region(session, person.scope(parties.VIEW), region_code)
        role = edition_steps.role_for(person, region, ACTIONS["lock"])
        subject = subject_of(session, scheme, region, span)
        if span.start > parties.today_in(session, region, now):
            raise UserError("month", "this month is still to come", got=f"{span.start:%Y-%m}")
        if found := find_issue(session, scheme.key, region.code, subject.level, span.start):
            raise UserError("edition", "there is an edition of this month already", got=str(found.id))
        edition = add_edition(session, {
            "id": new_id(now), "scheme_key": scheme.key, "scheme_version": scheme.version, "region_code": region.code,
            "level": subject.level, "start": span.start, "end": span.end, "issue": 1, "state": "collecting",
            "version": 0, "opened_at": now,
        })  # fmt: skip
        edition_steps.record(session, person, edition, region, role, now, Change("open", "collecting"))
        return head(session, person, edition, region)


def month_of(day: date) -> Period:
    """The month that the day lies in."""
    return Period(day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1]))


def act(deps: Deps, person: Person, edition_id: UUID, action: str, *, version: int | None = None,
        note: str = "") -> EditionHead:  # fmt: skip
    """Take one step in the life of an edition. `version`: what the person looked at (None: whatever stands there).

    Raises NotFound out of sight, Conflict where it moved in between, UserError where role, state or a guard say no.
    """
    if action not in ACTIONS:
        raise UserError("action", "no such action", got=action, allowed=tuple(ACTIONS))
    now = deps.clock()
    with deps.database.read() as session:
        edition, region, role = _allowed(session, person, edition_id, action, version)
        seen = edition.version
        change = WORK[action](deps, session, edition, region, now)
    with deps.database.write() as session:
        edition = lock(session, Edition, edition_id, seen)
        edition_steps.record(session, person, edition, region, role, now, change.noted(note))
        if action == "publish" and edition.supersedes is not None:
            old = lock(session, Edition, edition.supersedes)
            edition_steps.record(session, person, old, region, role, now,
                                 Change("supersede", old.state, {"superseded_at": now}))  # fmt: skip
        return head(session, person, edition, region)


def reissue(deps: Deps, person: Person, edition_id: UUID, note: str) -> EditionHead:
    """Make the next issue of a published edition: its frozen inputs with the appeals that were upheld since. It stands in
    review; the old one stays on the wall until the new one is published.

    Raises NotFound out of sight, UserError where the role does not allow it, where the edition is not the issue that
    stands, and where no appeal was upheld that it does not have already.
    """
    now = deps.clock()
    with deps.database.read() as session:
        edition, region = parties.get_seen(session, person, edition_id)
        role = edition_steps.role_for(person, region, ACTIONS["review"])
        seen = edition.version
        made = reissuing.prepare(session, edition)
    with deps.database.write() as session:
        old = lock(session, Edition, edition_id, seen)
        new = reissuing.add_issue(session, old, new_id(now), now)
        edition_steps.record(session, person, new, region, role, now, made.noted(parties.said(note, "note")))
        return head(session, person, new, region)


def _allowed(session: Session, person: Person, edition_id: UUID, action: str, version: int | None):
    """(edition, its region, the role that acts)."""
    edition, region = parties.get_seen(session, person, edition_id)
    edition_steps.check_version(edition, version)  # before the move is judged: what it forbids may be why it changed
    role = edition_steps.role_for(person, region, ACTIONS[action])
    if edition.state not in ACTIONS[action].sources:
        raise UserError("state", "this is not the time for it", got=edition.state, allowed=ACTIONS[action].sources)
    return edition, region, role
