"""The next version of a scheme by what somebody changed: what is not named stays, and what does not fit keeps nothing."""

from dataclasses import replace

import pytest
from flask import Flask

from dashboard.cache import ReadCache
from dashboard.catalog import load_catalog
from dashboard.deps import Deps
from dashboard.domain.errors import NotFound, UserError
from dashboard.schemes import changes, load_scheme, shipped
from dashboard.services import schemes
from dashboard.services.scheme_drafts import (
    Draft,
    Edit,
    apportioned,
    read_tried,
    revised,
    save_draft,
    square,
    tried_words,
)
from data.session import Database
from tests.desk import person
from tests.factories import NOW, install_tree

WHOLE = person("evaluator", "P")
HALF = {"accept_on_time": Edit(weight=60), "accurate_dispatch": Edit(weight=40)}


@pytest.fixture(scope="module")
def process():
    return load_scheme(shipped()["process"])


@pytest.fixture
def deps(database: Database) -> Deps:
    with database.write() as session:
        install_tree(session)
    return Deps(database, load_catalog(), ReadCache(Flask("test")), lambda: NOW)


def test_only_what_is_named_changes(process):
    after = revised(process, Draft(1, "x", {**HALF, "closing": Edit(bad=88, minimum=20)}, {"A": 86}))
    assert [(one.key, one.field, one.old, one.new) for one in changes(process, after)] == [
        ("", "A", 85, 86), ("accept_on_time", "weight", 50, 60), ("accurate_dispatch", "weight", 50, 40),
        ("closing", "targets", (90, 100), (88, 100)), ("closing", "minimum", 10, 20)]  # fmt: skip
    assert after.version == 2
    assert revised(process, Draft(1, "x")) == replace(process, version=2)


def test_pairs_become_a_square_of_reciprocals():
    assert square(["a", "b", "c"], {"a~b": 2, "a~c": 4, "b~c": 2}) == ((1, 2, 4), (0.5, 1, 2), (0.25, 0.5, 1))


@pytest.mark.parametrize("pairs", [{}, {"a~b": 2}, {"a~b": 2, "a~c": 4, "c~b": 2}, {"a~b": 2, "a~c": 0, "b~c": 2}])
def test_pairs_that_are_missing_twisted_or_nothing_are_refused(pairs):
    with pytest.raises(UserError) as error:
        square(["a", "b", "c"], pairs)
    assert error.value.code == "ahp"


def test_compared_children_are_weighted_by_their_pairs_from_then_on(process):
    pairs = {"verify_on_time~closing": 0.5, "verify_on_time~closing_on_time": 0.5, "closing~closing_on_time": 1}
    node = next(
        one for one in revised(process, Draft(1, "x", compared="settling", pairs=pairs)).nodes if one.key == "settling"
    )
    assert (node.weighting, node.matrix) == ("ahp", ((1, 0.5, 0.5), (2, 1, 1), (2, 1, 1)))


@pytest.mark.parametrize(
    "draft, code",
    [
        (Draft(1, "x", {"dragons": Edit(weight=1)}), "indicator"),
        (Draft(1, "x", cuts={"F": 1}), "cuts"),
        (Draft(1, "x", compared="settling", pairs={"verify_on_time~closing": 9, "verify_on_time~closing_on_time": 1 / 9,
                                                   "closing~closing_on_time": 9}), "ahp"),
    ],
)  # fmt: skip
def test_what_names_nothing_or_contradicts_itself_is_refused(process, draft, code):
    with pytest.raises(UserError) as error:
        revised(process, draft)
    assert error.value.code == code


@pytest.mark.parametrize(
    "weights, whole, found",
    [
        ([2, 1], 1, [0.667, 0.333]),
        ([1, 1, 1], 100, [33.4, 33.3, 33.3]),
        ([50, 0], 100, [100, 0]),
        ([103, 103], 1, [0.5, 0.5]),
    ],
)
def test_weights_that_were_tried_add_up_to_the_whole(weights, whole, found):
    assert apportioned(weights, whole) == found


def test_weights_that_were_tried_come_back_from_an_address(process):
    text = tried_words(process, {"accept_on_time": 60.0, "accurate_dispatch": 60.0}, "rank", "geometric")
    assert text == "intake:50,50:rank:geometric"
    after = revised(process, read_tried(process, text.replace("50,50", "70,30")))
    assert [after.indicator(key).weight for key in HALF] == [70, 30]
    assert {one.normalise for one in after.indicators} == {"rank"}
    assert (after.aggregate, {one.aggregate for one in after.nodes}) == ("geometric", {""})
    assert tried_words(process, {"accept_on_time": 60.0}) == ""  # not all of its siblings
    assert revised(process, read_tried(process, tried_words(process, {}, "rank"))).nodes == process.nodes


def test_weights_that_were_tried_hold_where_pairs_were_compared_before(process):
    pairs = {"accept_on_time~accurate_dispatch": 3}
    before = revised(process, Draft(1, "x", compared="intake", pairs=pairs))
    after = revised(before, read_tried(before, "intake:40,60::"))
    node = next(one for one in after.nodes if one.key == "intake")
    assert (node.weighting, node.matrix, [after.indicator(key).weight for key in HALF]) == ("given", (), [40, 60])


@pytest.mark.parametrize(
    "text", ["intake:50:", "intake:50,x:", "intake:50,-1", "dragons:1,2", "intake:nan,1", "total::dragons", "x"]
)
def test_an_address_that_fits_nothing_is_refused(process, text):
    with pytest.raises(UserError):
        read_tried(process, text)


def test_a_draft_is_saved_as_the_next_version_with_its_note(deps: Deps):
    head = save_draft(deps, WHOLE, "process", Draft(1, "受理更要紧", HALF))
    assert (head.key, head.version, head.note, head.newest) == ("process", 2, "受理更要紧", True)
    assert schemes.scheme(deps).indicator("accept_on_time").weight == 60
    assert [one.key for one in schemes.compare(deps, "process", 1, 2)] == ["accept_on_time", "accurate_dispatch"]


@pytest.mark.parametrize(
    "draft, said",
    [
        (Draft(2, "x", HALF), "there is a newer version; got 2; allowed: 1"),
        (
            Draft(1, "x", {"accept_on_time": Edit(weight=60)}),
            "the weights below intake must add up to 1 or to 100; got 110",
        ),
        (Draft(1, "x"), "this says the same as the version before"),
        (Draft(1, " ", HALF), "say what was changed and why"),
    ],
)
def test_a_draft_that_does_not_fit_keeps_nothing(deps: Deps, draft, said):
    with pytest.raises(UserError) as error:
        save_draft(deps, WHOLE, "process", draft)
    assert said in str(error.value)
    assert [one.version for one in schemes.list_schemes(deps, "process")] == [1]


def test_only_whoever_evaluates_all_saves_and_only_of_what_there_is(deps: Deps):
    with pytest.raises(UserError) as error:
        save_draft(deps, person("evaluator", "K1"), "process", Draft(1, "x", HALF))
    assert error.value.code == "forbidden"
    with pytest.raises(NotFound):
        save_draft(deps, WHOLE, "dragons", Draft(1, "x", HALF))
