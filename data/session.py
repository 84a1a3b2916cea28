"""Engines and sessions. A read sees one moment of the database from first query to last; a write is one transaction."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError
from sqlalchemy.orm import Session

from dashboard.domain.errors import UserError

_BUSY_SECONDS = 30


class Database:
    """One engine and its two kinds of session."""

    def __init__(self, url: str):
        self.engine = make_engine(url)

    @property
    def is_sqlite(self) -> bool:
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session on one snapshot; whatever it changes is rolled back."""
        with Session(self.engine.execution_options(**_snapshot(self.engine))) as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """A session that commits at the end, or rolls back whole. SQLite: takes the write lock at once."""
        with Session(self.engine.execution_options(immediate=True)) as session, session.begin():
            yield session

    @contextmanager
    def fold(self) -> Iterator[Session]:
        """A write in which every statement sees the same snapshot."""
        options = {"immediate": True} | ({} if self.is_sqlite else {"isolation_level": "REPEATABLE READ"})
        with Session(self.engine.execution_options(**options)) as session, session.begin():
            yield session


def make_engine(url: str) -> Engine:
    """An engine for SQLite (WAL, foreign keys on) or PostgreSQL. Raises UserError for any other address."""
    allowed = "sqlite:///FILE or postgresql+psycopg://USER:PASSWORD@HOST/NAME"
    if url.startswith("postgresql://"):
        url = url.replace("postgresql://", "postgresql+psycopg://", 1)
    try:
        dialect = make_url(url).get_backend_name()
        if dialect not in ("sqlite", "postgresql"):
            raise UserError("settings", "DATABASE_URL names an unknown database", got=dialect, allowed=allowed)
        engine = create_engine(url, pool_pre_ping=dialect != "sqlite", **_options(dialect))
    except (ArgumentError, NoSuchModuleError):
        raise UserError("settings", "DATABASE_URL is not an address", allowed=allowed) from None
    if dialect == "sqlite":
        event.listen(engine, "connect", _on_connect)
        event.listen(engine, "begin", _on_begin)
    return engine


def _options(dialect: str) -> dict:
    if dialect == "sqlite":
        return {"connect_args": {"timeout": _BUSY_SECONDS, "check_same_thread": False}}
    return {"pool_size": 10, "max_overflow": 20}


def _snapshot(engine: Engine) -> dict:
    if engine.dialect.name == "sqlite":
        return {}
    return {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}


def _on_connect(connection, _record) -> None:
    connection.isolation_level = None  # transactions begin and end where SQLAlchemy says, see _on_begin
    for pragma in (
        "journal_mode=WAL",
        "synchronous=NORMAL",
        "foreign_keys=ON",
        "cache_size=-65536",
        "temp_store=MEMORY",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _on_begin(connection) -> None:
    immediate = connection.get_execution_options().get("immediate", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")
