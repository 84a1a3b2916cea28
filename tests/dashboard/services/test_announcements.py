"""What a wall announces is looked up anew: nobody hears of a case they may not see, and a guest of no sensitive one."""

from datetime import date
from uuid import UUID

import pytest
from flask import Flask
from flask_babel import Babel

from dashboard.cache import ReadCache
from dashboard.catalog import load_catalog
from dashboard.deps import Deps
from dashboard.domain.commands import Report
from dashboard.domain.errors import NotFound
from dashboard.domain.people import Person
from dashboard.domain.scope import EVERYTHING, Scope
from dashboard.domain.state import WallState
from dashboard.services.announcements import announcement
from dashboard.services.casework import report
from data.session import Database
from data.writes.regions import install_calendar
from tests.factories import NOW, install_tree

STATE = WallState()
TOLD = {"ref": None, "at": NOW.isoformat(), "detail": {"kind": "family", "severity": "02", "county_code": "K1"}}


@pytest.fixture
def deps(sqlite_database: Database):
    server = Flask("test")
    Babel(server, default_locale="zh")
    with sqlite_database.write() as session:
        install_tree(session)
        install_calendar(session, "CN", date(2026, 1, 1), date(2027, 12, 31))
    with server.test_request_context():
        yield Deps(sqlite_database, load_catalog(), ReadCache(server), lambda: NOW)


def reported(deps: Deps, kind: str, title: str) -> UUID:
    person = Person(None, "x", everything=True)
    return report(deps, person, Report("G1", kind, title, "grid", dataset="test", severity="01")).id


def test_a_case_is_announced_with_severity_kind_place_and_link(deps: Deps):
    case = reported(deps, "fire", "仓库起火")
    found = announcement(deps, STATE, EVERYTHING, {"ref": str(case)})
    assert (found.severity, found.severity_label, found.kind, found.text) == ("01", "特大", "消防隐患", "仓库起火")
    assert (found.place, found.at, found.href) == ("C1·K1", NOW, f"?case={case}")


def test_of_a_sensitive_kind_the_kind_is_all_that_is_said(deps: Deps):
    case = reported(deps, "family", "谁家的事")
    found = announcement(deps, STATE, EVERYTHING, {"ref": str(case)})
    assert (found.kind, found.text, found.href) == ("婚恋家庭", "", f"?case={case}")


def test_a_guest_is_not_told_which_sensitive_case_it_is(deps: Deps):
    found = announcement(deps, STATE, EVERYTHING, TOLD)
    assert (found.kind, found.place, found.text, found.href, found.at) == ("婚恋家庭", "C1·K1", "", "", NOW)


@pytest.mark.parametrize(
    "wrong",
    [
        {"ref": str(UUID(int=9))},
        {"ref": "x"},
        {**TOLD, "at": "yesterday"},
        {**TOLD, "detail": None},
        {**TOLD, "detail": {**TOLD["detail"], "kind": "<b>"}},
        {**TOLD, "detail": {**TOLD["detail"], "severity": "9"}},
        {**TOLD, "detail": {**TOLD["detail"], "county_code": "?"}},
        {},
    ],
)
def test_whatever_the_page_says_is_checked(deps: Deps, wrong: dict):
    with pytest.raises(NotFound):
        announcement(deps, STATE, EVERYTHING, wrong)


def test_a_case_out_of_scope_is_not_announced(deps: Deps):
    case, elsewhere = reported(deps, "fire", "仓库起火"), Scope(frozenset({"C2"}))
    for change in ({"ref": str(case)}, TOLD):
        with pytest.raises(NotFound):
            announcement(deps, WallState(region="C2"), elsewhere, change)
