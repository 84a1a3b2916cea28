"""What every answer tells the browser: which scripts may run, who may frame it, and that what was gated is not kept.

Answers for headers only. A route that knows better sets its own; nothing is overwritten.
"""

from collections.abc import Iterable, Mapping

from flask import Flask, Response, request

from dashboard.domain.people import ANYONE
from dashboard.gate import capability_of
from dashboard.services.words import lang

_PAGE = {
    "default-src": "'none'", "script-src": "'self'", "style-src": "'self'", "img-src": "'self' data: blob:",
    "font-src": "'self'", "connect-src": "'self'", "worker-src": "'self'", "manifest-src": "'self'",
    "base-uri": "'none'", "form-action": "'self'", "frame-ancestors": "'none'",
}  # fmt: skip
_CODE = ("/_dash-component-suites/", "/assets/", "/_favicon.ico")  # the same for everybody
_SAYS = "/api/"  # its programs keep what they read, and ask again in another language
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), geolocation=(self), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
PAGE = "; ".join(f"{name} {value}" for name, value in _PAGE.items())


def dash_policy(hashes: Iterable[str]) -> str:
    """For a Dash surface: its inline start script by hash; its tables write their widths into style elements."""
    scripts = " ".join(("'self'", *hashes))
    return "; ".join(f"{name} {value}" for name, value in (
        _PAGE | {"script-src": scripts, "style-src": "'self' 'unsafe-inline'"}).items())  # fmt: skip


def install(server: Flask, surfaces: Mapping[str, str]) -> None:
    """`surfaces`: policy by path prefix; all other answers have PAGE."""

    def add(answer: Response) -> Response:
        policy = next((policy for prefix, policy in surfaces.items() if request.path.startswith(prefix)), PAGE)
        for name, value in (ALWAYS | {"Content-Security-Policy": policy}).items():
            answer.headers.setdefault(name, value)
        if request.path.startswith(_SAYS):
            answer.headers.setdefault("Content-Language", lang())
        if request.is_secure:
            answer.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
        return _unkept(answer)

    server.after_request(add)


def _unkept(answer: Response) -> Response:
    """What was gated is for this session alone: no cache answers with it after the session ended."""
    open_to_all = capability_of(request.endpoint, request.path) in (ANYONE, None)
    if open_to_all or any(part in request.path for part in _CODE):
        return answer
    if "Cache-Control" in answer.headers:
        answer.cache_control.private = True
        answer.vary.add("Cookie")
        answer.vary.add("Authorization")
    else:
        answer.cache_control.no_store = True
    return answer
