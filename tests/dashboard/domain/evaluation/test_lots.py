"""The draw of a random audit: anybody can repeat it, no case is favoured, and the rate has its interval."""

from hashlib import sha256
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.domain.evaluation.lots import FINISHED, draw, hit_rate, lot
from dashboard.domain.measures import COUNTERS

KEYS = [("K1", UUID(int=n)) for n in range(50)]


def test_the_draw_is_what_the_published_rule_gives():
    byhand = sorted(KEYS, key=lambda key: sha256(f"2026-06:K1:{key[1].hex}".encode()).hexdigest())[:5]
    assert draw("2026-06", {"K1": KEYS}, 5) == {"K1": byhand}
    assert lot("s", KEYS[0]) == sha256(b"s:K1:" + b"0" * 32).hexdigest()


@given(st.permutations(KEYS), st.text(min_size=1, max_size=8))
def test_the_order_in_which_cases_come_changes_nothing(shuffled, seed):
    assert draw(seed, {"K1": shuffled}, 7) == draw(seed, {"K1": KEYS}, 7)


def test_another_seed_is_another_draw_and_a_larger_draw_begins_with_the_smaller():
    small, large = draw("a", {"K1": KEYS}, 5)["K1"], draw("a", {"K1": KEYS}, 20)["K1"]
    assert large[:5] == small
    assert draw("b", {"K1": KEYS}, 5)["K1"] != small


def test_each_stratum_is_drawn_by_itself_and_gives_no_more_than_it_has():
    found = draw("a", {"K1": KEYS, "K2": [("K2", UUID(int=1))] * 3, "K3": []}, 4)
    assert [len(found[code]) for code in ("K1", "K2", "K3")] == [4, 1, 0]


def test_every_case_is_as_likely_as_any_other():
    """5 of 50 in 2,000 draws: 200 each, with a standard deviation of 13.4; six of them are 80."""
    counts = dict.fromkeys(KEYS, 0)
    for n in range(2000):
        for key in draw(str(n), {"K1": KEYS}, 5)["K1"]:
            counts[key] += 1
    assert all(abs(count - 200) < 80 for count in counts.values())


RATES = (  # true, false, rate, low, high: Wilson intervals by hand, z = 1.96
    (0, 0, None),
    (10, 0, (1.0, 0.7225, 1.0)),
    (0, 10, (0.0, 0.0, 0.2775)),
    (8, 2, (0.8, 0.4902, 0.9433)),
)


@pytest.mark.parametrize("true, false, expected", RATES)
def test_the_hit_rate_has_its_wilson_interval(true, false, expected):
    found = hit_rate(true, false)
    assert found is None if expected is None else found == pytest.approx(expected, abs=1e-4)


def test_finished_counters_are_counters_that_need_a_handled_case():
    assert set(COUNTERS) >= FINISHED
    assert not FINISHED & {"reported", "due_open", "accept_done", "dispatched"}
