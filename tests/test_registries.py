"""Everything a maintainer must extend is one table; here a step that was forgotten fails, and says which."""

import ast
import re
from importlib import import_module
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

import callbacks.wall
from dashboard.catalog import load_catalog
from dashboard.domain import explain, measures, people, process_score, state, workflow
from dashboard.domain.evaluation import edition
from dashboard.domain.periods import PERIODS
from dashboard.schemes import read_scheme, shipped
from dashboard.schemes.texts import TEXTS
from dashboard.services import edition_words, overview, words
from dashboard.services.wall import READS
from data.models import Base, rollup_day, rollup_delta, rollup_stock
from layouts.wall import ids
from layouts.wall.panels import PANELS
from tests.translations import PLACEHOLDER, english, strings_of_the_code

ROOT = Path(__file__).parents[1]
CATALOG = load_catalog()
HAN = re.compile(r"[\u3400-\u9fff]")
LISTS = {**measures.MEASURES, **{name: c for name, c in measures.COUNTERS.items() if not c.value}}
WORDS = (  # table of words, the keys that must have one
    ("STATES", words.STATES, workflow.STATES),
    ("ACTIONS", words.ACTIONS, {*workflow.TRANSITIONS, "report", "import", "absorb"}),
    ("SEVERITIES", words.SEVERITIES, workflow.SEVERITIES),
    ("CLOCKS", words.CLOCKS, workflow.CLOCKS),
    ("SOURCES", words.SOURCES, workflow.SOURCES),
    ("CARDS", words.CARDS, workflow.CARDS),
    ("TIERS", words.TIERS, workflow.TIERS),
    ("SUPERVISION", words.SUPERVISION, workflow.SUPERVISION),
    ("EXTENSIONS", words.EXTENSIONS, workflow.EXTENSIONS),
    ("ROLES", words.ROLES, {*people.ROLES, "system", "public"}),
    ("REASONS", words.REASONS, {reason for t in workflow.TRANSITIONS.values() for reason in t.reasons}),
    ("INPUTS", words.INPUTS, workflow.INPUTS),
    ("SKIPPED", words.SKIPPED, explain.WHY),
    ("CLOCK_STATUSES", words.CLOCK_STATUSES, explain.STATUSES),
    ("EXTENSION_STATES", words.EXTENSION_STATES, workflow.EXTENSION_STATES),
    ("PERIODS", words.PERIODS, PERIODS),
    ("PARTS", words.PARTS, state.PARTS),
    ("MAP_MEASURES", words.MAP_MEASURES, state.MAP_MEASURES),
    ("MEASURES", words.MEASURES, measures.MEASURES),
    ("EDITION_STATES", edition_words.EDITION_STATES, edition.STATES),
    ("EDITION_ACTIONS", edition_words.EDITION_ACTIONS, {*edition.ACTIONS, "open", "reissue", "supersede"}),
    ("BASES", words.BASES, {*overview.KPIS, *overview.REPEATS}),
)
ENTRIES = [("group", entry) for entry in CATALOG.groups.values()] + [
    ("kind", entry) for entry in CATALOG.kinds.values()
]
ENTRIES += [("clock", entry) for entry in CATALOG.clocks.values()] + [("page", entry) for entry in CATALOG.pages]


def reads_of(name: str) -> set[str]:
    """Keys that callbacks/wall/<name>.py asks `read` for."""
    tree = ast.parse((ROOT / "callbacks" / "wall" / f"{name}.py").read_text(encoding="utf-8"))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "read"]
    return {node.args[0].value for node in calls}


# Panels: docs/adding.md, "A panel"


@pytest.mark.parametrize("name", PANELS)
def test_a_panel_has_a_module_that_draws_it(name: str):
    module = import_module(f"layouts.wall.panels.{name}")
    assert PANELS[name].draw is module.draw
    assert module.__doc__


@pytest.mark.parametrize("name", PANELS)
def test_a_panel_has_an_id_of_its_own_in_ids(name: str):
    assert getattr(ids, name.upper()) == PANELS[name].id
    assert sum(panel.id == PANELS[name].id for panel in PANELS.values()) == 1


@pytest.mark.parametrize("name", PANELS)
def test_a_panel_has_a_callback_module_that_is_registered(name: str):
    module = import_module(f"callbacks.wall.{name}")
    assert module in callbacks.wall.MODULES, f"add {name} to MODULES in callbacks/wall/__init__.py"
    assert module.PANEL is PANELS[name]


@pytest.mark.parametrize("name", PANELS)
def test_a_panel_reads_a_view_that_a_service_gives(name: str):
    asked = reads_of(name)
    assert asked, f"callbacks/wall/{name}.py reads nothing"
    assert asked <= READS.keys(), "add it to READS in dashboard/services/wall.py"


@pytest.mark.parametrize("name", [panel.name for panel in PANELS.values() if panel.area == "main"])
def test_a_panel_of_the_main_grid_has_its_place_at_both_shapes_of_wall(name: str):
    grids = (ROOT / "assets" / "wall" / f"{look}.css" for look in ("10-grid", "80-evaluation"))
    assert max(len(re.findall(rf"\.area--{name}\b", grid.read_text(encoding="utf-8"))) for grid in grids) >= 2


@pytest.mark.parametrize("name", PANELS)
def test_a_panel_has_a_sample_view(name: str):
    samples = import_module("tests.layouts.wall.samples")
    assert name in samples.SAMPLES, f"add a view of {name} to SAMPLES in tests/layouts/wall/samples.py"


def test_every_read_has_a_panel():
    drawn_on = {"shapes"}  # what the map is drawn on: callbacks/wall/shapes.py
    assert set().union(*(reads_of(name) for name in PANELS)) | drawn_on == READS.keys()


def test_every_panel_module_is_in_the_table():
    modules = {path.stem for path in (ROOT / "layouts" / "wall" / "panels").glob("*.py")} - {"__init__"}
    assert modules == PANELS.keys()


def test_ids_follow_one_pattern_and_stand_once():
    values = [value for name, value in vars(ids).items() if name.isupper()]
    assert all(re.fullmatch(r"wall(-[a-z]+)+", value) for value in values)
    assert len(values) == len(set(values))


# Figures: docs/adding.md, "An indicator"


@pytest.mark.parametrize("key", measures.MEASURES)
def test_a_measure_is_made_of_counters_of_one_sort(key: str):
    measure = measures.MEASURES[key]
    names = (*measure.numerator, *measure.denominator)
    assert measure.numerator
    assert set(names) <= measures.COUNTERS.keys()
    assert {measures.COUNTERS[name].at is None for name in names} == {measure.stock}
    assert (measure.unit == "%") == bool(measure.denominator)


@pytest.mark.parametrize("key", (*overview.KPIS, *overview.REPEATS))
def test_a_figure_of_the_wall_is_a_measure(key: str):
    assert key in measures.MEASURES


@pytest.mark.parametrize("key", [key for key, measure in measures.MEASURES.items() if measure.stock])
def test_a_stock_has_flows_that_tell_its_past(key: str):
    came, went = measures.STOCK_HISTORY[key]
    assert {came, went} <= set(measures.FLOW_NAMES)


def test_only_stocks_have_a_history():
    assert {key for key, measure in measures.MEASURES.items() if measure.stock} == measures.STOCK_HISTORY.keys()


def test_stages_and_weights_name_what_there_is():
    assert set(words.STAGES) <= set(measures.FLOW_NAMES)
    assert set(CATALOG.bands.weights) <= measures.MEASURES.keys()
    assert process_score.score(dict.fromkeys(measures.COUNTERS, 100), CATALOG.bands.weights, 1) is not None


@pytest.mark.parametrize("key", sorted(LISTS))
def test_a_list_that_a_link_can_open_has_a_name(key: str):
    assert HAN.search(words.list_name(key)), f"add {key} to COUNTERS in dashboard/services/words.py"


@pytest.mark.parametrize("counter", measures.COUNTERS.values(), ids=lambda counter: counter.name)
def test_a_counter_has_a_column_in_its_roll_up_and_in_the_deltas(counter: measures.Counter):
    assert counter.name in (rollup_day if counter.at else rollup_stock).columns
    assert counter.name in rollup_delta.columns


@pytest.mark.parametrize("counter", measures.COUNTERS.values(), ids=lambda counter: counter.name)
def test_a_counter_reads_columns_of_the_case(counter: measures.Counter):
    columns = Base.metadata.tables["case"].columns
    read = {counter.at, counter.value, *(column for column, _operator, _operand in counter.where)} - {None}
    assert read <= set(columns.keys())
    assert {operator for _column, operator, _operand in counter.where} <= set(measures.OPERATORS)


# Words and catalogue: docs/adding.md, "A workflow state", "A case kind"


@pytest.mark.parametrize("name, table, keys", WORDS, ids=[name for name, *_ in WORDS])
def test_every_key_has_words_and_every_word_a_key(name: str, table: dict, keys):
    assert table.keys() == set(keys)


@pytest.mark.parametrize("entry", [entry for _table, entry in ENTRIES], ids=[f"{t}-{e.key}" for t, e in ENTRIES])
def test_an_entry_of_the_catalogue_has_both_names(entry):
    assert HAN.search(entry.name)
    assert re.search("[A-Za-z]", entry.name_en)
    assert not HAN.search(entry.name_en)


@pytest.mark.parametrize("table", ("group", "kind", "clock", "page"))
def test_names_in_a_table_of_the_catalogue_differ(table: str):
    mine = [entry for name, entry in ENTRIES if name == table]
    assert len({entry.name for entry in mine}) == len({entry.name_en for entry in mine}) == len(mine)


def test_a_shipped_scheme_says_everything_in_both_languages():
    schemes = [
        read_scheme(path.read_text(encoding="utf-8"), (*CATALOG.groups, *CATALOG.kinds)) for path in shipped().values()
    ]
    parts = [part for one in schemes for part in (one, *one.nodes, *one.indicators, *one.rules)]
    assert [part.key for part in parts if not HAN.search(part.name) or HAN.search(part.name_en)] == []
    said = {getattr(leaf, text) for one in schemes for leaf in one.indicators for text in TEXTS} - {""}
    assert said <= strings_of_the_code().keys(), "what is not in the catalogue stays Chinese in English"


def test_every_group_has_kinds():
    assert all(CATALOG.members.values())


# Translations: docs/adding.md, "A string"


def test_every_string_has_an_english_translation():
    catalog = english()
    missing = [f"{place}: {text}" for text, place in strings_of_the_code().items()
               if text not in catalog or not catalog[text].string or catalog[text].fuzzy]  # fmt: skip
    assert not missing, "\n".join(["run `make translations` and translate:", *missing])


def test_the_english_catalogue_holds_nothing_else():
    assert {message.id for message in english() if message.id} <= strings_of_the_code().keys()


def test_a_translation_keeps_the_placeholders_and_no_chinese():
    for message in english():
        if message.id:
            assert sorted(PLACEHOLDER.findall(message.string)) == sorted(PLACEHOLDER.findall(message.id)), message.id
            assert not HAN.search(message.string), message.id


# Schema: docs/adding.md, "A column"


def test_migrations_make_exactly_the_models(database):
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "target_metadata": Base.metadata})
        assert compare_metadata(context, Base.metadata) == []
