"""Walls that run by a device token, without anybody signed in: they see one region's wall and nothing else."""

import secrets

from dashboard.deps import Deps
from dashboard.domain.errors import NotFound, UserError
from dashboard.domain.people import Person
from dashboard.domain.sessions import LIFETIMES
from dashboard.services.people import key_of
from dashboard.views.people import Kiosk
from data.queries.people import list_sessions
from data.queries.regions import find_regions, get_region
from data.writes.audit import add_audit
from data.writes.people import add_session, end_session

KIND, _ALLOW, _LONGEST = "kiosk", "device.manage", 200


def add_kiosk(deps: Deps, by: Person, name: str, region: str) -> tuple[Kiosk, str]:
    """The wall and its token, which is told this once. Raises NotFound for a region out of the scope of `by`."""
    name = name.strip()
    if not 0 < len(name) <= _LONGEST:
        raise UserError("name", "a wall's name", got=name, allowed=f"1 to {_LONGEST} characters")
    token, now = secrets.token_urlsafe(32), deps.clock()
    with deps.database.write() as session:
        place = get_region(session, by.scope(_ALLOW), region)
        add_session(session, key_of(token), KIND, name, now, now + LIFETIMES[KIND].most, region=place.code)
        add_audit(session, now, by, "kiosk.create", subject=name, region=place.code)
    return Kiosk(key_of(token).hex(), name, place.code, place.name, now, now), token


def list_kiosks(deps: Deps, by: Person) -> tuple[Kiosk, ...]:
    """Walls whose token is not revoked, in the scope of `by`, the newest first."""
    with deps.database.read() as session:
        rows = list_sessions(session, KIND)
        places = find_regions(session, by.scope(_ALLOW), {row.region_code for row in rows})
        return tuple(Kiosk(row.key.hex(), row.name, row.region_code, places[row.region_code].name, row.created_at,
                           row.seen_at) for row in rows if row.region_code in places)  # fmt: skip


def revoke_kiosk(deps: Deps, by: Person, key: str) -> Kiosk:
    """`key`: the wall's, or at least its first eight signs. Holds at once."""
    found = [one for one in list_kiosks(deps, by) if len(key) >= 8 and one.key.startswith(key.lower())]
    if len(found) != 1:
        raise NotFound("kiosk", "no such wall", got=key, hint="give more of its key" if found else "")
    now = deps.clock()
    with deps.database.write() as session:
        if end_session(session, bytes.fromhex(found[0].key), now) is not None:
            add_audit(session, now, by, "kiosk.revoke", subject=found[0].name, region=found[0].region)
    return found[0]
