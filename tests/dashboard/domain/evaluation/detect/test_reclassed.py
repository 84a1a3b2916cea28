"""Re-classification before a freeze, against the days before."""

import pytest
from scipy import stats

from dashboard.domain.evaluation.detect.chance import rate_above
from tests.detecting import DAY, END, found, month


def steps(late: int, before: int, group: str = "drop", region: str = "K1") -> list[tuple]:
    """`late` in the last three days, `before` spread over the 117 days before them."""
    return [(f"{region}:late{n}", region, group, END - 1 - n) for n in range(late)] + [
        (f"{region}:{n}", region, group, n * 117 * DAY / max(before, 1)) for n in range(before)
    ]


RECLASSES = (
    (steps(12, 20), 1),
    (steps(12, 400), 0),  # 10 in three days is usual
    (steps(4, 0), 0),  # fewer than `least`
    (steps(5, 0), 1),
    (steps(3, 10) + steps(3, 10, "stop_clock"), 0),  # two things
    (steps(12, 20) + steps(12, 20, region="K2"), 2),
)


@pytest.mark.parametrize("given_steps, expected", RECLASSES)
def test_the_days_before_a_freeze_are_compared_with_the_days_before_them(given_steps, expected):
    assert len(found("reclassed", month([], given_steps))) == expected


def test_the_conditional_test_agrees_with_the_binomial_table():
    assert rate_above(12, 20, 3 / 120) == pytest.approx(stats.binom.sf(11, 32, 0.025))
    [one] = found("reclassed", month([], steps(12, 20)))
    assert one.figures["expected"] == pytest.approx(20 * 3 / 117, abs=0.01)
    assert one.cases == tuple(sorted(f"K1:late{n}" for n in range(12)))
