"""Rounding, competition ranks, ties, bands, who is not ranked, and who cannot be told apart."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from math import nan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.domain.evaluation.model import Scores, Standing, Veto
from dashboard.domain.evaluation.standing import competition_ranks, round_half_up, standings, vetoed_on
from tests.evaluating import DAY, inputs_of, leaf, scheme_of

ROUNDED = (  # value, digits, published
    (93.85, 1, 93.9),  # held as 93.8499…
    (93.95, 1, 94.0),
    (93.84999, 1, 93.8),
    (0.285, 2, 0.29),  # 100 · 0.285 is 28.4999…
    (1.005, 2, 1.01),
    (2.5, 0, 3.0),
    (3.5, 0, 4.0),
    (0.15 + 0.15 + 0.15, 1, 0.5),  # 0.4499…
    (80.04999999999999, 1, 80.1),
    (80.0499999, 1, 80.0),
    (0.0, 1, 0.0),
    (100.0, 1, 100.0),
)
RANKS = (
    ([90.0, 80.0, 80.0, 70.0], [1, 2, 2, 4]),
    ([70.0, 80.0, 80.0, 90.0], [4, 2, 2, 1]),
    ([80.0, 80.0, 80.0], [1, 1, 1]),
    ([90.0, None, 80.0], [1, None, 2]),
    ([None, None], [None, None]),
    ([0.0, None], [1, None]),
    ([], []),
)
BASIS = "synthetic"


def stand(totals: Sequence[float], *, digits: int = 1, coverage: Sequence[float] = (), half: Sequence[float] = (),
          points: dict | None = None, **inputs) -> dict[str, Standing]:  # fmt: skip
    """Standings by region of these totals; `half`: half the width of their intervals."""
    regions = len(totals)
    given = inputs_of([[0]] * regions, **inputs)
    nodes = np.array(totals, dtype=float)[:, None]
    scores = Scores(nodes, nodes, nodes, np.ones(1), np.ones(1), np.array(coverage or [1.0] * regions))
    width = np.array(half or [0.0] * regions)
    interval = nodes[:, 0] - width, nodes[:, 0] + width
    places = np.where(np.isnan(totals), np.nan, 1.0), np.full(regions, float(regions))
    found = standings(scheme_of(leaf(), digits=digits), given, scores, points or {}, interval, places)
    assert tuple(one.region for one in found) == given.regions
    return {one.region: one for one in found}


def of(found: dict[str, Standing], what: str) -> list:
    return [getattr(one, what) for one in found.values()]


@pytest.mark.parametrize("value, digits, published", ROUNDED)
def test_a_half_is_rounded_up_whatever_the_machine_holds(value, digits, published):
    assert round_half_up(np.array([value, nan]), digits)[0] == published
    assert np.isnan(round_half_up(np.array([value, nan]), digits)[1])


@given(st.integers(0, 100 * 10**4), st.integers(0, 3))
def test_rounding_is_that_of_the_decimals_people_read(ten_thousandths, digits):
    text = Decimal(ten_thousandths) / 10**4
    expected = float(text.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP))
    assert round_half_up(np.array([ten_thousandths / 10**4]), digits)[0] == expected


@pytest.mark.parametrize("values, ranks", RANKS)
def test_ties_share_a_rank_and_the_next_one_is_left_out(values: list, ranks: list):
    assert competition_ranks(values) == ranks


@given(st.lists(st.none() | st.sampled_from((90.0, 90.1, 93.9, 94.0)), max_size=20))
def test_a_rank_is_one_more_than_the_number_of_better_ones(values: list):
    known = [value for value in values if value is not None]
    expected = [None if value is None else 1 + sum(other > value for other in known) for value in values]
    assert competition_ranks(values) == expected


def test_ranks_go_by_the_published_precision():
    totals = [93.96, 94.04, 93.94]
    found = stand(totals)
    assert of(found, "published") == [94.0, 94.0, 93.9]
    assert of(found, "rank") == [1, 1, 3]
    assert of(found, "tied") == [True, True, False]
    assert of(found, "score") == totals
    assert of(stand(totals, digits=2), "rank") == [2, 1, 3]


@given(st.permutations([("a", 90.0), ("b", 90.04), ("c", 89.96), ("d", 95.0), ("e", 80.0), ("f", 80.01)]))
def test_the_order_of_the_list_breaks_no_tie(rows):
    found = stand([total for _, total in rows], regions=[region for region, _ in rows])
    ranks = {"a": 2, "b": 2, "c": 2, "d": 1, "e": 5, "f": 5}
    assert {region: one.rank for region, one in found.items()} == ranks
    assert {region for region, one in found.items() if not one.tied} == {"d"}


@pytest.mark.parametrize(
    "total, band", [(100, "A"), (95, "A"), (94.95, "A"), (94.94, "B"), (90, "B"), (80, "C"), (70, "D"), (69.9, "E"), (0, "E")]
)  # fmt: skip
def test_the_band_is_that_of_the_published_score(total, band):
    assert stand([total])["r0"].band == band


def test_a_veto_takes_the_rank_and_leaves_the_score():
    veto = Veto("v", "r0", BASIS, DAY)
    found = stand([99, 90, 80], vetoes=(veto,))
    assert of(found, "vetoed") == [True, False, False]
    assert of(found, "rank") == [None, 1, 2]
    assert of(found, "peer_rank") == [None, 1, 2]
    assert (found["r0"].score, found["r0"].published, found["r0"].band) == (99, 99, "A")
    assert found["r0"].tied is False


@pytest.mark.parametrize("decided, until, holds", [
    (DAY, None, True), (DAY, DAY, True), (DAY + timedelta(1), None, False), (date(2025, 1, 1), None, True),
    (date(2025, 1, 1), DAY - timedelta(1), False),
])  # fmt: skip
def test_a_veto_holds_from_its_first_day_to_its_last(decided, until, holds):
    assert (vetoed_on([Veto("v", "r0", BASIS, decided, until)], DAY) == {"r0"}) is holds


@pytest.mark.parametrize(
    "coverage, ranked", [(1.0, True), (0.5, True), (0.1 + 0.4 - 1e-12, True), (0.49, False), (0, False)]
)
def test_too_little_data_is_not_ranked_and_not_published(coverage, ranked):
    found = stand([90, 80], coverage=[coverage, 1.0])
    assert (found["r0"].rank == 1) is ranked
    assert found["r1"].rank == (2 if ranked else 1)
    assert (found["r0"].published, found["r0"].band) == ((90, "B") if ranked else (None, None))
    assert found["r0"].score == 90
    assert found["r0"].coverage == coverage


def test_without_any_data_there_is_no_score():
    one = stand([nan, 80], coverage=[0, 1], half=[nan, 0])["r0"]
    assert (one.score, one.published, one.rank, one.band, one.low, one.high, one.first) == (None,) * 7
    assert one.close is one.tied is False


def test_points_are_taken_before_rounding_and_ranking_and_leave_0_to_100():
    found = stand([90.04, 90, 3, 99], points={"r0": 0.1, "r2": 30.0, "r3": -5.0}, half=[1, 1, 1, 0.5])
    assert of(found, "published") == [89.9, 90, 0, 100]
    assert of(found, "rank") == [3, 2, 4, 1]
    assert of(found, "deducted") == [0.1, 0, 30, -5]
    assert [(round(one.low, 9), round(one.high, 9)) for one in found.values()] == [
        (88.94, 90.94), (89, 91), (0, 0), (100, 100)]  # fmt: skip


CLOSE = (  # totals, half widths, close
    ([90, 80], [4, 5], [False, False]),
    ([90, 80], [5, 5], [False, True]),  # they touch
    ([80, 90], [5, 5], [True, False]),  # whatever the order
    ([90, 80, 70], [1, 20, 1], [False, True, True]),
    ([90, 80, 70], [30, 1, 1], [False, True, False]),  # told from the one just before, though not from the first
    ([90, 80, 80], [1, 9, 1], [False, True, False]),
    ([90, 90, 80], [1, 9, 1], [False, False, True]),  # a tie says so itself; one of the tied is not told apart
    ([90, 80], [nan, 50], [False, False]),
)


@pytest.mark.parametrize("totals, half, close", CLOSE)
def test_close_is_who_cannot_be_told_from_the_one_just_before(totals, half, close):
    assert of(stand(totals, half=half), "close") == close


def test_a_region_that_is_not_ranked_stands_between_nobody():
    found = stand([90, 85, 80], half=[6, 6, 6], vetoes=(Veto("v", "r1", BASIS, DAY),))
    assert of(found, "close") == [False, False, True]


def test_peers_are_ranked_among_themselves():
    found = stand(
        [90, 85, 80, 80, 95], peers=("big", "small", "big", "small", "small"), vetoes=(Veto("v", "r4", BASIS, DAY),)
    )
    assert of(found, "rank") == [1, 2, 3, 3, None]
    assert of(found, "peer_rank") == [1, 1, 2, 2, None]
    assert of(found, "peers") == ["big", "small", "big", "small", "small"]


def test_the_rank_band_is_whole_numbers():
    one = stand([90, 80])["r0"]
    assert (one.first, one.last) == (1, 2)
    assert type(one.first) is int
