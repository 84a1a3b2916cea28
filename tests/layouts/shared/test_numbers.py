"""Numbers as the screen writes them."""

import pytest

from dashboard.views.wall import Change
from layouts.shared import numbers


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [
        (None, 0, "—"),
        (0, 0, "0"),
        (1104, 0, "1,104"),
        (309845, 0, "309,845"),
        (93.117, 2, "93.12"),
        (93.0, 2, "93.00"),
        (-4.2, 1, "−4.2"),
        (-1234.5, 1, "−1,234.5"),
        (-0.001, 2, "0.00"),
        (-0.4, 0, "0"),
    ],
)
def test_a_number_has_thousands_fixed_decimals_and_a_true_minus(value, digits, text):
    assert numbers.number(value, digits) == text


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [
        (0.36, 2, "+0.36"),
        (-0.21, 2, "−0.21"),
        (0.004, 2, "0"),
        (-0.004, 2, "0"),
        (0, 0, "0"),
        (None, 2, "—"),
        (1200, 0, "+1,200"),
    ],
)
def test_a_difference_says_its_direction_and_nothing_when_there_is_none(value, digits, text):
    assert numbers.signed(value, digits) == text


@pytest.mark.parametrize(
    ("change", "text"),
    [
        (Change(0.36, "pp"), "+0.36"),
        (Change(-11.6, "%"), "−12%"),
        (Change(3.14, "%"), "+3.1%"),
        (Change(9.95, "%"), "+10%"),
        (Change(113.7, "%"), "+114%"),
        (Change(None, "%"), "—"),
    ],
)
def test_points_have_two_decimals_and_percents_no_more_than_they_carry(change, text):
    assert numbers.change(change) == text


@pytest.mark.parametrize(("value", "text"), [(0.6, "0.6"), (5.0, "5"), (28.34, "28.3"), (-2.0, "−2"), (4.96, "5")])
def test_a_short_number_has_a_decimal_only_where_it_says_something(value, text):
    assert numbers.short(value) == text
