"""Bursts of entry: months that trip the detector, and the same with one thing changed that do not."""

import pytest
from scipy import stats

from tests.detecting import DAY, at_once, case, daily, found, month

# burst: a grid with a case a day, eight hours of work a day, has 0.125 cases an hour

BURSTS = (  # what happens in G1, how many bursts
    (daily(), 0),
    (daily() + at_once(6), 1),
    (daily() + at_once(5), 0),  # fewer than `least`
    (daily() + at_once(12, minutes_apart=90), 0),  # as many, but never within an hour
    (daily() + at_once(10, minutes_apart=30), 0),  # two or three an hour
    (daily() + at_once(6, source="public"), 0),  # residents may
    (daily() + [{**one, "reported": one["reported"] - 90 * DAY} for one in at_once(12)], 0),  # before the period
    (daily() + at_once(8) + [{**one, "reported": one["reported"] + 9 * DAY} for one in at_once(8)], 2),
    (daily() + at_once(3) + at_once(3, place="G2"), 0),  # two grids
)  # fmt: skip


@pytest.mark.parametrize("cases, bursts", BURSTS)
def test_a_burst_is_far_above_the_grids_own_rate(cases, bursts):
    assert len(found("burst", month(cases))) == bursts


def test_a_busy_grid_is_measured_by_itself():
    """Eight cases each hour of work, all year: six within an hour are nothing."""
    busy = [case(reported=day * DAY + 480 + k * 7.5) for day in range(120) for k in range(64)]
    assert found("burst", month(busy)) == []
    assert found("burst", month(daily() + at_once(6)))[0].figures["expected"] == pytest.approx(
        121 / (960 - 1), abs=0.01
    )


def test_a_burst_names_its_cases_its_place_and_its_figures():
    [one] = found("burst", month(daily() + at_once(7)))
    assert one.region == "K1"
    assert one.key == "G1|1970-04-11T15:00Z"
    assert one.cases == tuple(f"K1:{n:04}" for n in range(120, 127))
    assert one.figures["observed"] == 7
    assert one.figures["place"] == "G1"
    expected = 121 / (120 * 8 * 60 - 60) * 60
    assert one.figures["p"] == pytest.approx(stats.poisson.sf(5, expected), rel=0.05)
    assert one.figures["threshold"] == pytest.approx(0.2 / 37, rel=0.05)  # 30 days and 7: 37 windows were looked at
