"""People for tests: accounts with grants and sessions that are there without signing in, which is slow on purpose."""

import secrets

from argon2 import PasswordHasher

from dashboard.deps import Deps
from dashboard.domain.people import Grant, Person
from dashboard.domain.sessions import LIFETIMES
from dashboard.services import people
from dashboard.services.people import NewUser, insert_user, key_of
from data.writes.people import add_session

PASSWORD = "correct horse battery"
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
_HASH = QUICK.hash(PASSWORD)


def quicken(monkeypatch) -> None:
    """Passwords are hashed as in the product, only with less work."""
    monkeypatch.setattr(people, "HASHER", QUICK)
    people._no_password.cache_clear()


def make_person(deps: Deps, login: str, *grants: Grant, name: str = "") -> Person:
    """An account whose password is PASSWORD."""
    new = NewUser(login, name or f"name of {login}", PASSWORD, grants)
    with deps.database.write() as session:
        return insert_user(session, deps.clock(), new, _HASH)


def make_token(deps: Deps, person: Person, kind: str = "browser") -> str:
    """The token of a new session of `person`."""
    token, now = secrets.token_urlsafe(16), deps.clock()
    with deps.database.write() as session:
        add_session(session, key_of(token), kind, kind, now, now + LIFETIMES[kind].most, user_id=person.id)
    return token
