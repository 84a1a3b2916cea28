"""An error says what was wrong, what came, what is allowed and what to do."""

import pytest

from dashboard.domain.errors import NotFound, UserError

LINES = (  # what is given beside "bad", the line
    ({}, "bad"),
    ({"got": 0}, "bad; got 0"),
    ({"got": "x" * 200}, "bad; got '" + "x" * 76 + "..."),
    ({"allowed": ("a", 1)}, "bad; allowed: a, 1"),
    ({"allowed": "1 to 9"}, "bad; allowed: 1 to 9"),
    ({"allowed": 2}, "bad; allowed: 2"),
    ({"got": "b", "allowed": ["a"], "hint": "try a"}, "bad; got 'b'; allowed: a; try a"),
)


@pytest.mark.parametrize("given, line", LINES)
def test_an_error_is_one_line(given: dict, line: str):
    assert str(UserError("code", "bad", **given)) == line


def test_what_is_not_found_is_a_user_error_with_a_code():
    assert isinstance(NotFound("region", "no such region"), UserError)
    assert NotFound("region", "no such region").code == "region"
