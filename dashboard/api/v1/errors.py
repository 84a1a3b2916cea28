"""Errors of the API as JSON: always {"error": code, "message": text}, and what else helps."""

from datetime import datetime

from flask import Blueprint, jsonify, request
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from dashboard.api.v1.endpoint import UnsupportedMedia
from dashboard.services import words
from dashboard.services.casework import Conflict

_WORDS = {401: "sign_in", 404: "not_found", 405: "method", 413: "too_large", 415: "media_type", 429: "too_many"}


def install(blueprint: Blueprint) -> None:
    blueprint.register_error_handler(Conflict, _conflict)
    blueprint.register_error_handler(UnsupportedMedia, _unsupported)
    blueprint.register_error_handler(RequestEntityTooLarge, _too_large)
    blueprint.app_errorhandler(HTTPException)(_plain)


def _conflict(error: Conflict):
    """Who moved the case in between, and how it stands."""
    standing = dict(getattr(error, "standing", None) or {})
    if standing:
        standing["state_label"] = str(words.STATES.get(standing.get("state"), ""))
        standing["action_label"] = str(words.ACTIONS.get(standing.get("action"), ""))
        at = standing.get("at")
        standing["at"] = at.isoformat() if isinstance(at, datetime) else at
    return jsonify(error=error.code, message=str(error), standing=standing or None), 409


def _unsupported(error: UnsupportedMedia):
    return jsonify(error=error.code, message=str(error)), 415


def _too_large(_error: RequestEntityTooLarge):
    most = request.max_content_length
    return jsonify(error="too_large", message=f"the body is too large; allowed: at most {most} bytes"), 413


def _plain(error: HTTPException):
    """Errors of the server itself: JSON below /api/, else as they are."""
    if not request.path.startswith("/api/") or error.code is None or error.code < 400:
        return error
    code = _WORDS.get(error.code, error.name.lower().replace(" ", "_"))
    answer = jsonify(error=code, message=error.description or error.name)
    answer.status_code = error.code
    for name, value in error.get_headers():
        if name in ("Allow", "Retry-After"):
            answer.headers[name] = value
    return answer
