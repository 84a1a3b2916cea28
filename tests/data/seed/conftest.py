"""A small region tree and demo cases on it, made once for all tests of the generator."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pandas as pd
import pytest

from dashboard.catalog import Catalog, load_catalog
from dashboard.domain.clocks import WorkCalendar
from data.regions.records import RegionRow
from data.seed.demo import generate
from data.seed.places import Places, make_places

NOW = datetime(2026, 6, 18, 6, 5, 32, tzinfo=UTC)
ZONE = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True)
class Demo:
    """Generated demo cases with all that they were made from."""

    places: Places
    catalog: Catalog
    calendar: WorkCalendar
    cases: pd.DataFrame
    steps: pd.DataFrame


SHAPE = {"city": 3, "county": 4, "township": 4, "village": 3, "grid": 2}  # how many below each


def make_rows() -> list[RegionRow]:
    """A tree with people only in the grids; every second township is a street."""
    rows = above = [RegionRow("P", "province", "某省", "某", None)]
    for level, number in SHAPE.items():
        named = [(parent, n) for parent in above for n in range(1, number + 1)]
        above = [_row(parent, level, n) for parent, n in named]
        rows = rows + above
    return rows


def _row(parent: RegionRow, level: str, n: int) -> RegionRow:
    kinds = {"city": "市", "county": "县", "township": "街道" if n % 2 else "镇", "village": "村", "grid": "网格"}
    name = f"{parent.short_name}{n}" if level != "city" else f"城{n}"
    code = f"{parent.code}{n:02}"
    people = 400 + 37 * (len(code) * n % 11) if level == "grid" else None
    return RegionRow(
        code, level, name + kinds[level], name, parent.code, 119 + n / 3 + len(code) / 9, 29 + n / 7, people
    )


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    return load_catalog()


@pytest.fixture(scope="session")
def calendar(catalog: Catalog) -> WorkCalendar:
    """Work days without holidays, but for a long one around the Spring Festival."""
    first, days = date(2025, 1, 1), 700
    dates = [first + timedelta(days=n) for n in range(days)]
    off = {date(2026, 2, 16) + timedelta(days=n) for n in range(7)}
    return WorkCalendar(ZONE, catalog.hours, first, tuple(day.weekday() < 5 and day not in off for day in dates))


@pytest.fixture(scope="session")
def places() -> Places:
    return make_places(make_rows(), pack="tree")


@pytest.fixture(scope="session")
def demo(places: Places, catalog: Catalog, calendar: WorkCalendar) -> Demo:
    """40,000 cases: enough for rates by county."""
    chunks = list(generate(places, catalog, calendar, count=40_000, seed=7, now=NOW))
    return Demo(places, catalog, calendar, *(pd.concat(part, ignore_index=True) for part in zip(*chunks, strict=True)))


@pytest.fixture(scope="session")
def small(demo: Demo) -> Demo:
    """Its first and last 1,500 cases, for tests that walk case by case."""
    cases = pd.concat([demo.cases.head(1500), demo.cases.tail(1500)], ignore_index=True)
    steps = demo.steps[demo.steps["case_id"].isin(set(cases["id"]))].reset_index(drop=True)
    return replace(demo, cases=cases, steps=steps)
