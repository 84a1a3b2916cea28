"""A mapping is checked as a whole before a row is read, and every mistake is shown where it stands."""

from pathlib import Path

import pytest

from dashboard.domain.errors import UserError
from dashboard.imports.mapping_file import load_mapping
from tests.import_samples import CATALOG, MAPPING, SF_MAPPING, sample_mapping

MISTAKES = [  # what stands there, what it is replaced by, the line it is found on, words of the message
    ('key = "sample"\n', "", "[dataset]", "lacks key"),
    ('key = "sample"', 'key = "' + "x" * 33 + '"', "xxx", "1 to 32 characters"),
    ('name = "Sample"', 'nme = "Sample"', "nme =", "unknown field"),
    ('source = "tests"', 'source = "tests"\nsynthetic = "no"', "synthetic", "true or false"),
    ('title = ["type", "text"]', 'title = "type"', "title = ", "expected a list"),
    ('attrs = ["type"]', 'attrs = ["type"]\nseverity = "5"', "severity = ", "04"),
    ('attrs = ["type"]', 'attrs = ["type"]\ntier = "moon"', "tier = ", "township"),
    ('zone = "America/Los_Angeles"', 'zone = "Frisco"', "zone = ", "IANA"),
    ('formats = ["%Y-%m-%d %H:%M", "%d.%m.%Y"]', 'formats = ["iso"]', "formats = ", "%Y-%m-%d"),
    ('open = "handling"', 'open = "waiting"', "values = ", "dispatched"),
    ('kind = "other"', 'kind = "ufo"', 'kind = "ufo"', "sanitation"),
    ('when = { type = "noise*" }', "when = {}", "when = {}", "hides the rules after it"),
    ('level = "county"', 'level = "district"', 'level = "district"', "township"),
    ('level = "township"', 'level = "city"', 'level = "county"', "top down"),
    ('code = "SF-{area:02}"', 'code = "SF-{area"', "code = ", "not a template"),
    ('name = "hood"', 'name = "hood"\ncode = "x"', 'code = "x"', "by its code or by its name"),
    ("within = [-123, 37, -122, 38]", "within = [-122, 37, -123, 38]", "within = ", "west, south, east, north"),
    ('key = "complex"', 'key = "slow"', 'key = "slow"', "ordinary"),
    ('limits = ["close"]', 'limits = ["closing"]', "limits = ", "verify"),
    ('limits = ["close"]', 'limits = ["close", "handle"]', "limits = ", "accepted = COLUMN"),
    ('limits = ["close"]', "limits = []", "limits = ", "a clock needs limits"),
    ("[state]", "[status]", "[status]", "unknown table"),
]


@pytest.mark.parametrize("old, new, found, words", MISTAKES)
def test_a_mistake_names_the_file_its_line_and_what_is_allowed(tmp_path, old, new, found, words):
    assert old in MAPPING
    text = MAPPING.replace(old, new, 1)
    line = next(number for number, said in enumerate(text.splitlines(), start=1) if found in said)
    with pytest.raises(UserError) as error:
        sample_mapping(tmp_path, text)
    assert str(error.value).startswith(f"mapping.toml line {line}:")
    assert words in str(error.value)


def test_broken_toml_and_missing_files_are_answered(tmp_path):
    with pytest.raises(UserError, match="not valid TOML"):
        sample_mapping(tmp_path, "[dataset")
    with pytest.raises(UserError, match="is missing"):
        load_mapping(Path("nowhere.toml"), CATALOG)


def test_the_mapping_knows_which_columns_it_needs(tmp_path):
    mapping = sample_mapping(tmp_path)
    assert mapping.columns == (
        "area", "changed", "done", "hood", "id", "lat", "lon", "made", "office", "status", "text", "type",
    )  # fmt: skip
    assert mapping.unrecorded() == ("accepted", "dispatched", "handled", "verified")


def test_the_example_is_a_mapping():
    mapping = load_mapping(SF_MAPPING, CATALOG)
    assert mapping.dataset.key == "sf311"
    assert not mapping.dataset.synthetic
