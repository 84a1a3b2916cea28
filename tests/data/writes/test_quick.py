"""Rows that go out together are in the table together or not at all, and what is wrong with one is told as that."""

from collections.abc import Callable
from contextlib import nullcontext
from datetime import UTC, datetime
from uuid import UUID

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError, IntegrityError

from data.models import ChangeRow, Evidence, Received
from data.session import Database, Session
from data.writes.quick import add_row, is_taken, together

NOW = datetime(2026, 6, 18, 9, tzinfo=UTC)
ONE, TWO = UUID(int=1), UUID(int=2)


def add(session: Session, key: UUID) -> None:
    row = {"id": key, "user_id": None, "at": NOW, "outcome": {"version": 1}}
    add_row(session, Received.__table__, row)


def tell(session: Session) -> None:
    add_row(session, ChangeRow.__table__, {"at": NOW, "topic": "case", "action": "report", "detail": None})


def write(database: Database, round_it: Callable, *parts: Callable[[Session], object]) -> None:
    with database.write() as session, round_it(session):
        for part in parts:
            part(session)


def counts(database: Database) -> tuple[int, int]:
    with database.read() as session:
        return tuple(session.scalar(select(func.count()).select_from(table)) for table in (Received, ChangeRow))


def waits(session: Session) -> bool:
    """Is every row waited for?"""
    raw = session.connection().connection.driver_connection
    return session.get_bind().dialect.name == "sqlite" or not raw.info.pipeline_status


def test_rows_go_out_together_on_postgresql_and_all_of_them_arrive(database: Database):
    with database.write() as session:
        with together(session):
            assert waits(session) == database.is_sqlite
            add(session, ONE)
            with together(session):
                add(session, TWO)
            assert waits(session) == database.is_sqlite  # one within another ends with it
            tell(session)
        assert waits(session)
        assert session.scalar(select(func.count()).select_from(Received)) == 2
    assert counts(database) == (2, 1)


@pytest.mark.parametrize("round_it", [together, lambda _session: nullcontext()], ids=["together", "one by one"])
def test_a_key_that_stands_already_is_told_as_taken_and_nothing_of_the_write_stays(database: Database, round_it):
    with database.write() as session:
        add(session, ONE)
    with pytest.raises(IntegrityError) as caught:
        write(database, round_it, tell, lambda session: add(session, ONE), tell)
    assert is_taken(caught.value)
    assert counts(database) == (1, 0)
    write(database, round_it, lambda session: add(session, TWO), tell)  # the connection has no fault left
    assert counts(database) == (2, 1)


def test_a_row_that_is_wrong_otherwise_is_no_taken_key(database: Database):
    nowhere = {"county_code": "k", "case_id": ONE, "seq": 1, "sha256": "0" * 64}
    with pytest.raises(IntegrityError) as caught:
        write(database, together, tell, lambda session: add_row(session, Evidence.__table__, nowhere))
    assert not is_taken(caught.value)
    assert counts(database) == (0, 0)


def test_a_fault_of_the_driver_comes_as_sqlalchemy_s_own(database: Database):
    with pytest.raises(DBAPIError):
        write(database, together, lambda session: session.connection().exec_driver_sql("SELECT nothing FROM nowhere"))
    assert counts(database) == (0, 0)
