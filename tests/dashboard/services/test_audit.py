"""The audit log is sealed in a chain: whatever is done to a sealed row is named."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import delete, select, update

from dashboard.cache import ReadCache
from dashboard.catalog import load_catalog
from dashboard.deps import Deps
from dashboard.domain.people import Grant, Person
from dashboard.services.audit import read_audit, seal, verify_audit
from data.models import AuditRow
from data.session import Database
from data.writes.audit import add_audit
from tests.factories import NOW, install_tree

WHO = Person(None, "甲")


@pytest.fixture
def deps(database: Database) -> Deps:
    with database.write() as session:
        install_tree(session)
    return Deps(database, load_catalog(), ReadCache(Flask("test")), lambda: NOW)


def write(deps: Deps, count: int, **given) -> None:
    with deps.database.write() as session:
        for n in range(count):
            add_audit(session, NOW, WHO, "test", subject=f"{n}\x1f\\", detail={"n": n, "字": ["x"]}, **given)


def damage(deps: Deps, statement) -> None:
    with deps.database.write() as session:
        session.execute(statement)


def swap(deps: Deps, one: int, other: int) -> None:
    with deps.database.write() as session:
        rows = {row.position: row for row in session.scalars(select(AuditRow))}
        words = rows[one].subject, rows[other].subject
        rows[other].subject, rows[one].subject = words


def test_rows_are_sealed_in_order_without_gaps_and_once(deps: Deps, tmp_path):
    write(deps, 3)
    assert seal(deps, tmp_path / "head") == 3
    assert seal(deps, tmp_path / "head") == 0
    write(deps, 2)
    assert seal(deps, tmp_path / "head") == 2
    with deps.database.read() as session:
        rows = list(session.execute(select(AuditRow.id, AuditRow.position).order_by(AuditRow.id)))
    assert [position for _id, position in rows] == [1, 2, 3, 4, 5]
    assert verify_audit(deps, tmp_path / "head") == (5, ())


CHANGES = (
    {"actor": "乙"}, {"action": "other"}, {"subject": None}, {"reason": "x"}, {"detail": {"n": 2}}, {"remote": "::1"},
    {"region_code": "K1"}, {"at": NOW + timedelta(microseconds=1)}, {"hash": b"0" * 32},
)  # fmt: skip


def test_any_changed_column_is_named(deps: Deps):
    write(deps, len(CHANGES))
    seal(deps)
    for position, change in enumerate(CHANGES, start=1):
        damage(deps, update(AuditRow).where(AuditRow.position == position).values(change))
        _count, faults = verify_audit(deps)
        assert any(f"position {position} " in fault for fault in faults), change


def test_removed_rows_are_named(deps: Deps, tmp_path):
    write(deps, 6)
    seal(deps, tmp_path / "head")
    damage(deps, delete(AuditRow).where(AuditRow.position == 3))
    assert "1 rows are missing before position 4" in verify_audit(deps)[1][0]
    damage(deps, delete(AuditRow).where(AuditRow.position >= 5))
    assert any("2 rows are missing after position 4" in fault for fault in verify_audit(deps, tmp_path / "head")[1])


def test_rows_that_changed_places_are_named(deps: Deps):
    write(deps, 4)
    seal(deps)
    swap(deps, 2, 3)
    faults = verify_audit(deps)[1]
    assert [f"position {n} " in fault for n, fault in zip((2, 3), faults, strict=True)] == [True, True]


def test_a_chain_made_anew_is_not_the_one_that_was_sealed(deps: Deps, tmp_path):
    write(deps, 3)
    seal(deps, tmp_path / "head")
    damage(deps, update(AuditRow).values(position=None, hash=None, actor="乙"))
    seal(deps)
    assert verify_audit(deps) == (3, ())
    assert "not the one that was sealed" in verify_audit(deps, tmp_path / "head")[1][0]


def test_an_auditor_reads_what_lies_in_their_region_and_that_is_written_down(deps: Deps):
    write(deps, 1, region="K1")
    write(deps, 1, region="G5")
    write(deps, 1)
    reads = {
        region: read_audit(deps, Person(None, region, (Grant("auditor", region),))) for region in ("P", "K1", "K2")
    }
    assert [row.region for row in reads["K1"].rows] == ["K1"]
    assert [row.region for row in reads["K2"].rows] == ["G5"]
    assert reads["P"].total == 3
    with deps.database.read() as session:
        written = list(session.scalars(select(AuditRow.actor).where(AuditRow.action == "audit.read")))
    assert written == ["P", "K1", "K2"]


def test_pages_and_filters(deps: Deps):
    write(deps, 5)
    with deps.database.write() as session:
        add_audit(session, NOW + timedelta(hours=1), WHO, "case.export")
        add_audit(session, NOW + timedelta(hours=1), WHO, "case.act")
    everything = Person(None, "", (Grant("auditor", "P"),))
    page = read_audit(deps, everything, action="case.", limit=1, offset=1)
    assert (page.total, [row.action for row in page.rows]) == (2, ["case.export"])
    assert read_audit(deps, everything, action="case").total == 0
    assert read_audit(deps, everything, start=NOW + timedelta(hours=1), end=NOW + timedelta(hours=2)).total == 2
    assert read_audit(deps, everything, end=NOW).total == 0
