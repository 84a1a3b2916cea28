"""Signing in and out in a browser."""

from flask import Blueprint, current_app, redirect, render_template, request

from dashboard import gate
from dashboard.api.v1.session import set_cookie
from dashboard.domain.errors import UserError
from dashboard.domain.people import ANYONE
from dashboard.services.people import sign_in, sign_out

blueprint = Blueprint("sign_in", __name__)


@blueprint.get("/sign-in")
def show():
    return render_template("sign_in.html", next=_target(request.args.get("next")), fault="")


@blueprint.post("/sign-in")
def enter():
    target = _target(request.form.get("next"))
    try:
        token = sign_in(current_app.extensions["deps"], request.form.get("login", ""), request.form.get("password", ""))
    except UserError as error:
        return render_template("sign_in.html", next=target, fault=str(error)), 400
    answer = redirect(target)
    set_cookie(answer, token)
    return answer


@blueprint.post("/sign-out")
def leave():
    sign_out(current_app.extensions["deps"], request.cookies.get(gate.COOKIE, ""))
    answer = redirect("/sign-in")
    answer.delete_cookie(gate.COOKIE)
    return answer


def _target(given: str | None) -> str:
    """A path of this site; nothing else is gone to."""
    safe = given and given.startswith("/") and not given.startswith(("//", "/\\"))
    return given if safe else "/"


for _name in ("show", "enter", "leave"):
    gate.grant(f"sign_in.{_name}", ANYONE)
