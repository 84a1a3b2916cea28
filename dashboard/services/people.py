"""Accounts and sessions: who signs in, and who is asking."""

import secrets
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError

from dashboard.deps import Deps
from dashboard.domain.errors import UserError
from dashboard.domain.people import GUEST, Grant, Person
from dashboard.services.ids import new_id
from data.models import GrantRow, SessionRow, User
from data.queries.people import find_session, find_user, list_grants

_HASHER = PasswordHasher()  # argon2id with the library's current parameters (RFC 9106, low memory)
SESSION_TIME = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class NewUser:
    login: str
    name: str
    password: str
    grants: tuple[Grant, ...] = ()
    demo: bool = False


def create_user(deps: Deps, new: NewUser) -> Person:
    """Add an account with its grants. Raises UserError where the login is taken."""
    now = deps.clock()
    with deps.database.write() as session:
        if find_user(session, new.login):
            raise UserError("login", "this login is taken", got=new.login, hint="choose another")
        user = User(id=new_id(now), login=new.login, name=new.name, password=_HASHER.hash(new.password),
                    created_at=now, demo=new.demo, failures=0)  # fmt: skip
        session.add(user)
        session.flush()
        for grant in new.grants:
            session.add(GrantRow(id=new_id(now), user_id=user.id, role=grant.role, region_code=grant.region,
                                 unit=grant.unit, granted_at=now))  # fmt: skip
        return Person(user.id, user.name, new.grants)


def sign_in(deps: Deps, login: str, password: str, *, kind: str = "browser") -> str:
    """A token for the session cookie (or a program's header). Raises UserError for a wrong login or password."""
    now = deps.clock()
    with deps.database.write() as session:
        user = find_user(session, login)
        try:
            _HASHER.verify(user.password if user else _NO_PASSWORD, password)
        except VerificationError:
            raise UserError("sign_in", "login or password is wrong", hint="try again") from None
        token = secrets.token_urlsafe(32)
        session.add(SessionRow(key=_key(token), kind=kind, user_id=user.id, name=kind, created_at=now, seen_at=now,
                               expires_at=now + SESSION_TIME))  # fmt: skip
        return token


def sign_out(deps: Deps, token: str) -> None:
    now = deps.clock()
    with deps.database.write() as session:
        row = session.get(SessionRow, _key(token))
        if row is not None and row.ended_at is None:
            row.ended_at = now


def find_person(deps: Deps, token: str) -> Person | None:
    """Who holds `token`; None where the session has ended."""
    with deps.database.read() as session:
        found = find_session(session, _key(token), deps.clock())
        if found is None:
            return None
        row, user = found
        if user is None:
            return Person(None, row.name, (Grant(GUEST, row.region_code),), session=row.key.hex())
        return Person(user.id, user.name, list_grants(session, user.id), session=row.key.hex())


def _key(token: str) -> bytes:
    return sha256(token.encode()).digest()


_NO_PASSWORD = _HASHER.hash(secrets.token_urlsafe(16))  # so that an unknown login takes as long as a known one
