"""Peer groups: types by name, halves and thirds by population, and when a group is left whole."""

import gzip
from collections import Counter
from csv import DictReader

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.domain.evaluation.peers import ALL, KEYS, LEAST, groups
from data.regions.pack import HOME

DISTRICTS = tuple(f"{n}区" for n in range(8))
TOWNS = tuple(f"{n}镇" for n in range(3))
CASES = (  # names, populations, groups
    ("halves of a type", DISTRICTS, range(8), ("district_small",) * 4 + ("district_large",) * 4),
    ("any order", DISTRICTS, (9, 1, 8, 2, 7, 3, 6, 4), ("district_large", "district_small") * 4),
    ("too few to halve", DISTRICTS[:7], range(7), ("district",) * 7),
    ("types apart", (*DISTRICTS[:2], "海宁市", "德清县", "景宁畲族自治县"), range(5),
     ("district", "district", "city", "county", "county")),
    ("towns", (*TOWNS, "留下街道", "径山乡"), range(5), ("town", "town", "town", "street", "rural")),
    ("an unknown population leaves its type whole", (*DISTRICTS, "海宁市"), (None, *range(8)),
     ("district",) * 8 + ("city",)),
    ("all alike", DISTRICTS, (5,) * 8, ("district",) * 8),
    ("names that tell no type", tuple("abcdefghijkl"), range(12), ("small",) * 4 + ("middle",) * 4 + ("large",) * 4),
    ("one name that tells none", (*DISTRICTS, "Mission"), (float("nan"),) * 9, (ALL,) * 9),
    ("nobody", (), (), ()),
)  # fmt: skip


@pytest.mark.parametrize("names, people, expected", [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_groups(names, people, expected):
    assert groups(names, tuple(people)) == expected


def test_every_county_of_zhejiang_has_company():
    with gzip.open(HOME / "zhejiang" / "regions.csv.gz", "rt", encoding="utf-8") as file:
        names = [row["name"] for row in DictReader(file) if row["level"] == "county"]
    sizes = Counter(groups(names, range(len(names))))
    assert len(names) == sum(sizes.values()) == 90
    assert set(sizes) == {f"{kind}_{size}" for kind in ("district", "city", "county") for size in ("small", "large")}
    assert min(sizes.values()) >= 10


@given(
    st.lists(st.tuples(st.sampled_from(["甲区", "乙市", "丙县", "Bay"]), st.integers(0, 99) | st.none()), max_size=40)
)
def test_a_group_has_a_known_key_and_a_divided_one_enough_members(rows):
    found = groups(*zip(*rows, strict=True)) if rows else groups((), ())
    assert set(found) <= set(KEYS)
    assert all(count >= LEAST for key, count in Counter(found).items() if key.endswith(("small", "middle", "large")))


@given(st.lists(st.tuples(st.sampled_from(["甲区", "乙县"]), st.integers(0, 99)), min_size=1), st.randoms())
def test_the_order_of_the_regions_changes_nothing(rows, chance):
    order = chance.sample(range(len(rows)), len(rows))
    found = groups(*zip(*rows, strict=True))
    assert groups(*zip(*(rows[n] for n in order), strict=True)) == tuple(found[n] for n in order)
