"""Instant closes: units that trip the detector, and the same with one thing changed that do not."""

import pytest

from tests.detecting import START, case, found, month


def closed(n: int, unit: str, after: float, **given: object) -> list[dict]:
    return [case(unit=unit, reported=START + k * 60, handled=START + k * 60 + after, **given) for k in range(n)]


SLOW = closed(200, "U2", 600) + closed(4, "U2", 2)
INSTANT = (
    (closed(20, "U1", 2) + SLOW, 1),
    (closed(20, "U1", 5) + SLOW, 1),  # the limit itself
    (closed(20, "U1", 6) + SLOW, 0),
    (closed(4, "U1", 2) + SLOW, 0),  # fewer than `least`
    (closed(5, "U1", 2) + closed(400, "U1", 600) + SLOW, 0),  # as often as others
    (closed(20, "U1", 600, used=4, limit=480) + SLOW, 1),  # within 1 % of the limit
    (closed(20, "U1", 600, used=5, limit=480) + SLOW, 0),
    (closed(20, "U1", 2, kind="call") + closed(300, "U2", 2, kind="call"), 0),  # everybody does, of this kind
    (closed(20, "U1", 2, kind="call") + SLOW, 0),  # nobody else has this kind
    (closed(20, "", 2) + SLOW, 0),  # nobody holds them
)


@pytest.mark.parametrize("cases, units", INSTANT)
def test_instant_closes_are_compared_with_others_of_the_same_kind(cases, units):
    assert len(found("instant", month(cases))) == units


def test_units_of_one_name_in_two_regions_are_two():
    both = closed(20, "U1", 2) + closed(20, "U1", 2, region="K2") + SLOW + closed(400, "U3", 600)
    assert [one.region for one in found("instant", month(both))] == ["K1", "K2"]
