"""What a live stream asks of the database beside the feed: does its session still hold, and how fresh is everything."""

from datetime import UTC, timedelta

from dashboard.deps import Deps
from dashboard.domain.people import Person
from dashboard.services.status import read_status
from data.queries.hearing import holds
from data.writes.feed import forget_changes

KEPT = timedelta(days=2)


def still_holds(deps: Deps, person: Person) -> bool:
    """Is `person` still who speaks, with the same grants? False where the session ended or the account was disabled."""
    if not person.session:
        return person.id is None  # the guest of a wall that stands open
    with deps.database.read() as session:
        return holds(session, bytes.fromhex(person.session), person.grants, deps.clock())


def standing(deps: Deps) -> dict:
    """{version, as_of}: the data version, and the moment it was read."""
    status = read_status(deps)
    return {"version": status.version, "as_of": status.as_of.astimezone(UTC).isoformat(timespec="seconds")}


def forget_old_changes(deps: Deps) -> int:
    """Remove changes that no stream will resume from any more; how many. Run now and then."""
    with deps.database.write() as session:
        return forget_changes(session, deps.clock() - KEPT)
