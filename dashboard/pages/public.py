"""The public end: report without an account, follow a case by number and secret, rate it, say that it is not solved.

Server-rendered, whole without scripts. Nothing of it may be kept by a browser or shown inside another page.
"""

from pathlib import Path

from flask import Blueprint, Response, current_app, redirect, render_template, request, send_from_directory, url_for
from flask_limiter import RateLimitExceeded
from werkzeug.exceptions import HTTPException

from dashboard import gate
from dashboard.deps import Deps
from dashboard.domain.errors import NotFound, UserError
from dashboard.domain.people import ANYONE
from dashboard.domain.tickets import seal, unseal
from dashboard.domain.workflow import REOPEN_DAYS
from dashboard.limits import reporting, trying
from dashboard.pages.public_words import fault_words
from dashboard.services import following, public, spots, words

ASSETS = Path(__file__).parents[2] / "assets" / "public"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
POSITION = ("lon", "lat", "accuracy")
LONGEST = 13 << 20  # a photo of dashboard.evidence.pictures.BYTES and the words with it
blueprint = Blueprint("public", __name__, url_prefix="/public")


@blueprint.get("/")
def home():
    return _page("home")


@blueprint.get("/report")
def choose_kind():
    return _page("kind", kinds=public.kinds(_deps()))


@blueprint.get("/report/where")
def choose_place():
    """One step down the tree at a time, until the deepest level is answered: a code, or "" for "I do not know"."""
    kind, chosen = _kind(), {level: request.args.get(level, "") for level in spots.CHOSEN}
    found = spots.spot(_deps(), chosen)
    level, _called, _choices, code = found.levels[-1] if found.levels else ("", "", (), "")
    answered = code or not level or request.args.get(level) == ""
    if answered and found.place:
        return redirect(url_for("public.say", kind=kind.key, place=found.place), 303)
    fault = fault_words("place") if request.args.get("county") == "" else ""
    return _page("where", 400 if fault else 200, kind=kind, spot=found, fault=fault)


@blueprint.post("/report/where")
def guess_place():
    """The place nearest to the position that the reader's own button found."""
    kind = _kind()
    found = spots.spot(_deps(), spots.nearest(_deps(), _number("lon") or 0.0, _number("lat") or 0.0))
    return _page("where", kind=kind, spot=found, fault="", guessed=bool(found.place))


@blueprint.get("/report/what")
def say():
    kind, place = _kind(), request.args.get("place", "")
    ticket = seal(current_app.secret_key, public.new_ticket(_deps()))
    return _form(kind, place, ticket)


@blueprint.post("/report/what")
@reporting
def send():
    request.max_content_length = LONGEST
    text = request.form.get
    kind, place, ticket = _kind(), text("place", ""), text("ticket", "")
    try:
        if text("website"):
            raise UserError("trap", "a field that people do not see was filled in")
        found = unseal(current_app.secret_key, ticket, _deps().clock())
        receipt = public.report(_deps(), found, _told(kind.key, place))
    except UserError as error:
        fresh = (
            seal(current_app.secret_key, public.new_ticket(_deps())) if error.code in ("ticket", "stale") else ticket
        )
        return _form(kind, place, fresh, fault_words(error.code), 400)
    return _page("receipt", 200 if receipt.repeated else 201, receipt=receipt)


@blueprint.get("/track")
def ask():
    return _page("track", number=request.args.get("number", ""), fault="")


@blueprint.post("/track")
@trying
def track():
    return _followed(following.follow)


@blueprint.post("/rate")
@trying
def rate():
    rating = request.form.get("rating", "")
    if rating not in ("1", "2", "3", "4", "5"):
        return _followed(following.follow, fault=fault_words("rating"))
    return _followed(lambda *key: following.rate(*key, int(rating), request.form.get("note", "")), done="rated")


@blueprint.post("/reopen")
@trying
def reopen():
    return _followed(lambda *key: following.reopen(*key, request.form.get("note", "")), done="reopened")


@blueprint.get("/assets/<path:name>")
def asset(name: str):
    return send_from_directory(ASSETS, name)


@blueprint.errorhandler(NotFound)
@blueprint.errorhandler(UserError)
def refuse(error: UserError):
    return _page("refused", 404 if isinstance(error, NotFound) else 400, fault=fault_words(error.code))


@blueprint.errorhandler(RateLimitExceeded)
@blueprint.errorhandler(413)
def refuse_more(error: HTTPException):
    return _page("refused", error.code, fault=fault_words({413: "large"}.get(error.code, "often")))


@blueprint.after_request
def guard(answer: Response):
    answer.headers["Content-Security-Policy"] = POLICY
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Referrer-Policy"] = "same-origin"
    if request.endpoint != "public.asset":
        answer.headers["Cache-Control"] = "no-store"
    return answer


def _deps() -> Deps:
    return current_app.extensions["deps"]


def _page(name: str, status: int = 200, **given: object):
    """layouts/templates/public_<name>.html"""
    lang = words.lang()
    back = request.full_path if request.method == "GET" else "/public/"
    common = {"lang": lang, "demo": spots.synthetic(_deps()), "back": back.rstrip("?"), "version": _version()}
    return render_template(f"public_{name}.html", **common, **given), status


def _version() -> int:
    """Changes with the assets, so that browsers ask again."""
    return max(path.stat().st_mtime_ns for path in ASSETS.iterdir())


def _kind():
    found = next((one for one in public.kinds(_deps()) if one.key == request.values.get("kind")), None)
    if found is None:
        raise UserError("kind", "not something that is reported here", got=request.values.get("kind"))
    return found


def _form(kind, place: str, ticket: str, fault: str = "", status: int = 200):
    name = spots.place_name(_deps(), place)
    return _page("what", status, kind=kind, place=place, place_name=name, ticket=ticket, fault=fault,
                 most=public.TEXT_MOST, said=request.form)  # fmt: skip


def _told(kind: str, place: str) -> public.Told:
    text, photo = request.form.get, request.files.get("photo")
    return public.Told(
        kind, place, text("text", ""), text("address", ""), *(_number(name) for name in POSITION),
        text("name", ""), text("phone", ""), photo.read() if photo and photo.filename else None,
    )  # fmt: skip


def _number(name: str) -> float | None:
    text = request.form.get(name, "")
    try:
        return float(text) if text else None
    except ValueError:
        raise UserError("position", "not a number", got=text) from None


def _followed(ask, fault: str = "", done: str = ""):
    """The case with what was done to it; number and secret that do not fit get one answer, whatever is wrong."""
    number, secret = request.form.get("number", ""), request.form.get("secret", "")
    try:
        found = ask(_deps(), number, secret)
    except NotFound:
        return _page("track", 404, number=number, fault=fault_words("follow"))
    except UserError as error:
        found, fault, done = following.follow(_deps(), number, secret), fault_words(error.code), ""
    return _page("case", 400 if fault else 200, case=found, secret=secret, fault=fault, done=done, days=REOPEN_DAYS)


for _name in (
    "home",
    "choose_kind",
    "choose_place",
    "guess_place",
    "say",
    "send",
    "ask",
    "track",
    "rate",
    "reopen",
    "asset",
):
    gate.grant(f"public.{_name}", ANYONE)
