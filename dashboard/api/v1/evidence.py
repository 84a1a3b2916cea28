"""Evidence: send a picture under the SHA-256 of its bytes, ask whether it has arrived, look at it."""

from typing import Literal

from flask import make_response, request

from dashboard.api.v1.endpoint import Body, Endpoint
from dashboard.deps import Deps
from dashboard.domain.people import SIGNED_IN, Person
from dashboard.evidence.pictures import BYTES, MEDIA_TYPE
from dashboard.services.evidence import Kept, find_kept, keep, read_file

TYPES = ("image/jpeg", "image/png", "image/webp", "application/octet-stream")


class SizeQuery(Body):
    size: Literal["full", "thumb"] = "full"


def put(deps: Deps, person: Person, *, sha256: str, data: bytes) -> tuple[Kept, int]:
    kept = keep(deps, person, sha256.lower(), data)
    return kept, 200 if kept.repeated else 201


def show(deps: Deps, person: Person, *, sha256: str, query: SizeQuery):
    """Flask answers HEAD by the GET route: whoever knows the original's hash learns that it has arrived."""
    if request.method == "HEAD" and find_kept(deps, sha256.lower()):
        return make_response(b"", 200)
    answer = make_response(read_file(deps, person, sha256.lower(), query.size))
    answer.content_type = MEDIA_TYPE
    answer.headers["Cache-Control"] = "private, max-age=31536000, immutable"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Content-Disposition"] = f'inline; filename="{sha256[:12]}.jpg"'
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


_ONE = "/evidence/<sha256>"
ENDPOINTS = (
    Endpoint("put_evidence", "PUT", _ONE, "evidence.send", put, "Send a picture under the SHA-256 of its bytes",
             answer=Kept, status=201, raw=TYPES, most=BYTES, errors=(400, 401, 404, 413, 415)),
    Endpoint("get_evidence", "GET", _ONE, SIGNED_IN, show, "A picture that one of my cases shows, or that I sent",
             query=SizeQuery, gives=MEDIA_TYPE),
)  # fmt: skip
