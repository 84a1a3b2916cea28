"""What each action of an edition does, before anything is written: freezing, trying, time limits, guards.

WORK is the table: one function for each action of dashboard.domain.evaluation.edition.
"""

from collections.abc import Callable, Mapping
from datetime import datetime

from dashboard.deps import Deps
from dashboard.domain.errors import UserError
from dashboard.domain.evaluation import archive
from dashboard.domain.evaluation.edition import ACTIONS
from dashboard.domain.evaluation.model import Scheme
from dashboard.domain.periods import Period
from dashboard.domain.regions import Region
from dashboard.services import freezing, parties
from dashboard.services.edition_steps import Change
from dashboard.services.recomputing import Bodies, corrections, counted_inputs, read_bodies, work_out
from dashboard.services.reissuing import upheld, worked
from dashboard.services.schemes import scheme as get_scheme
from data.models import Edition
from data.queries.appeals import list_appeals
from data.session import Session

Work = Callable[[Deps, Session, Edition, Region, datetime], Change]


def _lock(deps: Deps, session: Session, edition: Edition, region: Region, now: datetime) -> Change:
    if parties.today_in(session, region, now) <= edition.end:
        raise UserError(
            "period", "the month is not over yet", got=str(edition.end), hint="until then it is provisional"
        )
    scheme = get_scheme(deps, edition.scheme_key, edition.scheme_version)
    subject = freezing.subject_of(session, scheme, region, Period(edition.start, edition.end))
    bodies = freezing.freeze(deps, session, subject, now)
    return _to("lock", {"frozen_at": now, "code_version": freezing.code_version()}, bodies)


def _try(deps: Deps, session: Session, edition: Edition, region: Region, now: datetime) -> Change:
    return worked("try", session, edition, read_bodies(session, edition.id))


def _preview(deps: Deps, session: Session, edition: Edition, region: Region, now: datetime) -> Change:
    days = _scheme(session, edition).preview_days
    return _to("preview", {"preview_until": parties.after_work_days(deps, session, region, now, days)})


def _hear(deps: Deps, session: Session, edition: Edition, region: Region, now: datetime) -> Change:
    days = _scheme(session, edition).appeal_days
    return _to("hear", {"appeal_until": parties.after_work_days(deps, session, region, now, days)})


def _review(deps: Deps, session: Session, edition: Edition, region: Region, now: datetime) -> Change:
    if edition.appeal_until is not None and now < edition.appeal_until:
        raise UserError("window", "appeals may still be filed", got=now.isoformat(timespec="minutes"),
                        allowed=f"after {edition.appeal_until.isoformat(timespec='minutes')}")  # fmt: skip
    found = upheld(session, edition)
    if found == corrections(read_bodies(session, edition.id)):
        return _to("review", {})  # nothing was upheld since: the result stands
    return worked("review", session, edition, read_bodies(session, edition.id, found))


def _publish(deps: Deps, session: Session, edition: Edition, region: Region, now: datetime) -> Change:
    waiting = list_appeals(session, edition.id, states=("filed",))
    if waiting:
        raise UserError("appeals", "appeals wait for a decision", got=len(waiting), allowed=0)
    bodies = read_bodies(session, edition.id)
    if corrections(bodies) != upheld(session, edition):
        raise UserError("review", "appeals were upheld since the review", hint="review again, so that they count")
    if work_out(bodies).body != bodies[archive.RESULT]:
        raise UserError("archive", "the archive gives another result", hint="run: flask --app app editions verify")
    return _to("publish", {"published_at": now})


def _archive(deps: Deps, session: Session, edition: Edition, region: Region, now: datetime) -> Change:
    return _to("archive", {})


def _scheme(session: Session, edition: Edition) -> Scheme:
    """As it was frozen."""
    return counted_inputs(read_bodies(session, edition.id))[0]


def _to(action: str, columns: Mapping[str, object], bodies: Bodies | None = None) -> Change:
    return Change(action, ACTIONS[action].target, columns, bodies or {})


WORK: Mapping[str, Work] = {"lock": _lock, "try": _try, "preview": _preview, "hear": _hear, "review": _review,
                            "publish": _publish, "archive": _archive}  # fmt: skip
