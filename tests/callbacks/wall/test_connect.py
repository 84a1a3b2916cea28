"""A panel's failures stay in its own frame, and what stands on the screen is not sent again."""

import json
import logging
from types import SimpleNamespace

import pytest
from dash import Dash, Output, html, no_update
from flask import Flask
from flask_babel import Babel

from callbacks.wall.connect import connect, explain
from dashboard.catalog import load_catalog
from dashboard.domain.errors import NotFound, UserError
from layouts.wall.panels import PANELS


@pytest.fixture(autouse=True)
def in_request():
    server = Flask(__name__)
    server.extensions["deps"] = SimpleNamespace(catalog=load_catalog())
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


class Screen:
    """What a browser keeps of a panel: what it shows, and the word the callback gave it to give back."""

    def __init__(self, more: bool = False):
        app = Dash(server=Flask("screen"))
        self.drawn: object = None
        self.good: str | None = None
        self.shown: list = []
        connect(app, PANELS["funnel"], self._refresh, [Output("more", "data")] if more else ())
        (self._callback,) = (entry["callback"].__wrapped__ for entry in app.callback_map.values())

    def _refresh(self, _search: str) -> object:
        if isinstance(self.drawn, Exception):
            raise self.drawn
        return self.drawn

    def ask(self, drawn: object, search: str = "") -> list[bool]:
        """Which of the panel's outputs are sent to a screen that asks, now that the panel is drawn like this."""
        self.drawn = drawn
        part, self.good, *more = self._callback(search, 1, self.good)
        return [one is not no_update for one in (part, *more)]


def test_a_panel_of_another_look_is_neither_read_nor_sent():
    screen = Screen()
    assert screen.ask(RuntimeError("it was read"), "?page=ranking") == [False]
    assert screen.ask(html.B("7"), "?page=hazard") == [True]


def test_a_panel_that_stands_on_the_screen_already_is_not_sent_again():
    screen = Screen()
    assert screen.ask(html.B("7")) == [True]
    assert screen.ask(html.B("7")) == [False]
    assert screen.ask(html.B("8")) == [True]
    assert screen.ask(html.B("7")) == [True]


def test_data_beside_a_panel_is_sent_when_only_it_changed():
    screen = Screen(more=True)
    assert screen.ask((html.B("7"), {"a": 1})) == [True, True]
    assert screen.ask((html.B("7"), {"a": 1})) == [False, False]
    assert screen.ask((html.B("7"), {"a": 2})) == [True, True]


def test_after_a_failure_the_panel_is_sent_again_though_it_is_as_before():
    screen = Screen()
    screen.ask(html.B("7"))
    since = screen.good.split(" ")[0]
    assert screen.ask(KeyError("x")) == [True]
    assert screen.good == since, "when it last had data"
    assert screen.ask(KeyError("x")) == [True]
    assert screen.good == since
    assert screen.ask(html.B("7")) == [True]


def test_the_time_of_the_last_data_moves_while_the_panel_stays():
    screen = Screen()
    screen.ask(html.B("7"))
    screen.good = f"2026-01-01T00:00:00+00:00 {screen.good.split(' ')[1]}"
    assert screen.ask(html.B("7")) == [False]
    assert not screen.good.startswith("2026-01-01")
