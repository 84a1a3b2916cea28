"""Tickets of the public end: a form carries one, so that what is sent twice is one case, and whoever sent it learns the
same secret again, without the server having kept it.

A ticket is the case's id (UUIDv7), the secret and a seal (HMAC-SHA-256 by the server's key), in this order.
"""

import hmac
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from uuid import UUID

from dashboard.domain.errors import UserError

LASTS = timedelta(hours=24)
DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: no I, L, O, U
SECRET_LENGTH = 12  # 60 random bits
_MISREAD = str.maketrans("ILO", "110")
_ID, _SEAL = 32, 32


@dataclass(frozen=True, slots=True)
class Ticket:
    """`secret`: SECRET_LENGTH of DIGITS."""

    id: UUID
    secret: str


def make_secret(noise: bytes) -> str:
    """SECRET_LENGTH digits of as many random bytes."""
    return "".join(DIGITS[byte & 31] for byte in noise[:SECRET_LENGTH])


def seal(key: str, ticket: Ticket) -> str:
    text = f"{ticket.id.hex}{ticket.secret}"
    return text + _sealed(key, text)


def unseal(key: str, text: str, now: datetime) -> Ticket:
    """Raises UserError "ticket" for what this server did not make, and "stale" for what is older than LASTS."""
    body, mark = text[: _ID + SECRET_LENGTH], text[_ID + SECRET_LENGTH :]
    if not hmac.compare_digest(_sealed(key, body).encode(), mark.encode()):
        raise UserError("ticket", "this form was not made here", hint="open the form again")
    found = Ticket(UUID(body[:_ID]), body[_ID:])
    if now - datetime.fromtimestamp((found.id.int >> 80) / 1000, UTC) > LASTS:
        raise UserError("stale", "this form was opened too long ago", hint="open the form again")
    return found


def spaced(secret: str) -> str:
    """As it is shown: "7K2M-QX4P-9D3H"."""
    return "-".join(secret[at : at + 4] for at in range(0, len(secret), 4))


def digest(secret: str) -> str:
    """SHA-256 (hex) of a secret as people type it: case, spaces and hyphens do not count, nor do I, L and O."""
    plain = "".join(secret.upper().translate(_MISREAD).replace("-", " ").split())
    return sha256(plain.encode()).hexdigest()


def _sealed(key: str, text: str) -> str:
    return hmac.new(key.encode(), text.encode(), sha256).hexdigest()[:_SEAL]
