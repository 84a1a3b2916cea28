"""Databases for the tests: a real SQLite file and a real PostgreSQL, each empty and migrated."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from data.session import Database
from tests.postgres import find_binaries, private_postgres
from tests.templates import KINDS, Templates

settings.register_profile("house", deadline=None)  # tests never time
settings.load_profile("house")


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    if find_binaries() is None:
        pytest.skip("PostgreSQL is not installed")
    with private_postgres() as address:
        yield address


@pytest.fixture(scope="session")
def templates(request, tmp_path_factory) -> Templates:
    return Templates(tmp_path_factory.mktemp("templates"), lambda: request.getfixturevalue("postgres_server"))


@pytest.fixture(params=KINDS)
def database(request, templates: Templates, tmp_path: Path) -> Iterator[Database]:
    """An empty, migrated database; the test runs on each kind."""
    with templates.opened(request.param, tmp_path) as found:
        yield found


@pytest.fixture
def sqlite_database(templates: Templates, tmp_path: Path) -> Iterator[Database]:
    with templates.opened("sqlite", tmp_path) as found:
        yield found
