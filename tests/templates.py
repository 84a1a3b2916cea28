"""Databases made once and copied for each test: migrating and filling one takes longer than what most tests ask of it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from shutil import copy
from uuid import uuid4

from sqlalchemy import create_engine, text

from data.migrate import upgrade
from data.session import Database

KINDS = ("sqlite", "postgresql")


class Templates:
    """`folder` holds the templates of SQLite; `server` gives the address of a PostgreSQL, and is asked where one is needed."""

    def __init__(self, folder: Path, server: Callable[[], str]):
        self.folder, self.server = folder, server
        self._made = cache(self._make)

    @contextmanager
    def opened(self, kind: str, folder: Path, fill: Callable | None = None, *args: object) -> Iterator[Database]:
        """A database of one's own: migrated, and as fill(database, *args) leaves it. A file, if any, is put into `folder`."""
        found = Database(self._copied(self._made(kind, fill, *args), folder))
        yield found
        found.engine.dispose()

    def _make(self, kind: str, fill: Callable | None, *args: object) -> str:
        if fill is not None:
            address = self._copied(self._made(kind, None), self.folder)
        else:
            address = _new_file(self.folder) if kind == "sqlite" else new_postgres_database(self.server())
        made = Database(address)
        upgrade(made.engine) if fill is None else fill(made, *args)
        made.engine.dispose()
        return address

    def _copied(self, address: str, folder: Path) -> str:
        if address.startswith("sqlite:///"):
            target = _new_file(folder)
            copy(address.removeprefix("sqlite:///"), target.removeprefix("sqlite:///"))
            return target
        server, name = address.rsplit("/", 1)
        return new_postgres_database(server, name)


def _new_file(folder: Path) -> str:
    return f"sqlite:///{folder / f'{uuid4().hex}.sqlite'}"


def new_postgres_database(server: str, template: str = "template0") -> str:
    """Create a database of its own on the server; its address."""
    name = f"t{uuid4().hex}"
    admin = create_engine(f"{server}/postgres", isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f'CREATE DATABASE "{name}" TEMPLATE "{template}"'))
    admin.dispose()
    return f"{server}/{name}"
