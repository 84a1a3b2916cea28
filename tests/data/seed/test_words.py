"""Titles, units and addresses: enough of them, short, and about nobody."""

import re
import tomllib

import pytest

from dashboard.catalog import load_catalog
from data.seed.settings import HERE, load_settings
from data.seed.words import LONGEST, TOWNSHIP_UNITS, address, make_titles

CATALOG = load_catalog()
TITLES = tomllib.loads((HERE / "titles.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("key", CATALOG.kinds)
def test_every_kind_has_templates_of_its_own(key):
    assert len(set(TITLES[key]["titles"])) >= 6


@pytest.mark.parametrize("key", TITLES)
def test_titles_are_filled_short_and_name_no_number_to_call(key):
    titles = make_titles(key, TITLES[key])
    assert len(set(titles)) >= 20
    for title in titles:
        assert len(title) <= LONGEST
        assert not re.search(r"[{}]|\d{7}", title)


def test_tables_name_only_kinds_and_rows_that_exist():
    settings = load_settings(CATALOG)
    named = settings.table["kind"].keys() | settings["festival"].keys() | settings["before_spring"].keys()
    assert named - {"default"} <= CATALOG.kinds.keys()
    assert TITLES.keys() - {"default"} <= CATALOG.kinds.keys()
    assert TOWNSHIP_UNITS.keys() <= {kind.unit for kind in CATALOG.kinds.values()}
    for profile in settings.profiles:
        assert profile["hours"] in settings["hours"]
        assert profile["days"] in settings["days"]
        assert profile["season"] in settings["seasons"]


def test_an_address_names_every_level_once(places):
    assert address(places, 0) == "城11县城111街道城11111网格"
