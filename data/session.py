"""Engines and sessions. A read sees one moment of the database from first query to last; a write is one transaction.

SQLite has one writer at a time. Writes of this process queue at a lock of the process, and wait for those of others by
asking again: waiting inside SQLite would hold up every other greenlet of a web server.
"""

import logging
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from threading import RLock

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError
from sqlalchemy.orm import Session

from dashboard.domain.errors import UserError

log = logging.getLogger(__name__)
_BUSY_SECONDS = 30
_ASK_AGAIN_SECONDS = 0.004
TOLD = "told"  # in Session.info: this write added to the change feed


class Database:
    """One engine and its two kinds of session. `listeners` are called, without arguments and in the writer's own thread,
    right after the commit of a write that added to the change feed; one that fails is logged and harms nobody."""

    def __init__(self, url: str):
        self.engine = make_engine(url)
        self.listeners: list[Callable[[], object]] = []
        self._turn = RLock()

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
        with self._alone(), Session(self.engine.execution_options(immediate=True)) as session, session.begin():
            yield session
        if session.info.get(TOLD):
            self._tell()

    @contextmanager
    def fold(self) -> Iterator[Session]:
        """A write in which every statement sees the same snapshot."""
        options = {"immediate": True} | ({} if self.is_sqlite else {"isolation_level": "REPEATABLE READ"})
        with self._alone(), Session(self.engine.execution_options(**options)) as session, session.begin():
            yield session

    def _alone(self) -> AbstractContextManager:
        return self._turn if self.is_sqlite else nullcontext()

    def _tell(self) -> None:
        for listener in self.listeners:
            try:
                listener()
            except Exception:
                log.exception("a listener failed; the write stands")


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
    if not connection.get_execution_options().get("immediate", False):
        connection.exec_driver_sql("BEGIN")
        return
    raw = connection.connection.dbapi_connection
    raw.execute("PRAGMA busy_timeout=0")
    try:
        if not _begin_soon(raw):
            connection.exec_driver_sql("BEGIN IMMEDIATE")  # one last time, for SQLAlchemy's own error
    finally:
        raw.execute(f"PRAGMA busy_timeout={_BUSY_SECONDS * 1000}")


def _begin_soon(raw: sqlite3.Connection) -> bool:
    """Take the write lock, asking again while another process has it; False where it never lets go."""
    until = time.monotonic() + _BUSY_SECONDS
    while time.monotonic() < until:
        try:
            raw.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:  # the low byte says what, the rest why
                return False
            time.sleep(_ASK_AGAIN_SECONDS)
        else:
            return True
    return False
