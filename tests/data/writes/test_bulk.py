"""What is loaded in bulk reads back as what SQLAlchemy itself would have written."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import numpy as np
import pandas as pd
import pytest
from sqlalchemy import inspect, select, text

from data.models import Case, CaseStep, rollup_day
from data.writes.bulk import load_cases, load_rows, without_indexes
from tests.factories import install_tree

AT = datetime(2026, 6, 18, 6, 5, 32, 123_456, tzinfo=UTC)
AWKWARD = ["plain", "tab\tand\nline\r\\N", "\\", "中文，“引号”'\";--", ""]


def case(number: int, **given: object) -> dict:
    return {
        "county_code": "K1", "id": UUID(int=number), "dataset": "test", "source_key": None, "kind_group": "hazard",
        "kind": "fire", "is_request": bool(number % 2), "severity": "04", "tier": "grid", "source": "grid",
        "title": AWKWARD[number % len(AWKWARD)], "description": None, "lon": 120.123456 if number % 2 else None,
        "attrs": {"a": "中\n", "b": [1, None, number]}, "flags": [], "state": "reported", "version": 1,
        "reported_at": AT + timedelta(microseconds=number), "accepted_at": AT if number % 3 else None,
        "accept_minutes": number if number % 2 else None, "accept_limit": 120, "card": "none", "overdue": number == 3,
        "returned": 0, "reworked": 0, "reopened": 0, "repeat_of": UUID(int=1) if number % 2 else None,
        "satisfaction": None, **given,
    }  # fmt: skip


def step(number: int) -> dict:
    return {
        "county_code": "K1", "case_id": UUID(int=number), "seq": 1, "action": "report", "state": "reported", "at": AT,
        "device_at": AT if number % 2 else None, "actor": "网格员", "role": "grid_worker", "unit": None,
        "reason": None, "note": AWKWARD[number % 5], "clock_effect": "run", "hash": bytes(range(number, number + 32)),
    }  # fmt: skip


def typed(rows: list[dict], how: str) -> pd.DataFrame:
    """The rows as a frame of plain objects, of NumPy and category columns, or of nullable ones."""
    frame = pd.DataFrame({name: pd.Series([row[name] for row in rows], dtype=object) for name in rows[0]})
    if how == "objects":
        return frame
    for name in ("reported_at", "accepted_at", "at", "device_at"):
        if name in frame:
            frame[name] = pd.DatetimeIndex(pd.to_datetime(frame[name], utc=True)).as_unit("us")
    for name in ("county_code", "title", "kind", "unit", "note"):
        if name in frame:
            frame[name] = frame[name].astype("category")
    for name in ("id", "repeat_of", "case_id"):
        if name in frame:
            frame[name] = pd.Series([value and value.hex for value in frame[name]], dtype=object)
    for name in ("accept_minutes", "satisfaction"):
        if name in frame:
            frame[name] = frame[name].astype("float64" if how == "numpy" else "Int64")
    return frame.astype({"is_request": "bool", "overdue": "bool", "lon": "float64"}) if "lon" in frame else frame


@pytest.fixture
def installed(database):
    with database.write() as session:
        install_tree(session)
    return database


@pytest.mark.parametrize("how", ["objects", "numpy", "nullable"])
@pytest.mark.parametrize("rebuild", [False, True])
def test_loaded_cases_and_steps_read_back_as_given(installed, how, rebuild):
    cases, steps = [case(n) for n in range(12)], [step(n) for n in range(12)]
    with installed.write() as session:
        load_cases(session.connection(), typed(cases, how), typed(steps, how), rebuild=rebuild)
    with installed.read() as session:
        for table, rows in ((Case, cases), (CaseStep, steps)):
            found = session.execute(select(table.__table__).order_by(*table.__table__.primary_key)).mappings().all()
            assert [{name: row[name] for name in rows[0]} for row in found] == rows


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_loaded_case_is_stored_as_sqlalchemy_stores_it(installed, number):
    given = case(number)
    with installed.write() as session:
        load_cases(session.connection(), typed([given], "numpy"))
        session.add(Case(**given | {"id": UUID(int=99)}))
    cells = ", ".join(f'CAST("{name}" AS TEXT)' for name in given if name != "id")
    with installed.read() as session:  # the cells themselves, not what SQLAlchemy makes of them
        one, other = session.execute(text(f'SELECT {cells}, length(CAST(id AS TEXT)) FROM "case"')).all()
    assert one == other


def test_days_are_stored_as_dates(installed):
    days = np.array(["2026-06-18", "2025-01-01"], dtype="datetime64[D]")
    words = {"region_code": ["P", "P"], "kind": ["*", "*"], "shard_code": ["P", "P"]}
    with installed.write() as session:
        connection = session.connection()
        assert load_rows(connection, rollup_day, words | {"day": days, "reported": np.array([3, 4])}) == 2
        load_rows(connection, rollup_day, words | {"day": [date(2024, 2, 29), date(2024, 3, 1)], "reported": [5, 6]})
    with installed.read() as session:
        columns = rollup_day.c.day, rollup_day.c.reported, rollup_day.c.closed
        found = session.execute(select(*columns).order_by("day")).all()
    assert [tuple(row) for row in found] == [(date(2024, 2, 29), 5, 0), (date(2024, 3, 1), 6, 0),
                                             (date(2025, 1, 1), 4, 0), (date(2026, 6, 18), 3, 0)]  # fmt: skip


def test_no_rows_are_no_work(installed):
    with installed.write() as session:
        assert load_rows(session.connection(), rollup_day, {"region_code": []}) == 0


def test_a_time_without_a_zone_is_refused(installed):
    with installed.write() as session, pytest.raises(ValueError, match="without a zone"):
        load_rows(session.connection(), Case.__table__, {"reported_at": [datetime(2026, 1, 1)]})


def test_a_rebuild_leaves_indexes_and_keys_as_they_were(installed):
    tables = (Case.__table__, CaseStep.__table__)

    def structure(connection) -> tuple:
        held = inspect(connection)
        indexes = [sorted((i["name"], tuple(i["column_names"])) for i in held.get_indexes(t.name)) for t in tables]
        return indexes, [sorted(str(key) for key in held.get_foreign_keys(t.name)) for t in tables]

    with installed.write() as session:
        before = structure(session.connection())
        with without_indexes(session.connection(), tables):
            assert structure(session.connection())[0] == [[], []]
        assert structure(session.connection()) == before


def test_nothing_stays_of_a_load_that_fails(installed):
    def fail() -> None:
        with installed.write() as session:
            load_cases(session.connection(), typed([case(1)], "numpy"), rebuild=True)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    with installed.read() as session:
        assert not session.execute(select(Case.id)).all()
