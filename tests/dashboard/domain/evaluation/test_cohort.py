"""The cases counted: packed and unpacked without loss, and adding up to the figures they stand behind."""

import random
from uuid import UUID

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.domain.errors import UserError
from dashboard.domain.evaluation.cohort import amounts, counted, make_cohort, pack, unpack
from dashboard.domain.evaluation.model import Term
from tests.evaluating import leaf, scheme_of

ALL, FIRE = Term("handled"), Term("handled", "fire")
SCHEME = scheme_of(
    leaf("rate", source="cases", numerator=(Term("closed"),), denominator=(Term("closed"), Term("due_open"))),
    leaf("other", source="cases", numerator=(ALL, Term("handled", "fire", -1)), denominator=(ALL,)),
)
BITS = {facet: 1 << bit for bit, facet in enumerate(SCHEME.facets)}


def cohort_of(*cases: tuple[int, int, str]):
    """Cases as (id, marks, township)."""
    towns = {town: [case for case in cases if case[2] == town] for _id, _marks, town in cases}
    return make_cohort("K1", {town: (b"".join(UUID(int=key).bytes for key, _m, _t in rows),
                                     np.array([marks for _i, marks, _t in rows], np.int64))
                              for town, rows in towns.items()})  # fmt: skip


def marks(*facets: tuple[str, str]) -> int:
    return sum(BITS[facet] for facet in facets)


def test_facets_are_sorted_so_that_a_bit_means_the_same_for_ever():
    assert SCHEME.facets == (("closed", ""), ("due_open", ""), ("handled", ""), ("handled", "fire"))


def test_cases_stand_by_their_ids_without_those_that_count_nowhere():
    found = cohort_of((9, 1, "T1"), (3, 2, "T2"), (7, 0, "T2"), (1 << 100, 4, ""))
    assert found.keys() == [UUID(int=3), UUID(int=9), UUID(int=1 << 100)]
    assert found.marks.tolist() == [2, 1, 4]
    assert [found.townships[place] for place in found.places] == ["T2", "T1", ""]


def test_a_case_that_was_found_twice_counts_once():
    assert cohort_of((3, 2, "T1"), (3, 2, "T1"), (4, 1, "T1")).marks.tolist() == [2, 1]


def test_a_township_has_its_own_cases():
    found = cohort_of((9, 1, "T1"), (3, 2, "T2"))
    assert found.within("T2").keys() == [UUID(int=3)]
    assert found.within("T9").keys() == []


@given(st.lists(st.tuples(st.integers(0, 2**128 - 1), st.integers(0, 2**62 - 1), st.sampled_from(("T1", "T2", ""))),
                max_size=30, unique_by=lambda case: case[0]))  # fmt: skip
def test_packing_loses_nothing_and_the_order_of_reading_plays_no_part(cases):
    body = pack(cohort_of(*cases))
    assert pack(unpack(body)) == body
    assert unpack(body).keys() == sorted(UUID(int=key) for key, mark, _town in cases if mark)
    townships = {town for _key, _mark, town in cases}
    shuffled = random.Random(1).sample(cases, len(cases))
    assert pack(cohort_of(*shuffled)) == body or len(townships) == 0


@pytest.mark.parametrize("body", [b"", b"{}\n", b'{"cases":2,"county":"K1","townships":[]}\n123', b"\xff\n",
                                  b'{"cases":"x","county":"K1","townships":[]}\n'])  # fmt: skip
def test_what_is_no_cohort_is_refused(body):
    with pytest.raises(UserError, match="counted cases"):
        unpack(body)


def test_marks_are_counted_by_facet():
    found = cohort_of((1, marks(("closed", "")), ""), (2, marks(("closed", ""), ("handled", "fire")), ""))
    assert counted(found, SCHEME.facets) == {("closed", ""): 2, ("due_open", ""): 0, ("handled", ""): 0,
                                             ("handled", "fire"): 1}  # fmt: skip


@pytest.mark.parametrize("part, expected", [("top", [1, 0, 0]), ("base", [1, 1, 0]), ("rest", [0, 1, 0])])
def test_a_part_of_a_rate_is_a_sum_over_marks(part, expected):
    given_marks = np.array([marks(("closed", "")), marks(("due_open", "")), marks(("handled", ""))])
    assert amounts(SCHEME, SCHEME.indicators[0], part, given_marks).tolist() == expected


def test_a_term_that_is_taken_away_counts_less():
    given_marks = np.array([marks(("handled", "")), marks(("handled", ""), ("handled", "fire"))])
    assert amounts(SCHEME, SCHEME.indicators[1], "top", given_marks).tolist() == [1, 0]


def test_another_part_is_refused():
    with pytest.raises(UserError, match="no such part"):
        amounts(SCHEME, SCHEME.indicators[0], "all", np.zeros(1, np.int64))
