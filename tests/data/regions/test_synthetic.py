"""What is invented repeats, adds up, and lies where it should."""

import hashlib
from collections import Counter, defaultdict
from dataclasses import replace

import numpy as np
import pytest
import shapely

from data.regions.pack import load_pack, read_boundaries, read_regions
from data.regions.seeds import stable_hash, uniform
from data.regions.synthetic import expand, is_town

KNOWN_DIGEST = "cee2728c89849b5defe43c5b6a4b69516dacbee4d28211b948bdde6bac9eae1f"
"""SHA-256 of the expanded Zhejiang; changes only when the rules of `synthetic` or the pack do."""


@pytest.fixture(scope="module")
def rows():
    return expand(load_pack("zhejiang"))


@pytest.fixture(scope="module")
def by_code(rows):
    return {row.code: row for row in rows}


def test_real_rows_are_kept_and_parents_come_before_children(rows):
    seen = set()
    for row in rows:
        assert row.parent_code is None or row.parent_code in seen, row
        assert row.code not in seen
        seen.add(row.code)
    assert seen >= {row.code for row in read_regions(load_pack("zhejiang"))}


def test_every_run_on_every_machine_gives_the_same(rows):
    text = "\n".join(map(repr, rows)).encode("utf-8")
    assert hashlib.sha256(text).hexdigest() == KNOWN_DIGEST


def test_hashes_do_not_depend_on_the_process():
    assert stable_hash(["330106", "浙江"]).tolist() == [14203983405145668590, 10183802640473097726]
    drawn = uniform(stable_hash(map(str, range(10_000))), 1)
    assert drawn.min() >= 0
    assert drawn.max() < 1
    assert abs(drawn.mean() - 0.5) < 0.01


def test_grids_hang_under_villages_and_are_numbered(rows, by_code):
    grids = [row for row in rows if row.level == "grid"]
    assert 55_000 < len(grids) < 68_000
    count = Counter(row.parent_code for row in grids)
    assert set(count) == {row.code for row in rows if row.level == "village"}
    assert (min(count.values()), max(count.values())) == (1, 5)
    for row in grids:
        assert row.code[:12] == row.parent_code
        assert row.short_name == f"第{'一二三四五'[int(row.code[12:]) - 1]}网格"
        assert row.name == by_code[row.parent_code].short_name + row.short_name


def test_towns_have_more_grids_of_300_to_500_households(rows, by_code):
    sizes = defaultdict(list)
    for row in rows:
        if row.level == "grid":
            village = by_code[row.parent_code]
            sizes[is_town(village, by_code[village.parent_code])].append(row.households)
    assert (min(sizes[True]), max(sizes[True])) == (300, 500)
    assert np.mean(sizes[False]) < np.mean(sizes[True])


def test_people_and_households_add_up_to_the_province(rows, by_code):
    people, households = Counter(), Counter()
    for row in rows:
        if row.parent_code:
            people[row.parent_code] += row.population
            households[row.parent_code] += row.households
    for code in people:
        assert (people[code], households[code]) == (by_code[code].population, by_code[code].households), code
    assert 64_000_000 < by_code["330000"].population < 66_000_000


def test_every_position_lies_inside_its_county(rows, by_code):
    points = defaultdict(list)
    county = {}
    for row in rows:
        if row.level == "county":
            county[row.code] = row.code
        elif row.parent_code in county:
            county[row.code] = county[row.parent_code]
            points[county[row.code]].append((row.lon, row.lat))
    boundaries = read_boundaries(load_pack("zhejiang"), "county")
    assert set(points) == set(boundaries)
    for code, mine in points.items():
        inside = shapely.contains_xy(shapely.geometry.shape(boundaries[code]), np.array(mine))
        assert inside.all(), f"{code}: {(~inside).sum()} outside"
        assert len(set(mine)) == len(mine), f"{code}: two regions on one point"


def test_villages_lie_nearer_to_their_township_than_chance_would_have_it(rows, by_code):
    gaps, spans = [], []
    for row in rows:
        if row.level == "village":
            town = by_code[row.parent_code]
            county = by_code[town.parent_code]
            gaps.append(np.hypot(row.lon - town.lon, row.lat - town.lat))
            spans.append(np.hypot(row.lon - county.lon, row.lat - county.lat))
    assert np.mean(gaps) < 0.4 * np.mean(spans)


def test_a_pack_gets_only_what_it_declares_as_synthetic():
    pack = load_pack("zhejiang")
    bare = expand(replace(pack, synthetic=()))
    assert bare == read_regions(pack)
    counted = expand(replace(pack, synthetic=("households",)))
    assert all(row.population is None and row.households > 0 for row in counted)
    san_francisco = load_pack("san_francisco")
    assert expand(san_francisco) == read_regions(san_francisco)


def test_one_village_more_changes_no_other_number():
    pack = load_pack("zhejiang")
    codes = [row.code for row in read_regions(pack) if row.level == "village"][:100]
    assert uniform(stable_hash(codes), 3)[:50].tolist() == uniform(stable_hash(codes[:50]), 3).tolist()
