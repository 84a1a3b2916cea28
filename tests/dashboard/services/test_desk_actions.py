"""Actions and exports of the desk: one case or many, what each is answered, and what leaves a trace."""

from collections.abc import Iterator

import pytest
from sqlalchemy import select, update

from dashboard.domain.errors import NotFound, UserError
from dashboard.domain.people import Grant, Person
from dashboard.domain.workflow import TRANSITIONS
from dashboard.services import board, case_sheet, desk_actions, desk_export
from data.models import AuditRow, Case
from data.session import Database
from tests.desk import Desk
from tests.office import DISPATCHER, ELSEWHERE, HANDLER, fill, frame, in_office


@pytest.fixture
def desk(database: Database) -> Iterator[Desk]:
    """On SQLite and on PostgreSQL."""
    yield from in_office(database)


@pytest.fixture
def filled(desk: Desk) -> Desk:
    return fill(desk)


def order(desk: Desk, action: str, count: int = 1, **inputs: object) -> desk_actions.Order:
    cases = [case for case in desk.cases() if case["county_code"] == "K1"][:count]
    given = [{"key": f"K1:{case['id']}", "version": case["version"]} for case in cases]
    return desk_actions.parse_order({"action": action, "cases": given, "inputs": inputs})


def test_an_action_for_many_is_done_for_each_and_says_which_failed(filled: Desk):
    filled.act("accept", DISPATCHER)
    result = desk_actions.carry_out(filled.at_now(), DISPATCHER, order(filled, "accept", 3))
    assert (len(result.done), len(result.failed)) == (2, 1)
    assert "1" in desk_actions.summary(result)
    assert frame(filled).queues["dispatch"] == 3


def test_who_comes_second_is_told_who_came_first(filled: Desk):
    seen = order(filled, "accept")
    assert desk_actions.carry_out(filled.at_now(), DISPATCHER, seen).done
    other = Person(ELSEWHERE.id, "另一位", (Grant("dispatcher", "K1"),))
    result = desk_actions.carry_out(filled.at_now(), other, seen)
    assert not result.done
    assert result.standing["actor"] == DISPATCHER.name
    assert (result.standing["state"], result.standing["action"]) == ("accepted", "accept")
    assert result.standing["state_label"]


def test_an_order_of_another_county_is_not_carried_out(filled: Desk):
    result = desk_actions.carry_out(filled.at_now(), ELSEWHERE, order(filled, "accept"))
    assert not result.done
    assert frame(filled).queues["dispatch"] == 0


@pytest.mark.parametrize("given", [{}, {"action": "fly", "cases": [{"key": "K1:x"}]}, {"action": "accept", "cases": []},
                                   {"action": "accept", "cases": None}, {"action": "accept", "cases": [{}]}])  # fmt: skip
def test_what_is_no_order_is_refused(given: dict):
    with pytest.raises(UserError):
        desk_actions.parse_order(given)


def test_a_dialogue_for_many_asks_only_what_can_be_done_with_many(filled: Desk):
    cases = [{"key": f"K1:{case['id']}"} for case in filled.cases() if case["county_code"] == "K1"][:2]
    for action in TRANSITIONS:
        if action in case_sheet.BULK:
            assert case_sheet.asked(frame(filled), action, cases, {})["count"] == 2
        else:
            with pytest.raises(NotFound):
                case_sheet.asked(frame(filled), action, cases, {})


# Exports


def test_an_export_is_audited_neutral_and_within_its_scope(filled: Desk):
    with filled.deps.database.write() as session:
        session.execute(update(Case).where(Case.county_code == "K1").values(title="=1+1"))
    with desk_export.as_csv(frame(filled, tab="open"), "10.0.0.1") as file:
        lines = file.read().decode("utf-8-sig").splitlines()
    assert len(lines) == 9  # a head and the county's eight
    assert all("'=1+1" in line for line in lines[1:])
    with filled.deps.database.read() as session:
        row = session.scalars(select(AuditRow).where(AuditRow.action == "case.export")).one()
    assert (row.region_code, row.user_id, row.remote) == ("K1", DISPATCHER.id, "10.0.0.1")
    with desk_export.as_xlsx(frame(filled, tab="open")) as file:
        assert file.read(2) == b"PK"


def test_an_export_is_one_moment_of_the_queue(filled: Desk, monkeypatch):
    """A case that is moved while the file is written neither shifts a row nor is left out."""
    monkeypatch.setattr(desk_export, "_BLOCK", 2)
    rows = desk_export._rows(frame(filled, tab="open"))
    first = next(rows)
    with filled.deps.database.write() as session:
        session.execute(update(Case).where(Case.county_code == "K1").values(state="closed", ended_at=Case.reported_at))
    numbers = [first[0], *(row[0] for row in rows)]
    assert len(numbers) == len(set(numbers)) == 8


def test_who_may_not_export_gets_nothing_and_leaves_no_trace(filled: Desk):
    with pytest.raises(NotFound):
        desk_export.as_csv(frame(filled, HANDLER, tab="open"))
    assert board.filters(frame(filled, HANDLER)).export == ""
