"""The region tree, and what a scope covers of it."""

import pytest

from dashboard.domain.errors import NotFound
from dashboard.domain.regions import LEVELS, ROLLED_UP, Region, below
from dashboard.domain.scope import EVERYTHING, Scope
from tests.factories import TREE, path_of

COVERS = (  # roots of the scope, region: seen?
    ({"P"}, "P", True),
    ({"P"}, "G6", True),
    ({"C1"}, "C1", True),
    ({"C1"}, "K2", True),
    ({"C1"}, "G5", True),  # V4, T3, K2
    ({"C1"}, "P", False),  # nothing above
    ({"C1"}, "C2", False),
    ({"C1"}, "K3", False),
    ({"K1", "K3"}, "T4", True),
    ({"K1", "K3"}, "T3", False),
    ({"C"}, "C1", False),  # a code that begins alike is not an ancestor
    (set(), "P", False),
)


def region(code: str) -> Region:
    path = path_of(code)
    levels = tuple((level, path[level]) for level in LEVELS if level in path)
    return Region(code, TREE[code][0], code, code, TREE[code][1], "tree", levels)


@pytest.mark.parametrize("level, following", list(zip(LEVELS, (*LEVELS[1:], None), strict=True)))
def test_below_a_level_is_the_next_one_and_below_a_grid_nothing(level: str, following: str | None):
    assert below(level) == following


@pytest.mark.parametrize("code", TREE)
def test_a_region_knows_its_ancestors_and_itself_and_none_below(code: str):
    here = region(code)
    assert here.ancestor(here.level) == code
    assert {level: here.ancestor(level) for level in LEVELS} == dict.fromkeys(LEVELS) | path_of(code)
    assert here.rolled_up == (here.level in ROLLED_UP)


def test_a_tree_may_lack_levels():
    district = Region("D", "county", "D", "D", "SF", "sf", (("city", "SF"), ("county", "D")))
    assert (district.ancestor("province"), district.ancestor("city")) == (None, "SF")


@pytest.mark.parametrize("roots, code, seen", COVERS)
def test_a_scope_covers_its_subtrees_and_nothing_else(roots: set[str], code: str, seen: bool):
    scope = Scope(frozenset(roots))
    assert scope.covers(region(code)) is seen
    assert EVERYTHING.covers(region(code))
    if seen:
        assert scope.check(region(code)) == region(code)
    else:
        with pytest.raises(NotFound, match=f"no such region; got '{code}'"):
            scope.check(region(code))


def test_equal_scopes_have_equal_keys_and_others_do_not():
    assert Scope(frozenset({"A", "B"})).key == Scope(frozenset({"B", "A"})).key
    keys = [EVERYTHING.key, Scope().key, Scope(frozenset({"A"})).key, Scope(frozenset({"A", "B"})).key]
    assert len(set(keys)) == len(keys)
