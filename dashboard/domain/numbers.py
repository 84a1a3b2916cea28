"""Case numbers for people: "260618-4F7K2Q", the day and the millisecond of the report, read from a UUIDv7.

A number leads back to the id's first 48 bits, so that a case is found by its key; two cases of one county in the same
millisecond share a number.
"""

from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID

from dashboard.domain.errors import UserError

_DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: no I, L, O, U
_MISREAD = str.maketrans("ILO", "110")
_ZONE = timezone(timedelta(hours=8))
_DAY_MS = 86_400_000
_ALLOWED = "a number like 260618-04F7K2"


def case_number(case_id: UUID) -> str:
    """The number of a UUIDv7; of other ids (imported records) the first eight hex digits."""
    if case_id.version != 7:
        return case_id.hex[:8].upper()
    at = datetime.fromtimestamp(0, UTC) + timedelta(milliseconds=case_id.int >> 80)
    local = at.astimezone(_ZONE)
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    ms = (local - midnight) // timedelta(milliseconds=1)
    digits = "".join(_DIGITS[ms >> shift & 31] for shift in range(25, -1, -5))
    return f"{local:%y%m%d}-{digits}"


def number_range(number: str) -> tuple[UUID, UUID]:
    """[first, last] of the ids with this number. Raises UserError for what is no number."""
    day, _, digits = number.strip().upper().translate(_MISREAD).partition("-")
    if len(digits) != 6 or any(digit not in _DIGITS for digit in digits):
        raise UserError("number", "not a case number", got=number, allowed=_ALLOWED)
    try:
        midnight = datetime.strptime(day, "%y%m%d").replace(tzinfo=_ZONE)
    except ValueError:
        raise UserError("number", "not a case number", got=number, allowed=_ALLOWED) from None
    ms = sum(_DIGITS.index(digit) << shift for digit, shift in zip(digits, range(25, -1, -5), strict=True))
    if ms >= _DAY_MS:
        raise UserError("number", "not a case number", got=number, allowed=_ALLOWED)
    first = int(midnight.timestamp() * 1000) + ms << 80
    return UUID(int=first), UUID(int=first | (1 << 80) - 1)
