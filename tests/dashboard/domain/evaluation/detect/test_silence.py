"""Silence where residents report, against all other grids."""

import pytest

from tests.detecting import case, found, month


def reports(place: str, own: int, residents: int, source: str = "public") -> list[dict]:
    return [case(place=place) for _ in range(own)] + [case(place=place, source=source) for _ in range(residents)]


ELSEWHERE = [one for n in range(30) for one in reports(f"G{n + 2}", 10, 5)]
SILENCES = (
    (reports("G1", 0, 10), 1),
    (reports("G1", 0, 10, "hotline"), 1),
    (reports("G1", 1, 20), 1),
    (reports("G1", 0, 4), 0),  # fewer than `least`
    (reports("G1", 10, 10), 0),
    (reports("G1", 20, 10), 0),
    (reports("G1", 0, 0), 0),
    (reports("G1", 0, 10, "iot"), 0),  # nobody lives in a sensor
)


@pytest.mark.parametrize("cases, grids", SILENCES)
def test_silence_where_residents_report(cases, grids):
    hits = found("silence", month(cases + ELSEWHERE))
    assert [one.key for one in hits] == ["G1"] * grids
    for one in hits:
        assert set(one.cases) <= {f"K1:{n:04}" for n in range(len(cases))}
