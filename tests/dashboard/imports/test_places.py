"""A row's region is found by code or by name below the region found before; what is not found is unassigned."""

import pytest

from dashboard.domain.errors import UserError
from dashboard.domain.regions import Region
from dashboard.imports.places import Places, positions
from tests.import_samples import MAPPING, sample_mapping


def node(code: str, level: str, name: str, *above: tuple[str, str]) -> Region:
    return Region(code, level, name, name, above[-1][1] if above else None, "p", (*above, (level, code)))


TOP, ONE, TWO, NONE = ("city", "SF"), ("county", "SF-01"), ("county", "SF-02"), ("county", "SF-00")
TREE = [
    node("SF", "city", "San Francisco"),
    *(node(code, "county", f"District {code[-1]}", TOP) for _, code in (NONE, ONE, TWO)),
    *(node(f"{at[1]}-unassigned", "township", "Unassigned", TOP, at) for at in (NONE, ONE, TWO)),
    node("SF-01-park", "township", "Park", TOP, ONE),
    node("SF-02-park", "township", "Park", TOP, TWO),
    node("SF-02-twin", "township", "Twin", TOP, TWO),
    node("SF-02-twin2", "township", "Twin", TOP, TWO),
]
CASES = [  # district, neighbourhood, region, flag
    ("1", "Park", "SF-01-park", ""),
    ("2", "PARK", "SF-02-park", ""),
    ("02", "Park", "SF-02-park", ""),
    ("", "Park", "SF-00-unassigned", "unassigned_county"),
    ("9", "", "SF-00-unassigned", "unassigned_county"),
    ("x", "Park", "SF-00-unassigned", "unassigned_county"),
    ("-1", "Park", "SF-00-unassigned", "unassigned_county"),
    ("1", "", "SF-01-unassigned", "unassigned_township"),
    ("2", "Twin", "SF-02-unassigned", "unassigned_township"),  # two of the name: a guess would be wrong half the time
]


@pytest.mark.parametrize("area, hood, code, flag", CASES)
def test_the_place_of_a_row(tmp_path, area, hood, code, flag):
    found = Places(sample_mapping(tmp_path), "SF", TREE).find((area, hood))
    assert (found.code, found.flag, found.fault) == (code, flag, "")
    assert found.codes[1:4] == ("SF", code[:5], code)


def test_rows_may_be_rejected_instead(tmp_path):
    mapping = sample_mapping(tmp_path, MAPPING.replace('unassigned = "SF-00"', 'unassigned = "reject"'))
    assert Places(mapping, "SF", TREE).find(("9", "")).fault == "area '9': no such county in San Francisco"


def test_an_unassigned_region_that_is_missing_is_found_at_once(tmp_path):
    tree = [one for one in TREE if one.code != "SF-02-unassigned"]
    with pytest.raises(UserError, match=r"unassigned is no township of this region pack; got 'SF-02-unassigned'"):
        Places(sample_mapping(tmp_path), "SF", tree)


def test_nowhere_and_elsewhere_are_no_positions():
    lon, lat, outside = positions(
        ["-122.4", "0", "", "2.3", "0"], ["37.7", "0.0", "37", "48", "37.7"], (-123, 37, -122, 38)
    )
    assert [str(value) for value in lon] == ["-122.4", "nan", "nan", "nan", "nan"]
    assert [str(value) for value in lat] == ["37.7", "nan", "nan", "nan", "nan"]
    assert outside.tolist() == [False, False, False, True, True]
