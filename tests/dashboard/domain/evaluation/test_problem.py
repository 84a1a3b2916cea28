"""The loop, the ladder and the lists: every allowed and every forbidden move, from the same tables."""

from datetime import UTC, date, datetime
from itertools import product

import pytest

from dashboard.domain.errors import UserError
from dashboard.domain.evaluation.problem import (
    ACTS,
    CLOSED,
    LADDER,
    STEPS,
    Progress,
    check_act,
    check_closing,
    check_listing,
    climb,
    is_overdue,
    stage,
)

NOW = datetime(2026, 6, 22, tzinfo=UTC)
DAY = date(2026, 6, 22)
ALL = ("due_on", "outcome", "evidence")


def loop(checked: int, done: bool = False) -> list[Progress]:
    """A loop of which `checked` steps are done with, and the next is done or not."""
    return [Progress(step, DAY, NOW if n < checked + done else None, NOW if n < checked else None)
            for n, step in enumerate(STEPS)]  # fmt: skip


def allowed(checked: int, done: bool, place: int, act: str) -> bool:
    if act == "assign":
        return place >= checked + done
    return place == checked and (act == "done") != done


@pytest.mark.parametrize("checked, done", list(product(range(4), (False, True))))
@pytest.mark.parametrize("place, act", list(product(range(4), ACTS)))
def test_each_act_at_each_step_in_each_standing(checked: int, done: bool, place: int, act: str):
    if allowed(checked, done, place, act):
        check_act(loop(checked, done), STEPS[place], act)
    else:
        with pytest.raises(UserError):
            check_act(loop(checked, done), STEPS[place], act)


def test_a_step_that_is_none_is_refused():
    with pytest.raises(UserError, match="no such step"):
        check_act(loop(0), "forget", "done")


@pytest.mark.parametrize("checked", range(5))
def test_a_problem_is_closed_only_when_all_four_are_checked(checked: int):
    assert stage(loop(checked)) == (*STEPS, CLOSED)[checked]
    if checked == 4:
        check_closing(loop(checked))
    else:
        with pytest.raises(UserError, match="four steps"):
            check_closing(loop(checked, done=True))


@pytest.mark.parametrize("steps, today, late", [
    (loop(0), DAY, False), (loop(0), date(2026, 6, 23), True), (loop(3, done=True), date(2026, 7, 1), False),
    (loop(3), date(2026, 7, 1), True), (loop(4), date(2027, 1, 1), False), ([Progress("find")], date(2027, 1, 1), False),
])  # fmt: skip
def test_a_day_that_has_passed_without_the_step_is_overdue(steps: list, today: date, late: bool):
    assert is_overdue(steps, today) is late


FOLLOWS = {("", "notice"), ("notice", "notice"), ("talk", "notice"), ("delisted", "notice"), ("notice", "talk"),
           ("talk", "talk"), ("talk", "listed"), ("listed", "delisted")}  # fmt: skip


@pytest.mark.parametrize("last, rung", list(product(("", *LADDER), LADDER)))
def test_each_rung_after_each_other(last: str, rung: str):
    if (last, rung) in FOLLOWS:
        assert climb(last, rung, ALL).key == rung
    else:
        with pytest.raises(UserError, match="does not follow"):
            climb(last, rung, ALL)


@pytest.mark.parametrize("last, rung, given", [("", "notice", ()), ("notice", "talk", ("outcome",)), ("talk", "listed", ()),
                                               ("listed", "delisted", ("due_on",)), ("listed", "delisted", ("outcome",)),
                                               ("listed", "delisted", ("evidence",))])  # fmt: skip
def test_a_rung_needs_what_its_row_names(last: str, rung: str, given: tuple):
    with pytest.raises(UserError, match="needs more"):
        climb(last, rung, given)


def test_a_rung_that_is_none_is_refused():
    with pytest.raises(UserError, match="no such rung"):
        climb("", "shame", ALL)


LISTED = (  # side, ranked, listed, before, done since: may it be?
    ("red", True, (), False, False, True),
    ("black", True, (), False, False, True),
    ("black", True, (), True, True, True),
    ("red", True, (), True, False, True),
    ("black", True, (), True, False, False),
    ("black", False, (), False, False, False),
    ("red", False, (), False, False, False),
    ("red", True, ("black",), False, False, False),
    ("black", True, ("black",), False, False, False),
    ("grey", True, (), False, False, False),
)


@pytest.mark.parametrize("side, ranked, listed, before, done, may", LISTED)
def test_who_may_stand_on_a_list(side: str, ranked: bool, listed: tuple, before: bool, done: bool, may: bool):
    given = {"ranked": ranked, "listed": listed, "before": before, "done_since": done}
    if may:
        check_listing(side, **given)
    else:
        with pytest.raises(UserError):
            check_listing(side, **given)
