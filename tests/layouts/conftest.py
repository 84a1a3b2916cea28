"""Whatever is drawn here is drawn for a reader of Chinese."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask_babel import Babel


@pytest.fixture(autouse=True)
def in_chinese() -> Iterator[None]:
    server = Flask(__name__)
    Babel(server, default_locale="zh")
    with server.test_request_context():
        yield
