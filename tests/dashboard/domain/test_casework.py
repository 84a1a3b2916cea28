"""Casework: every allowed and forbidden move from the one table, and what each leaves on the case."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.catalog import load_catalog
from dashboard.domain.casework import advance, mark, opening
from dashboard.domain.errors import UserError
from dashboard.domain.running import allowed_minutes, limit_of, next_card, running
from dashboard.domain.workflow import CARDS, OPEN, STATES, TRANSITIONS
from tests.calendars import SHANGHAI, work_calendar

CALENDAR = work_calendar()
CATALOG = load_catalog()
RULES = CATALOG.clocks
ALLOWED = [(state, action) for action, t in TRANSITIONS.items() for state in sorted(t.sources)]
FORBIDDEN = [(state, action) for action in TRANSITIONS for state in STATES if (state, action) not in ALLOWED]
HOW_FAR = {"reported": 0, "accepted": 1, "dispatched": 2, "objected": 2, "handling": 2, "handled": 3, "verified": 4,
           "closed": 5, "rejected": 0, "merged": 1, "void": 1}  # fmt: skip
STAMPS = ("accepted_at", "dispatched_at", "handled_at", "verified_at", "closed_at")
CLOSING = ("accept", "dispatch", "take", "handle", "verify", "close")
BLANK = dict.fromkeys((*STAMPS, "ended_at", "reopened_at", "accept_due_at", "handle_due_at", "verify_due_at", "close_due_at",
                       "next_card_at", "clock_kind", "clock_started_at", "paused_at", "extension", "staged_at", "called_at",
                       "rated_at", "satisfaction", "arbitrate_due_at", "extension_limit"))  # fmt: skip
BLANK |= {"card": "none", "overdue": False, "returned": 0, "reworked": 0, "reopened": 0, "paused_minutes": 0,
          "tier": "township", "supervision": "none"}  # fmt: skip
GIVEN = {"limit": "2wd", "level": "yellow", "rating": 4, "reached": True, "into": UUID(int=1), "kind": "fire"}


def local(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-{text}").replace(tzinfo=SHANGHAI)


START, LATER = local("06-22 10:00"), local("06-23 10:00")


def case_in(state: str, **given: object) -> dict:
    """A case in `state` with the stamps it must have by then."""
    stamps = dict.fromkeys(STAMPS[: HOW_FAR[state]], START)
    ended = {"ended_at": START if STATES[state].ended else None}
    return {**BLANK, "reported_at": START, **stamps, **ended, "state": state, **given}


def reported(rule: str = "ordinary", at: datetime = START) -> dict:
    return {**BLANK, **opening(at, RULES[rule], CALENDAR)}


def after(case: dict, action: str, at: datetime, rule: str | None = "ordinary", **given: object) -> dict:
    given = {**{key: GIVEN[key] for key in TRANSITIONS[action].needs if key in GIVEN}, **given}
    return {**case, **advance(case, action, at, RULES[rule] if rule else None, CALENDAR, given=given,
                              arbitrate=CATALOG.arbitrate)}  # fmt: skip


def walked(*moves: tuple[str, datetime], rule: str = "ordinary") -> dict:
    case = reported(rule)
    for action, at in moves:
        case = after(case, action, at, rule)
    return case


@pytest.mark.parametrize("state, action", ALLOWED)
def test_an_allowed_move_leads_where_the_table_says(state: str, action: str):
    move, case = TRANSITIONS[action], case_in(state)
    changes = advance(case, action, LATER, None, CALENDAR, given={key: GIVEN.get(key, "x") for key in move.needs})
    assert changes["state"] == (move.target or state)
    ended = case["ended_at"] or LATER  # what ended before keeps its end
    assert changes["ended_at"] == (ended if STATES[changes["state"]].ended else None)
    assert {name for name, value in changes.items() if value is None} - {"ended_at"} == set(move.clears)
    if move.stamp:
        assert changes[move.stamp] == LATER
    assert {name: changes[name] for name in ("returned", "reworked", "reopened") if name in changes} == (
        {move.counts: 1} if move.counts else {}
    )


@pytest.mark.parametrize("state, action", FORBIDDEN)
def test_a_forbidden_move_is_refused_with_what_is_allowed(state: str, action: str):
    with pytest.raises(UserError, match=f"a case that is {state} cannot do this; got '{action}'; allowed:") as caught:
        advance(case_in(state), action, LATER, None, CALENDAR)
    assert caught.value.code == "transition"
    assert caught.value.allowed == [action for action in TRANSITIONS if (state, action) in ALLOWED]


def test_an_unknown_action_is_refused():
    with pytest.raises(UserError, match="got 'vanish'"):
        advance(case_in("reported"), "vanish", LATER, None, CALENDAR)


def test_every_state_can_be_reached_and_every_open_one_left():
    assert {"reported", *(t.target for t in TRANSITIONS.values() if t.target)} == STATES.keys()
    assert {state for state, _action in ALLOWED} >= OPEN
    assert {state for state, _action in ALLOWED} - OPEN == {"closed"}


def test_a_report_starts_the_first_clock_and_the_closing_deadline():
    case = reported("ordinary", local("06-22 16:30"))
    assert case["accept_due_at"] == local("06-23 09:30")
    assert case["next_card_at"] == local("06-23 09:00")  # 90 of 120 work minutes: 60 this evening, 30 tomorrow
    assert case["close_due_at"] == local("06-29 16:30")


CLOCK_STEPS = (  # moves, what stands on the case afterwards
    ((("accept", "06-22 11:30"),), {"accept_minutes": 90, "accept_limit": 120, "handle_due_at": "06-26 11:30"}),
    ((("accept", "06-22 16:00"),), {"accept_minutes": 240, "accept_limit": 120, "handle_due_at": "06-26 16:00"}),
    ((("accept", "06-22 11:00"), ("dispatch", "06-22 15:00"), ("take", "06-23 09:00"), ("handle", "06-23 11:00")),
     {"handle_minutes": 420, "handle_limit": 1680, "handle_due_at": "06-26 11:00", "verify_due_at": "06-24 11:00"}),
    ((("accept", "06-22 11:00"), ("dispatch", "06-22 11:00"), ("take", "06-22 11:00"), ("handle", "06-23 11:00"),
      ("verify", "06-24 09:00")), {"verify_minutes": 300, "verify_limit": 420, "verify_due_at": "06-24 11:00"}),
)  # fmt: skip


@pytest.mark.parametrize("moves, facts", CLOCK_STEPS)
def test_a_clock_stops_with_its_stamp_and_the_next_one_starts(moves, facts):
    case = walked(*((action, local(at)) for action, at in moves))
    assert {name: case[name] for name in facts} == {
        name: local(value) if isinstance(value, str) else value for name, value in facts.items()
    }


def test_a_move_within_one_clock_neither_restarts_it_nor_lowers_its_card():
    case = walked(("accept", local("06-22 11:00")))
    due = case["handle_due_at"]
    case |= {"card": "yellow", "next_card_at": due}
    for action in ("dispatch", "take", "stage", "progress", "supervise"):
        case = after(case, action, LATER)
        assert (case["handle_due_at"], case["card"], case["next_card_at"]) == (due, "yellow", due)


@pytest.mark.parametrize("action", ("rework", "reopen"))
def test_going_back_starts_the_handling_clock_anew_from_that_moment(action: str):
    moves = [(move, START + timedelta(hours=n)) for n, move in enumerate(CLOSING[: 4 if action == "rework" else 6])]
    case = walked(*moves)
    back = local("06-25 10:00")
    again = after({**case, "card": "red"}, action, back)
    assert again["clock_started_at"] == back
    assert again["handle_due_at"] == CALENDAR.due(back, RULES["ordinary"].handle)
    assert (again["card"], again["handled_at"], again["ended_at"]) == ("none", None, None)
    assert again["next_card_at"] < again["handle_due_at"]
    done = after(again, "handle", local("06-25 15:00"))
    assert (done["handle_minutes"], done["handle_limit"]) == (180, 1680)


def test_what_is_asked_for_means_nothing_once_the_case_has_moved_on():
    case = walked(*((action, START) for action in ("accept", "dispatch", "take", "ask_extension")))
    assert after(case, "handle", LATER)["extension"] == "expired"


def test_clocks_of_others_start_when_the_server_knew():
    case = {**BLANK, **opening(START, RULES["ordinary"], CALENDAR, arrived=local("06-22 15:00"))}
    assert (case["reported_at"], case["accept_due_at"]) == (START, local("06-22 17:00"))
    case |= advance(case, "accept", local("06-22 15:30"), RULES["ordinary"], CALENDAR)
    case |= {"state": "handling"}
    done = advance(case, "handle", local("06-22 16:00"), RULES["ordinary"], CALENDAR, arrived=local("06-23 09:00"))
    assert (done["handled_at"], done["handle_minutes"]) == (local("06-22 16:00"), 30)
    assert done["verify_due_at"] == local("06-24 09:00")


def test_a_loaded_case_counts_from_its_stamps():
    case = walked(("accept", local("06-22 11:00"))) | {"clock_started_at": None}
    case = after(after(case, "dispatch", LATER), "take", LATER)
    assert after(case, "handle", local("06-23 11:00"))["handle_minutes"] == 420


def test_a_case_that_was_verified_in_time_gets_no_card_while_it_waits_for_the_call_back():
    case = walked(*((action, LATER) for action in CLOSING[:5]))
    assert (case["card"], case["next_card_at"]) == ("none", None)
    assert mark(case, local("06-25 10:00")) == {}
    assert mark(case, local("07-25 10:00")) == {"overdue": True}


LATE = (  # closed, by then marked: is it overdue? The deadline is Monday the 29th at 10:00
    ("06-29 09:59", False, False), ("06-29 10:00", True, False), ("06-29 10:01", True, True), ("06-30 10:00", False, True),
)  # fmt: skip


@pytest.mark.parametrize("at, marked, overdue", LATE)
def test_an_ended_case_is_overdue_by_its_end_whenever_the_mark_came(at: str, marked: bool, overdue: bool):
    case = walked(*((action, LATER) for action in CLOSING[:5])) | {"overdue": marked}
    assert after(case, "close", local(at))["overdue"] is overdue


@pytest.mark.parametrize("action", ("reject", "merge", "void"))
def test_an_ended_case_has_no_card_and_waits_for_none(action: str):
    case = after(reported() | {"card": "yellow"}, action, LATER)
    assert (case["card"], case["next_card_at"], case["ended_at"]) == ("none", None, LATER)


def test_a_case_without_a_rule_has_no_clocks():
    case = case_in("reported")
    for action in CLOSING:
        assert mark(case, local("12-01 10:00")) == {}
        changes = advance(case, action, LATER, None, CALENDAR, given=GIVEN)
        assert not [name for name in changes if name.startswith(("accept_", "handle_", "verify_")) or "card" in name]
        case |= changes
    assert case["state"] == "closed"


MARKS = (  # card, overdue, now: what falls. Accepting is due at 12:00, yellow at 11:30; closing on the 29th
    ("none", False, "06-22 11:29", {}),
    ("none", False, "06-22 11:30", {"card": "yellow", "next_card_at": "06-22 12:00"}),
    ("none", False, "06-22 12:00", {"card": "red", "next_card_at": None}),
    ("yellow", False, "06-22 11:59", {}),
    ("yellow", False, "06-22 12:00", {"card": "red", "next_card_at": None}),
    ("red", False, "06-22 15:00", {}),
    ("red", False, "06-29 10:00", {"overdue": True}),
    ("none", False, "06-29 10:00", {"card": "red", "next_card_at": None, "overdue": True}),
    ("red", True, "07-29 10:00", {}),
)  # fmt: skip


@pytest.mark.parametrize("card, overdue, now, changes", MARKS)
def test_cards_fall_in_order_and_the_overdue_mark_once(card: str, overdue: bool, now: str, changes: dict):
    case = reported() | {"card": card, "overdue": overdue}
    case |= {"none": {}, "yellow": {"next_card_at": case["accept_due_at"]}, "red": {"next_card_at": None}}[card]
    expected = {name: local(value) if name == "next_card_at" and value else value for name, value in changes.items()}
    assert mark(case, local(now)) == expected


@pytest.mark.parametrize("state", sorted(STATES.keys() - OPEN))
def test_nothing_falls_on_an_ended_case(state: str):
    late = dict.fromkeys(("accept_due_at", "handle_due_at", "verify_due_at", "close_due_at", "next_card_at"), START)
    assert mark(case_in(state, **late), LATER) == {}


WALKS = st.lists(st.tuples(st.sampled_from(sorted(TRANSITIONS)), st.integers(1, 3000)), max_size=40)


@given(rule=st.sampled_from(sorted(RULES)), walk=WALKS)
def test_random_walks_keep_to_the_table(rule: str, walk: list[tuple[str, int]]):
    case, now = reported(rule), START
    for action, minutes in walk:
        now += timedelta(minutes=minutes)
        case = _marked(case, now)
        if case["state"] not in TRANSITIONS[action].sources:
            with pytest.raises(UserError):
                after(case, action, now, rule)
            continue
        if action == "grant_extension" and case["extension"] != "pending":
            continue  # its guard says no
        before, case = case, after(case, action, now, rule)
        _check(before, case, action)


def _marked(case: dict, now: datetime) -> dict:
    """The case with what has fallen by now: cards only climb, overdue stays, and marking again changes nothing."""
    marked = {**case, **mark(case, now)}
    assert CARDS.index(marked["card"]) >= CARDS.index(case["card"])
    assert marked["overdue"] >= case["overdue"]
    assert mark(marked, now) == {}
    return marked


def _check(before: dict, case: dict, action: str) -> None:
    state, step = STATES[case["state"]], TRANSITIONS[action]
    assert (case["ended_at"] is not None) == state.ended
    assert (case["closed_at"] is not None) == (case["state"] == "closed")
    assert case["close_due_at"] >= before["close_due_at"]
    if state.clock == STATES[before["state"]].clock and step.clock != "reset" and action != "verify":
        assert case["card"] == before["card"]
    if state.clock is None:
        assert (case["card"], case["next_card_at"], case["paused_at"]) == ("none", None, None)
    else:
        assert case[f"{state.clock}_due_at"] is not None
    if case["paused_at"]:
        assert case["next_card_at"] is None
    if (clock := running(case)) and not case["paused_at"]:
        limit = RULES[case["clock_kind"]]
        assert next_card(case, limit, CALENDAR) == case["next_card_at"]
        assert allowed_minutes(case, clock, limit_of(limit, clock).work, CALENDAR) >= limit_of(limit, clock).minutes
    for clock, stamp in (("accept", "accepted_at"), ("handle", "handled_at"), ("verify", "verified_at")):
        if step.stamp == stamp:
            assert case[f"{clock}_minutes"] >= 0
            assert case[f"{clock}_limit"] > 0
