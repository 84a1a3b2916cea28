"""Errors that only the API has, as JSON: {"error": code, "message": text}, and what else helps. See faults for the rest."""

from datetime import datetime

from flask import Blueprint, jsonify, request
from werkzeug.exceptions import RequestEntityTooLarge

from dashboard.api.v1.endpoint import UnsupportedMedia
from dashboard.services import words
from dashboard.services.casework import Conflict


def install(blueprint: Blueprint) -> None:
    blueprint.register_error_handler(Conflict, _conflict)
    blueprint.register_error_handler(UnsupportedMedia, _unsupported)
    blueprint.register_error_handler(RequestEntityTooLarge, _too_large)


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
