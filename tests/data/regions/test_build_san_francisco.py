"""The San Francisco pack loses no record and invents no place."""

from collections import Counter

import pytest

from data.regions import build_san_francisco as sf
from data.regions.pack import PackError, load_pack, read_boundaries, read_regions

HEADER = "supervisor_district,neighborhood,latitude,longitude,created_date\n"


@pytest.mark.parametrize(
    "value, code",
    [("6.0", "SF-06"), ("11", "SF-11"), ("", "SF-00"), ("-1.0", "SF-00"), ("12", "SF-00"), ("x", "SF-00"),
     ("nan", "SF-00"), ("2.5", "SF-00")],
)  # fmt: skip
def test_a_district_is_1_to_11_or_unassigned(value, code):
    assert sf.district_code(value) == code


@pytest.mark.parametrize(
    "name, code",
    [("South of Market", "SF-06-south-of-market"), ("Downtown / Union Square", "SF-06-downtown-union-square"),
     ("St. Mary's Park", "SF-06-st-marys-park"), ("", "SF-06-unassigned")],
)  # fmt: skip
def test_a_neighborhood_is_known_by_its_district_and_name(name, code):
    assert sf.neighborhood_code("SF-06", name) == code


def test_the_shipped_pack_has_11_districts_an_unassigned_one_and_the_pairs_seen():
    pack = load_pack("san_francisco")
    rows = read_regions(pack)
    assert Counter(row.level for row in rows) == {"city": 1, "county": 12, "township": 189}
    assert (pack.timezone, pack.calendar, pack.synthetic) == ("America/Los_Angeles", "US-CA", ())
    unassigned = {row.parent_code for row in rows if row.name == "Unassigned"}
    assert unassigned == {row.code for row in rows if row.level == "county"}
    assert all(read_boundaries(pack, level) == {} for level in pack.level_names)
    assert all(-123 < row.lon < -122 and 37 < row.lat < 38 for row in rows if row.lon is not None)


def test_positions_are_means_without_zeros_and_a_name_stays_apart_by_district(tmp_path):
    source = tmp_path / "cases.csv"
    source.write_text(
        HEADER
        + "6.0,Mission,37.70,-122.40,2016-01-01\n6.0,Mission,37.80,-122.50,2016-01-02\n"
        + "6.0,Mission,0.0,0.0,2016-01-03\n9.0,Mission,0.0,0.0,2016-01-04\n,,0.0,0.0,2016-01-05\n",
        encoding="utf-8",
    )
    pack = sf.build(source, tmp_path / "san_francisco")
    rows = {row.code: row for row in read_regions(load_pack(pack.folder))}
    assert (rows["SF-06-mission"].lon, rows["SF-06-mission"].lat) == (-122.45, 37.75)
    assert rows["SF-09-mission"].lon is None
    assert rows["SF-09-mission"].name == rows["SF-06-mission"].name
    assert pack.sources[0].date == "2016-01-05"


def test_bad_input_is_refused_with_what_is_needed(tmp_path):
    with pytest.raises(PackError, match=r"no file .*DataSF"):
        sf.build(tmp_path / "none.csv", tmp_path)
    (tmp_path / "x.csv").write_text("a,b\n", encoding="utf-8")
    with pytest.raises(PackError, match=r"x.csv:1: missing columns .*Needed: supervisor_district"):
        sf.build(tmp_path / "x.csv", tmp_path)
    assert sf.main([str(tmp_path / "none.csv")]) == 2
