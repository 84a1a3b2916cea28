"""Signing in, sessions, lock-out, grants: on both databases."""

from datetime import datetime, timedelta

import pytest
from argon2 import PasswordHasher
from flask import Flask
from sqlalchemy import select

from dashboard.cache import ReadCache
from dashboard.catalog import load_catalog
from dashboard.deps import Deps
from dashboard.domain.errors import UserError
from dashboard.domain.people import Grant
from dashboard.services import people as service
from dashboard.services.people import Locked, NewUser, create_user, find_person, sign_in, sign_out
from data.models import AuditRow, LoginAttempt, SessionRow, User
from data.session import Database
from tests.factories import NOW, install_tree
from tests.people import PASSWORD, make_person, make_token, quicken

MINUTE = timedelta(minutes=1)


class Clock:
    def __init__(self, now: datetime):
        self.now = now

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def deps(database: Database, monkeypatch) -> Deps:
    quicken(monkeypatch)
    return make_deps(database)


@pytest.fixture
def here(sqlite_database: Database, monkeypatch) -> Deps:
    """For rules that no database has a say in."""
    quicken(monkeypatch)
    return make_deps(sqlite_database)


def make_deps(database: Database) -> Deps:
    with database.write() as session:
        install_tree(session)
    return Deps(database, load_catalog(), ReadCache(Flask("test")), Clock(NOW))


def audited(deps: Deps) -> list[str]:
    with deps.database.read() as session:
        return list(session.scalars(select(AuditRow.action).order_by(AuditRow.id)))


def wrong(deps: Deps, login: str, times: int, remote: str = "", password: str = "wrong") -> list[str]:
    """The codes that so many tries were answered with."""
    codes = []
    for _ in range(times):
        with pytest.raises(UserError) as caught:
            sign_in(deps, login, password, remote=remote)
        codes.append(caught.value.code)
    return codes


def test_whoever_knows_the_password_is_known_until_they_sign_out(deps: Deps):
    made = make_person(deps, "one", Grant("leader", "K1"))
    token = sign_in(deps, " ONE ", PASSWORD, remote="10.0.0.1")
    found = find_person(deps, token)
    assert (found.id, found.grants) == (made.id, (Grant("leader", "K1"),))
    sign_out(deps, token)
    assert find_person(deps, token) is None
    assert audited(deps) == ["user.create", "sign_in", "sign_out"]


def test_neither_password_nor_token_is_stored(deps: Deps):
    create_user(deps, NewUser("one", "One", PASSWORD))
    token = sign_in(deps, "one", PASSWORD)
    with deps.database.read() as session:
        user, row = session.scalars(select(User)).one(), session.scalars(select(SessionRow)).one()
        assert user.password.startswith("$argon2id$")
        assert PASSWORD not in user.password
        assert token.encode() not in row.key
        assert len(row.key) == 32


@pytest.mark.parametrize("kind", ["browser", "field"])
def test_a_session_in_use_goes_on_and_an_idle_one_ends(here: Deps, kind: str):
    person, idle = make_person(here, "one"), service.LIFETIMES[kind].idle
    token = make_token(here, person, kind)
    here.clock.now += idle - MINUTE
    assert find_person(here, token)
    here.clock.now += idle - MINUTE
    assert find_person(here, token), "being seen renewed it"
    here.clock.now += idle
    assert find_person(here, token) is None


def test_no_session_outlives_its_time(deps: Deps):
    token = make_token(deps, make_person(deps, "one"))
    for _ in range(11):
        deps.clock.now += timedelta(hours=1)
        assert find_person(deps, token)
    deps.clock.now += timedelta(hours=1)
    assert find_person(deps, token) is None


def test_sessions_and_tries_are_forgotten_a_month_after_they_are_over(deps: Deps):
    make_person(deps, "ann")
    old, kept = sign_in(deps, "ann", PASSWORD), None
    wrong(deps, "ann", 1)
    deps.clock.now = NOW + timedelta(days=40)
    kept = sign_in(deps, "ann", PASSWORD)
    service.forget_old_sessions(deps)
    assert find_person(deps, old) is None
    assert find_person(deps, kept) is not None
    with deps.database.read() as session:
        assert len(session.scalars(select(SessionRow)).all()) == 1
        assert [row.at for row in session.scalars(select(LoginAttempt))] == [deps.clock.now]


def test_unknown_and_known_logins_are_answered_and_shut_alike(deps: Deps):
    make_person(deps, "known")
    answers = {login: [_said(deps, login) for _ in range(7)] for login in ("known", "unknown")}
    assert answers["known"] == answers["unknown"]
    assert answers["known"][:5] == ["login or password is wrong; try again"] * 5
    assert "too many wrong passwords" in answers["known"][5]


def _said(deps: Deps, login: str) -> str:
    with pytest.raises(UserError) as caught:
        sign_in(deps, login, "wrong")
    return str(caught.value)


def test_an_unknown_login_is_verified_against_a_password_too(deps: Deps, monkeypatch):
    seen = []
    monkeypatch.setattr(service, "_verify", lambda user, password: seen.append(user) or (False, ""))
    wrong(deps, "nobody", 1)
    assert seen == [None]
    monkeypatch.undo()
    assert service._verify(None, "x") == (False, "")
    assert service._no_password().startswith("$argon2id$")


def test_a_shut_account_refuses_the_right_password_too_and_opens_by_itself(deps: Deps):
    make_person(deps, "one")
    assert wrong(deps, "one", 6) == ["sign_in"] * 5 + ["locked"]
    with pytest.raises(Locked) as caught:
        sign_in(deps, "one", PASSWORD)
    assert caught.value.minutes == 15
    deps.clock.now += 15 * MINUTE
    assert sign_in(deps, "one", PASSWORD)
    assert wrong(deps, "one", 4) == ["sign_in"] * 4, "a right password starts the count anew"


def test_a_shut_account_does_not_shut_others(deps: Deps):
    make_person(deps, "one")
    make_person(deps, "two")
    wrong(deps, "one", 6, remote="10.0.0.1")
    assert sign_in(deps, "two", PASSWORD, remote="10.0.0.1")


def test_who_guesses_elsewhere_does_not_shut_out_where_its_holder_signs_in(deps: Deps):
    make_person(deps, "one")
    sign_in(deps, "one", PASSWORD, remote="10.0.0.1")
    deps.clock.now += MINUTE
    assert wrong(deps, "one", 6, remote="10.6.6.6") == ["sign_in"] * 5 + ["locked"]
    with pytest.raises(Locked):  # and a right guess there is refused as well
        sign_in(deps, "one", PASSWORD, remote="10.6.6.7")
    assert sign_in(deps, "one", PASSWORD, remote="10.0.0.1")
    deps.clock.now += MINUTE
    assert wrong(deps, "one", 6, remote="10.0.0.1") == ["sign_in"] * 5 + ["locked"], (
        "its own address is shut as any other"
    )
    deps.clock.now += timedelta(days=31)
    wrong(deps, "one", 5, remote="10.6.6.6")
    with pytest.raises(Locked):  # what was long ago vouches no longer
        sign_in(deps, "one", PASSWORD, remote="10.0.0.1")


def test_an_address_that_tries_many_logins_is_shut(deps: Deps, monkeypatch):
    make_person(deps, "one")
    monkeypatch.setattr(service, "REMOTE_LOCKS", ((6, 15 * MINUTE),))
    codes = [code for n in range(7) for code in wrong(deps, f"guess{n}", 1, remote="10.0.0.9")]
    assert codes == ["sign_in"] * 6 + ["locked"]
    with pytest.raises(Locked):
        sign_in(deps, "one", PASSWORD, remote="10.0.0.9")
    assert sign_in(deps, "one", PASSWORD, remote="10.0.0.1")


def test_any_login_and_password_is_answered(deps: Deps):
    for login in ("", "\x00", "a\x00b", "\ud800", "x" * 5000, "' or 1=1 --", "张三", "\u202e"):
        for password in ("\x00", "\ud800", "p" * 100_000):
            assert wrong(deps, login, 1, password=password)[0] in ("sign_in", "locked")


def test_each_try_is_written_down(deps: Deps):
    make_person(deps, "one")
    wrong(deps, "one", 2, remote="10.0.0.1")
    sign_in(deps, "one", PASSWORD, remote="10.0.0.1")
    with deps.database.read() as session:
        tries = list(session.scalars(select(LoginAttempt).order_by(LoginAttempt.id)))
    assert [(one.login, one.remote, one.succeeded) for one in tries] == [
        ("one", "10.0.0.1", False), ("one", "10.0.0.1", False), ("one", "10.0.0.1", True)]  # fmt: skip
    assert audited(deps)[1:] == ["sign_in.failed", "sign_in.failed", "sign_in"]


def test_a_hash_with_older_parameters_is_made_anew_at_the_next_sign_in(deps: Deps):
    person = make_person(deps, "one")
    old = PasswordHasher(time_cost=2, memory_cost=8, parallelism=1).hash(PASSWORD)
    with deps.database.write() as session:
        session.get(User, person.id).password = old
    sign_in(deps, "one", PASSWORD)
    with deps.database.read() as session:
        fresh = session.get(User, person.id).password
    assert fresh != old
    assert not service.HASHER.check_needs_rehash(fresh)
    assert sign_in(deps, "one", PASSWORD)


@pytest.mark.parametrize("password", ["", "short", "x" * 257])
def test_a_password_of_the_wrong_length_is_refused(here: Deps, password: str):
    with pytest.raises(UserError, match="10 to 256"):
        create_user(here, NewUser("one", "One", password))


@pytest.mark.parametrize("login", ["", "A", "a b", "-a", "a.", "x" * 65, "张三", "a\n"])
def test_a_login_is_written_in_a_few_signs(here: Deps, login: str):
    with pytest.raises(UserError, match="a login is written differently"):
        create_user(here, NewUser(login, "One", PASSWORD))


def test_a_login_is_taken_once(deps: Deps):
    make_person(deps, "one")
    with pytest.raises(UserError, match="taken"):
        make_person(deps, "one")
