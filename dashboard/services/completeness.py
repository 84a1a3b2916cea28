"""Up to when the figures are complete: phones that work offline say what they have not sent yet.

Only a phone that had a signal can say so, and one that is never heard of again is let go after a while.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from dashboard.deps import Deps
from dashboard.domain.scope import Scope
from data.queries.devices import count_unsent
from data.queries.regions import get_region, get_root

LOST = timedelta(days=7)  # without a word, a device is no longer waited for


@dataclass(frozen=True, slots=True)
class Completeness:
    """`devices` hold unsent entries, the oldest made at `until`; None: nothing is known to be missing."""

    devices: int
    until: datetime | None


def completeness(deps: Deps, scope: Scope, region_code: str = "") -> Completeness:
    """Of a region and all below it; "" is the root. Raises NotFound for a region out of scope."""
    with deps.database.read() as session:
        region = get_region(session, scope, region_code) if region_code else get_root(session, scope)
        return Completeness(*count_unsent(session, scope, region, deps.clock() - LOST))
