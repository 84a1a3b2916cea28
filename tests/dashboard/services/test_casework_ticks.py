"""What time does to cases: cards fall, deadlines pass, requests expire; a pause holds them all."""

import pytest

from data.session import Database
from tests.desk import Desk, local, open_desk


@pytest.fixture
def desk(sqlite_database: Database) -> Desk:
    return open_desk(sqlite_database)


@pytest.fixture
def desk_on_each(database: Database) -> Desk:
    """On SQLite and on PostgreSQL."""
    return open_desk(database)


TICKS = (  # now, cases changed, card, overdue; report at Monday 10:00, accept within 2 work hours, close in 5 work days
    ("06-22 11:29", 0, "none", False),
    ("06-22 11:30", 1, "yellow", False),
    ("06-22 11:59", 0, "yellow", False),
    ("06-22 12:00", 1, "red", False),
    ("06-28 10:00", 0, "red", False),
    ("06-29 10:00", 1, "red", True),
    ("06-30 10:00", 0, "red", True),
)


def test_a_tick_lets_cards_fall_and_the_closing_deadline_pass_with_figures_exact(desk_on_each: Desk):
    desk = desk_on_each
    desk.report()
    for now, changed, card, overdue in TICKS:
        assert desk.tick(local(now)) == changed, now
        case = desk.case()
        assert (case["card"], case["overdue"], case["version"]) == (card, overdue, 1)
        assert desk.faults() == []
    assert len(desk.steps()) == 1  # a mark of the clock is no step of the history


def test_a_tick_after_a_long_stop_marks_all_at_once_and_leaves_ended_cases_alone(desk: Desk):
    desk.report()
    gone = desk.report()
    desk.act("void", key=(gone.county_code, gone.id), reason="entered_by_mistake")
    assert desk.tick(local("07-30 10:00")) == 1
    assert (desk.case()["card"], desk.case()["overdue"]) == ("red", True)
    assert desk.tick() == 0
    assert desk.faults() == []


def test_nothing_falls_while_the_clock_stands_and_a_request_dies_with_the_red_card(desk_on_each: Desk):
    desk = desk_on_each
    desk.report()
    desk.walk("accept", "dispatch", "take", "pause", hours=0.2)
    assert desk.tick(local("09-01 10:00")) == 0
    assert (desk.case()["card"], desk.case()["overdue"]) == ("none", False)
    desk.walk("resume", "ask_extension", hours=0.2)
    due = desk.case()["handle_due_at"]
    desk.tick(due)
    case = desk.case()
    assert (case["card"], case["extension"], case["version"]) == ("red", "expired", 8)
    assert (desk.steps()[-1]["action"], desk.steps()[-1]["role"]) == ("expire_extension", "system")
    assert desk.faults() == []
    desk.tick(case["close_due_at"])
    assert desk.case()["overdue"]
