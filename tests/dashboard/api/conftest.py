"""An API on each kind of database."""

from pathlib import Path

import pytest

from tests.dashboard.api.client import Api, make_api


@pytest.fixture
def api(database, tmp_path: Path) -> Api:
    return make_api(database, tmp_path / "evidence")
