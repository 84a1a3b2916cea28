"""The one gate: every route of the server names the capability it needs, and passes here before anything else.

What is not granted is not found. A route without a row is closed. Dash's own routes are gated by surface; what a
callback reads or does is then limited by the person's scope (`scope`) and by `require`.
"""

from urllib.parse import urlencode, urlsplit

from flask import Flask, abort, current_app, g, redirect, request

from dashboard.domain.errors import NotFound
from dashboard.domain.people import ANYONE, GUEST, NOBODY, Grant, Person
from dashboard.domain.scope import Scope
from dashboard.services.people import find_person
from dashboard.services.places_of import open_root

COOKIE = "ypld"
ROUTES: dict[str, str] = {  # endpoint: capability; blueprints add their own with `grant`
    "home": ANYONE, "shared_assets": ANYONE,
    "wall_api.get_cases": "wall.export", "wall_api.get_version": ANYONE, "wall_api.get_health": ANYONE,
    "wall_api.set_language": ANYONE, "desk_csv": "case.export", "desk_xlsx": "case.export",
    "ranking_csv": "evaluation.view", "ranking_xlsx": "evaluation.view",
    "verdicts_csv": "problem.read", "verdicts_xlsx": "problem.read",
}  # fmt: skip
SURFACES = {"/wall/": "wall.view", "/desk/": "desk.view"}  # of Dash's routes and of whatever else lies under them
PROGRAMS = ("/api/", "/live")  # paths that are never led to a page
SAFE = ("GET", "HEAD", "OPTIONS")
LARGE = {("PUT", "/api/v1/evidence/"): 12 << 20, ("POST", "/public/"): 12 << 20,
         ("POST", "/api/v1/public/reports"): 17 << 20}  # fmt: skip  # bytes by method and path; else 1 MB


def grant(endpoint: str, capability: str) -> None:
    """Add a row for a route; called where the route is made, at set-up only."""
    ROUTES[endpoint] = capability


def install(server: Flask) -> None:
    server.before_request(_check)


def person() -> Person:
    """Who asks. Made once a request."""
    if "person" not in g:
        g.person = _find() or NOBODY
    return g.person


def scope(capability: str) -> Scope:
    return person().scope(capability)


def require(capability: str) -> Person:
    """Who asks, if they may; NotFound otherwise, as if there were nothing."""
    if not person().can(capability):
        raise NotFound("not_found", "there is nothing here")
    return person()


def capability_of(endpoint: str | None, path: str) -> str | None:
    """What a route needs; None: closed to everybody."""
    if endpoint in ROUTES:
        return ROUTES[endpoint]
    return next((capability for prefix, capability in SURFACES.items() if path.startswith(prefix)), None)


def bearer() -> str:
    """The token in the header that programs send; "" without one."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def token() -> str:
    """What speaks for the session: a program's header, or the browser's cookie."""
    return bearer() or request.cookies.get(COOKIE, "")


def is_foreign() -> bool:
    """Does the browser say that this request was made by another site?

    A browser sends Sec-Fetch-Site, an older one Origin. Without either it is a program, which no site can trick into
    sending a cookie. A request with a token in its header was made by whoever holds the token.
    """
    if bearer():
        return False
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site not in ("same-origin", "none")
    origin = request.headers.get("Origin")
    return origin is not None and urlsplit(origin).netloc != request.host


def _find() -> Person | None:
    deps, settings = current_app.extensions["deps"], current_app.extensions["settings"]
    given = token()
    found = find_person(deps, given) if given else None
    if found is None and settings.wall_open and not bearer():
        root = open_root(deps, real=settings.wall_open_real)
        return Person(None, GUEST, (Grant(GUEST, root),)) if root else None
    return found


def _check():
    request.max_content_length = _most_bytes()
    needed = capability_of(request.endpoint, request.path)
    if needed is None:
        abort(404)
    if request.method not in SAFE and is_foreign():
        abort(403)
    if needed == ANYONE or person().can(needed):
        return None
    if person().id is not None:
        abort(404)
    if wants_page() and request.method in SAFE:
        return redirect("/sign-in?" + urlencode({"next": request.full_path.rstrip("?")}))
    abort(401)


def wants_page() -> bool:
    """Would the asker rather have a page than JSON? Whoever has no preference is a program."""
    accepted = request.accept_mimetypes
    return accepted["text/html"] > accepted["application/json"] and not request.path.startswith(PROGRAMS)


def _most_bytes() -> int:
    for (method, prefix), most in LARGE.items():
        if request.method == method and request.path.startswith(prefix):
            return most
    return 1 << 20
