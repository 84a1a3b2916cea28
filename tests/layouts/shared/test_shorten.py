"""Text is cut to the room there is, never in silence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layouts.shared.shorten import shorten

CASES = (
    ("请立即核查", 5, "请立即核查"),
    ("请立即核查处置", 5, "请立即核…"),
    ("abcdefgh", 5, "abcdefgh"),
    ("abcdefghijkl", 5, "abcdefg…"),
    ("请 立即核查", 3, "请…"),
    ("", 5, ""),
)


@pytest.mark.parametrize("text, most, expected", CASES)
def test_what_is_too_wide_ends_in_dots(text: str, most: float, expected: str):
    assert shorten(text, most) == expected


@given(st.text(max_size=60), st.floats(2, 30))
def test_it_is_the_text_or_its_beginning(text: str, most: float):
    found = shorten(text, most)
    assert found == text or (found.endswith("…") and text.startswith(found[:-1]))
