"""Report and close by one person: the pattern and its cases, never who."""

import pytest

from tests.detecting import START, case, found, month


def handled(n: int, region: str, reporter: str, handler: str, **given: object) -> list[dict]:
    return [case(region=region, reporter=reporter, handler=handler, handled=START + k, **given) for k in range(n)]


REST = handled(300, "K2", "a", "b") + handled(6, "K2", "c", "c")
SAME = (
    (handled(12, "K1", "x", "x") + REST, ["K1|reported"]),
    (handled(4, "K1", "x", "x") + REST, []),
    (handled(12, "K1", "", "") + REST, []),  # unknown is not the same
    (handled(12, "K1", "x", "y") + REST, []),
    (handled(5, "K1", "x", "x") + handled(200, "K1", "x", "y") + REST, []),  # as often as elsewhere
    (handled(1, "K1", "x", "y", checked=True) + REST, ["K1|verified"]),  # never allowed
)


@pytest.mark.parametrize("cases, keys", SAME)
def test_report_and_close_by_one_person(cases, keys):
    assert [one.key for one in found("same_person", month(cases))] == keys


def test_a_finding_about_one_person_never_says_who():
    rows = handled(12, "K1", "secret-of-x", "secret-of-x") + handled(1, "K1", "", "secret-of-x", checked=True) + REST
    assert "secret" not in repr(found("same_person", month(rows)))
