"""What the demo's editions carry: every sort of verdict, through the rules that all of them meet, and marked as invented."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from dashboard.domain.people import SYSTEM
from dashboard.evidence.store import FolderStore
from dashboard.services import appeals, deductions, editions, listings, samples
from dashboard.services.demo_evaluation import seed_demo
from dashboard.services.demo_findings import seed_findings
from dashboard.services.problem_lists import list_problems
from data.seed.verdicts import verdicts
from tests.editions import APRIL, MAY, Office, an_office

GO = ("lock", "try", "preview", "hear", "review", "publish")


@pytest.fixture
def office(templates, tmp_path):
    for found in an_office(templates, "sqlite", tmp_path, 1500):
        found.base = replace(found.base, evidence=FolderStore(tmp_path))
        yield found


def live(office: Office, month: date) -> object:
    """An edition of the demo, from its first day on."""
    end = office.now + timedelta(days=60)
    head = office.open(month)
    seed_demo(office.deps, head, "open", end)
    for action in GO:
        head = office.walk(head.id, action)
        seed_demo(office.deps, head, action, end)
    seed_findings(office.deps, head, end)
    return head


def test_two_editions_carry_verdicts_of_every_sort(office: Office):
    first, second = live(office, APRIL), live(office, MAY)
    office.now += timedelta(days=45)
    assert len(deductions.list_deductions(office.deps, SYSTEM, "process")) == 2 * len(verdicts()["deduction"])
    for head in (first, second):
        assert {row.state for row in appeals.list_appeals(office.deps, SYSTEM, head.id).rows} == {"upheld", "refused"}
        rows = list_problems(office.deps, SYSTEM, edition=head.id)
        assert rows.total == len(verdicts()["problem"])
        assert {"find", "generalise", "rule", "closed"} <= {row.stage for row in rows.rows}
        assert {row.side for row in listings.list_listings(office.deps, SYSTEM, head.id)} == {"red", "black"}
        assert editions.verify(office.deps, head.id) == ()
        [draw] = samples.hit_rate(office.deps, SYSTEM, head.id)
        assert draw.all.judged == 3 == len(draw.regions)
        assert draw.all.low < 1 == draw.all.rate
    assert [row.rung for row in listings.list_rungs(office.deps, SYSTEM)] == ["talk", "notice"]


@pytest.mark.parametrize("row", [row for part in verdicts().values() if isinstance(part, list) for row in part])
def test_each_says_that_it_is_invented(row: dict):
    said = [row[name] for name in ("reason", "detail", "basis", "claim", "decision", "note") if name in row]
    assert said
    assert all(text.startswith("演示数据") for text in said)
