"""Versions side by side: each difference is one row, and what is equal is none."""

import pytest

from dashboard.schemes import Change, changes, read_scheme
from tests.scheme_samples import SMALL

CASES = (
    ("version = 1", "version = 2", ()),
    ("# nothing", "", ()),
    ("A = 90", "A = 91", (Change("cuts", "", "A", 90.0, 91.0),)),
    ('level = "county"', 'level = "county"\ndigits = 3', (Change("head", "", "digits", 1, 3),)),
    ("draws = 50", "draws = 60", (Change("doubt", "", "draws", 50, 60),)),
    ("targets = [4, 0]", "targets = [5, 0]", (Change("indicator", "fires", "targets", (4.0, 0.0), (5.0, 0.0)),)),
    ("weight = 60", "weight = 0.6", (Change("node", "work", "weight", 60.0, 0.6), Change("node", "life", "weight", 40.0, 0.4))),
    ("cap = 5", "cap = 6", (Change("rule", "inspection", "cap", 5.0, 6.0),)),
    ('key = "inspection"', 'key = "visit"', (Change("rule", "inspection", "", "暗访", None),
                                             Change("rule", "visit", "", None, "暗访"))),
)  # fmt: skip


@pytest.mark.parametrize("old, new, found", CASES, ids=[f"{old}-{new}"[:40] for old, new, _f in CASES])
def test_what_differs_is_listed(old: str, new: str, found: tuple):
    other = SMALL.replace(old, new)
    if new == "weight = 0.6":
        other = other.replace("weight = 40", "weight = 0.4")
    assert changes(read_scheme(SMALL), read_scheme(other)) == found
