"""A byte of a sealed edition that was changed anywhere is found, and named."""

from contextlib import contextmanager
from uuid import UUID

import pytest
from sqlalchemy import Boolean, Float, Integer, LargeBinary, Table, Uuid, delete, insert, select, update

from dashboard.domain.evaluation.canonical import digest
from dashboard.domain.people import SYSTEM
from dashboard.services import edition_archive, editions, sealing
from data.models import Edition, EditionArchive, EditionScore, EditionStanding, EditionStep, EditionValue
from data.models.base import UtcDateTime
from tests.editions import NOW, Office, an_office, uphold

ROWS = (Edition, EditionStep, EditionArchive, EditionValue, EditionScore, EditionStanding)
COLUMNS = [(model.__table__, column.name) for model in ROWS for column in model.__table__.columns
           if not column.primary_key and (model, column.name) != (EditionArchive, "body")]  # fmt: skip


@pytest.fixture(scope="module")
def office(templates, tmp_path_factory):
    yield from an_office(templates, "sqlite", tmp_path_factory.mktemp("sealing"), 60)


@pytest.fixture(scope="module")
def sealed(office: Office):
    """A second issue, so that there is every sort of entry in its archive."""
    old = office.published()
    uphold(office, old.id)
    new = editions.reissue(office.deps, SYSTEM, old.id, "an appeal was upheld")
    return office.walk(new.id, "publish")


@contextmanager
def changed(office: Office, *statements):
    """The database with the statements carried out; put back afterwards."""
    tables = [model.__table__ for model in ROWS]
    with office.base.database.read() as session:
        kept = {table: [dict(row) for row in session.execute(select(table)).mappings()] for table in tables}
    with office.base.database.write() as session:
        for statement in statements:
            assert session.execute(statement).rowcount
    try:
        yield
    finally:
        with office.base.database.write() as session:
            session.connection().exec_driver_sql("PRAGMA defer_foreign_keys=ON")
            for table in reversed(tables):
                session.execute(delete(table))
            for table in tables:
                session.execute(insert(table), kept[table])


def mine(table: Table, sealed):
    return table.c["id" if table.name == "edition" else "edition_id"] == sealed.id


def first(office: Office, table: Table, sealed):
    """(its first row, the condition that finds it)."""
    with office.base.database.read() as session:
        row = session.execute(select(table).where(mine(table, sealed)).order_by(*table.primary_key)).mappings().first()
    where = [column == row[column.name] for column in table.primary_key]
    return dict(row), where


def another(column, value):
    """A value that the column could have, other than its own."""
    kind = column.type
    if isinstance(kind, Boolean):
        return not value
    if isinstance(kind, (Integer, Float)):
        return (value or 0) + 1
    if isinstance(kind, LargeBinary):
        return bytes(32)
    if isinstance(kind, UtcDateTime):
        return NOW.replace(year=2001)
    if isinstance(kind, Uuid):
        return UUID(int=77)
    if kind.python_type is not str:
        return value.replace(year=2001)
    return "K1" if column.foreign_keys else f"{value or ''}x"


def test_an_untouched_edition_has_no_fault(office: Office, sealed):
    assert sealing.verify(office.deps, sealed.id) == ()
    sealed_digest, again = sealing.recompute(office.deps, sealed.id)
    assert sealed_digest == again


@pytest.mark.parametrize("name", ["scheme.toml", "inputs.json", "facts.json", "result.json", "corrections.json",
                                  "difference.json", "cohort/K1", "cohort/K2", "cohort/K3"])  # fmt: skip
@pytest.mark.parametrize("place", [0, 0.5, -1], ids=["first", "middle", "last"])
@pytest.mark.parametrize("with_digest", [False, True])
def test_a_flipped_byte_in_the_archive_is_named(office: Office, sealed, name, place, with_digest):
    table = EditionArchive.__table__
    where = (mine(table, sealed), table.c.name == name)
    with office.base.database.read() as session:
        body = bytearray(session.scalar(select(table.c.body).where(*where)))
    body[int(len(body) * place) if place != -1 else -1] ^= 1
    values = {"body": bytes(body)} | ({"digest": digest(bytes(body))} if with_digest else {})
    with changed(office, update(table).where(*where).values(values)):
        faults = sealing.verify(office.deps, sealed.id)
    assert any(f"archive entry {name} was changed" in fault for fault in faults), faults


@pytest.mark.parametrize("table, name", COLUMNS, ids=[f"{table.name}.{name}" for table, name in COLUMNS])
def test_a_changed_column_is_named(office: Office, sealed, table, name):
    row, where = first(office, table, sealed)
    value = another(table.c[name], row[name])
    assert value != row[name]
    with changed(office, update(table).where(*where).values({name: value})):
        faults = sealing.verify(office.deps, sealed.id)
    named = {"edition": f"column {name}", "edition_step": "step 1 was changed", "edition_archive": row.get("name", "")}
    assert any(named.get(table.name, f"{name} was changed") in fault for fault in faults), faults


@pytest.mark.parametrize("model", ROWS[1:], ids=[model.__tablename__ for model in ROWS[1:]])
def test_a_row_taken_away_is_missed(office: Office, sealed, model):
    _row, where = first(office, model.__table__, sealed)
    with changed(office, delete(model.__table__).where(*where)):
        faults = sealing.verify(office.deps, sealed.id)
    assert any("missing" in fault for fault in faults), faults


@pytest.mark.parametrize("model, key", [(EditionArchive, "name"), (EditionValue, "region_code"), (EditionScore, "node"),
                                        (EditionStanding, "region_code")],
                         ids=["archive", "value", "score", "standing"])  # fmt: skip
def test_a_row_put_in_is_named(office: Office, sealed, model, key):
    row, _where = first(office, model.__table__, sealed)
    with changed(office, insert(model.__table__).values(row | {key: "zzz"})):
        faults = sealing.verify(office.deps, sealed.id)
    assert any("zzz" in fault and "was added" in fault for fault in faults), faults


def test_a_last_step_cut_off_is_missed(office: Office, sealed):
    table = EditionStep.__table__
    with changed(office, delete(table).where(mine(table, sealed), table.c.seq == sealed.version)):
        faults = sealing.verify(office.deps, sealed.id)
    assert any("it ends at step" in fault for fault in faults), faults


def test_the_archive_can_be_taken_along(office: Office, sealed):
    body = edition_archive.export(office.deps, SYSTEM, sealed.id)
    assert edition_archive.export(office.deps, SYSTEM, sealed.id) == body
    assert body[:2] == b"PK"
