"""Which time counts: an offline worker is not late because the signal was, and nobody gains more than is credible."""

import pytest

from dashboard.domain.credit import counted_at, credited
from tests.dashboard.domain.test_casework import local

NOW, BEFORE = "06-22 15:00", "06-22 09:00"
TIMES = (  # the device says, the step before was at, what counts
    (None, BEFORE, NOW),
    ("06-22 10:00", BEFORE, "06-22 10:00"),
    (NOW, BEFORE, NOW),
    ("06-22 15:01", BEFORE, NOW),  # ahead of the server: not credible
    ("07-22 10:00", BEFORE, NOW),
    (BEFORE, BEFORE, BEFORE),  # at the moment of the step before
    ("06-22 08:59", BEFORE, NOW),  # before it: not credible
    ("06-22 08:59", None, "06-22 08:59"),  # the first step has none before it
    ("06-19 15:00", None, "06-19 15:00"),  # 72 hours
    ("06-19 14:59", None, NOW),
)


@pytest.mark.parametrize("device, before, counts", TIMES)
def test_a_device_is_believed_where_it_can_be(device: str | None, before: str | None, counts: str):
    given = [local(text) if text else None for text in (device, before)]
    assert credited(*given, local(NOW)) == local(counts)


def test_a_step_counts_by_the_device_only_where_it_was_believed():
    step = {"at": local(NOW), "device_at": local(BEFORE)}
    assert counted_at(step, {"credited": True}) == local(BEFORE)
    assert counted_at(step, {}) == local(NOW)
    assert counted_at({**step, "device_at": None}, {"credited": True}) == local(NOW)
