"""Packs load, and broken ones say where, what, what is allowed, what to do."""

import gzip
from pathlib import Path

import pytest

from dashboard.domain.errors import UserError
from data.regions.pack import PackError, list_packs, load_pack, read_boundaries, read_regions

PACK = """
key = "toy"
name = "玩具"
name_en = "Toy"
root = "T"
timezone = "Asia/Shanghai"
calendar = "CN"
synthetic = []
map_note = ""
map_approval = ""
[[levels]]
level = "city"
name = "市"
name_en = "City"
boundaries = "cities.geojson"
[[levels]]
level = "county"
name = "县"
name_en = "County"
[[sources]]
what = "all"
name = "hand"
version = "1"
date = "2024-01-01"
licence = "CC0"
"""
HEADER = "code,level,name,short_name,parent_code,lon,lat,population"
ROWS = ("T,city,玩具市,玩具,,120.1,30.2,7", "T1,county,一县,一县,T,,,3", "T2,county,二县,二县,T,,,4")
RING = "[[[0,0],[0,1],[1,1],[0,0]]]"
FEATURE = '{"properties":{"code":"T"},"geometry":{"type":"Polygon","coordinates":' + RING + "}}"


def write(folder: Path, *, pack=PACK, header=HEADER, rows=ROWS, features=(FEATURE,)) -> Path:
    (folder / "pack.toml").write_text(pack, encoding="utf-8")
    (folder / "regions.csv").write_text("\n".join((header, *rows)) + "\n", encoding="utf-8")
    (folder / "cities.geojson").write_text('{"features":[' + ",".join(features) + "]}", encoding="utf-8")
    return folder


def test_a_pack_may_start_at_a_city_and_bring_its_own_population(tmp_path):
    pack = load_pack(write(tmp_path))
    rows = read_regions(pack)
    assert [row.population for row in rows] == [7, 3, 4]
    assert pack.map_note_en == "", "may be left out"
    assert (rows[0].lon, rows[0].parent_code, rows[1].lon, rows[1].households) == (120.1, None, None, None)
    assert list(read_boundaries(pack, "city")) == ["T"]
    assert read_boundaries(pack, "county") == {}


def test_a_packed_file_reads_the_same(tmp_path):
    plain = read_regions(load_pack(write(tmp_path)))
    text = (tmp_path / "regions.csv").read_bytes()
    (tmp_path / "regions.csv").unlink()
    (tmp_path / "regions.csv.gz").write_bytes(gzip.compress(text))
    assert read_regions(load_pack(tmp_path)) == plain


def test_shipped_packs_are_found_by_key_and_load():
    assert list_packs() == ["san_francisco", "zhejiang"]
    for key in list_packs():
        pack = load_pack(key)
        assert pack.key == key
        assert read_regions(pack)[0].code == pack.root
        assert pack.map_note
        assert pack.map_note_en


BROKEN_PACKS = [
    ('key = "toy"', "", ["pack.toml", "missing ['key']", "map_approval"]),
    ('key = "toy"', 'key = "toy"\ncolour = "red"', ["unknown ['colour']", "Fields: key"]),
    ('key = "toy"', "key = toy", ["pack.toml", "not valid TOML", "line"]),
    ('root = "T"', 'root = ""', ["root is ''", "not empty"]),
    ("Asia/Shanghai", "Asia/Hangzhou", ["'Asia/Hangzhou'", "Asia/Shanghai"]),
    ('"CN"', '"china"', ["calendar 'china'", "US-CA"]),
    ("synthetic = []", 'synthetic = ["weather"]', ["['weather']", "grids, population"]),
    ("synthetic = []", 'synthetic = ["grids"]', ["synthetic lists grids", "city, county", "Add a level grid"]),
    ('level = "county"', 'level = "shire"', ["['shire']", "province, city, county"]),
    ('level = "county"', 'level = "province"', ["['city', 'province']", "in the order"]),
    ('boundaries = "cities.geojson"', 'boundaries = "x.geojson"', ["level city", "no file 'x.geojson'"]),
    ('licence = "CC0"', "", ["[[sources]] number 1", "licence"]),
]


@pytest.mark.parametrize("old, new, fragments", BROKEN_PACKS)
def test_a_broken_pack_file_is_refused_with_its_reason(tmp_path, old, new, fragments):
    assert old in PACK
    write(tmp_path, pack=PACK.replace(old, new))
    with pytest.raises(PackError) as caught:
        load_pack(tmp_path)
    assert all(fragment in str(caught.value) for fragment in fragments), caught.value


BROKEN_ROWS = [
    (ROWS[1], "T1,town,一县,一县,T,,,", ["regions.csv:3", "unknown level 'town'", "city, county"]),
    (ROWS[1], "T2,county,一县,一县,T,,,", ["regions.csv:4", "'T2' appears twice", "line 3"]),
    (ROWS[1], "T1,county,一县,一县,X,,,", ["regions.csv:3", "parent 'X' of 'T1' is not in the file"]),
    (ROWS[1], "T1,county,一县,一县,,,,", ["regions.csv:3", "the root is 'T'", "Exactly the root"]),
    (ROWS[1], "T1,county,一县,一县,T1,,,", ["regions.csv:3", "'T1' (county) hangs under 'T1'", "cycle"]),
    (ROWS[1], "T1,county,一县,一县,T2,,,", ["regions.csv:3", "hangs under 'T2' (county)", "city, county"]),
    (ROWS[0], "T,city,玩具市,玩具,T1,,,", ["regions.csv:2", "has parent 'T1'", "Exactly the root"]),
    (ROWS[0], "U,city,玩具市,玩具,,,,", ["root 'T'", "missing"]),
    (ROWS[1], "T1,county,,一县,T,,,", ["regions.csv:3", "name is empty"]),
    (ROWS[1], ",county,一县,一县,T,,,", ["regions.csv:3", "code is empty"]),
    (ROWS[1], "T1,county,一县,一县,T,east,,", ["regions.csv:3", "lon is 'east'", "-180 to 180"]),
    (ROWS[1], "T1,county,一县,一县,T,,91,", ["lat is '91'", "-90 to 90"]),
    (ROWS[1], "T1,county,一县,一县,T,,nan,", ["lat is 'nan'", "-90 to 90"]),
    (ROWS[1], "T1,county,一县,一县,T,,,-3", ["population is '-3'", "or empty when unknown"]),
    (ROWS[1], "T1,county,一县", ["regions.csv:3", "the 8 cells"]),
    (ROWS[1], "T1,county,一,县,一县,T,,,3", ["regions.csv:3", "Quote names"]),
    (HEADER, HEADER.replace("name,", "nom,", 1), ["regions.csv:1", "missing columns ['name']", "['nom']"]),
]


@pytest.mark.parametrize("old, new, fragments", BROKEN_ROWS)
def test_a_broken_row_is_refused_with_its_line(tmp_path, old, new, fragments):
    lines = [new if line == old else line for line in (HEADER, *ROWS)]
    pack = load_pack(write(tmp_path, header=lines[0], rows=lines[1:]))
    with pytest.raises(PackError) as caught:
        read_regions(pack)
    assert all(fragment in str(caught.value) for fragment in fragments), caught.value


BROKEN_FEATURES = [
    ([FEATURE, FEATURE], ["feature 2", "'T' appears twice"]),
    (['{"properties":{},"geometry":{}}'], ["feature 1", "properties.code is missing"]),
    ([FEATURE.replace("Polygon", "Point")], ["(T)", "'Point'", "MultiPolygon"]),
    (["{"], ["not a GeoJSON FeatureCollection"]),
]


@pytest.mark.parametrize("features, fragments", BROKEN_FEATURES)
def test_broken_boundaries_are_refused_with_the_feature(tmp_path, features, fragments):
    pack = load_pack(write(tmp_path, features=features))
    with pytest.raises(PackError) as caught:
        read_boundaries(pack, "city")
    assert all(fragment in str(caught.value) for fragment in fragments), caught.value


def test_an_unknown_pack_and_an_unknown_level_name_what_there_is(tmp_path):
    with pytest.raises(UserError, match=r"'atlantis'.*san_francisco, zhejiang"):
        load_pack("atlantis")
    pack = load_pack(write(tmp_path))
    with pytest.raises(PackError, match=r"'village'.*city, county"):
        read_boundaries(pack, "village")


def test_a_pack_has_one_file_of_regions(tmp_path):
    pack = load_pack(write(tmp_path))
    (tmp_path / "regions.csv.gz").write_bytes(b"")
    with pytest.raises(PackError, match=r"got both. Keep one"):
        read_regions(pack)
    (tmp_path / "regions.csv").unlink()
    (tmp_path / "regions.csv.gz").unlink()
    with pytest.raises(PackError, match=r"got neither"):
        read_regions(pack)
