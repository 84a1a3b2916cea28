"""Accounts and what they are granted, for whoever manages people in their regions."""

from uuid import UUID

from pydantic import BaseModel, SecretStr

from dashboard.api.v1.endpoint import Body, Endpoint
from dashboard.deps import Deps
from dashboard.domain.people import Grant, Person
from dashboard.services import accounts
from dashboard.services.people import NewUser, new_password
from dashboard.views.people import Account

_ALLOW = "people.manage"


class GrantIn(Body):
    role: str
    region: str
    unit: str | None = None

    def grant(self) -> Grant:
        return Grant(self.role, self.region, self.unit or None)


class UserIn(Body):
    """Without `password` a random one is made; it is answered once and never again."""

    login: str
    name: str
    grants: list[GrantIn]
    password: SecretStr | None = None


class PasswordIn(Body):
    password: SecretStr | None = None


class Disabling(Body):
    disabled: bool = True


class Users(BaseModel):
    rows: list[Account]


class Made(BaseModel):
    user: Account
    password: str | None  # None: it was given


class Password(BaseModel):
    password: str | None


def list_all(deps: Deps, person: Person) -> Users:
    return Users(rows=list(accounts.list_accounts(deps, person)))


def create(deps: Deps, person: Person, *, body: UserIn) -> Made:
    made = None if body.password else new_password()
    password = body.password.get_secret_value() if body.password else made
    new = NewUser(body.login, body.name, password, tuple(grant.grant() for grant in body.grants))
    return Made(user=accounts.create_account(deps, person, new), password=made)


def grant(deps: Deps, person: Person, *, user_id: UUID, body: GrantIn) -> Account:
    return accounts.grant_role(deps, person, user_id, body.grant())


def revoke(deps: Deps, person: Person, *, user_id: UUID, grant_id: UUID) -> Account:
    return accounts.revoke_grant(deps, person, user_id, grant_id)


def set_password(deps: Deps, person: Person, *, user_id: UUID, body: PasswordIn) -> Password:
    given = body.password.get_secret_value() if body.password else ""
    made = accounts.set_password(deps, person, user_id, given)
    return Password(password=None if given else made)


def disable(deps: Deps, person: Person, *, user_id: UUID, body: Disabling) -> Account:
    return accounts.disable(deps, person, user_id, disabled=body.disabled)


_ONE = "/users/<uuid:user_id>"
ENDPOINTS = (
    Endpoint("list_users", "GET", "/users", _ALLOW, list_all, "Accounts in my regions", answer=Users),
    Endpoint("create_user", "POST", "/users", _ALLOW, create, "Add an account with its grants", body=UserIn,
             answer=Made, status=201),
    Endpoint("create_grant", "POST", f"{_ONE}/grants", _ALLOW, grant, "Grant a role", body=GrantIn, answer=Account,
             status=201),
    Endpoint("revoke_grant", "DELETE", f"{_ONE}/grants/<uuid:grant_id>", _ALLOW, revoke,
             "Take a grant away; holds at once", answer=Account),
    Endpoint("reset_password", "POST", f"{_ONE}/password", _ALLOW, set_password,
             "Set a password, or have a random one made; the sessions end", body=PasswordIn, answer=Password),
    Endpoint("disable_user", "POST", f"{_ONE}/disable", _ALLOW, disable, "Shut an account out, or open it again",
             body=Disabling, answer=Account),
)  # fmt: skip
