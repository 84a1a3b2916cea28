"""GET /live as a stream of events: hello, changes, where to go on, and its end with the session behind it."""

import json
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest
from sqlalchemy import select

from dashboard import live
from dashboard.api.live import stream
from dashboard.catalog import load_catalog
from dashboard.domain.changes import Hearing, hearing
from dashboard.domain.people import SYSTEM, Grant, Person
from dashboard.domain.scope import EVERYTHING
from dashboard.live import Hub
from dashboard.services.hearing import forget_old_changes
from data.models import GrantRow, SessionRow, User
from data.session import Database
from data.writes.feed import add_change
from data.writes.people import add_grant, add_session, add_user
from tests.dashboard.test_live import ALL, NOW, listening, tell, wait_for
from tests.factories import install_tree


@pytest.fixture
def deps(sqlite_database: Database) -> SimpleNamespace:
    with sqlite_database.write() as session:
        install_tree(session)
    return SimpleNamespace(
        database=sqlite_database, catalog=load_catalog(), clock=lambda: NOW, live=Hub(sqlite_database)
    )


def read(chunks: Iterator[bytes]) -> list[tuple[str, dict, str]]:
    """Events of the next chunk: (name, data, id)."""
    out = []
    for block in next(chunks).decode().strip().split("\n\n"):
        lines = dict(line.split(": ", 1) for line in block.splitlines() if not line.startswith(":"))
        out.append((lines.get("event", ""), json.loads(lines.get("data", "{}")), lines.get("id", "")))
    return out


def signed_in(deps: SimpleNamespace, *grants: Grant) -> Person:
    """A person with a session of their own."""
    user_id, key = uuid4(), uuid4().bytes * 2
    with deps.database.write() as session:
        add_user(session, user_id, user_id.hex, "甲", "-", NOW, False)
        session.flush()
        add_session(session, key, "browser", "browser", NOW, NOW + timedelta(hours=12), user_id=user_id)
        for grant in grants:
            add_grant(session, uuid4(), user_id, grant, NOW)
    return Person(user_id, "甲", grants, session=key.hex())


def begin(deps: SimpleNamespace, wanted: Hearing, after: int | None = None) -> Iterator[bytes]:
    chunks = stream(deps, wanted, after)
    assert read(chunks)[0][0] == ""  # how soon a browser comes back
    ((name, hello, _id),) = read(chunks)
    assert (name, hello["version"], hello["as_of"]) == ("hello", 0, NOW.isoformat())
    return chunks


def test_a_stream_says_hello_tells_of_changes_and_where_to_go_on(deps):
    tell(deps.database, "before")
    with closing(begin(deps, hearing(signed_in(deps, Grant("leader", "P"))))) as chunks:
        tell(deps.database, "a", detail={"kind": "fire", "severity": "01", "version": 1})
        ((name, data, mark),) = read(chunks)
    assert (name, mark) == ("change", "2")
    assert data["ref"] == "a"
    assert data["detail"] == {"kind": "fire", "severity": "01", "version": 1}
    assert deps.live.listening == 0


def test_a_stream_resumes_after_the_last_it_heard(deps):
    for ref in "abc":
        tell(deps.database, ref)
    with closing(begin(deps, hearing(signed_in(deps, Grant("leader", "P"))), after=1)) as chunks:
        assert [data["ref"] for _name, data, _id in read(chunks)] == ["b", "c"]
        assert read(chunks) == [("", {}, "3")]


def test_a_stream_that_was_away_too_long_is_told_to_reload(deps):
    tell(deps.database, "a", at=NOW - timedelta(days=3))
    tell(deps.database, "b")
    forget_old_changes(deps)
    with closing(begin(deps, hearing(signed_in(deps, Grant("leader", "P"))), after=0)) as chunks:
        assert read(chunks) == [("reload", {}, "2")]


def end_session(deps, person: Person) -> None:
    with deps.database.write() as session:
        session.get(SessionRow, bytes.fromhex(person.session)).ended_at = NOW
        add_change(session, NOW, "session", "ended", ref=person.session)


def revoke(deps, person: Person) -> None:
    with deps.database.write() as session:
        session.scalar(select(GrantRow).where(GrantRow.user_id == person.id)).revoked_at = NOW
        add_change(session, NOW, "session", "revoked", user_id=person.id)


def disable(deps, person: Person) -> None:
    with deps.database.write() as session:
        session.get(User, person.id).disabled_at = NOW
        add_change(session, NOW, "session", "disabled", user_id=person.id)


@pytest.mark.parametrize("end", [end_session, revoke, disable])
def test_a_stream_ends_at_once_with_its_session_its_grant_or_its_account(deps, end: Callable):
    person, other = (signed_in(deps, Grant("leader", "P")) for _ in range(2))
    with closing(begin(deps, hearing(person))) as chunks, closing(begin(deps, hearing(other))) as others:
        end(deps, person)
        assert read(chunks) == [("end", {}, "")]
        assert list(chunks) == []
        tell(deps.database, "a")
        assert read(others)[0][1]["ref"] == "a", "nobody else's stream ends"


def test_a_stream_whose_session_ran_out_ends_at_its_next_beat(deps, monkeypatch):
    person = signed_in(deps, Grant("leader", "P"))
    monkeypatch.setattr("dashboard.api.live.BEAT_SECONDS", 0.01)
    with closing(begin(deps, hearing(person))) as chunks:
        assert read(chunks)[-1][:2] == ("beat", {"as_of": NOW.isoformat()})
        deps.clock = lambda: NOW + timedelta(days=30)
        names = [name for chunk in chunks for name in chunk.decode().split() if name in ("end", "beat")]
        assert names[-1] == "end"


def test_a_stream_that_lags_is_told_to_reload(deps, monkeypatch):
    monkeypatch.setattr(live, "QUEUE_MOST", 2)
    with (
        closing(begin(deps, hearing(signed_in(deps, Grant("leader", "P"))))) as chunks,
        listening(deps.live, ALL) as seen,
    ):
        for ref in "abcd":
            tell(deps.database, ref)
            wait_for(seen, 1)
        assert read(chunks) == [("reload", {}, "")]


def test_streams_hold_no_connection_while_they_wait(deps):
    streams = [begin(deps, hearing(signed_in(deps, Grant("leader", "P")))) for _ in range(20)]
    tell(deps.database, "a")
    assert all(read(chunks)[0][1]["ref"] == "a" for chunks in streams)
    assert deps.live.listening == 20
    assert deps.database.engine.pool.checkedout() <= 1, "the hub's own look at the feed"
    for chunks in streams:
        chunks.close()


def test_the_scope_of_a_stream_is_what_the_wall_or_casework_shows():
    assert hearing(SYSTEM).scope == EVERYTHING
    both = hearing(Person(uuid4(), "x", (Grant("auditor", "C1"), Grant("handler", "K3", "城管"))))
    assert (both.scope.roots, both.scope.units) == ({"C1"}, {("K3", "城管")})
