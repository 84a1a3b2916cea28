"""The inbox: what waits for me, what became of my reports, how my grids stand today. Unchanged, it is not sent again."""

from dataclasses import asdict
from hashlib import sha256
from json import dumps

from flask import make_response, request
from pydantic_core import to_jsonable_python

from dashboard.api.v1.endpoint import Endpoint
from dashboard.deps import Deps
from dashboard.domain.people import SIGNED_IN, Person
from dashboard.services.inbox import inbox
from dashboard.views.inbox import Inbox

_PASSING = ("used_minutes", "left_minutes", "skipped")  # of a clock: they change by themselves, and a device can tell


def show(deps: Deps, person: Person):
    full = to_jsonable_python(asdict(inbox(deps, person)))
    answer = make_response(full)
    answer.set_etag(_tag(full))
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.headers["Vary"] = "Cookie, Authorization"
    return answer.make_conditional(request)


def _tag(full: dict) -> str:
    """The same for two answers that differ by nothing but the passing of time."""
    lasting = [{**case, "clock": case["clock"] and {k: v for k, v in case["clock"].items() if k not in _PASSING}}
               for case in full["cases"]]  # fmt: skip
    text = dumps({**full, "at": None, "cases": lasting}, sort_keys=True)
    return sha256(text.encode()).hexdigest()[:32]


ENDPOINTS = (
    Endpoint("inbox", "GET", "/inbox", SIGNED_IN, show, "What waits for me, the first due first; ETag and 304",
             answer=Inbox, errors=(401,)),
)  # fmt: skip
