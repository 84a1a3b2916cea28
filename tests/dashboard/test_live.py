"""The hub on a real database: nothing is lost, whatever the order of commits; streams resume, lag, end and close."""

import contextlib
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import select

from dashboard import live
from dashboard.domain.changes import Hearing, hearing
from dashboard.domain.people import SYSTEM, Grant, Person
from dashboard.live import Hub, Tail
from dashboard.services.hearing import forget_old_changes
from data.models import ChangeRow
from data.session import Database
from data.writes.feed import add_change
from tests.factories import install_tree, path_of

NOW = datetime(2026, 6, 18, 6, 5, tzinfo=UTC)
ALL = hearing(SYSTEM)
PATIENCE = 20.0


def tell(database: Database, ref: str, *, region: str = "G1", topic: str = "case", at: datetime = NOW, **more) -> None:
    with database.write() as session:
        place = {f"{level}_code": code for level, code in path_of(region).items()}
        add_change(session, at, topic, "report", ref=ref, place=place, **more)


def roll_back(database: Database) -> None:
    """A write that tells of a change and comes to nothing."""
    with contextlib.suppress(ZeroDivisionError), database.write() as session:
        add_change(session, NOW, "case", "report", ref="gone")
        _ = 1 / 0


def refs(handed: list) -> list[str]:
    return [one.change.ref for one in handed]


def seqs(database: Database) -> list[int]:
    with database.read() as session:
        return list(session.scalars(select(ChangeRow.seq).order_by(ChangeRow.seq)))


@contextmanager
def uncommitted(database: Database, ref: str) -> Iterator[Callable[[], None]]:
    """A transaction that has taken its number and waits; gives what lets it commit."""
    taken, go = threading.Event(), threading.Event()

    def write() -> None:
        with database.write() as session:
            add_change(session, NOW, "case", "report", ref=ref, place={"province_code": "P"})
            taken.set()
            assert go.wait(PATIENCE)

    writer = threading.Thread(target=write)

    def commit() -> None:
        go.set()
        writer.join(PATIENCE)

    writer.start()
    assert taken.wait(PATIENCE)
    try:
        yield commit
    finally:
        commit()


@pytest.fixture
def postgres(templates, tmp_path) -> Iterator[Database]:
    with templates.opened("postgresql", tmp_path) as found:
        yield found


# The tail


def test_changes_come_once_and_in_order(database: Database):
    tell(database, "before")
    tail = Tail(database)
    tail.start()
    for ref in "abc":
        tell(database, ref)
    handed = tail.ask()
    assert refs(handed) == ["a", "b", "c"]
    assert [one.mark for one in handed] == seqs(database)[1:]
    assert handed[0].change.path == ("P", "C1", "K1", "T1", "V1", "G1")
    assert tail.ask() == []


def test_a_change_that_is_committed_late_is_not_lost(postgres: Database):
    tail = Tail(postgres)
    tail.start()
    tell(postgres, "first")
    with uncommitted(postgres, "late") as commit:
        tell(postgres, "overtook")
        early = tail.ask()
        assert refs(early) == ["first", "overtook"]
        first, late, _overtook = range(seqs(postgres)[0], seqs(postgres)[0] + 3)
        assert [one.mark for one in early] == [first, first], "whoever resumes there is told of the late one"
        assert tail.ask() == []
        commit()
    (found,) = tail.ask()
    assert (found.change.ref, found.change.seq) == ("late", late)
    assert tail.mark == seqs(postgres)[-1]


def test_a_reader_that_starts_meanwhile_gets_the_late_one_too(postgres: Database):
    tell(postgres, "first")
    with uncommitted(postgres, "late") as commit:
        tell(postgres, "overtook")
        tail = Tail(postgres)
        tail.start()
        assert tail.mark == seqs(postgres)[0]
        commit()
    assert refs(tail.ask()) == ["late"]


def test_a_number_that_was_rolled_back_is_not_waited_for_for_ever(postgres: Database):
    now = [0.0]
    tail = Tail(postgres, clock=lambda: now[0])
    tail.start()
    tell(postgres, "first")
    roll_back(postgres)
    tell(postgres, "next")
    assert refs(tail.ask()) == ["first", "next"]
    assert tail.mark == seqs(postgres)[0]
    now[0] = live.WAIT_SECONDS + 1
    tail.ask()
    assert tail.mark == seqs(postgres)[-1]


# The hub


@contextmanager
def listening(hub: Hub, heard: Hearing = ALL) -> Iterator[live.Subscription]:
    mine, _mark = hub.subscribe(heard)
    try:
        yield mine
    finally:
        hub.leave(mine)


def wait_for(mine: live.Subscription, count: int) -> list[str]:
    out: list[str] = []
    while len(out) < count:
        got = mine.wait(PATIENCE)
        assert got, f"nothing came after {out}"
        out += refs(got)
    return out


def test_a_commit_of_this_process_is_handed_on_to_those_who_may_hear(database: Database):
    hub = Hub(database)
    county, other = (
        hearing(Person(None, "x", (Grant("guest", "K1"),))),
        hearing(Person(None, "x", (Grant("guest", "K3"),))),
    )
    with listening(hub, county) as here, listening(hub, other) as there:
        tell(database, "a")
        tell(database, "b", region="G6")
        assert wait_for(here, 1) == ["a"]
        assert wait_for(there, 1) == ["b"]


def test_a_commit_of_another_process_is_found_by_looking(database: Database):
    other = Database(database.engine.url.render_as_string(hide_password=False))
    with listening(Hub(database)) as mine:
        tell(other, "a")
        assert wait_for(mine, 1) == ["a"]
    other.engine.dispose()


def test_a_listener_that_fails_breaks_no_write(sqlite_database: Database, caplog):
    def fail() -> None:
        raise RuntimeError("broken listener")

    sqlite_database.listeners.append(fail)
    tell(sqlite_database, "a")
    assert len(seqs(sqlite_database)) == 1
    assert "broken listener" in caplog.text


def test_only_writes_that_tell_of_a_change_ring(sqlite_database: Database):
    rung = []
    sqlite_database.listeners.append(lambda: rung.append(1))
    with sqlite_database.write() as session:
        install_tree(session)
    assert rung == []
    tell(sqlite_database, "a")
    assert rung == [1]
    roll_back(sqlite_database)
    assert rung == [1]


def test_a_slow_subscriber_is_told_to_ask_for_everything_instead_of_growing(sqlite_database: Database):
    hub = Hub(sqlite_database)
    with listening(hub) as slow, listening(hub) as quick:
        got: list[str] = []
        for start in range(0, live.QUEUE_MOST + 50, 50):
            for number in range(start, start + 50):
                tell(sqlite_database, str(number))
            while len(got) < start + 50:
                got += refs(quick.wait(PATIENCE))
        assert slow.lost
        assert slow.wait(0) == []
        assert got == [str(number) for number in range(live.QUEUE_MOST + 50)]
        slow.lost = False
        tell(sqlite_database, "after")
        assert wait_for(slow, 1) == ["after"]


def test_a_closed_hub_ends_those_who_listen_and_those_who_come(sqlite_database: Database):
    hub = Hub(sqlite_database)
    with listening(hub) as mine:
        hub.close()
        assert mine.closed
        mine.wait(PATIENCE)
    with listening(hub) as late:
        assert late.closed


# Resuming


@pytest.mark.parametrize("after, found", [(0, "abc"), (1, "bc"), (3, ""), (9, None)])
def test_what_was_missed_is_replayed_or_all_is_asked_for(sqlite_database: Database, after: int, found: str | None):
    for ref in "abc":
        tell(sqlite_database, ref)
    replayed = Hub(sqlite_database).replay(ALL, after)
    assert (replayed if replayed is None else "".join(refs(replayed))) == found


def test_what_is_forgotten_cannot_be_replayed(sqlite_database: Database):
    for number, ref in enumerate("abc"):
        tell(sqlite_database, ref, at=NOW - timedelta(days=4 - number))
    deps = SimpleNamespace(database=sqlite_database, clock=lambda: NOW)
    assert forget_old_changes(deps) == 2
    hub = Hub(sqlite_database)
    assert hub.replay(ALL, 1) is None
    assert refs(hub.replay(ALL, 2)) == ["c"]


def test_too_much_is_not_replayed(sqlite_database: Database, monkeypatch):
    monkeypatch.setattr(live, "REPLAY_MOST", 2)
    for ref in "abc":
        tell(sqlite_database, ref)
    assert Hub(sqlite_database).replay(ALL, 0) is None
    assert refs(Hub(sqlite_database).replay(ALL, 1)) == ["b", "c"]


def test_a_replay_holds_only_what_may_be_heard(sqlite_database: Database):
    tell(sqlite_database, "here")
    tell(sqlite_database, "there", region="G6")
    county = hearing(Person(None, "x", (Grant("guest", "K1"),)))
    assert refs(Hub(sqlite_database).replay(county, 0)) == ["here"]
