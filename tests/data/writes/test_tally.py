"""Tallies and cubes equal the sum of what each case adds by itself."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.domain.measures import COUNTERS, FLOW_NAMES, STOCK_NAMES, facts
from dashboard.domain.periods import local_day
from dashboard.domain.workflow import CARDS, STATES
from data.models import ALL, rollup_day, rollup_stock
from data.writes.bulk import load_rows
from data.writes.columns import NEEDED
from data.writes.tally import KEYS, Cube, tally

ZONE = ZoneInfo("America/New_York")  # has summer time, and days that end in the middle of a UTC day
PLACES = {  # township: its ancestors; two counties, one without a city, and cases that know no township
    "t1": ("p", "c", "k1"), "t2": ("p", "c", "k1"), "t3": ("p", None, "k2"), None: (None, None, "k3"),
}  # fmt: skip
KINDS = {"fire": "hazard", "gas": "hazard", "noise": "police"}
TIMES = ("reported_at", "accepted_at", "dispatched_at", "handled_at", "verified_at", "closed_at", "ended_at",
         "reopened_at", "rated_at", "accept_due_at", "handle_due_at", "verify_due_at", "close_due_at")  # fmt: skip
NUMBERS = ("accept_minutes", "handle_minutes", "verify_minutes", "satisfaction")
_INSTANTS = st.integers(0, 40 * 24 * 3600 * 10).map(
    lambda tenth: datetime(2026, 2, 20, tzinfo=UTC) + timedelta(seconds=tenth / 10)
)


@st.composite
def cases(draw) -> dict:
    township = draw(st.sampled_from(list(PLACES)))
    kind = draw(st.sampled_from(list(KINDS)))
    case = dict(zip(("province_code", "city_code", "county_code"), PLACES[township], strict=True))
    case |= {"township_code": township, "kind": kind, "kind_group": KINDS[kind]}
    case |= {name: draw(st.none() | _INSTANTS) for name in TIMES} | {"reported_at": draw(_INSTANTS)}
    case |= {name: draw(st.none() | st.integers(1, 5)) for name in NUMBERS}
    case |= {f"{clock}_limit": draw(st.integers(1, 900)) for clock in ("accept", "handle", "verify")}
    case |= {name: draw(st.integers(0, 2)) for name in ("returned", "reworked", "reopened")}
    case |= {"repeat_of": draw(st.sampled_from([None, "x"])), "state": draw(st.sampled_from(list(STATES)))}
    case |= {"card": draw(st.sampled_from(CARDS))}
    return case | {name: draw(st.booleans()) for name in ("is_request", "overdue")}


def frame(rows: list[dict], *, plain: bool = True) -> pd.DataFrame:
    """The cases as a frame: words as objects and numbers as floats, or categories and nullable integers."""
    out = {}
    for name in rows[0]:
        values = [row[name] for row in rows]
        if name in TIMES:
            out[name] = pd.DatetimeIndex(values, tz="UTC").as_unit("us")
        elif name in NUMBERS:
            out[name] = pd.Series(values, dtype="float64" if plain else "Int64")
        elif isinstance(values[0], (bool, int)):
            out[name] = values
        else:
            out[name] = pd.Series(values, dtype=object if plain else "category")
    return pd.DataFrame(out)


def expected(rows: list[dict]) -> Counter:
    total = Counter()
    for row in rows:
        for (day, name), amount in facts(row, lambda at: local_day(at, ZONE)).items():
            total[(*(row[key] for key in KEYS), day, name)] += amount
    return total


def test_columns_say_what_they_need():
    assert set(NEEDED) <= {*TIMES, *NUMBERS, *(f"{c}_limit" for c in ("accept", "handle", "verify")), "returned",
                           "reworked", "repeat_of", "state", "card", "is_request", "overdue"}  # fmt: skip


@settings(deadline=None, max_examples=150)
@given(st.lists(cases(), min_size=1, max_size=6), st.booleans())
def test_a_tally_is_the_sum_of_the_facts(rows, plain):
    found = Counter()
    for row in tally(frame(rows, plain=plain), ZONE).to_dict("records"):
        found.update({(*(row[key] for key in KEYS), row["day"], name): row[name] for name in COUNTERS if row[name]})
    assert found == expected(rows)


def test_a_tally_has_one_row_a_key_and_day_and_none_without_amounts():
    out = tally(frame([BASE, BASE]), ZONE)
    assert out["day"].tolist() == [None, date(2026, 3, 1)]
    assert out["reported"].tolist() == [0, 2]
    assert out["open"].tolist() == [2, 0]


def test_no_cases_make_an_empty_tally():
    assert len(tally(frame([BASE]).iloc[:0], ZONE)) == 0


BASE = {
    "province_code": "p", "city_code": "c", "county_code": "k1", "township_code": "t1", "kind": "fire",
    "kind_group": "hazard", **dict.fromkeys(TIMES), **dict.fromkeys(NUMBERS), "accept_limit": 1, "handle_limit": 1,
    "verify_limit": 1, "returned": 0, "reworked": 0, "reopened": 0, "repeat_of": None, "state": "reported",
    "card": "none", "is_request": False, "overdue": False, "reported_at": datetime(2026, 3, 1, 12, tzinfo=UTC),
}  # fmt: skip


def spread(total: Counter) -> tuple[Counter, Counter]:
    """What the two roll-up tables must hold, by (region, kind, shard[, day], counter)."""
    days, stocks = Counter(), Counter()
    for (province, city, county, township, group, kind, day, name), amount in total.items():
        regions = [(code, code, (kind, group, ALL)) for code in (province, city, county) if code]
        regions += [(township, county, (ALL,))] if township else []
        for region, shard, kinds in regions:
            for word in kinds:
                if day:
                    days[region, word, shard, day, name] += amount
                else:
                    stocks[region, word, shard, name] += amount
    return days, stocks


def held(cube: Cube) -> tuple[Counter, Counter]:
    days, stocks = Counter(), Counter()
    for block in cube.day_rows():
        for row in pd.DataFrame(block).to_dict("records"):
            key = row["region_code"], row["kind"], row["shard_code"], row["day"].date()
            days.update({(*key, name): row[name] for name in FLOW_NAMES if row[name]})
    for block in cube.stock_rows():
        for row in pd.DataFrame(block).to_dict("records"):
            key = row["region_code"], row["kind"], row["shard_code"]
            stocks.update({(*key, name): row[name] for name in STOCK_NAMES if row[name]})
    return days, stocks


@settings(deadline=None, max_examples=60)
@given(st.lists(st.lists(cases(), min_size=1, max_size=4), min_size=1, max_size=3))
def test_a_cube_filled_in_chunks_is_the_sum_of_the_facts(chunks):
    cube = Cube(ZONE)
    for chunk in chunks:
        cube.add(frame(chunk))
    assert held(cube) == spread(expected([row for chunk in chunks for row in chunk]))


def test_a_cube_grows_towards_both_ends_of_time():
    cube, rows = Cube(ZONE), [BASE | {"reported_at": BASE["reported_at"] + timedelta(days=n)} for n in (0, -400, 700)]
    for row in rows:
        cube.add(frame([row]))
    assert held(cube) == spread(expected(rows))


def test_an_empty_cube_has_no_rows():
    cube = Cube(ZONE)
    cube.add(frame([BASE]).iloc[:0])
    assert not [block for block in (*cube.day_rows(), *cube.stock_rows()) if len(block["kind"])]


@pytest.mark.parametrize("plain", [True, False])
def test_the_rows_of_a_cube_are_unique_in_each_table(plain):
    cube = Cube(ZONE)
    cube.add(frame([BASE, BASE | {"kind": "gas", "township_code": "t2"}], plain=plain))
    for table, blocks in ((rollup_day, cube.day_rows()), (rollup_stock, cube.stock_rows())):
        rows = pd.concat([pd.DataFrame(block) for block in blocks])
        assert not rows.duplicated([column.name for column in table.primary_key]).any()


def test_the_loaded_rows_of_a_cube_are_the_facts(database):
    chance = np.random.default_rng(3)
    other = BASE | {
        "kind": "noise",
        "kind_group": "police",
        "township_code": "t3",
        "city_code": None,
        "county_code": "k2",
    }
    rows = [other | {"returned": int(n)} for n in chance.integers(0, 2, 20)] + [BASE]
    cube = Cube(ZONE)
    cube.add(frame(rows))
    days, stocks = spread(expected(rows))
    with database.engine.begin() as connection:
        for table, blocks in ((rollup_day, cube.day_rows()), (rollup_stock, cube.stock_rows())):
            for block in blocks:
                load_rows(connection, table, block)
        found = Counter()
        for row in connection.execute(rollup_day.select()).mappings():
            found.update({(row["region_code"], row["kind"], row["shard_code"], row["day"], name): row[name]
                          for name in FLOW_NAMES if row[name]})  # fmt: skip
        assert found == days
        assert sum(row.open for row in connection.execute(rollup_stock.select())) == sum(
            amount for key, amount in stocks.items() if key[-1] == "open"
        )
