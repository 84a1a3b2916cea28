"""What a write tells of itself: the step of the history, the files it shows, the row of the audit log."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from dashboard.domain.errors import UserError
from dashboard.domain.guards import Actor
from dashboard.domain.history import canonical
from dashboard.domain.people import Person
from data.queries.evidence import list_files
from data.session import Session
from data.writes.audit import add_audit

_COLUMNS = ("note", "reason", "evidence")  # inputs that have a column or a table of their own


def step_row(
    action: str, actor: Actor, now: datetime, device_at: datetime | None, at: datetime, told: Mapping, *,
    files: Sequence[str] = (), effect: str | None = None,
) -> dict:  # fmt: skip
    """Columns of a step done at `at`. `told`: the inputs and whatever else its details say."""
    detail = {name: _plain(value) for name, value in told.items() if name not in _COLUMNS}
    detail |= {"by": actor.id.hex if actor.id else None, "evidence": list(files) or None}
    detail |= {"credited": True if device_at is not None and at != now else None}
    return {"action": action, "at": now, "device_at": device_at, "actor": actor.name, "role": actor.role,
            "unit": actor.unit, "reason": told.get("reason"), "note": told.get("note"), "clock_effect": effect,
            "detail": canonical(detail), "evidence": files}  # fmt: skip


def stored_files(session: Session, digests: Sequence[str]) -> tuple[str, ...]:
    """SHA-256 of the stored files, in the order given. Raises UserError for one that was never sent."""
    if not digests:
        return ()
    found: dict[str, str] = {}
    for file in list_files(session, digests):
        found.setdefault(file.original, file.sha256)
        found[file.sha256] = file.sha256
    missing = [digest for digest in digests if digest not in found]
    if missing:
        raise UserError(
            "evidence", "this file was not sent", got=missing[0], hint="send the file first, then what shows it"
        )
    return tuple(dict.fromkeys(found[digest] for digest in digests))


def tell_audit(session: Session, person: Person, actor: Actor, action: str, case: Mapping, now: datetime,
               reason: str | None = None) -> None:  # fmt: skip
    add_audit(session, now, person, f"case.{action}", subject=str(case["id"]), region=case["county_code"], reason=reason,
              detail={"role": actor.role, "version": case.get("version", 1)})  # fmt: skip


def _plain(value: object) -> object:
    return value.hex if isinstance(value, UUID) else value
