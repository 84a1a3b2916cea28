"""What counts against my grid in the newest published edition, and why. Unchanged, it is not sent again."""

from dataclasses import asdict
from hashlib import sha256
from json import dumps

from flask import make_response, request
from pydantic_core import to_jsonable_python

from dashboard.api.v1.endpoint import Endpoint
from dashboard.deps import Deps
from dashboard.domain.people import Person
from dashboard.services.counts_against import counts_against
from dashboard.views.against import CountsAgainst


def show(deps: Deps, person: Person):
    found = to_jsonable_python(asdict(counts_against(deps, person)))
    answer = make_response(found)
    answer.set_etag(sha256(dumps(found, sort_keys=True).encode()).hexdigest()[:32])
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.headers["Vary"] = "Cookie, Authorization"
    return answer.make_conditional(request)


ENDPOINTS = (
    Endpoint("counts_against", "GET", "/grid/against", "field.view", show,
             "What counts against my grid in the newest edition, and why; ETag and 304", answer=CountsAgainst, errors=(401,)),
)  # fmt: skip
