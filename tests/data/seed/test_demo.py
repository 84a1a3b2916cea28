"""Demo cases: repeatable, lawful, and like the real thing (DOMAIN.md §11)."""

from datetime import timedelta
from uuid import UUID

import numpy as np
import pandas as pd
import pytest

from dashboard.domain.measures import COUNTERS, MEASURES
from dashboard.domain.workflow import CARDS, SEVERITIES, SOURCES, STATES, TIERS
from data.models import Case, CaseStep
from data.seed.demo import generate
from data.writes.columns import CaseColumns
from tests.data.seed.conftest import NOW, ZONE, Demo

TODAY = NOW.astimezone(ZONE).date()


def sums(demo: Demo, days: tuple[int, int] | None = None, county: str | None = None) -> dict[str, int]:
    """All counters over the days from `days[0]` to `days[1]` before today (None: always), straight from the frame."""
    cases = demo.cases if county is None else demo.cases[demo.cases["county_code"] == county]
    columns, today, out = CaseColumns(cases, ZONE), np.datetime64(TODAY, "D").astype(int), {}
    for counter in COUNTERS.values():
        rows = columns.rows(counter)
        if counter.at and days:
            back = today - columns.days(counter.at)[rows]
            rows = rows[(back <= days[0]) & (back >= days[1])]
        out[counter.name] = int(np.sum(columns.amounts(counter, rows))) if counter.value else len(rows)
    return out


MONTH, YEAR = (29, 0), (394, 365)


@pytest.mark.parametrize("measure, days, low, high", [
    ("closed_loop", MONTH, 91.0, 95.0), ("closed_loop", YEAR, 98.5, 100), ("on_time", MONTH, 88.0, 93.0),
    ("on_time", YEAR, 87.0, 93.0), ("repeat", None, 3.6, 4.7), ("satisfaction", None, 93.0, 96.0),
    ("returned", None, 2.3, 3.6), ("reworked", None, 2.0, 3.0), ("reopened", None, 0.5, 1.0),
])  # fmt: skip
def test_the_provinces_rates_are_plausible(demo: Demo, measure, days, low, high):
    assert low <= MEASURES[measure].value(sums(demo, days)) <= high


def test_on_time_lies_a_little_below_closed_loop(demo: Demo):
    month = sums(demo, MONTH)
    assert 1 <= MEASURES["closed_loop"].value(month) - MEASURES["on_time"].value(month) <= 4


@pytest.mark.parametrize("state, low, high", [("rejected", 2.2, 3.2), ("merged", 0.3, 0.8), ("void", 0.1, 0.4)])
def test_few_cases_end_early(demo: Demo, state, low, high):
    assert low <= 100 * (demo.cases["state"] == state).mean() <= high


def test_counties_differ_in_how_much_they_close(demo: Demo):
    rates = [MEASURES["closed_loop"].value(sums(demo, MONTH, county)) for county in demo.places.counties]
    assert max(rates) - min(rates) > 3
    assert min(rates) > 80
    assert max(rates) <= 99.5


def test_mediation_succeeds_in_44_to_84_of_a_hundred_by_county(demo: Demo):
    told = demo.cases[demo.cases["kind_group"].eq("dispute") & demo.cases["state"].eq("closed")]
    outcome = pd.Series([attrs["mediated"] for attrs in told["attrs"]])
    success = outcome.groupby(told["county_code"].to_numpy(object)).mean()
    assert success.min() > 0.36
    assert success.max() < 0.92
    assert success.max() - success.min() > 0.15


def test_more_comes_in_the_day_than_at_night_and_on_mondays_than_on_sundays(demo: Demo):
    local = demo.cases["reported_at"].dt.tz_convert(ZONE)
    hours, days = local.dt.hour.value_counts(), local.dt.day_of_week.value_counts()
    assert hours[10] > 4 * hours[4]
    assert days[0] > 1.1 * days[6]


def test_some_grids_are_quiet_and_some_busy(demo: Demo):
    volume = demo.cases["grid_code"].value_counts()
    assert (volume < volume.mean() * 0.1).any()
    assert volume.max() > 3 * volume.mean()


def test_the_last_hours_are_alive_and_nothing_lies_after_now(demo: Demo):
    assert (demo.cases["reported_at"] > NOW - timedelta(hours=2)).sum() >= 3
    for frame in (demo.cases, demo.steps):
        for name in frame.select_dtypes("datetimetz"):
            if not name.endswith("_due_at") and name != "next_card_at":
                assert not (frame[name] > NOW).any(), name


def test_every_value_is_one_the_tables_know(demo: Demo):
    allowed = {"state": STATES, "card": CARDS, "severity": SEVERITIES, "tier": TIERS, "source": SOURCES,
               "kind": demo.catalog.kinds, "kind_group": demo.catalog.groups, "clock_kind": demo.catalog.clocks}  # fmt: skip
    for name, words in allowed.items():
        assert set(demo.cases[name].unique()) <= set(words), name
    columns = {column.key: column for column in Case.__table__.columns}
    assert set(demo.cases) <= columns.keys()
    left_out = columns.keys() - set(demo.cases)
    assert all(columns[name].nullable or columns[name].server_default is not None for name in left_out)
    assert set(demo.steps) == {column.key for column in CaseStep.__table__.columns} - {"detail"}


def test_ids_are_uuids_of_version_7_that_hold_the_time_of_report(demo: Demo):
    assert demo.cases["id"].is_unique
    for text, at in zip(demo.cases["id"][:500], demo.cases["reported_at"][:500], strict=True):
        found = UUID(text)
        assert (found.version, found.variant) == (7, UUID(int=0x8000 << 48).variant)
        assert found.int >> 80 == at.value // 10**6


def test_a_repeat_follows_a_request_of_its_kind_in_its_place_within_30_days(demo: Demo):
    repeats = demo.cases[demo.cases["repeat_of"].notna()]
    first = demo.cases.set_index("id").loc[repeats["repeat_of"]].reset_index()
    repeats = repeats.reset_index(drop=True)
    assert repeats["is_request"].all()
    for name in ("grid_code", "kind", "county_code"):
        assert (repeats[name].to_numpy(object) == first[name].to_numpy(object)).all()
    wait = repeats["reported_at"] - first["reported_at"]
    assert wait.min() > timedelta()
    assert wait.max() <= timedelta(days=30)


def test_most_closed_requests_and_disputes_are_rated_and_nothing_else_is(demo: Demo):
    asked = demo.cases["state"].eq("closed") & (demo.cases["is_request"] | demo.cases["kind_group"].eq("dispute"))
    rated = demo.cases["satisfaction"].notna()
    assert rated[asked].mean() > 0.8
    assert not rated[~asked].any()
    assert (rated == demo.cases["rated_at"].notna()).all()
    assert demo.cases["satisfaction"].dropna().isin(range(1, 6)).all()


def test_titles_are_short_and_varied(demo: Demo):
    titles = demo.cases["title"].astype(object)
    assert titles.str.len().max() <= 24
    assert titles.nunique() > 5000


def same(one: pd.DataFrame, other: pd.DataFrame) -> bool:
    return all(one[name].astype(object).equals(other[name].astype(object)) for name in one)


@pytest.mark.parametrize("chunk", [3000, 700])
def test_the_same_seed_makes_the_same_cases_whatever_the_chunk(places, catalog, calendar, chunk):
    def made(size: int) -> tuple[pd.DataFrame, ...]:
        chunks = generate(places, catalog, calendar, count=3000, seed=1, now=NOW, chunk=size)
        return tuple(pd.concat(part, ignore_index=True) for part in zip(*chunks, strict=True))

    for one, other in zip(made(3000), made(chunk), strict=True):
        assert same(one, other)


def test_another_seed_makes_other_cases(places, catalog, calendar):
    one, other = (next(generate(places, catalog, calendar, count=200, seed=seed, now=NOW))[0] for seed in (1, 2))
    assert not set(one["id"]) & set(other["id"])


@pytest.mark.parametrize("count", [0, 1, 2, 30])
def test_any_number_of_cases_can_be_made(places, catalog, calendar, count):
    chunks = list(generate(places, catalog, calendar, count=count, seed=1, now=NOW))
    assert sum(len(cases) for cases, _ in chunks) == count


def test_another_hour_of_the_day_is_fine(places, catalog, calendar):
    midnight = NOW.replace(hour=16, minute=0, second=0)  # local midnight
    cases, _ = next(generate(places, catalog, calendar, count=500, seed=1, now=midnight))
    assert cases["reported_at"].max() <= midnight
