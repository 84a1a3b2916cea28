"""Signing in and out in a browser, and walls that sign themselves in with a device token."""

from urllib.parse import urlencode

from flask import Blueprint, abort, current_app, redirect, render_template, request
from flask_babel import get_locale
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from dashboard import gate
from dashboard.api.v1.session import kind_for, set_cookie
from dashboard.domain.errors import UserError
from dashboard.domain.people import ANYONE, Person
from dashboard.limits import limiter
from dashboard.services.people import Locked, find_person, sign_in, sign_out
from dashboard.services.words import lang

blueprint = Blueprint("sign_in", __name__)
HOMES = (  # what opens for whom, the first that fits
    ("administrator", "/desk/"), ("dispatcher", "/desk/"), ("supervisor", "/desk/"), ("handler", "/desk/"),
    ("verifier", "/desk/"), ("grid_worker", "/field/"), ("auditor", "/desk/"),
)  # fmt: skip


@blueprint.get("/sign-in")
def show():
    return _page(_target(request.args.get("next")))


@blueprint.post("/sign-in")
@limiter.limit("120 per minute")
def enter():
    """Sign in and go on to where one wanted to go, or to one's own surface where that is not granted."""
    target, deps = _target(request.form.get("next")), current_app.extensions["deps"]
    login, kind = request.form.get("login", ""), kind_for(_target(request.form.get("next")))
    try:
        token = sign_in(deps, login, request.form.get("password", ""), kind=kind, remote=request.remote_addr or "")
    except UserError as error:
        return _page(target, login, _fault(error)), 400
    person = find_person(deps, token)
    answer = redirect(target if target != "/" and _may_open(person, target) else home_of(person))
    set_cookie(answer, token, kind)
    return answer


@blueprint.post("/sign-out")
def leave():
    sign_out(current_app.extensions["deps"], request.cookies.get(gate.COOKIE, ""))
    answer = redirect("/sign-in")
    answer.delete_cookie(gate.COOKIE)
    answer.headers["Clear-Site-Data"] = '"cache"'
    return answer


@blueprint.get("/kiosk/<token>")
@limiter.limit("120 per minute")
def kiosk(token: str):
    """Keep a wall's device token in its cookie and open the wall, so that the token leaves the address bar."""
    return enter_kiosk(token)


@blueprint.before_app_request
def take_device() -> Response | None:
    """`/wall/?device=TOKEN` as `/kiosk/TOKEN`; the rest of the query stays."""
    if request.path == "/wall/" and request.method == "GET" and "device" in request.args:
        rest = [pair for pair in request.args.items(multi=True) if pair[0] != "device"]
        return enter_kiosk(request.args["device"], urlencode(rest))
    return None


def enter_kiosk(token: str, query: str = "") -> Response:
    """Not found for a token that is none, was revoked, or speaks for a person; nor where another site leads here."""
    person = find_person(current_app.extensions["deps"], token)
    if person is None or person.id is not None or gate.is_foreign():
        abort(404)
    answer = redirect("/wall/" + (f"?{query}" if query else ""))
    set_cookie(answer, token, "kiosk")
    return answer


def home_of(person: Person) -> str:
    """The surface that `person` starts with."""
    roles = {grant.role for grant in person.grants}
    return next((home for role, home in HOMES if role in roles), "/wall/")


def _may_open(person: Person, target: str) -> bool:
    path = target.partition("?")[0]
    needed = next((capability for prefix, capability in gate.SURFACES.items() if path.startswith(prefix)), None)
    return needed is None or person.can(needed)


def _page(target: str, login: str = "", fault: str = "") -> str:
    language = str(get_locale())
    other = "en" if language == "zh" else "zh"
    return render_template("sign_in.html", next=target, login=login, fault=fault, lang=lang(), other=other,
                           here="/sign-in?" + urlencode({"next": target}),
                           demo=current_app.extensions["settings"].demo)  # fmt: skip


def _fault(error: UserError) -> str:
    """The words for a refusal; they never tell whether there is such an account."""
    if isinstance(error, Locked):
        return _("密码错误次数过多，请在 %(minutes)s 分钟后再试。", minutes=error.minutes)
    return _("账号或密码不对，请再试一次。")


def _target(given: str | None) -> str:
    """A path of this site; nothing else is gone to."""
    safe = given and given.startswith("/") and not given.startswith(("//", "/\\")) and given.isprintable()
    return given if safe else "/"


for _name in ("show", "enter", "leave", "kiosk"):
    gate.grant(f"sign_in.{_name}", ANYONE)
