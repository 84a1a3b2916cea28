"""Accounts and sessions: who signs in, and who is asking."""

import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from hashlib import sha256

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from dashboard.deps import Deps
from dashboard.domain.errors import UserError
from dashboard.domain.people import GUEST, ROLES, SYSTEM, Grant, Person
from dashboard.domain.scope import EVERYTHING
from dashboard.domain.sessions import LIFETIMES, LOCKS, REMEMBERED, REMOTE_LOCKS, locked_until
from dashboard.services.ids import new_id
from data.models import User
from data.queries.people import find_session, find_user, has_signed_in_from, list_grants, list_wrong, list_wrong_from
from data.queries.regions import get_region
from data.session import Session
from data.writes.audit import add_audit
from data.writes.people import (
    add_attempt,
    add_grant,
    add_session,
    add_user,
    end_session,
    forget_attempts,
    forget_sessions,
    touch_session,
)

HASHER = PasswordHasher()  # argon2id with the library's current parameters (RFC 9106, low memory)
SESSION_TIME = LIFETIMES["browser"].most
LEAST_PASSWORD, MOST_PASSWORD = 10, 256
_SEEN_EVERY = timedelta(minutes=2)  # a session in use is written down so often, not at each request
_KEPT = timedelta(days=30)  # of tries to sign in, and of sessions that are over; what matters stands in the audit log
_SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is taken for another
_LOGIN = re.compile(r"[a-z0-9](?:[a-z0-9._-]{0,62}[a-z0-9])?", re.ASCII)


class Locked(UserError):
    """Too many wrong passwords for a login or from an address; `minutes` until one is looked at again."""

    def __init__(self, minutes: int):
        self.minutes = minutes
        super().__init__("locked", "too many wrong passwords", hint=f"try again in {minutes} min")


@dataclass(frozen=True, slots=True)
class NewUser:
    login: str
    name: str
    password: str
    grants: tuple[Grant, ...] = ()
    demo: bool = False


def create_user(deps: Deps, new: NewUser, *, by: Person | None = None) -> Person:
    """Add an account with its grants. Raises UserError where the login is taken or something else is not allowed."""
    hashed = hash_password(new.password)
    with deps.database.write() as session:
        return insert_user(session, deps.clock(), new, hashed, by=by)


def insert_user(session: Session, now: datetime, new: NewUser, hashed: str, *, by: Person | None = None) -> Person:
    """`create_user` within a transaction; `hashed`: of hash_password, which is slow and needs no transaction."""
    if not _LOGIN.fullmatch(new.login):
        raise UserError("login", "a login is written differently", got=new.login,
                        allowed="1 to 64 of a-z 0-9 . _ - , no mark at either end")  # fmt: skip
    if not new.name.strip() or len(new.name) > 200:
        raise UserError("name", "a name", got=new.name, allowed="1 to 200 characters")
    if find_user(session, new.login):
        raise UserError("login", "this login is taken", got=new.login, hint="choose another")
    user_id = new_id(now)
    add_user(session, user_id, new.login, new.name.strip(), hashed, now, new.demo)
    for grant in new.grants:
        check_grant(session, grant)
        add_grant(session, new_id(now), user_id, grant, now)
    given = {"grants": [said(grant) for grant in new.grants]}
    add_audit(session, now, by or SYSTEM, "user.create", subject=new.login, detail=given)
    return Person(user_id, new.name.strip(), new.grants)


def check_grant(session: Session, grant: Grant) -> None:
    """Raises UserError for an unknown role, NotFound for an unknown region."""
    if grant.role not in ROLES:
        raise UserError("role", "unknown role", got=grant.role, allowed=ROLES)
    if grant.unit is not None and not 0 < len(grant.unit) <= 200:
        raise UserError("unit", "a unit's name", got=grant.unit, allowed="1 to 200 characters")
    get_region(session, EVERYTHING, grant.region)


def said(grant: Grant) -> str:
    """A grant in one word for the audit log."""
    return " ".join(part for part in (grant.role, grant.region, grant.unit) if part)


def hash_password(password: str) -> str:
    """argon2id. Raises UserError for a password that is too short or too long."""
    if not LEAST_PASSWORD <= len(password) <= MOST_PASSWORD:
        raise UserError("password", "a password", allowed=f"{LEAST_PASSWORD} to {MOST_PASSWORD} characters",
                        hint="a sentence is easier to remember than signs")  # fmt: skip
    return HASHER.hash(_bytes(password))


def new_password() -> str:
    """12 signs of 31 in fours: 59 bits, easy to read out and to type on a phone."""
    return "-".join("".join(secrets.choice(_SIGNS) for _ in range(4)) for _ in range(3))


def sign_in(deps: Deps, login: str, password: str, *, kind: str = "browser", remote: str = "") -> str:
    """A token for the session cookie (or a program's header); `kind`: a key of LIFETIMES.

    Raises UserError for a wrong login or password, and for too many of them; unknown logins are told apart by neither
    words nor time nor lock.
    """
    login = "".join(sign for sign in login.strip().lower() if sign.isprintable())[:64]
    with deps.database.read() as session:
        _check_lock(session, login, remote, deps.clock())
        user = find_user(session, login)
    right, hashed = _verify(user, password)
    now = deps.clock()
    with deps.database.write() as session:
        _check_lock(session, login, remote, now)  # again: others may have tried while the password was looked at
        user = find_user(session, login)
        right = right and user is not None and user.disabled_at is None
        add_attempt(session, now, login, remote[:64], right)
        if right:
            return _open(session, user, hashed, kind, remote, now)
        add_audit(session, now, Person(None, login), "sign_in.failed", subject=login, remote=remote[:64])
    raise UserError("sign_in", "login or password is wrong", hint="try again")


def _check_lock(session: Session, login: str, remote: str, now: datetime) -> None:
    """From an address where the login has signed in, only wrong passwords from there count: nobody shuts a duty officer
    out from elsewhere. The idea is that of device cookies (OWASP, Slow Down Online Guessing Attacks)."""
    remote = remote[:64]
    known = bool(remote) and has_signed_in_from(session, login, remote, now - _KEPT)
    own = locked_until(list_wrong(session, login, now - REMEMBERED, remote=remote if known else None), LOCKS)
    last = REMOTE_LOCKS[-1][0]
    wrong = list_wrong_from(session, remote, now - REMEMBERED, limit=last) if remote else []
    until = max((one for one in (own, locked_until(wrong, REMOTE_LOCKS)) if one is not None), default=now)
    if until > now:
        minutes = max(1, round((until - now).total_seconds() / 60))
        raise Locked(minutes)


def _verify(user: User | None, password: str) -> tuple[bool, str]:
    """Is the password right, and the hash to store from now on ("": as it is)."""
    stored = user.password if user else _no_password()
    if not is_right(stored, password):
        return False, ""
    return user is not None, HASHER.hash(_bytes(password)) if HASHER.check_needs_rehash(stored) else ""


def is_right(stored: str, password: str) -> bool:
    """Does the stored hash belong to the password?"""
    try:
        return HASHER.verify(stored, _bytes(password))
    except (VerificationError, InvalidHashError):
        return False


def _bytes(password: str) -> bytes:
    return password[: MOST_PASSWORD + 1].encode("utf-8", "surrogatepass")


def _open(session: Session, user: User, hashed: str, kind: str, remote: str, now: datetime) -> str:
    if hashed:
        user.password = hashed
    token = secrets.token_urlsafe(32)
    add_session(session, key_of(token), kind, kind, now, now + LIFETIMES[kind].most, user_id=user.id)
    add_audit(session, now, Person(user.id, user.name), "sign_in", subject=user.login, detail={"kind": kind},
              remote=remote[:64])  # fmt: skip
    return token


def sign_out(deps: Deps, token: str) -> None:
    now = deps.clock()
    with deps.database.write() as session:
        row = end_session(session, key_of(token), now)
        if row is not None:
            user = session.get(User, row.user_id) if row.user_id else None
            add_audit(session, now, Person(row.user_id, user.name if user else row.name), "sign_out",
                      subject=user.login if user else row.name)  # fmt: skip


def find_person(deps: Deps, token: str) -> Person | None:
    """Who holds `token`; None where the session has ended. Looked up anew each time, so that a revocation holds at once."""
    now, key = deps.clock(), key_of(token)
    with deps.database.read() as session:
        found = find_session(session, key, now)
        if found is None:
            return None
        row, user = found
        grants = list_grants(session, user.id) if user else (Grant(GUEST, row.region_code),)
        person = Person(user.id if user else None, user.name if user else row.name, grants, session=row.key.hex())
        stale = now - row.seen_at >= _SEEN_EVERY
    if stale:
        with deps.database.write() as session:
            touch_session(session, key, now)
    return person


def forget_old_sessions(deps: Deps) -> int:
    """Remove tries to sign in and sessions that are long over; how many. Run now and then."""
    before = deps.clock() - _KEPT
    with deps.database.write() as session:
        return forget_attempts(session, before=before) + forget_sessions(session, before)


def key_of(token: str) -> bytes:
    """What is stored of a token: SHA-256. It has 256 random bits, so no salt is needed."""
    return sha256(token.encode("utf-8", "surrogatepass")).digest()


@lru_cache(maxsize=1)
def _no_password() -> str:
    """So that an unknown login takes as long as a known one."""
    return HASHER.hash(secrets.token_urlsafe(16))
