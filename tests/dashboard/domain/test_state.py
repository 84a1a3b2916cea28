"""The wall's state and its link: what is written is read again, and every bad value has an answer."""

from datetime import date
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.domain.errors import UserError
from dashboard.domain.measures import COUNTERS, MEASURES
from dashboard.domain.periods import PERIODS
from dashboard.domain.state import MAP_MEASURES, OVER, PARTS, VIEWS, WallState, parse_place, parse_state

LISTS = sorted({*MEASURES, *(name for name, counter in COUNTERS.items() if not counter.value)})
CODES = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S")), max_size=20)
STATES = st.builds(
    WallState, region=CODES, period=st.sampled_from(PERIODS), view=st.sampled_from(("", *VIEWS)),
    measure=st.sampled_from(("", *MAP_MEASURES)), page=CODES.filter(bool), list=st.sampled_from(("", *LISTS)),
    part=st.sampled_from(PARTS), at=CODES, kind=CODES, case=CODES, p=st.integers(1, 100_000),
    directive=CODES, order=st.sampled_from(("", "new")),
    day=st.just("") | st.dates(min_value=date(1900, 1, 1), max_value=date(2200, 1, 1)).map(str),
)  # fmt: skip
BAD = (  # name, value, what the answer must hold
    ("period", "31d", "unknown period; got '31d'; allowed: today, 7d, 30d, year, all"),
    ("view", "globe", "allowed: map, tile"),
    ("measure", "score", "allowed: band, open, overdue, on_time, per_10k"),
    ("part", "all", "allowed: base, top, rest"),
    ("list", "nothing", "allowed: closed_loop, on_time"),
    ("list", "accept_minutes", "unknown list"),  # adds up minutes: there is no list of cases behind it
    ("p", "0", "allowed: 1 to 100000"),
    ("p", "-1", "not a page number"),
    ("p", "1.5", "not a page number"),
    ("p", "１", "not a page number"),
    ("p", "100001", "not a page number"),
    ("p", "9" * 5000, "not a page number"),
    ("day", "2026-02-30", "not a day; got '2026-02-30'; allowed: YYYY-MM-DD"),
    ("day", "today", "not a day"),
    ("day", "20260618", "not a day"),
    ("day", "0001-01-01", "not a day"),  # has no midnight in UTC
    ("day", "9999-12-31", "not a day"),  # has no day after it
    ("region", "33\x00", "region cannot be read"),
    ("case", "a\nb", "case cannot be read"),
    ("directive", "a\x00", "directive cannot be read"),
    ("order", "1", "unknown order; got '1'; allowed: new"),
)
LINKS = (  # changes of the state, link
    ({}, "?"),
    ({"region": "330000"}, "?region=330000"),
    ({"period": "30d"}, "?"),  # a default is left out
    ({"period": "7d", "region": "330100"}, "?region=330100&period=7d"),
    ({"list": "overdue", "p": 2}, "?list=overdue&p=2"),
    ({"case": "c", "order": "new"}, "?case=c&order=new"),
    ({"directive": "0190"}, "?directive=0190"),
    ({"region": "浙江&x=1"}, f"?region={quote('浙江&x=1')}"),
)
FULL = WallState("K1", "7d", "tile", "open", "hazard", "overdue", "top", "T1", "fire", "2026-06-18", "c", 3, "d", "new")


@given(STATES)
def test_a_state_is_read_from_its_own_link(state: WallState):
    assert parse_state(state.to()) == state


@given(STATES, STATES)
def test_equal_states_have_equal_links_and_others_do_not(one: WallState, other: WallState):
    assert (one.to() == other.to()) == (one == other)


@pytest.mark.parametrize("changes, link", LINKS)
def test_a_link_says_only_what_differs(changes: dict, link: str):
    assert WallState().to(**changes) == link


@pytest.mark.parametrize("name, value, answer", BAD)
def test_a_bad_value_is_answered_with_what_is_allowed(name: str, value: str, answer: str):
    with pytest.raises(UserError) as caught:
        parse_state(f"?{name}={quote(value)}")
    assert answer in str(caught.value)
    assert caught.value.code == "state"
    assert len(str(caught.value)) < 1000


@pytest.mark.parametrize("query", ("", "?", "?utm_source=mail", "?region=", "?&&", "period=30d"))
def test_what_says_nothing_is_the_start(query: str):
    assert parse_state(query) == WallState()


def test_the_last_of_two_values_holds():
    assert parse_state("?region=A&region=B").region == "B"


@given(st.text(max_size=60))
def test_any_text_is_a_state_or_a_user_error(query: str):
    try:
        state = parse_state(query)
    except UserError:
        return
    assert parse_state(state.to()) == state


def test_a_drill_keeps_period_measure_page_and_tiles_and_closes_what_was_open():
    assert parse_state(FULL.drill("K2")) == WallState("K2", "7d", "tile", "open", "hazard")
    assert parse_state(WallState(view="map").drill("K2")).view == ""


def test_the_cases_behind_a_number_open_on_the_wall_as_it_stands():
    expected = WallState("K1", "7d", "tile", "open", "hazard", "reported", kind="gas")
    assert parse_state(FULL.cases("reported", kind="gas")) == expected


def test_a_closed_wall_has_neither_list_nor_case_nor_directive():
    assert FULL.closed() == WallState("K1", "7d", "tile", "open", "hazard")


@pytest.mark.parametrize("name", OVER)
def test_what_stands_over_the_wall_is_not_read_for_the_wall_below(name: str):
    assert parse_place(f"?region=K1&{name}=%00") == WallState("K1")
    assert getattr(FULL.closed(), name) == getattr(WallState(), name)
