"""Administering accounts: whoever manages people sees and changes only accounts that lie wholly in their own regions.

An account belongs to the regions of all grants it ever had, so that taking a grant away does not open it to others.
What is changed holds at once: grants are read anew with each request, and live streams are told.
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from dashboard.deps import Deps
from dashboard.domain.errors import NotFound, UserError
from dashboard.domain.people import Grant, Person
from dashboard.domain.regions import Region
from dashboard.domain.scope import EVERYTHING
from dashboard.services.ids import new_id
from dashboard.services.people import NewUser, check_grant, hash_password, insert_user, is_right, new_password, said
from dashboard.views.people import Account, GrantView
from data.models import GrantRow, User
from data.queries.people import find_user, list_grant_rows, list_users
from data.queries.regions import find_regions
from data.session import Session
from data.writes.audit import add_audit
from data.writes.feed import add_change
from data.writes.people import add_grant, end_sessions, forget_attempts

_ALLOW = "people.manage"


def list_accounts(deps: Deps, by: Person) -> tuple[Account, ...]:
    """The accounts that `by` manages, by login."""
    with deps.database.read() as session:
        users, rows = list_users(session), list_grant_rows(session)
        regions = find_regions(session, EVERYTHING, {row.region_code for row in rows})
        mine = {user.id: [row for row in rows if row.user_id == user.id] for user in users}
        return tuple(_account(user, mine[user.id], regions) for user in users if _manages(by, mine[user.id], regions))


def find_account_id(deps: Deps, login: str) -> UUID:
    """The id of a login; for commands. Raises NotFound."""
    with deps.database.read() as session:
        user = find_user(session, login)
        if user is None:
            raise NotFound("user", "no such account", got=login, hint="flask --app app users list")
        return user.id


def create_account(deps: Deps, by: Person, new: NewUser) -> Account:
    """An account whose grants all lie in the regions of `by`. Raises UserError, NotFound."""
    hashed, now = hash_password(new.password), deps.clock()
    with deps.database.write() as session:
        if not new.grants and not by.everything:
            raise UserError("grants", "an account is made with at least one grant", hint="role, region, unit")
        for grant in new.grants:
            _check_reach(session, by, grant)
        made = insert_user(session, now, new, hashed, by=by)
        return _load(session, by, made.id)[1]


def grant_role(deps: Deps, by: Person, user_id: UUID, grant: Grant) -> Account:
    """Give `grant`; what is given already is given once. Nobody grants to themselves."""
    now = deps.clock()
    with deps.database.write() as session:
        user, account = _load(session, by, user_id)
        _check_other(by, user_id)
        check_grant(session, grant)
        _check_reach(session, by, grant)
        if any((one.role, one.region, one.unit) == (grant.role, grant.region, grant.unit) for one in account.grants):
            return account
        add_grant(session, new_id(now), user_id, grant, now)
        _changed(session, by, user, "grant.create", grant, now)
        return _load(session, by, user_id)[1]


def revoke_grant(deps: Deps, by: Person, user_id: UUID, grant_id: UUID) -> Account:
    now = deps.clock()
    with deps.database.write() as session:
        user, _account = _load(session, by, user_id)
        row = session.get(GrantRow, grant_id)
        if row is None or row.user_id != user_id or row.revoked_at is not None:
            raise NotFound("grant", "no such grant", got=str(grant_id))
        row.revoked_at = now
        session.flush()
        _changed(session, by, user, "grant.revoke", Grant(row.role, row.region_code, row.unit), now)
        return _load(session, by, user_id)[1]


def set_password(deps: Deps, by: Person, user_id: UUID, password: str = "") -> str:
    """Set a password ("": a random one) and answer it; ends all sessions of the account and forgets wrong tries."""
    password = password or new_password()
    hashed, now = hash_password(password), deps.clock()
    with deps.database.write() as session:
        user, _account = _load(session, by, user_id)
        user.password = hashed
        forget_attempts(session, login=user.login)
        end_sessions(session, user_id, now, but=by.session if by.id == user_id else "")
        add_audit(session, now, by, "password.reset", subject=user.login)
    return password


def change_password(deps: Deps, person: Person, old: str, new: str) -> None:
    """One's own, given the one before; ends the other sessions. Raises UserError where `old` is wrong."""
    hashed, now = hash_password(new), deps.clock()
    with deps.database.read() as session:
        stored = session.get(User, person.id).password
    if not is_right(stored, old):
        raise UserError("password", "the password used so far is wrong", hint="try again")
    with deps.database.write() as session:
        user = session.get(User, person.id)
        user.password = hashed
        end_sessions(session, person.id, now, but=person.session)
        add_audit(session, now, person, "password.change", subject=user.login)


def disable(deps: Deps, by: Person, user_id: UUID, *, disabled: bool = True) -> Account:
    """Shut an account and end its sessions, or open it again. Nobody shuts out themselves."""
    now = deps.clock()
    with deps.database.write() as session:
        user, _account = _load(session, by, user_id)
        _check_other(by, user_id)
        if (user.disabled_at is not None) != disabled:
            user.disabled_at = now if disabled else None
            session.flush()
            if disabled:
                end_sessions(session, user_id, now)
            add_audit(session, now, by, "user.disable" if disabled else "user.enable", subject=user.login)
        return _load(session, by, user_id)[1]


def _load(session: Session, by: Person, user_id: UUID) -> tuple[User, Account]:
    """Raises NotFound for an account that `by` does not manage, as if there were none."""
    user = session.get(User, user_id)
    rows = list_grant_rows(session, user_id) if user else []
    regions = find_regions(session, EVERYTHING, {row.region_code for row in rows})
    if user is None or not _manages(by, rows, regions):
        raise NotFound("user", "no such account", got=str(user_id))
    return user, _account(user, rows, regions)


def _manages(by: Person, rows: Iterable[GrantRow], regions: dict[str, Region]) -> bool:
    if by.everything:
        return True
    scope, codes = by.scope(_ALLOW), {row.region_code for row in rows}
    return bool(codes) and all(scope.covers(regions[code]) for code in codes)


def _check_reach(session: Session, by: Person, grant: Grant) -> None:
    """Nobody gives more than lies in their own regions."""
    found = find_regions(session, by.scope(_ALLOW), [grant.region])
    if not found:
        raise NotFound("region", "no such region", got=grant.region)


def _check_other(by: Person, user_id: UUID) -> None:
    if by.id == user_id:
        raise UserError("self", "nobody does this to their own account", hint="ask another administrator")


def _changed(session: Session, by: Person, user: User, action: str, grant: Grant, now: datetime) -> None:
    add_audit(session, now, by, action, subject=user.login, region=grant.region, detail={"grant": said(grant)})
    add_change(session, now, "session", "grants", user_id=user.id)


def _account(user: User, rows: Iterable[GrantRow], regions: dict[str, Region]) -> Account:
    grants = tuple(GrantView(row.id, row.role, row.region_code, regions[row.region_code].name, row.unit, row.granted_at)
                   for row in rows if row.revoked_at is None)  # fmt: skip
    return Account(user.id, user.login, user.name, user.demo, user.created_at, user.disabled_at, grants)
