"""Every write of a case moves the data version, whether or not it moves a counter: what was read before it is out of date."""

import pytest

from dashboard.domain.commands import Command
from dashboard.domain.people import SYSTEM
from dashboard.services import casework
from data.queries.audit import compare_rollups
from data.queries.figures import read_version
from tests.dashboard.pages.public_site import Site, make_site

STEPS = (
    ("accept", {}), ("classify", {"severity": "02"}), ("dispatch", {"unit": "消防救援"}), ("object", {"reason": "not_ours"}),
    ("uphold", {"note": "仍归消防"}), ("take", {}), ("progress", {"note": "到场"}), ("supervise", {"level": "ordinary"}),
    ("pause", {"reason": "weather"}), ("resume", {}), ("stage", {"note": "先清一半"}),
)  # fmt: skip


@pytest.fixture
def site(database, tmp_path):
    found = make_site(database, tmp_path)
    yield found
    found.deps.database.engine.dispose()


def version(site: Site) -> int:
    with site.database.read() as session:
        return read_version(session)


def test_each_step_moves_the_data_version_by_itself_and_a_fold_does_not(site: Site):
    site.report()
    case, seen = site.case(), [version(site)]
    for action, inputs in STEPS:
        casework.act(site.deps, SYSTEM, (case["county_code"], case["id"]), Command(action, inputs=inputs))
        seen.append(version(site))
    assert seen == sorted(set(seen))
    casework.fold_deltas(site.deps)
    assert version(site) == seen[-1]
    with site.database.read() as session:
        assert compare_rollups(session) == []
