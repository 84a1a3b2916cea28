"""How long a session lasts, and how long an account stays shut after wrong passwords. Two tables and their rules.

A field session has to outlive a shift without signal: it ends 16 hours after the phone was last heard of (a shift and
the night before the next one), and every contact renews it, for a week at most. A desk ends after two hours without
a request and after half a day. A wall with a device token runs until the token is revoked.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Lifetime:
    """`most`: from sign-in to the end, whatever happens. `idle`: without any request (None: no such limit)."""

    most: timedelta
    idle: timedelta | None


LIFETIMES: Mapping[str, Lifetime] = {
    "browser": Lifetime(timedelta(hours=12), timedelta(hours=2)),
    "field": Lifetime(timedelta(days=7), timedelta(hours=16)),
    "api": Lifetime(timedelta(hours=12), None),
    "kiosk": Lifetime(timedelta(days=3650), None),
}
LOCKS = (  # so many wrong passwords in a row, and how long after the last one none is looked at
    (5, timedelta(minutes=15)),
    (10, timedelta(hours=1)),
    (15, timedelta(hours=4)),
    (20, timedelta(hours=24)),
)
REMOTE_LOCKS = ((50, timedelta(minutes=15)), (200, timedelta(hours=4)))  # the same for one address, all logins
REMEMBERED = timedelta(hours=48)  # how far back wrong passwords count


def is_over(kind: str, seen_at: datetime, expires_at: datetime, now: datetime) -> bool:
    idle = LIFETIMES[kind].idle
    return now >= expires_at or (idle is not None and now >= seen_at + idle)


def locked_until(wrong: Sequence[datetime], steps: Sequence[tuple[int, timedelta]] = LOCKS) -> datetime | None:
    """When a password is looked at again, given the times of the wrong ones in a row; None: it is looked at now.

    The answer may lie in the past, which is the same as None.
    """
    lock = next((lock for count, lock in reversed(steps) if len(wrong) >= count), None)
    return None if lock is None else max(wrong) + lock
