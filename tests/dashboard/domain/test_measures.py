"""What one case adds to the figures, and how figures are made of sums. Days are local days of Shanghai."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.domain.measures import COUNTERS, MEASURES, STOCK_HISTORY, STOCKS, Counter, change, facts
from dashboard.domain.periods import local_day
from dashboard.domain.workflow import CLOCKS, OPEN, STATES, UNCOUNTED
from tests.calendars import SHANGHAI

COLUMNS = {name for one in COUNTERS.values() for name in (one.at, one.value, *(part[0] for part in one.where))} - {None}
BLANK = dict.fromkeys(COLUMNS | {f"{clock}_due_at" for clock in CLOCKS})
BLANK |= {"is_request": False, "overdue": False, "card": "none", "returned": 0, "reworked": 0}
REPORTED, DUE, CLOSED, LATE = "2026-06-01", "2026-06-08", "2026-06-05", "2026-06-12"
CLOSED_IN_TIME = {"state": "closed", "closed_at": CLOSED, "ended_at": CLOSED}
CLOSED_LATE = {"state": "closed", "closed_at": LATE, "ended_at": LATE, "overdue": True}
OPEN_LATE = {"state": "handling", "overdue": True}
COHORTS = (  # case due on DUE: counters of the closing cohort and the day they count on
    ({"state": "handling"}, {}),  # not due yet
    (OPEN_LATE, {"due_open": DUE}),
    (CLOSED_IN_TIME, {"due_closed": DUE, "due_on_time": DUE}),
    (CLOSED_LATE, {"due_closed": DUE}),
    ({"state": "closed", "closed_at": DUE, "ended_at": DUE}, {"due_closed": DUE, "due_on_time": DUE}),
    *(({"state": state, "ended_at": CLOSED}, {}) for state in sorted(UNCOUNTED)),
    *(({"state": state, "ended_at": LATE, "overdue": True}, {}) for state in sorted(UNCOUNTED)),
)  # fmt: skip
HISTORY = (  # case: stock counters and the flows that must explain them
    ({"state": "handling"}, {"open": 1}),
    (OPEN_LATE, {"open": 1, "overdue": 1}),
    (CLOSED_IN_TIME, {}),
    (CLOSED_LATE, {}),
    ({"state": "void", "ended_at": LATE, "overdue": True}, {}),
)
RATES = (  # measure, sums: value
    ("closed_loop", {"due_closed": 93, "due_open": 7}, 93.0),
    ("closed_loop", {"due_closed": 0, "due_open": 3}, 0.0),
    ("closed_loop", {"due_closed": 0, "due_open": 0}, None),
    ("on_time", {"due_on_time": 1, "due_closed": 2, "due_open": 2}, 25.0),
    ("satisfaction", {"satisfied": 0, "rated": 0}, None),
    ("repeat", {"requested_repeat": 1, "requested": 8}, 12.5),
    ("open", {"open": 0}, 0),
    ("reported", {"reported": 7}, 7),
)


def at(day: str, hour: int = 12) -> datetime:
    return datetime.fromisoformat(day).replace(hour=hour, tzinfo=SHANGHAI).astimezone(UTC)


def case(**given: object) -> dict:
    """A case reported on REPORTED and due on DUE; `*_at` are given as days."""
    times = {name: at(day) for name, day in given.items() if name.endswith("_at") and isinstance(day, str)}
    return {**BLANK, "reported_at": at(REPORTED), "close_due_at": at(DUE), "state": "handling", **given, **times}


def counted(**given: object) -> dict[tuple[str | None, str], int]:
    found = facts(case(**given), lambda instant: local_day(instant, SHANGHAI))
    return {(str(day) if day else None, name): amount for (day, name), amount in found.items()}


@pytest.mark.parametrize("given, counters", COHORTS)
def test_what_was_due_counts_on_the_day_it_was_due(given: dict, counters: dict):
    due = ("due_closed", "due_on_time", "due_open")
    assert {name: day for day, name in counted(**given) if name in due} == counters


@pytest.mark.parametrize("given, stocks", HISTORY)
def test_what_came_less_what_went_is_what_stands(given: dict, stocks: dict):
    found = counted(**given)
    for stock, (came, went) in STOCK_HISTORY.items():
        moved = [sum(n for (_day, name), n in found.items() if name == flow) for flow in (came, went)]
        assert found.get((None, stock), 0) == stocks.get(stock, 0) == moved[0] - moved[1]


def test_a_day_is_the_local_day():
    early = case(reported_at=at("2026-06-01", hour=0))
    assert early["reported_at"].date() == date(2026, 5, 31)
    assert (date(2026, 6, 1), "reported") in facts(early, lambda instant: local_day(instant, SHANGHAI))


def test_a_case_that_got_far_counts_at_every_stage():
    found = counted(
        **CLOSED_IN_TIME, accepted_at=REPORTED, dispatched_at=REPORTED, handled_at=CLOSED, verified_at=CLOSED
    )
    stages = ("accepted", "dispatched", "handled", "verified", "closed")
    assert [found[(REPORTED, f"reported_{name}")] for name in stages] == [1] * 5
    assert {(CLOSED, "handled"), (CLOSED, "closed"), (CLOSED, "ended"), (REPORTED, "dispatched")} <= found.keys()


@pytest.mark.parametrize(
    "clock, stamp", [("accept", "accepted_at"), ("handle", "handled_at"), ("verify", "verified_at")]
)
@pytest.mark.parametrize("due, on_time", [(CLOSED, True), (REPORTED, False)])
def test_a_finished_stage_counts_with_its_minutes_and_whether_it_was_in_time(clock, stamp, due, on_time):
    given = {stamp: CLOSED, f"{clock}_due_at": due, f"{clock}_minutes": 90, f"{clock}_limit": 120}
    found = {name: n for (day, name), n in counted(**given).items() if day == CLOSED and name.startswith(clock + "_")}
    assert found == {f"{clock}_done": 1, f"{clock}_minutes": 90, f"{clock}_limit": 120} | (
        {f"{clock}_on_time": 1} if on_time else {}
    )


def test_a_stage_without_a_clock_is_no_finished_stage():
    assert not [name for _day, name in counted(accepted_at=REPORTED) if name.startswith("accept_")]


@pytest.mark.parametrize("state", sorted(STATES))
@pytest.mark.parametrize("card", ("none", "yellow", "red"))
def test_an_open_case_stands_under_the_clock_of_its_state(state: str, card: str):
    clock = STATES[state].clock
    stocks = {name for day, name in counted(state=state, card=card) if day is None}
    expected = {"open", f"{clock}_open"} | ({f"{clock}_{card}"} if card != "none" else set())
    assert stocks == (expected if state in OPEN else set())


@pytest.mark.parametrize("given, names", (
    ({"is_request": True}, {"requested"}),
    ({"is_request": True, "repeat_of": 1}, {"requested", "requested_repeat"}),
    ({"repeat_of": 1}, set()),
    ({"dispatched_at": CLOSED, "returned": 2}, {"dispatched", "dispatched_returned"}),
    ({"dispatched_at": CLOSED}, {"dispatched"}),
    ({"handled_at": CLOSED, "reworked": 1}, {"handled", "handled_reworked"}),
    ({"rated_at": CLOSED, "satisfaction": 4}, {"rated", "satisfied"}),
    ({"rated_at": CLOSED, "satisfaction": 3}, {"rated"}),
    ({"rated_at": CLOSED}, set()),
    ({"reopened_at": CLOSED}, {"reopened"}),
))  # fmt: skip
def test_a_fact_counts_once_whatever_its_number(given: dict, names: set[str]):
    plain = {name for _day, name in counted()} | {name for name in COUNTERS if name.startswith("reported_")}
    assert {name for _day, name in counted(**given)} - plain == names
    assert set(counted(**given).values()) == {1}


def test_a_change_is_what_must_be_added():
    before, after = counted(), counted(**CLOSED_IN_TIME)
    moved = change(before, after)
    assert moved[(None, "open")] == moved[(None, "handle_open")] == -1
    assert moved[(DUE, "due_on_time")] == 1
    assert 0 not in moved.values()
    assert change(after, after) == {}


@given(st.data())
def test_a_change_leads_from_one_set_of_facts_to_the_other(data):
    keys = st.tuples(st.sampled_from((None, date(2026, 6, 1))), st.sampled_from(sorted(COUNTERS)))
    before, after = (data.draw(st.dictionaries(keys, st.integers(1, 9))) for _ in range(2))
    moved = change(before, after)
    assert {key: n for key in before.keys() | moved.keys() if (n := before.get(key, 0) + moved.get(key, 0))} == after


@pytest.mark.parametrize("key, sums, value", RATES)
def test_a_measure_of_sums(key: str, sums: dict, value: float | None):
    assert MEASURES[key].value(sums) == value


@pytest.mark.parametrize("key", [key for key, measure in MEASURES.items() if measure.denominator])
def test_a_rate_on_nothing_is_no_data_and_not_zero(key: str):
    assert MEASURES[key].value(dict.fromkeys(COUNTERS, 0)) is None


def test_an_unknown_operator_is_an_error_that_names_the_known_ones(monkeypatch):
    monkeypatch.setitem(COUNTERS, "odd", Counter("odd", None, (("state", "like", "x"),)))
    with pytest.raises(ValueError, match=r"unknown operator 'like'; allowed: set, unset"):
        facts(case(), lambda instant: instant.date())


def test_stocks_have_no_day():
    assert all(counter.at is None for counter in STOCKS)
