"""The same figures give the same bytes, and the bytes give the figures back."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.domain.evaluation.canonical import digest, encode, read_inputs, read_result
from dashboard.domain.evaluation.engine import evaluate
from dashboard.domain.evaluation.model import Deduction, Inputs, Veto
from tests.evaluating import inputs_of, leaf, scheme_of

NUMBERS = st.floats(allow_infinity=False, width=64, min_value=-1e15, max_value=1e15) | st.just(float("nan"))


def a_year() -> Inputs:
    day = date(2026, 3, 4)
    return replace(
        inputs_of([[1, None], [2.5, 0]], [[2, None], [5, 4]], regions=("a", "b")),
        exposure={"population": np.array([1000.0, np.nan])}, peers=("x", "y"),
        deductions=(Deduction("d1", "a", "fire", day, 2.0, True, False, "火情"),),
        vetoes=(Veto("v1", "b", "basis", day, None), Veto("v2", "a", "basis", day, date(2026, 12, 31))),
    )  # fmt: skip


@pytest.mark.parametrize("value, text", [
    ({"b": 1, "a": [1.5, float("nan")]}, b'{"a":[1.5,null],"b":1}'),
    (0.1 + 0.2, b"0.3"), (-0.0, b"0.0"), (-1e-12, b"0.0"), (1 / 3, b"0.333333333"), (5.0, b"5.0"), (5, b"5"),
    (np.float64(2.0), b"2.0"), (np.array([[1.0, np.nan]]), b"[[1.0,null]]"), (True, b"true"), (None, b"null"),
    ("晾晒", '"晾晒"'.encode()), (date(2026, 6, 1), b'"2026-06-01"'),
])  # fmt: skip
def test_a_value_has_one_form(value, text):
    assert encode(value) == text


@pytest.mark.parametrize("value", [float("inf"), {1: "a"}, object()])
def test_what_has_no_form_is_refused(value):
    with pytest.raises((ValueError, TypeError)):
        encode(value)


def test_inputs_come_back_as_they_were():
    body = encode(a_year())
    found = read_inputs(body)
    assert encode(found) == body
    assert (found.regions, found.peers, found.day) == (("a", "b"), ("x", "y"), a_year().day)
    assert (found.deductions, found.vetoes) == (a_year().deductions, a_year().vetoes)
    assert np.array_equal(found.numerator, a_year().numerator, equal_nan=True)
    assert np.array_equal(found.exposure["population"], a_year().exposure["population"], equal_nan=True)


def test_inputs_without_a_region_or_an_indicator_keep_their_shape():
    for rows, columns in ((0, 0), (1, 0)):
        table = np.empty((rows, columns))
        found = read_inputs(encode(Inputs(("a",) * rows, table, table, {}, ("x",) * rows, date(2026, 1, 31))))
        assert found.numerator.shape == found.denominator.shape == (rows, columns)


@given(st.lists(NUMBERS, min_size=3, max_size=3), st.lists(NUMBERS, min_size=3, max_size=3))
def test_reading_and_writing_again_changes_nothing(tops, bases):
    body = encode(inputs_of([[one] for one in tops], [[one] for one in bases]))
    assert encode(read_inputs(body)) == body


def test_a_result_comes_back_as_it_was():
    scheme = scheme_of(leaf("x", weight=40, normalise="minmax"), leaf("y", weight=60, normalise="minmax"))
    body = encode(evaluate(scheme, inputs_of([[1, 9], [2, None], [3, 4]])))
    found = read_result(body)
    assert encode(found) == body
    assert [one.region for one in found.standings] == ["r0", "r1", "r2"]
    assert found.standings[0] == read_result(encode(found)).standings[0]


def test_read_back_inputs_give_the_same_result_to_the_byte():
    scheme = scheme_of(leaf("x", weight=0.5, normalise="z"), leaf("y", weight=0.5, normalise="rank"))
    inputs = inputs_of([[1 / 3, 7], [2 / 7, 5], [0.1, 6]])
    once = read_inputs(encode(inputs))
    assert encode(evaluate(scheme, once)) == encode(evaluate(scheme, read_inputs(encode(once))))


def test_a_digest_is_sha_256_in_hex():
    assert digest(b"") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
