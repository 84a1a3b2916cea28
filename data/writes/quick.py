"""Single rows into tables, with as little around the driver as can be: a write of casework is a handful of such rows.

The statements are SQLAlchemy's own, compiled once for each set of columns and kept; the values pass through the types of
the models. What is saved is the ORM's work on objects nobody keeps, which costs several times what the database does.
To PostgreSQL the rows of one write go `together`: waiting for each answer costs more than the row.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import Dialect, Table, sql
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import Session

_TAKEN = ("23505", "SQLITE_CONSTRAINT_PRIMARYKEY", "SQLITE_CONSTRAINT_UNIQUE")  # PostgreSQL: unique_violation


@dataclass(frozen=True, slots=True)
class Prepared:
    """A compiled INSERT: its columns in the order of its parameters, and what turns their values into the driver's."""

    text: str
    columns: tuple[str, ...]
    convert: tuple[Callable | None, ...]
    named: bool

    def values(self, row: Mapping[str, object]) -> tuple | dict:
        given = [
            row[name] if to is None else to(row[name]) for name, to in zip(self.columns, self.convert, strict=True)
        ]
        return dict(zip(self.columns, given, strict=True)) if self.named else tuple(given)


def add_row(session: Session, table: Table, row: Mapping[str, object]) -> None:
    """Insert a row; columns left out take the database's default, or NULL."""
    prepared = _prepared(table, tuple(row), session.get_bind().dialect, "")
    session.connection().exec_driver_sql(prepared.text, prepared.values(row))


def add_row_once(session: Session, table: Table, row: Mapping[str, object], key: str) -> bool:
    """Insert a row unless one with this `key` is there; whether it was inserted. Waits for whoever is inserting it."""
    prepared = _prepared(table, tuple(row), session.get_bind().dialect, key)
    return session.connection().exec_driver_sql(prepared.text, prepared.values(row)).rowcount == 1


@contextmanager
def together(session: Session) -> Iterator[None]:
    """On PostgreSQL, rows added within go out in one go, and whatever the database has against one of them is raised at
    the end at the latest. Within it no statement gives an answer: no rows, no count of rows. SQLite needs none of this.
    """
    raw = session.connection().connection.driver_connection
    if session.get_bind().dialect.name == "sqlite" or raw.info.pipeline_status:  # inside another: they go with its rows
        yield
        return
    dialect = session.get_bind().dialect
    try:
        with raw.pipeline():
            yield
    except dialect.loaded_dbapi.Error as error:  # raised past SQLAlchemy
        raise DBAPIError.instance(None, None, error, dialect.loaded_dbapi.Error, dialect=dialect) from error


def is_taken(error: IntegrityError) -> bool:
    """Was it a key that another row has already?"""
    return (getattr(error.orig, "sqlstate", None) or getattr(error.orig, "sqlite_errorname", None)) in _TAKEN


@lru_cache(maxsize=512)
def _prepared(table: Table, columns: tuple[str, ...], dialect: Dialect, key: str) -> Prepared:
    # a bare table: the real one would also bind the columns left out that have a default in Python
    bare = sql.table(table.name, *(sql.column(name, table.c[name].type) for name in columns), schema=table.schema)
    statement = (sqlite if dialect.name == "sqlite" else postgresql).insert(bare)
    if key:
        statement = statement.on_conflict_do_nothing(index_elements=[key])
    compiled = statement.compile(dialect=dialect, column_keys=list(columns))
    order = tuple(compiled.positiontup or columns)
    convert = tuple(table.c[name].type.dialect_impl(dialect).bind_processor(dialect) for name in order)
    return Prepared(str(compiled), order, convert, not compiled.positional)
