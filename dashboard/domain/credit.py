"""Which time counts: a device's own, where it is credible. An offline worker is not late because the signal was."""

from collections.abc import Mapping
from datetime import datetime, timedelta

LONGEST = timedelta(hours=72)


def credited(device_at: datetime | None, previous_at: datetime | None, now: datetime) -> datetime:
    """When something was done: `device_at` where that is not before the step before it (`previous_at`, None: it is the
    first), not later than now and at most LONGEST ago; `now` otherwise."""
    if device_at is None or device_at > now or now - device_at > LONGEST:
        return now
    return now if previous_at is not None and device_at < previous_at else device_at


def counted_at(step: Mapping, detail: Mapping) -> datetime:
    """The time by which a step counts. `detail`: its details, of which "credited" says that the device was believed."""
    return step["device_at"] if detail.get("credited") and step["device_at"] is not None else step["at"]
