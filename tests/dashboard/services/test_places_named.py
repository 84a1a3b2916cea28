"""Regions found by name: within one's own grants, exact names first, with the units of each."""

from types import SimpleNamespace
from uuid import UUID

import pytest

from dashboard.domain.people import SYSTEM, Grant, Person
from dashboard.services.places_named import MOST, places_named
from data.models import RegionRow, Unit
from tests.factories import install_tree


@pytest.fixture
def deps(database):
    with database.write() as session:
        install_tree(session)
        session.flush()
        for code, name in (("K1", "甲县"), ("T1", "甲县镇"), ("K2", "乙县"), ("V1", "100%村")):
            session.get(RegionRow, code).name = name
        session.add(Unit(region_code="K1", name="甲县消防", kind_unit="fire"))
    return SimpleNamespace(database=database)


def person(*codes: str) -> Person:
    return Person(UUID(int=1), "某人", tuple(Grant("administrator", code) for code in codes))


@pytest.mark.parametrize(
    "who, words, found",
    [
        (person("P"), "甲县", ["K1", "T1"]),
        (person("K1"), "县", ["K1", "T1"]),
        (person("K2"), "甲", []),
        (person("K2"), "县", ["K2"]),
        (person("K1"), "0%村", ["V1"]),
        (person("K1"), "%%", []),
        (person("K1"), " ", []),
        (person(), "县", []),
        (SYSTEM, "乙", ["K2"]),
    ],
)
def test_a_place_is_found_where_one_is_granted(deps, who, words, found):
    assert [one.code for one in places_named(deps, who, words)] == found


def test_a_place_comes_with_what_lies_around_it_and_its_units(deps):
    first = places_named(deps, person("P"), "甲县")[0]
    assert (first.units, first.level, "甲县" in first.path) == (("甲县消防",), "county", False)
    assert len(places_named(deps, SYSTEM, "1")) <= MOST
