"""Databases for the tests: a real SQLite file and a real PostgreSQL, each empty and migrated."""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from hypothesis import settings

from data.session import Database
from tests.browser.servers import Server, serving_demo
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


@pytest.fixture(scope="session")
def demo(tmp_path_factory) -> Callable[[str], AbstractContextManager[Server]]:
    """demo(cases): a product of one's own, running, with demo accounts and that many demo cases."""
    base = tmp_path_factory.getbasetemp()
    made = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    return lambda cases: serving_demo(made, tmp_path_factory.mktemp("demo"), cases)


@pytest.fixture(params=KINDS)
def database(request, templates: Templates, tmp_path: Path) -> Iterator[Database]:
    """An empty, migrated database; the test runs on each kind."""
    with templates.opened(request.param, tmp_path) as found:
        yield found


@pytest.fixture
def sqlite_database(templates: Templates, tmp_path: Path) -> Iterator[Database]:
    with templates.opened("sqlite", tmp_path) as found:
        yield found
