"""A panel's failures stay in its own frame."""

import json
import logging

import pytest
from flask import Flask
from flask_babel import Babel

from callbacks.wall.connect import explain
from dashboard.domain.errors import NotFound, UserError
from layouts.wall.panels import PANELS


@pytest.fixture(autouse=True)
def in_request():
    server = Flask(__name__)
    Babel(server, default_locale="zh")
    with server.test_request_context():
        yield


def words(name: str, error: Exception, good: str | None = None) -> str:
    return json.dumps(
        explain(PANELS[name], error, good), default=lambda part: part.to_plotly_json(), ensure_ascii=False
    )


def test_what_broke_is_logged_and_said_in_words_with_the_last_good_time(caplog):
    with caplog.at_level(logging.ERROR):
        said = words("trend", RuntimeError("no such table"), "2026-06-18T06:05:32+00:00")
    assert "no such table" not in said
    assert "2026-06-18T06:05:32+00:00" in said
    assert "trend" in caplog.text
    assert "no such table" in caplog.text


@pytest.mark.parametrize("error", [NotFound("region", "unknown region"), UserError("state", "unknown period")])
def test_a_link_that_means_nothing_is_said_by_the_map_with_a_way_back(error: UserError):
    assert '"href": "?"' in words("map", error)
    assert "quiet--failed" not in words("trend", error)


def test_a_link_that_cannot_be_read_opens_nothing_over_the_wall():
    assert words("case_list", UserError("state", "not a page number")) == "null"
    assert "quiet--failed" in words("case", NotFound("case", "unknown case"))
