"""Reporting without an account: what can be reported, checking it in one go, and the answer with number and secret."""

import hmac
import os
import re
from dataclasses import dataclass
from hashlib import sha256

from dashboard.deps import Deps
from dashboard.domain.commands import Contact, Report
from dashboard.domain.errors import UserError
from dashboard.domain.tickets import Ticket, digest, make_secret, spaced
from dashboard.services.casework import report as report_case
from dashboard.services.evidence import keep
from dashboard.services.following import follow, resident
from dashboard.services.ids import new_id
from dashboard.services.plain import GROUPS
from dashboard.services.spots import get_spot
from dashboard.services.words import named
from dashboard.views.public import Choice, Receipt
from data.queries.reporters import find_secret

TEXT_LEAST, TEXT_MOST, ADDRESS_MOST, NAME_MOST = 4, 1000, 200, 40
_PHONE = re.compile(r"\+?\d{5,18}")


@dataclass(frozen=True, slots=True)
class Told:
    """What a resident says. `place`: code of a region; `photo`: bytes of a picture as they came."""

    kind: str
    place: str
    text: str
    address: str = ""
    lon: float | None = None
    lat: float | None = None
    accuracy: float | None = None
    name: str = ""
    phone: str = ""
    photo: bytes | None = None


def new_ticket(deps: Deps) -> Ticket:
    return Ticket(new_id(deps.clock()), make_secret(os.urandom(32)))


def kinds(deps: Deps) -> tuple[Choice, ...]:
    """What can be reported, under plain headings, in their order."""
    found = deps.catalog.kinds.values()
    return tuple(Choice(kind.key, named(kind), str(words)) for group, words in GROUPS.items()
                 for kind in found if kind.public and kind.group == group)  # fmt: skip


def report(deps: Deps, ticket: Ticket, told: Told) -> Receipt:
    """Report it once; the same ticket again gets the same answer. Raises UserError before anything is written."""
    given = _checked(deps, ticket, told)
    with deps.database.read() as session:
        county = get_spot(session, told.place).ancestor("county")
    outcome = report_case(deps, resident(county), given)
    with deps.database.read() as session:
        kept = find_secret(session, outcome.county_code, outcome.id)
    if kept is None or not hmac.compare_digest(kept, digest(ticket.secret)):
        raise UserError("id", "this form was used for something else", hint="open the form again")
    seen = follow(deps, outcome.number, ticket.secret)
    return Receipt(seen.number, spaced(ticket.secret), seen.kind, seen.place, seen.promise, outcome.repeated)


def _checked(deps: Deps, ticket: Ticket, told: Told) -> Report:
    kind = deps.catalog.kinds.get(told.kind)
    if kind is None or not kind.public:
        raise UserError("kind", "not something that is reported here", got=told.kind)
    text = told.text.strip()
    if not TEXT_LEAST <= len(text) <= TEXT_MOST:
        raise UserError("text", "say what happened", got=len(text), allowed=f"{TEXT_LEAST} to {TEXT_MOST} characters")
    with deps.database.read() as session:
        place = get_spot(session, told.place)
    contact = Contact(_short("name", told.name, NAME_MOST), _phone(told.phone), digest(ticket.secret))
    # What residents write is for those who work on it: the title, which stands on the wall, is made of kind and place.
    return Report(
        place.code, kind.key, f"{kind.name} · {place.name}", "public", ticket.id, text,
        _short("address", told.address, ADDRESS_MOST), *_position(told), evidence=_kept(deps, told, place.ancestor("county")),
        contact=contact,
    )  # fmt: skip


def _kept(deps: Deps, told: Told, county: str) -> tuple[str, ...]:
    """The photo, redrawn; the last thing to be checked. Where the report then fails, it is forgotten after a day."""
    if not told.photo:
        return ()
    original = sha256(told.photo).hexdigest()
    keep(deps, resident(county), original, told.photo)
    return (original,)


def _short(code: str, text: str, most: int) -> str | None:
    if len(text) > most:
        raise UserError(code, "too long", got=len(text), allowed=f"up to {most} characters")
    return text.strip() or None


def _phone(text: str) -> str | None:
    plain = re.sub(r"[\s()-]", "", text)
    if plain and not _PHONE.fullmatch(plain):
        raise UserError("phone", "not a telephone number", allowed="digits")
    return plain or None


def _position(told: Told) -> tuple[float | None, float | None, float | None]:
    """Where exactly, where it was given; what lies off the globe is an error."""
    if told.lon is None or told.lat is None:
        return None, None, None
    if not (abs(told.lon) <= 180 and abs(told.lat) <= 90):
        raise UserError("position", "not a position", got=(told.lon, told.lat))
    return told.lon, told.lat, told.accuracy
