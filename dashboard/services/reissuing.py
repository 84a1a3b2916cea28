"""Working out a result with the appeals that were upheld, and the next issue of what was published already."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from dashboard.domain.errors import UserError
from dashboard.domain.evaluation import appeal, archive
from dashboard.domain.evaluation.canonical import encode, read_result
from dashboard.domain.evaluation.difference import difference
from dashboard.domain.evaluation.edition import ACTIONS, SHOWN
from dashboard.services.edition_steps import Change
from dashboard.services.evaluating import rows_of
from dashboard.services.recomputing import Bodies, Upheld, Worked, corrections, counted_inputs, read_bodies, work_out
from data.models import Edition
from data.queries.appeals import list_upheld
from data.queries.editions import find_issue, read_archive
from data.session import Session
from data.writes.editions import add_edition

_SAME = ("scheme_key", "scheme_version", "region_code", "level", "start", "end", "frozen_at", "code_version")


def upheld(session: Session, edition: Edition) -> tuple[Upheld, ...]:
    """What upheld appeals change in this issue, in the order in which it applies: what the issue before was published
    with, what was upheld against that since, what was upheld against this one."""
    found: tuple[Upheld, ...] = ()
    for one in filter(None, (edition.supersedes, edition.id)):
        if one != edition.id:
            found = corrections(read_bodies(session, one))
        known = {key for key, _correction in found}
        rows = [(str(row.id), row.effect) for row in list_upheld(session, one)]
        found = (*found, *((key, appeal.from_dict(effect)) for key, effect in rows if key not in known))
    return found


def worked(action: str, session: Session, edition: Edition, bodies: Bodies) -> Change:
    """The change that stores what the bodies come to, with the corrections in them."""
    found = work_out(bodies)
    new = {archive.RESULT: found.body}
    if archive.CORRECTIONS in bodies:
        new[archive.CORRECTIONS] = bodies[archive.CORRECTIONS]
    if edition.supersedes is not None:
        new[archive.DIFFERENCE] = _difference(read_bodies(session, edition.supersedes), bodies, found)
    return Change(action, ACTIONS[action].target, {}, new, rows_of(found.scheme, found.inputs, found.result))


def prepare(session: Session, edition: Edition) -> Change:
    """What the next issue begins with. Raises UserError where this is not the issue that stands, where another one is
    on its way, and where nothing was upheld since."""
    newest = find_issue(session, edition.scheme_key, edition.region_code, edition.level, edition.start)
    if edition.state not in SHOWN or newest.id != edition.id:
        raise UserError("state", "only the newest issue can be issued anew, once it is published", got=newest.state,
                        allowed=SHOWN)  # fmt: skip
    old = read_bodies(session, edition.id)
    late = upheld(session, edition)
    if late == corrections(old):
        raise UserError("appeals", "no appeal was upheld since it was published", got=0)
    bodies = read_bodies(session, edition.id, late)
    found = work_out(bodies)
    frozen = {name: entry.body for name, entry in read_archive(session, edition.id).items() if archive.frozen(name)}
    new = {archive.RESULT: found.body, archive.CORRECTIONS: bodies[archive.CORRECTIONS],
           archive.DIFFERENCE: _difference(old, bodies, found)}  # fmt: skip
    return Change("reissue", "review", {}, frozen | new, rows_of(found.scheme, found.inputs, found.result))


def add_issue(session: Session, old: Edition, key: UUID, now: datetime) -> Edition:
    """The row of the next issue, with what it has in common with the old one."""
    same = {name: getattr(old, name) for name in _SAME}
    return add_edition(session, same | {"id": key, "issue": old.issue + 1, "state": "review", "version": 0,
                                        "supersedes": old.id, "opened_at": now})  # fmt: skip


def _difference(old: Bodies, new: Bodies, found: Worked) -> bytes:
    """What changed against the issue before, and the appeals that caused it."""
    _scheme, inputs = counted_inputs(old)
    changed = difference(found.scheme, (inputs, read_result(old[archive.RESULT])), (found.inputs, found.result))
    return encode({**changed, "appeals": _since(corrections(old), corrections(new))})


def _since(old: Iterable[Upheld], new: Iterable[Upheld]) -> list[str]:
    known = {key for key, _correction in old}
    return [key for key, _correction in new if key not in known]
