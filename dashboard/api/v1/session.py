"""Signing in and out, and who one is."""

from flask import current_app, jsonify, request
from pydantic import BaseModel, SecretStr

from dashboard import gate
from dashboard.api.v1.endpoint import Body, Endpoint
from dashboard.deps import Deps
from dashboard.domain.people import ANYONE, CAPABILITIES, SIGNED_IN, Person
from dashboard.services.people import SESSION_TIME, find_person, sign_in, sign_out


class SignIn(Body):
    login: str
    password: SecretStr
    program: bool = False  # answer with the token in the body instead of a cookie


class GrantOut(BaseModel):
    role: str
    region: str
    unit: str | None


class Me(BaseModel):
    id: str
    name: str
    grants: list[GrantOut]
    capabilities: list[str]
    token: str | None = None


def create(deps: Deps, _person: Person, *, body: SignIn):
    token = sign_in(deps, body.login, body.password.get_secret_value(), kind="api" if body.program else "browser")
    me = _me(find_person(deps, token))
    if body.program:
        return me.model_copy(update={"token": token}), 201
    answer = jsonify(me.model_dump(mode="json"))
    answer.status_code = 201
    set_cookie(answer, token)
    return answer


def delete(deps: Deps, _person: Person):
    sign_out(deps, request.cookies.get(gate.COOKIE, "") or request.headers.get("Authorization", "")[7:])
    answer = jsonify({})
    answer.delete_cookie(gate.COOKIE)
    return answer


def show(_deps: Deps, person: Person) -> Me:
    return _me(person)


def set_cookie(answer, token: str) -> None:
    answer.set_cookie(gate.COOKIE, token, max_age=int(SESSION_TIME.total_seconds()), httponly=True, samesite="Lax",
                      secure=current_app.extensions["settings"].secure_cookies)  # fmt: skip


def _me(person: Person) -> Me:
    grants = [GrantOut(role=g.role, region=g.region, unit=g.unit) for g in person.grants]
    can = sorted(key for key in CAPABILITIES if person.can(key))
    return Me(id=str(person.id), name=person.name, grants=grants, capabilities=can)


ENDPOINTS = (
    Endpoint("sign_in", "POST", "/session", ANYONE, create, "Sign in", body=SignIn, answer=Me, status=201),
    Endpoint("sign_out", "DELETE", "/session", SIGNED_IN, delete, "Sign out"),
    Endpoint("me", "GET", "/me", SIGNED_IN, show, "Who I am and what I may do", answer=Me),
)
