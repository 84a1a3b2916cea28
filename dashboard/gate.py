"""The one gate: every route of the server names the capability it needs, and passes here before anything else.

What is not granted is not found. A route without a row is closed. Dash's own routes are gated by surface; what a
callback reads or does is then limited by the person's scope (`scope`) and by `require`.
"""

from flask import Flask, abort, current_app, g, redirect, request

from dashboard.domain.people import ANYONE, GUEST, NOBODY, SIGNED_IN, Grant, Person
from dashboard.domain.scope import Scope
from dashboard.services.people import find_person
from dashboard.services.places_of import root_code

COOKIE = "ypld"
ROUTES: dict[str, str] = {  # endpoint: capability; blueprints add their own with `grant`
    "home": ANYONE, "shared_assets": ANYONE,
    "wall_api.get_cases": "wall.export", "wall_api.get_version": ANYONE, "wall_api.get_health": ANYONE,
    "wall_api.set_language": ANYONE,
}  # fmt: skip
SURFACES = {"/wall/": "wall.view", "/desk/": "desk.view"}  # of Dash's routes and of whatever else lies under them
PAGES = ("text/html",)


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


def capability_of(endpoint: str | None, path: str) -> str | None:
    """What a route needs; None: closed to everybody."""
    if endpoint in ROUTES:
        return ROUTES[endpoint]
    return next((capability for prefix, capability in SURFACES.items() if path.startswith(prefix)), None)


def _find() -> Person | None:
    deps, settings = current_app.extensions["deps"], current_app.extensions["settings"]
    scheme, _, bearer = request.headers.get("Authorization", "").partition(" ")
    token = bearer if scheme == "Bearer" else request.cookies.get(COOKIE, "")
    found = find_person(deps, token) if token else None
    if found is None and settings.wall_open:
        return Person(None, GUEST, (Grant(GUEST, root_code(deps)),))
    return found


def _check():
    needed = capability_of(request.endpoint, request.path)
    if needed is None:
        abort(404)
    if needed == ANYONE or person().can(needed):
        return None
    if person().id is None and request.accept_mimetypes.best in PAGES:
        return redirect(f"/sign-in?next={request.full_path.rstrip('?')}")
    if person().id is None:
        return {"error": "sign_in", "message": "sign in first"}, 401
    abort(404 if needed != SIGNED_IN else 401)
