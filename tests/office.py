"""Desks for tests: a county with cases in every part of it, people who may see some of them, and frames of their desks."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from flask import Flask
from flask_babel import Babel

from dashboard.cache import ReadCache
from dashboard.domain.desk_state import DeskState
from dashboard.domain.people import Grant, Person
from dashboard.services import board
from dashboard.services.desk_frame import Desk as Frame
from data.session import Database
from tests.desk import FIRE, MONDAY, SAFETY, Desk, open_desk, person

DISPATCHER = person("dispatcher", "K1")
ELSEWHERE = person("dispatcher", "K2")
HANDLER = person("handler", "K1", FIRE)
CITY = person("leader", "C1")
TWO = Person(DISPATCHER.id, "two", (Grant("dispatcher", "T1"), Grant("handler", "K1", SAFETY)))
GRIDS = ("G1", "G1", "G3", "G4", "G5")  # of K1: T1, T1, T1, T2 — and K2


def in_office(database: Database) -> Iterator[Desk]:
    """The services inside a request, with words in Chinese."""
    server = Flask(__name__)
    Babel(server, default_locale="zh")
    with server.test_request_context():
        opened = open_desk(database)
        opened.deps = replace(opened.deps, cache=ReadCache(server))
        yield opened


def fill(desk: Desk) -> Desk:
    """Ten cases, two in each of GRIDS, reported ten minutes apart, the later the more urgent kind."""
    for n in range(10):
        desk.now = MONDAY + timedelta(minutes=10 * n)
        desk.report(GRIDS[n % 5], "worksafety" if n % 2 else "fire", f"案件 {n}")
    return desk


def frame(desk: Desk, who: Person = DISPATCHER, **state: object) -> Frame:
    return Frame(desk.at_now(), who, DeskState(**state))


def titles(desk: Desk, who: Person = DISPATCHER, **state: object) -> list[str]:
    return [row["title"] for row in board.page(frame(desk, who, **state), 0, 100)[0]]
