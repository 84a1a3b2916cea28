"""What the wall asks for beside its callbacks: shapes, the data version, exports, the language switch."""

from datetime import UTC

from flask import Blueprint, Response, current_app, jsonify, redirect, request

from dashboard import gate
from dashboard.domain.errors import NotFound, UserError
from dashboard.domain.state import parse_state
from dashboard.services import exports
from dashboard.services.status import read_status

LANGUAGES = ("zh", "en")
blueprint = Blueprint("wall_api", __name__)


@blueprint.get("/wall/cases.csv")
def get_cases():
    """The cases behind a number as CSV (UTF-8 with BOM, so that spreadsheets read it)."""
    state = parse_state(request.query_string.decode())
    lines = exports.cases_csv(_deps(), gate.person(), state, request.remote_addr or "")
    answer = Response(lines, mimetype="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="cases-{state.list or "all"}.csv"'
    return answer


@blueprint.get("/live/version")
def get_version():
    status = read_status(_deps())
    return jsonify(version=status.version, as_of=status.as_of.astimezone(UTC).isoformat(timespec="seconds"))


@blueprint.get("/healthz")
def get_health():
    status = read_status(_deps())
    return jsonify(status="ok", version=status.version, regions=status.has_regions)


@blueprint.get("/lang/<language>")
def set_language(language: str):
    """Remember the reader's language and go back. Only paths of this site are gone back to."""
    if language not in LANGUAGES:
        raise NotFound("language", "unknown language", got=language, allowed=LANGUAGES)
    target = request.args.get("next", "/wall/")
    safe = target.startswith("/") and not target.startswith(("//", "/\\"))
    answer = redirect(target if safe else "/wall/")
    answer.set_cookie("lang", language, max_age=31_536_000, samesite="Lax", httponly=True)
    return answer


@blueprint.app_errorhandler(UserError)
def answer_error(error: UserError):
    """Bad input with what was wrong, got, allowed and what to do."""
    status = 404 if isinstance(error, NotFound) else 400
    return jsonify(error=error.code, message=str(error)), status


def _deps():
    return current_app.extensions["deps"]
