"""Demo data in a database: all there, rolled up exactly, provable, or nothing at all."""

from collections import Counter

import pytest
from sqlalchemy import func, select

from dashboard.domain.errors import UserError
from dashboard.domain.measures import FLOW_NAMES, STOCK_NAMES, facts
from dashboard.domain.periods import local_day
from data.models import ALL, Case, CaseStep, Dataset, RegionPack, rollup_day, rollup_stock
from data.queries.chains import find_broken_chains
from data.seed.ahead import generate_ahead
from data.seed.demo import generate
from data.seed.load import seed_demo
from tests.data.seed.conftest import NOW, ZONE

COUNT = 1200


@pytest.fixture
def seeded(database, places, catalog, calendar):
    with database.write() as session:
        session.add(RegionPack(key="tree", name="P", root_code="P", timezone=ZONE.key, calendar="CN", about={}))
    done = []
    with database.write() as session:
        seed_demo(session.connection(), places, catalog, calendar, count=COUNT, seed=3, now=NOW,
                  progress=lambda *now: done.append(now))  # fmt: skip
    assert done[-1] == (COUNT, COUNT)
    return database


def test_all_cases_and_steps_are_there_and_marked_synthetic(seeded):
    with seeded.read() as session:
        assert session.scalar(select(func.count()).select_from(Case)) == COUNT
        steps = session.scalar(select(func.count()).select_from(CaseStep))
        assert steps == session.scalar(select(func.sum(Case.version)))
        assert session.get(Dataset, "demo").synthetic


def test_every_chain_verifies_with_the_checker(seeded):
    with seeded.read() as session:
        assert find_broken_chains(session) == (session.scalar(select(func.count()).select_from(CaseStep)), [])


def test_the_roll_ups_are_the_facts_of_the_cases(seeded):
    expected = Counter()
    with seeded.read() as session:
        for case in session.execute(select(Case.__table__)).mappings():
            kinds = (case["kind"], case["kind_group"], ALL)
            cells = [(case[f"{level}_code"], kind) for level in ("province", "city", "county") for kind in kinds]
            for (day, name), amount in facts(case, lambda at: local_day(at, ZONE)).items():
                expected.update({(*cell, day, name): amount for cell in [*cells, (case["township_code"], ALL)]})
        found = Counter()
        for table, names in ((rollup_day, FLOW_NAMES), (rollup_stock, STOCK_NAMES)):
            for row in session.execute(select(table)).mappings():
                cell = row["region_code"], row["kind"], row.get("day")
                found.update({(*cell, name): row[name] for name in names if row[name]})
    assert found == expected


def test_a_second_process_makes_the_same_frames(places, catalog, calendar):
    asked = {"count": 300, "seed": 5, "now": NOW, "chunk": 200}
    here, there = (list(make(places, catalog, calendar, **asked)) for make in (generate, generate_ahead))
    for one, other in zip(here, there, strict=True):
        for mine, theirs in zip(one, other, strict=True):
            assert all(mine[name].astype(object).equals(theirs[name].astype(object)) for name in mine)


def test_an_error_in_the_second_process_is_raised_here(places, catalog, calendar):
    far = NOW.replace(year=2030)
    with pytest.raises((UserError, IndexError)):
        list(generate_ahead(places, catalog, calendar, count=10, seed=5, now=far))


def test_leaving_early_ends_the_second_process(places, catalog, calendar):
    chunks = generate_ahead(places, catalog, calendar, count=1000, seed=5, now=NOW, chunk=10)
    next(chunks)
    chunks.close()
