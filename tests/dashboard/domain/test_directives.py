"""Rules of directives as tables; receipts only ever climb."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.domain import directives as rules
from dashboard.domain.errors import UserError
from dashboard.domain.people import ROLES

NOW = datetime(2026, 6, 18, 6, tzinfo=UTC)
HOUR = timedelta(hours=1)
DUE = (  # due_at, due_in, deadline
    (None, "30m", NOW + timedelta(minutes=30)),
    (None, "2h", NOW + 2 * HOUR),
    (None, "3d", NOW + timedelta(days=3)),
    (NOW + HOUR, None, NOW + HOUR),
)
NOT_DUE = (
    (None, None), (NOW + HOUR, "2h"), (None, "0h"), (None, "-2h"), (None, "2 h"), (None, "２h"), (None, "99999h"),
    (None, "91d"), (NOW, None), (NOW - HOUR, None), (NOW + timedelta(days=91), None), ((NOW + HOUR).replace(tzinfo=None), None),
)  # fmt: skip
STANDINGS = (  # hours until due, withdrawn, addressed, answered, how it stands
    (1, False, 3, 0, "open"), (1, False, 3, 3, "answered"), (-1, False, 3, 2, "late"), (-1, False, 3, 3, "answered"),
    (-1, True, 3, 0, "withdrawn"), (0, False, 3, 2, "open"),
)  # fmt: skip
MASKED = (
    ("电话 13800001111", "电话 ＊＊＊"),
    ("电话 138 0000 1111，速回", "电话 ＊＊＊，速回"),
    ("0571-87654321", "＊＊＊"),
    ("33010619900101123X", "＊＊＊"),
    ("3 人 18.4 万元，6月18日 14:05", "3 人 18.4 万元，6月18日 14:05"),
    ("260618-4F7K2Q", "260618-4F7K2Q"),
)
STAMPS = {f"{step}_at": None for step in rules.STEPS}


@pytest.mark.parametrize("due_at, due_in, expected", DUE)
def test_a_deadline_is_a_time_or_a_span(due_at, due_in, expected):
    assert rules.due_time(NOW, due_at, due_in) == expected


@pytest.mark.parametrize("due_at, due_in", NOT_DUE)
def test_what_is_no_deadline_is_answered(due_at, due_in):
    with pytest.raises(UserError) as caught:
        rules.due_time(NOW, due_at, due_in)
    assert caught.value.code == "due"


@pytest.mark.parametrize("hours, withdrawn, addressed, answered, expected", STANDINGS)
def test_how_an_order_stands(hours: int, withdrawn: bool, addressed: int, answered: int, expected: str):
    found = rules.standing(due_at=NOW + hours * HOUR, withdrawn_at=NOW if withdrawn else None, addressed=addressed,
                           answered=answered, now=NOW)  # fmt: skip
    assert found == expected
    assert found in rules.STANDINGS


@pytest.mark.parametrize("text, shown", MASKED)
def test_numbers_of_people_do_not_reach_a_screen_that_many_see(text: str, shown: str):
    assert rules.without_numbers(text) == shown


@pytest.mark.parametrize(
    "answered, device, late", [(None, None, False), (1, None, True), (1, -1, False), (-1, None, False)]
)
def test_an_answer_is_late_by_the_time_that_counts(answered: int | None, device: int | None, late: bool):
    at, on_device = (None if hours is None else NOW + hours * HOUR for hours in (answered, device))
    assert rules.answered_late(at, on_device, NOW) is late


@given(st.lists(st.sampled_from(rules.STEPS), max_size=12))
def test_receipts_only_climb(steps: list[str]):
    """Whatever comes in whatever order: a stamp once set stays, and no step is reached before the one before it."""
    receipt = dict(STAMPS)
    for number, step in enumerate(steps):
        before = dict(receipt)
        receipt |= rules.progress(receipt, step, NOW + timedelta(minutes=number))
        assert all(receipt[name] == at for name, at in before.items() if at is not None)
        assert receipt[f"{step}_at"] is not None
        reached = [receipt[f"{one}_at"] for one in rules.STEPS]
        there = [at for at in reached if at is not None]
        assert there == sorted(there)
        assert reached[: len(there)] == there, "a step was left out"
    assert rules.progress(receipt, steps[-1], NOW) == {} if steps else receipt == STAMPS


def test_an_unknown_step_is_answered():
    with pytest.raises(UserError, match="no such step"):
        rules.progress(STAMPS, "done", NOW)


def test_who_can_be_meant():
    assert set(rules.MEANT) <= set(ROLES)
    assert rules.check_roles(("grid_worker", "handler"), None) == ("handler", "grid_worker")
    assert rules.check_roles((), "消防救援") == rules.MEANT
    for roles, unit in (((), None), (("auditor",), None), (("guest",), "消防救援")):
        with pytest.raises(UserError) as caught:
            rules.check_roles(roles, unit)
        assert caught.value.code == "roles"


@pytest.mark.parametrize("text", ["", "  ", "\n", "\x00", "字" * 501])
def test_an_order_says_something_and_not_too_much(text: str):
    with pytest.raises(UserError, match="empty or too long"):
        rules.clean_text(text, 500, "text")
