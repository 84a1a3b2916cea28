"""Recording a step of an edition: its row, what is archived and counted with it, the chain, the log and the feed.

The step's detail holds every column of the edition and the digest of every archived entry, as they stand after it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from dashboard.domain.errors import UserError
from dashboard.domain.evaluation import archive
from dashboard.domain.evaluation.canonical import encode
from dashboard.domain.evaluation.edition import SHOWN, Action
from dashboard.domain.people import Person
from dashboard.domain.regions import Region
from dashboard.domain.scope import EVERYTHING
from data.models import Edition
from data.queries.editions import list_archived
from data.queries.regions import list_below
from data.session import Session
from data.writes.audit import add_audit
from data.writes.cases import Conflict
from data.writes.editions import add_edition_step, put_archive, replace_figures, tell_edition


@dataclass(frozen=True)
class Change:
    """What a step does. `columns`: of the edition. `bodies`: entries to archive. `figures`: rows that replace the old
    ones (None: they stay)."""

    action: str
    state: str
    columns: Mapping[str, object] = field(default_factory=dict)
    bodies: Mapping[str, bytes] = field(default_factory=dict)
    figures: Mapping[type, Sequence[Mapping]] | None = None
    note: str = ""

    def noted(self, note: str) -> "Change":
        return replace(self, note=note)


def role_for(person: Person, region: Region, action: Action) -> str:
    """The role in which the person acts, by a grant in the region or above. Raises UserError "forbidden"."""
    if person.everything:
        return "system"
    grant = person.acting(action.roles, frozenset(code for _level, code in region.path), None)
    if grant is None:
        raise UserError("forbidden", "your role does not allow this here", got=action.key, allowed=action.roles)
    return grant.role


def check_version(edition: Edition, version: int | None) -> None:
    """Raises Conflict where somebody else came first."""
    if version is not None and version != edition.version:
        raise Conflict(version, {"version": edition.version, "state": edition.state}, "edition")


def record(session: Session, person: Person, edition: Edition, region: Region, role: str, at: datetime,
           change: Change) -> None:  # fmt: skip
    """Carry the change out, with its step. `edition`: held by this transaction."""
    for name, value in {**change.columns, "state": change.state, "version": edition.version + 1}.items():
        setattr(edition, name, value)
    if change.bodies:
        put_archive(session, edition.id, change.bodies)
        digests = dict(list_archived(session, edition.id))
        edition.digest, edition.inputs_digest = archive.seal(digests), archive.seal_inputs(digests)
    if change.figures is not None:
        replace_figures(session, edition.id, change.figures)
    session.flush()
    add_edition_step(session, {
        "edition_id": edition.id, "action": change.action, "state": edition.state, "at": at, "user_id": person.id,
        "actor": person.name, "role": role, "note": change.note or None, "detail": detail_of(session, edition),
    })  # fmt: skip
    add_audit(session, at, person, f"edition.{change.action}", subject=str(edition.id), region=region.code,
              reason=change.note or None, detail={"state": edition.state, "digest": edition.digest})  # fmt: skip
    shown = edition.state in SHOWN and change.action == "publish"
    for one in list_below(session, EVERYTHING, region, edition.level) if shown else (region,):
        tell_edition(session, at, change.action, edition, one)


def detail_of(session: Session, edition: Edition) -> str:
    """Canonical JSON of the edition's columns and of the digests in its archive."""
    return encode({"edition": columns_of(edition), "archive": dict(list_archived(session, edition.id))}).decode()


def columns_of(edition: Edition) -> dict[str, object]:
    """Every column of the edition as text, numbers and None; times in UTC."""
    return {column.key: _plain(getattr(edition, column.key)) for column in Edition.__table__.columns}


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return value if isinstance(value, int) or value is None else str(value)
