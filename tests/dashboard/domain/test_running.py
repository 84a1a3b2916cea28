"""The running clock: pauses and extensions move what is due by what they are worth, each in the clock's own time."""

import pytest

from dashboard.domain.casework import mark
from dashboard.domain.clocks import Limit
from tests.dashboard.domain.test_casework import CALENDAR, RULES, START, after, local, walked


def test_an_objection_holds_the_clock_and_has_a_time_of_its_own():
    case = walked(("accept", local("06-22 11:00")), ("dispatch", local("06-22 11:00")))
    due, close = case["handle_due_at"], case["close_due_at"]
    case = after(case, "object", local("06-22 16:00"))
    assert (case["paused_at"], case["next_card_at"]) == (local("06-22 16:00"), None)
    assert case["arbitrate_due_at"] == local("06-23 11:00")  # 4 work hours
    assert mark(case, local("12-01 10:00")) == {}
    case = after(case, "redispatch", local("06-23 09:30"))
    assert case["handle_due_at"] == CALENDAR.due(due, Limit(150, True))  # 90 minutes on Monday, 60 on Tuesday
    assert case["close_due_at"] == CALENDAR.due(close, Limit(150, True))
    assert (case["paused_at"], case["paused_minutes"], case["arbitrate_due_at"], case["returned"]) == (
        None,
        150,
        None,
        1,
    )


PAUSES = (  # rule, paused, run on, minutes the handling clock and the closing deadline stood, each in its own time
    ("ordinary", "06-22 15:00", "06-22 16:00", 60, 60),
    ("ordinary", "06-22 18:00", "06-23 08:00", 0, 0),  # at night nothing counts anyway
    ("ordinary", "06-26 17:00", "06-29 09:00", 60, 60),  # half an hour on Friday, half on Monday
    ("urgent", "06-22 18:00", "06-23 08:00", 840, 840),  # this clock never rests
    ("fast", "06-22 15:00", "06-24 15:00", 840, 840),
)


@pytest.mark.parametrize("rule, since, until, stood, closing", PAUSES)
def test_a_pause_moves_what_is_due_by_what_the_clock_stood(rule: str, since: str, until: str, stood: int, closing: int):
    case = walked(("accept", local("06-22 10:10")), rule=rule)
    due, close = case["handle_due_at"], case["close_due_at"]
    case = after(case, "pause", local(since), rule)
    assert after(case, "dispatch", local(since), rule)["paused_at"] == local(since)  # moves go on, the clock stands
    case = after(case, "resume", local(until), rule)
    limit = RULES[rule]
    assert case["handle_due_at"] == CALENDAR.due(due, Limit(stood, limit.handle.work))
    assert case["close_due_at"] == CALENDAR.due(close, Limit(closing, limit.close.work))
    assert (case["paused_at"], case["paused_minutes"]) == (None, stood)
    assert case["next_card_at"] is not None


def test_a_pause_keeps_lateness_as_it_was():
    case = walked(("accept", local("06-22 11:00")), ("dispatch", local("06-22 11:00")), ("take", local("06-22 11:00")))
    late = local("06-29 11:00")  # due on Friday 11:00, closing on Monday 10:00
    while marks := mark(case, late):
        case |= marks
    assert (case["card"], case["overdue"]) == ("red", True)
    case = after(after(case, "pause", late), "resume", local("07-03 11:00"))
    assert (case["card"], case["overdue"], case["next_card_at"]) == ("red", True, None)
    assert case["close_due_at"] <= local("07-03 11:00")
    assert after(case, "handle", local("07-03 12:00"))["handle_minutes"] == 1680 + 420 + 60


EXTENSIONS = (  # rule, asked, minutes more on the handling clock and on the closing deadline
    ("ordinary", "1wd", 420, 420), ("complex", "5wd", 2100, 2100), ("fast", "2wd", 840, 840), ("urgent", "2wd", 2880, 2880),
)  # fmt: skip


@pytest.mark.parametrize("rule, asked, more, closing", EXTENSIONS)
def test_an_extension_moves_the_cards_and_the_closing_deadline(rule: str, asked: str, more: int, closing: int):
    case = walked(*((action, local("06-22 10:10")) for action in ("accept", "dispatch", "take")), rule=rule)
    before, limit = case, RULES[rule].handle
    case = after(case, "ask_extension", local("06-22 10:20"), rule, limit=asked)
    assert (case["extension"], case["extension_limit"], case["handle_due_at"]) == (
        "pending",
        asked,
        before["handle_due_at"],
    )
    refused = after(case, "refuse_extension", local("06-22 10:30"), rule)
    assert (refused["extension"], refused["handle_due_at"]) == ("refused", before["handle_due_at"])
    case = after(case, "grant_extension", local("06-22 10:30"), rule)
    assert case["handle_due_at"] == CALENDAR.due(local("06-22 10:10"), Limit(limit.minutes + more, limit.work))
    assert case["next_card_at"] == CALENDAR.due(
        local("06-22 10:10"), Limit(round((limit.minutes + more) * RULES[rule].yellow), limit.work)
    )
    assert case["close_due_at"] == CALENDAR.due(
        START, Limit(RULES[rule].close.minutes + closing, RULES[rule].close.work)
    )
    assert after(case, "handle", local("06-22 11:00"), rule)["handle_limit"] == limit.minutes + more
