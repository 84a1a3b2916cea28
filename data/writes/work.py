"""Writes of what stands beside the case: evidence files, patrols, devices."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete, exists, insert, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from data.models import Attachment, Device, Evidence, Exhibit, Patrol


def add_file(session: Session, row: Mapping[str, object]) -> None:
    """Add a file; one that is there stays as it is (the same picture may come in twice at the same moment)."""
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    session.execute(dialect.insert(Attachment).values(**row).on_conflict_do_nothing())


def touch_file(session: Session, sha256: str, at: datetime) -> None:
    """The file came in again: it is as young as then."""
    session.execute(update(Attachment).where(Attachment.sha256 == sha256).values(added_at=at))


def delete_unused(session: Session, sha256: str, before: datetime) -> bool:
    """Forget a file that came in before then, if no case and no verdict shows it by now."""
    unused = [~exists().where(shown.sha256 == Attachment.sha256) for shown in (Evidence, Exhibit)]
    gone = delete(Attachment).where(Attachment.sha256 == sha256, Attachment.added_at < before, *unused)
    return session.execute(gone, execution_options={"synchronize_session": False}).rowcount == 1


def add_patrol(session: Session, row: Mapping[str, object]) -> None:
    session.execute(insert(Patrol), [dict(row)])


def put_device(session: Session, row: Mapping[str, object]) -> Device:
    """Write what a device says of itself; its row."""
    found = session.get(Device, row["id"])
    if found is None:
        found = Device(**row)
        session.add(found)
    else:
        for name, value in row.items():
            setattr(found, name, value)
    session.flush()
    return found
