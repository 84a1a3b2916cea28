"""The catalogue: the shipped files load, and each mistake is answered with file, line, what stands there and what may."""

import shutil
from pathlib import Path

import pytest

from dashboard.catalog import BANDS, FOLDER, load_catalog
from dashboard.domain.errors import NotFound, UserError

MISTAKES = (  # file, what stands there, what is written instead, the line that is named, and what the message says
    ("clocks.toml", 'accept = "15m"', 'accept = "15x"', 'accept = "15x"',
     "accept: not a time limit; got '15x'; allowed: Nm"),
    ("clocks.toml", 'handle = "4wd"', "handle = 4", "handle = 4", "handle: not a time limit; got 4"),
    ("clocks.toml", "yellow = 0.8", "yellow = 1.5", "yellow = 1.5", "got 1.5; allowed: above 0 and below 1"),
    ("clocks.toml", '"08:30-12:00", "14', '"08:30-12:00", "11', "hours = ", '[work] hours; got'),
    ("clocks.toml", '"08:30-12:00"', '"8 to 12"', "hours = ", 'allowed: spans in order, like "08:30-12:00"'),
    ("clocks.toml", 'name = "紧急"\n', "", '[[clock]]\nkey = "fast"', "[[clock]] lacks name; got ['accept'"),
    ("clocks.toml", "[[clock]]", "[[clocks]]", "", "clock"),
    ("kinds.toml", 'group = "hazard"', 'group = "hazzard"', 'group = "hazzard"',
     "got 'hazzard'; allowed: hazard, dispute"),
    ("kinds.toml", 'clock = "fast"', 'clock = "slow"', 'clock = "slow"',
     "got 'slow'; allowed: urgent, fast, ordinary, complex"),
    ("kinds.toml", 'severity = "04"', 'severity = "05"', 'severity = "05"', "got '05'; allowed: 01, 02, 03, 04"),
    ("kinds.toml", 'key = "ebike"', 'key = "fire"', 'key = "fire"\n', "key stands twice; got 'fire'"),
    ("kinds.toml", 'key = "ebike"', 'key = "hazard"', 'key = "hazard"',
     "a kind has the name of a group; got 'hazard'"),
    ("kinds.toml", 'unit = "消防救援"', 'colour = "red"', 'colour = "red"',
     "unknown field in [[kind]]; got 'colour'; allowed: key"),
    ("kinds.toml", 'name_en = "Hazards"', 'name_en = ""', 'name_en = ""', "name_en: expected words"),
    ("kinds.toml", 'name_en = "Hazards"', "name_en = true", "name_en = true", "name_en: expected words"),
    ("kinds.toml", "request = true", 'request = "no"', 'request = "no"', "request: expected true or false; got 'no'"),
    ("kinds.toml", '[[kind]]\nkey = "fire"', '[[knd]]\nkey = "fire"', "[[knd]]", "unknown table or value; got 'knd'"),
    ("bands.toml", "closed_loop = 0.40", "closed_loop = 0.30", "[weights]", "[weights] must add up to 1; got 0.9"),
    ("bands.toml", "closed_loop = 0.40", 'closed_loop = "0.4"', 'closed_loop = "0.4"', "got '0.4'"),
    ("bands.toml", "closed_loop = 0.40", "closing = 0.40", "closing = 0.40",
     "unknown measure in [weights]; got 'closing'; allowed: closed_loop"),
    ("bands.toml", "repeat = 0.15", "open = 0.15", "open = 0.15", "unknown measure in [weights]; got 'open'"),
    ("bands.toml", "B = 92.0", "B = 95.0", "[cuts]", "[cuts] must fall from A to E"),
    ("bands.toml", "E = 0.0", "F = 0.0", "[cuts]", "[cuts] must fall from A to E"),
    ("bands.toml", "minimum = 20", "minimum = 0", "minimum = 0",
     "minimum: expected a whole number; got 0; allowed: 1 or more"),
    ("bands.toml", "minimum = 20", "", "", "minimum is missing; allowed: minimum = ..."),
    ("wall.toml", "seconds = 30", 'seconds = "30"', 'seconds = "30"', "seconds: expected a whole number; got '30'"),
    ("wall.toml", 'announce = ["01", "02"]', 'announce = ["1"]', 'announce = ["1"]', "got ['1']; allowed: 01, 02"),
    ("wall.toml", "announce_seconds = 12", 'announce_seconds = "x"', "announce_seconds", "expected a whole number"),
    ("wall.toml", 'kind = "police"', 'kind = "polise"', 'kind = "polise"', "got 'polise'; allowed: hazard"),
    ("wall.toml", 'name = "总览"', "name = 总览", "", "wall.toml is not valid TOML"),
)  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for file in FOLDER.glob("*.toml"):
        shutil.copy(file, tmp_path)
    return tmp_path


@pytest.mark.parametrize("file, right, wrong, near, answer", MISTAKES)
def test_a_mistake_is_answered_with_file_line_and_what_is_allowed(folder: Path, file, right, wrong, near, answer):
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert right in text
    text = text.replace(right, wrong) if wrong == "[[clocks]]" else text.replace(right, wrong, 1)
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UserError) as caught:
        load_catalog(folder)
    message = str(caught.value)
    assert caught.value.code == "catalog"
    assert file in message
    assert answer in message
    if near:
        places = [text.count("\n", 0, at) + 1 for at in _starts(text, near)]
        assert any(f"{file} line {place}:" in message for place in places), (message, places)


def _starts(text: str, part: str) -> list[int]:
    return [at for at in range(len(text)) if text.startswith(part, at)]


@pytest.mark.parametrize("file", ("clocks.toml", "kinds.toml", "bands.toml", "wall.toml"))
def test_a_file_that_is_missing_is_named(folder: Path, file: str):
    (folder / file).unlink()
    with pytest.raises(UserError, match=f"{file} is missing; put it into"):
        load_catalog(folder)


def test_the_shipped_catalogue_loads_and_hangs_together():
    catalog = load_catalog()
    assert {kind.group for kind in catalog.kinds.values()} == catalog.groups.keys()
    assert sum(len(kinds) for kinds in catalog.members.values()) == len(catalog.kinds)
    assert {kind.clock for kind in catalog.kinds.values()} <= catalog.clocks.keys()
    assert any(kind.sensitive for kind in catalog.kinds.values())
    assert any(kind.request for kind in catalog.kinds.values())


@pytest.mark.parametrize("score, letter", [(100.0, "A"), (94.0, "A"), (93.9, "B"), (92.0, "B"), (90.0, "C"), (87.0, "D"),
                                           (86.9, "E"), (0.0, "E"), (None, None)])  # fmt: skip
def test_a_score_has_the_band_whose_lower_bound_it_reaches(score: float | None, letter: str | None):
    assert load_catalog().bands.band(score) == letter


def test_bands_run_from_a_to_e():
    assert [letter for letter, _low in load_catalog().bands.cuts] == list(BANDS)


@pytest.mark.parametrize("key", ("", "hazard", "fire"))
def test_all_groups_and_kinds_are_kinds_to_ask_for(key: str):
    assert load_catalog().check_kind(key) == key


def test_an_unknown_kind_or_page_is_not_found_and_the_known_ones_are_named():
    catalog = load_catalog()
    with pytest.raises(NotFound, match="unknown kind of case; got 'dragon'; allowed: hazard"):
        catalog.check_kind("dragon")
    with pytest.raises(NotFound, match="unknown page; got 'x'; allowed: overview"):
        catalog.page("x")
