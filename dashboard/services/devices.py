"""Devices that work offline: how much they have not sent yet. They have no position, and nobody is counted by name."""

from datetime import datetime
from uuid import UUID

from dashboard.deps import Deps
from dashboard.domain.errors import NotFound
from dashboard.domain.people import Person
from dashboard.domain.scope import EVERYTHING
from data.queries.patrols import find_device
from data.queries.regions import find_regions
from data.writes.feed import add_change
from data.writes.work import put_device


def tell_unsent(deps: Deps, person: Person, device_id: UUID, unsent: int, oldest_at: datetime | None) -> None:
    """What a device of the person says of itself. Told on only where it changes. NotFound for another's device."""
    now = deps.clock()
    oldest = min(oldest_at or now, now) if unsent else None
    with deps.database.write() as session:
        before = find_device(session, device_id)
        if before is not None and before.user_id != person.id:
            raise NotFound("device", "no such device", got=str(device_id))
        changed = before is None or (before.unsent, before.oldest_at) != (unsent, oldest)
        put_device(
            session, {"id": device_id, "user_id": person.id, "seen_at": now, "unsent": unsent, "oldest_at": oldest}
        )
        if changed and (unsent or before is not None):
            codes = dict.fromkeys(grant.region for grant in person.grants)
            for region in find_regions(session, EVERYTHING, codes).values():
                add_change(session, now, "device", "unsent", ref=str(device_id),
                           place={f"{level}_code": code for level, code in region.path}, detail={"unsent": unsent})  # fmt: skip
