"""The audit log: the worker seals what was written, auditors read it, anybody with the command can verify it.

The end of the chain is also kept in a file beside the data: who has the database's password alone cannot take rows
from its end, or make the chain anew, unnoticed.
"""

import os
from datetime import datetime
from pathlib import Path

from dashboard.deps import Deps
from dashboard.domain.audit import audit_hash
from dashboard.domain.people import Person
from dashboard.views.people import AuditEntry, AuditPage
from data.queries.audit_log import find_broken_audit, has_unsealed, list_audit, list_unsealed, read_head
from data.writes.audit import add_audit

ANCHOR = "audit_head"  # name of the file, in DATA_DIR
MOST_ROWS = 500
_AT_ONCE = 2000


def seal(deps: Deps, anchor: Path | None = None) -> int:
    """Give new rows their place in the chain; how many. Run about once a second, by one process."""
    with deps.database.read() as session:
        if not has_unsealed(session):
            return 0
    with deps.database.write() as session:
        position, previous = read_head(session, lock=True)
        rows = list_unsealed(session, limit=_AT_ONCE)
        for row in rows:
            position += 1
            columns = {column.key: getattr(row, column.key) for column in row.__table__.columns}
            row.position, row.hash = position, audit_hash(previous, position, columns)
            previous = row.hash
    if anchor is not None and rows:
        _keep(anchor, position, previous)
    return len(rows)


def verify_audit(deps: Deps, anchor: Path | None = None) -> tuple[int, tuple[str, ...]]:
    """(sealed rows, a line for each that was changed, removed or moved)."""
    head = _kept(anchor) if anchor is not None else None
    with deps.database.read() as session:
        count, faults = find_broken_audit(session, head)
    return count, tuple(faults)


def read_audit(deps: Deps, person: Person, *, start: datetime | None = None, end: datetime | None = None,
               action: str = "", limit: int = 100, offset: int = 0) -> AuditPage:  # fmt: skip
    """A page of the log, the newest first. That it was read is written into it."""
    scope = person.scope("audit.read")
    with deps.database.read() as session:
        total, rows = list_audit(session, scope, start=start, end=end, action=action, limit=min(limit, MOST_ROWS),
                                 offset=offset)  # fmt: skip
        entries = tuple(AuditEntry(row.id, row.position, row.at, row.actor, row.action, row.subject, row.region_code,
                                   row.reason, row.detail, row.remote) for row in rows)  # fmt: skip
    asked = {"from": start and start.isoformat(), "to": end and end.isoformat(), "action": action, "offset": offset}
    with deps.database.write() as session:
        add_audit(session, deps.clock(), person, "audit.read", detail={k: v for k, v in asked.items() if v})
    return AuditPage(total, entries)


def _keep(anchor: Path, position: int, digest: bytes) -> None:
    """Whole or not at all: a reader never finds half a line."""
    fresh = anchor.with_suffix(".new")
    fresh.write_text(f"{position} {digest.hex()}\n", encoding="ascii")
    os.replace(fresh, anchor)


def _kept(anchor: Path) -> tuple[int, bytes] | None:
    if not anchor.exists():
        return None
    position, _, digest = anchor.read_text(encoding="ascii").strip().partition(" ")
    return int(position), bytes.fromhex(digest)
