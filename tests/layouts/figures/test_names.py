"""Names of points in a plot: where they stand, and what they never cover."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layouts.figures.names import Rect, Spot, name_spots

ROOM, LETTER, DOT = Rect(0, 0, 400, 200), 10.0, 4.0
SPOTS = st.lists(
    st.builds(Spot, st.floats(0, 400), st.floats(0, 200), st.integers(1, 6), st.booleans()), min_size=1, max_size=30
)


@pytest.mark.parametrize(("spot", "others", "anchor"), [
    (Spot(200, 100, 3, True), [], "start"),
    (Spot(390, 100, 3, True), [], "end"),  # no room at the right
    (Spot(200, 100, 3, True), [Spot(215, 100, marked=True)], "end"),  # a marked point at the right
    (Spot(200, 100, 3, True), [Spot(215, 100)], "end"),  # any point at the right, none at the left
    (Spot(200, 100, 3, True), [Spot(215, 100), Spot(185, 100, marked=True)], "middle"),
    (Spot(200, 100, 3, True), [Spot(215, 100), Spot(185, 100), Spot(200, 115), Spot(200, 85)], "start"),
])  # fmt: skip
def test_a_name_stands_where_it_reads_best_and_covers_least(spot: Spot, others: list[Spot], anchor: str):
    assert name_spots([spot, *others], [0], ROOM, LETTER, DOT)[0].anchor == anchor


def test_a_name_that_would_hide_many_points_is_left_out():
    many = [Spot(200 + 9 * x, 100 + 15 * y) for x in (-4, -3, -2, -1, 1, 2, 3, 4) for y in (-1, 0, 1)]
    few = many[::4]
    here = Spot(200, 100, 3, True)
    assert set(name_spots([here, *few], [0], ROOM, LETTER, DOT)) == {0}
    assert name_spots([here, *many], [0], ROOM, LETTER, DOT) == {}


def test_who_finds_no_place_goes_without_but_for_the_one_that_must_have_one():
    crowd = [Spot(200 + 9 * x, 100 + 9 * y, 2, True) for x in range(-4, 5) for y in range(-4, 5)]
    middle = len(crowd) // 2
    assert name_spots(crowd, [middle], ROOM, LETTER, DOT) == {}
    assert set(name_spots(crowd, [middle], ROOM, LETTER, DOT, sure=middle)) == {middle}


@given(SPOTS)
def test_no_name_covers_another_or_a_marked_point_or_leaves_the_room(spots: list[Spot]):
    wanted = [n for n, spot in enumerate(spots) if spot.marked]
    found = name_spots(spots, wanted, ROOM, LETTER, DOT)
    rooms = [label.rect for label in found.values()]
    assert all(one.within(ROOM) for one in rooms)
    assert not any(one.meets(other) for n, one in enumerate(rooms) for other in rooms[n + 1 :])
    for at, label in found.items():
        assert not any(label.rect.holds(spot) for n, spot in enumerate(spots) if spot.marked and n != at)
