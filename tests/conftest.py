"""Databases for the tests: a real SQLite file and a real PostgreSQL, each empty and migrated."""

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import settings
from sqlalchemy import create_engine, text

from data.migrate import upgrade
from data.session import Database
from tests.postgres import find_binaries, private_postgres

settings.register_profile("house", deadline=None)  # tests never time
settings.load_profile("house")


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    if find_binaries() is None:
        pytest.skip("PostgreSQL is not installed")
    with private_postgres() as address:
        yield address


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request, tmp_path: Path) -> Iterator[Database]:
    """An empty, migrated database; the test runs on each kind."""
    yield from open_database(request, request.param, tmp_path)


@pytest.fixture
def sqlite_database(tmp_path: Path) -> Iterator[Database]:
    found = Database(f"sqlite:///{tmp_path / 'test.sqlite'}")
    upgrade(found.engine)
    yield found
    found.engine.dispose()


def open_database(request, kind: str, folder: Path) -> Iterator[Database]:
    if kind == "sqlite":
        found = Database(f"sqlite:///{folder / f'{uuid4().hex}.sqlite'}")
    else:
        found = Database(new_postgres_database(request.getfixturevalue("postgres_server")))
    upgrade(found.engine)
    yield found
    found.engine.dispose()


def new_postgres_database(server: str) -> str:
    """Create a database of its own on the server; its address."""
    name = f"t{uuid4().hex}"
    admin = create_engine(f"{server}/postgres", isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f'CREATE DATABASE "{name}" TEMPLATE template0'))
    admin.dispose()
    return f"{server}/{name}"
