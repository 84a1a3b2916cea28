"""One picture in several cases."""

import pytest

from tests.detecting import DAY, START, case, found, month

TWO = [case(key="K1:a"), case(key="K2:b", region="K2"), case(key="K1:old", reported=START - DAY)]
PHOTOS = (
    ([("K1:a", "p"), ("K2:b", "p")], [("K1:a", "K2:b")]),
    ([("K1:a", "p"), ("K2:b", "q")], []),
    ([("K1:a", "p"), ("K1:old", "p")], [("K1:a", "K1:old")]),  # an old picture in a new case
    ([("K1:gone", "p"), ("K1:a", "p")], []),  # a case that counts nowhere
)


@pytest.mark.parametrize("pictures, expected", PHOTOS)
def test_one_picture_in_two_cases_is_found(pictures, expected):
    assert [one.cases for one in found("photos", month(TWO, pictures=pictures))] == expected


def test_one_picture_in_repeats_of_one_case_is_none():
    rows = [case(key="K1:a"), case(key="K1:b", origin="K1:a")]
    assert found("photos", month(rows, pictures=[("K1:a", "p"), ("K1:b", "p")])) == []
