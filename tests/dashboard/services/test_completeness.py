"""Up to when figures are complete: unsent entries count where the worker belongs, and only there."""

from datetime import timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest
from sqlalchemy import update

from dashboard.domain.errors import NotFound
from dashboard.domain.people import Grant, Person
from dashboard.domain.scope import EVERYTHING, Scope
from dashboard.services.completeness import LOST, Completeness, completeness
from dashboard.services.devices import tell_unsent
from data.models import GrantRow
from data.session import Database
from data.writes.people import add_grant, add_user
from tests.factories import NOW, install_tree

EARLY, LATE = NOW - timedelta(hours=2), NOW - timedelta(hours=1)
NOTHING = Completeness(0, None)


@pytest.fixture
def deps(database: Database) -> SimpleNamespace:
    with database.write() as session:
        install_tree(session)
    return SimpleNamespace(database=database, clock=lambda: NOW)


def worker(deps, *regions: str) -> Person:
    user_id, grants = uuid4(), tuple(Grant("grid_worker", region) for region in regions)
    with deps.database.write() as session:
        add_user(session, user_id, user_id.hex, "甲", "-", NOW, False)
        for grant in grants:
            add_grant(session, uuid4(), user_id, grant, NOW)
    return Person(user_id, "甲", grants)


def test_unsent_entries_count_in_every_region_above_their_worker(deps):
    tell_unsent(deps, worker(deps, "G1"), uuid4(), 3, LATE)
    tell_unsent(deps, worker(deps, "G3"), uuid4(), 1, EARLY)
    tell_unsent(deps, worker(deps, "G6"), uuid4(), 0, None)
    found = {code: completeness(deps, EVERYTHING, code) for code in ("", "P", "C1", "K1", "G1", "G2", "C2")}
    both, one = Completeness(2, EARLY), Completeness(1, LATE)
    assert found == {"": both, "P": both, "C1": both, "K1": both, "G1": one, "G2": NOTHING, "C2": NOTHING}


def test_a_worker_of_two_grids_has_one_device_and_sending_ends_it(deps):
    person, device = worker(deps, "G1", "G2"), uuid4()
    tell_unsent(deps, person, device, 2, EARLY)
    assert completeness(deps, EVERYTHING, "K1") == Completeness(1, EARLY)
    tell_unsent(deps, person, device, 0, None)
    assert completeness(deps, EVERYTHING, "K1") == NOTHING


def test_who_is_granted_more_than_the_region_is_not_in_it(deps):
    tell_unsent(deps, worker(deps, "C1"), uuid4(), 1, EARLY)
    assert completeness(deps, EVERYTHING, "C1").devices == 1
    assert completeness(deps, EVERYTHING, "K1") == NOTHING


def test_a_revoked_worker_and_a_lost_device_are_not_waited_for(deps):
    gone, lost = worker(deps, "G1"), worker(deps, "G2")
    for person in (gone, lost):
        tell_unsent(deps, person, uuid4(), 1, EARLY)
    with deps.database.write() as session:
        session.execute(update(GrantRow).where(GrantRow.user_id == gone.id).values(revoked_at=NOW))
    assert completeness(deps, EVERYTHING).devices == 1
    deps.clock = lambda: NOW + LOST
    assert completeness(deps, EVERYTHING) == NOTHING


def test_what_is_out_of_scope_does_not_exist(deps):
    with pytest.raises(NotFound):
        completeness(deps, Scope(frozenset({"C1"})), "C2")
