"""Fast loading of many rows over one SQLAlchemy connection: COPY on PostgreSQL, executemany on SQLite.

Answers for getting columns into a table. Leaves turning values into what is stored to `stored`, and committing to the
caller: everything here happens in the caller's transaction.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext

import pandas as pd
from sqlalchemy import Connection, Table, inspect, sql
from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import AddConstraint, CreateIndex, DropConstraint, DropIndex, ForeignKeyConstraint

from data.models import Case, CaseStep
from data.writes.stored import copy_texts, sqlite_values

BATCH = 20_000
"""Rows handed to the driver at once; more costs memory and gains nothing."""


def load_rows(connection: Connection, table: Table, columns: Mapping[str, Sequence]) -> int:
    """Append rows given as columns of one length (arrays, Series or lists), named as in `table`. How many there were.

    None, NaN, NaT and NA are NULL; columns left out take their server default, or NULL.
    """
    length = len(next(iter(columns.values()), ()))
    if not length:
        return 0
    if connection.dialect.name == "postgresql":
        _copy(connection, table, columns, length)
    else:
        _insert(connection, table, columns, length)
    return length


def load_cases(
    connection: Connection, cases: pd.DataFrame, steps: pd.DataFrame | None = None, *, rebuild: bool = False
) -> None:
    """Append cases and, when given, their histories. Columns are named as in Case and CaseStep.

    `rebuild`: without secondary indexes and foreign keys meanwhile; worth it where more comes than stands there.
    """
    tables = (Case.__table__, CaseStep.__table__)
    with without_indexes(connection, tables) if rebuild else nullcontext():
        load_rows(connection, Case.__table__, dict(cases.items()))
        if steps is not None:
            load_rows(connection, CaseStep.__table__, dict(steps.items()))


@contextmanager
def without_indexes(connection: Connection, tables: Sequence[Table]) -> Iterator[None]:
    """Take the tables' secondary indexes (and, on PostgreSQL, foreign keys) away, and build them again at the end.

    Primary keys stay. It locks the tables until the transaction ends; a failure inside rolls back with it.
    """
    keys = [key for table in tables for key in _foreign_keys(connection, table)]
    for key in keys:
        connection.execute(DropConstraint(key))
    held = inspect(connection)
    indexes = [
        index
        for table in tables
        for index in sorted(table.indexes, key=lambda index: index.name)
        if index.name in {found["name"] for found in held.get_indexes(table.name, schema=table.schema)}
    ]
    for index in indexes:
        connection.execute(DropIndex(index))
    yield
    for index in indexes:
        connection.execute(CreateIndex(index))
    for key in keys:
        connection.execute(AddConstraint(key))


def _foreign_keys(connection: Connection, table: Table) -> list[ForeignKeyConstraint]:
    """The keys as the database names them. SQLite cannot drop any, and checks them while it inserts."""
    if connection.dialect.name != "postgresql":
        return []
    found = inspect(connection).get_foreign_keys(table.name, schema=table.schema)
    copies = []
    for key in found:
        target = [f"{key['referred_table']}.{name}" for name in key["referred_columns"]]
        copies.append(_detached(table, key["constrained_columns"], target, key["name"]))
    return copies


def _detached(table: Table, columns: list[str], target: list[str], name: str) -> ForeignKeyConstraint:
    """The table's constraint over `columns`, under the name it has in the database."""
    ours = next(c for c in table.foreign_key_constraints if c.column_keys == columns)
    if [element.target_fullname for element in ours.elements] != target:
        raise ValueError(f"foreign key {name!r} is not the one of the model: got {target}; migrate the database first")
    ours.name = name
    return ours


def _insert(connection: Connection, table: Table, columns: Mapping[str, Sequence], length: int) -> None:
    # a bare table: the real one would also bind the columns left out that have a default in Python
    bare = sql.table(table.name, *(sql.column(name) for name in columns), schema=table.schema)
    statement = str(bare.insert().compile(dialect=sqlite.dialect(), column_keys=list(columns)))
    values = [sqlite_values(column, table.c[name].type) for name, column in columns.items()]
    for start in range(0, length, BATCH):
        rows = list(zip(*(column[start : start + BATCH] for column in values), strict=True))
        connection.exec_driver_sql(statement, rows)


def _copy(connection: Connection, table: Table, columns: Mapping[str, Sequence], length: int) -> None:
    quote = connection.dialect.identifier_preparer
    names = ", ".join(quote.quote(name) for name in columns)
    values = [copy_texts(column, table.c[name].type) for name, column in columns.items()]
    # SQLAlchemy has no COPY; every name in it comes from the models and is quoted
    statement = f"COPY {quote.format_table(table)} ({names}) FROM STDIN"
    with connection.connection.cursor() as cursor, cursor.copy(statement) as copy:
        for start in range(0, length, BATCH):
            rows = zip(*(column[start : start + BATCH] for column in values), strict=True)
            copy.write("\n".join(map("\t".join, rows)) + "\n")
