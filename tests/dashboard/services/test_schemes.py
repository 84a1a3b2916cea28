"""Schemes as they are kept: the product's own are there, a new version is checked, kept as it was, and told in the log."""

from hashlib import sha256

import pytest
from flask import Flask
from sqlalchemy import select

from dashboard.cache import ReadCache
from dashboard.catalog import load_catalog
from dashboard.deps import Deps
from dashboard.domain.errors import NotFound, UserError
from dashboard.domain.people import SYSTEM
from dashboard.schemes import Change, shipped
from dashboard.services import schemes
from data.models import AuditRow, SchemeRow
from data.session import Database
from tests.desk import person
from tests.factories import NOW, install_tree
from tests.scheme_samples import SMALL

WHOLE = person("evaluator", "P")
SECOND = SMALL.replace("version = 1", "version = 2").replace("A = 90", "A = 91")

BAD = (  # text, note, what is said
    (SECOND, "x", "a version follows the one before it; got 2; allowed: 1"),
    (SMALL, " ", "say what was changed and why"),
    (SMALL, "x" * 2001, "say what was changed and why"),
    (SMALL.replace("weight = 60", "weight = 61"), "x", "the weights below total must add up"),
    (SMALL.replace('"due_on_time"', '"due_on_time:dragons"'), "x", "unknown kind or group of cases; got 'dragons'"),
    (SMALL.replace('level = "county"', 'level = ""'), "x", "a stored scheme ranks regions of a level"),
    (SMALL + "#" * schemes.MOST_TEXT, "x", "the scheme is too long"),
)


@pytest.fixture
def deps(database: Database) -> Deps:
    with database.write() as session:
        install_tree(session)
    return Deps(database, load_catalog(), ReadCache(Flask("test")), lambda: NOW)


def kept(deps: Deps) -> list[tuple]:
    with deps.database.read() as session:
        rows = session.scalars(select(SchemeRow).order_by(SchemeRow.key, SchemeRow.version))
        return [(row.key, row.version, row.text) for row in rows]


def logged(deps: Deps) -> list[tuple]:
    with deps.database.read() as session:
        return [(row.action, row.subject) for row in session.scalars(select(AuditRow).order_by(AuditRow.id))]


def test_the_products_own_schemes_are_entered_once_as_they_are(deps: Deps):
    assert schemes.scheme(deps).key == schemes.DEFAULT
    assert schemes.enter_shipped(deps) == 0
    assert kept(deps) == [(key, 1, path.read_text("utf-8")) for key, path in shipped().items()]
    assert [(one.key, one.version, one.newest, one.actor) for one in schemes.list_schemes(deps)] == [
        ("peace_index", 1, True, SYSTEM.name), ("process", 1, True, SYSTEM.name)]  # fmt: skip


def test_a_version_is_kept_as_it_was_written_and_the_one_before_stays(deps: Deps):
    schemes.save_version(deps, WHOLE, SMALL, "first")
    head = schemes.save_version(deps, WHOLE, SECOND, " cut A raised ")
    assert (head.version, head.newest, head.note, head.digest) == (
        2,
        True,
        "cut A raised",
        sha256(SECOND.encode()).hexdigest(),
    )
    assert kept(deps) == [("small", 1, SMALL), ("small", 2, SECOND)]
    assert schemes.scheme(deps, "small").version == 2
    assert dict(schemes.scheme(deps, "small", 1).cuts)["A"] == 90
    assert schemes.compare(deps, "small", 1, 2) == (Change("cuts", "", "A", 90.0, 91.0),)
    assert [(one.version, one.newest) for one in schemes.list_schemes(deps, "small")] == [(2, True), (1, False)]
    assert logged(deps) == [("scheme.save", "small 1"), ("scheme.save", "small 2")]


def test_what_is_wrong_is_told_and_nothing_is_kept(deps: Deps):
    for text, note, words in BAD:
        with pytest.raises(UserError) as caught:
            schemes.save_version(deps, WHOLE, text, note)
        assert words in str(caught.value)
    assert kept(deps) == logged(deps) == []


def test_a_version_that_says_the_same_is_refused(deps: Deps):
    schemes.save_version(deps, WHOLE, SMALL, "x")
    with pytest.raises(UserError, match="says the same as the version before"):
        schemes.save_version(deps, WHOLE, SMALL.replace("version = 1", "version = 2") + "# a remark\n", "x")
    with pytest.raises(UserError, match="a version follows the one before it; got 1; allowed: 2"):
        schemes.save_version(deps, WHOLE, SMALL, "x")


def test_only_who_evaluates_all_regions_changes_what_judges_all(deps: Deps):
    for role, region in (("evaluator", "C1"), ("evaluator", "K1"), ("leader", "P"), ("auditor", "P")):
        with pytest.raises(UserError, match="a scheme judges all regions"):
            schemes.save_version(deps, person(role, region), SMALL, "x")
    assert kept(deps) == []


def test_what_is_not_there_is_not_found(deps: Deps):
    for key, version in (("nothing", None), ("process", 7), ("", None)):
        with pytest.raises(NotFound, match="no such scheme"):
            schemes.scheme(deps, key, version)
