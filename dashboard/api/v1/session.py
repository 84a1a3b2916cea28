"""Signing in and out, who one is, and one's own password."""

from flask import Response, current_app, jsonify, request
from flask_babel import get_locale
from pydantic import BaseModel, SecretStr

from dashboard import gate
from dashboard.api.v1.endpoint import Body, Endpoint
from dashboard.deps import Deps
from dashboard.domain.people import ANYONE, CAPABILITIES, SIGNED_IN, Person
from dashboard.domain.sessions import LIFETIMES
from dashboard.limits import limiter
from dashboard.services.accounts import change_password
from dashboard.services.people import find_person, sign_in, sign_out

_KIOSK_COOKIE = 400 * 86_400  # seconds; browsers keep no cookie longer
_TRIES = limiter.shared_limit("120 per minute", scope="sign-in")


class SignIn(Body):
    """`program`: answer with the token in the body instead of a cookie. `field`: a phone that works offline."""

    login: str
    password: SecretStr
    program: bool = False
    field: bool = False


class NewPassword(Body):
    old: SecretStr
    new: SecretStr


class GrantOut(BaseModel):
    role: str
    region: str
    unit: str | None


class Me(BaseModel):
    """`language`: the one this client is answered in, zh or en."""

    id: str
    name: str
    grants: list[GrantOut]
    capabilities: list[str]
    language: str
    token: str | None = None


@_TRIES
def create(deps: Deps, _person: Person, *, body: SignIn):
    kind = "api" if body.program else "field" if body.field else "browser"
    token = sign_in(deps, body.login, body.password.get_secret_value(), kind=kind, remote=request.remote_addr or "")
    me = _me(find_person(deps, token))
    if body.program:
        return me.model_copy(update={"token": token}), 201
    answer = jsonify(me.model_dump(mode="json"))
    answer.status_code = 201
    set_cookie(answer, token, kind)
    return answer


def delete(deps: Deps, _person: Person):
    sign_out(deps, gate.token())
    answer = jsonify({})
    answer.delete_cookie(gate.COOKIE)
    return answer


def show(_deps: Deps, person: Person) -> Me:
    return _me(person)


@_TRIES
def set_password(deps: Deps, person: Person, *, body: NewPassword):
    change_password(deps, person, body.old.get_secret_value(), body.new.get_secret_value())
    return {}


def kind_for(target: str) -> str:
    """Which kind of session a browser gets that wants to go to `target`: phones that work offline keep theirs longer."""
    return "field" if target.startswith("/field/") else "browser"


def set_cookie(answer: Response, token: str, kind: str = "browser") -> None:
    age = _KIOSK_COOKIE if kind == "kiosk" else int(LIFETIMES[kind].most.total_seconds())
    answer.set_cookie(gate.COOKIE, token, max_age=age, httponly=True, samesite="Lax",
                      secure=current_app.extensions["settings"].secure_cookies)  # fmt: skip


def _me(person: Person) -> Me:
    grants = [GrantOut(role=g.role, region=g.region, unit=g.unit) for g in person.grants]
    can = sorted(key for key in CAPABILITIES if person.can(key))
    return Me(id=str(person.id), name=person.name, grants=grants, capabilities=can, language=str(get_locale()))


ENDPOINTS = (
    Endpoint("sign_in", "POST", "/session", ANYONE, create, "Sign in", body=SignIn, answer=Me, status=201),
    Endpoint("sign_out", "DELETE", "/session", SIGNED_IN, delete, "Sign out"),
    Endpoint("me", "GET", "/me", SIGNED_IN, show, "Who I am and what I may do", answer=Me),
    Endpoint("own_password", "POST", "/me/password", SIGNED_IN, set_password,
             "Change my password; my other sessions end", body=NewPassword),
)  # fmt: skip
