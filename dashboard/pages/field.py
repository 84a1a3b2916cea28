"""The field end: its shell, its assets under a name made of their content, its manifest and its service worker.

None of it holds data: the scripts ask /api/v1, and what they get lies on the phone. So all of it is open to anyone,
and opens without a network. Leaves out compressing, which the server does for every answer.
"""

import json
import re
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from flask import Blueprint, Response, abort, current_app, render_template, request
from flask_babel import force_locale, get_locale
from werkzeug.security import safe_join

from dashboard import gate
from dashboard.domain.clocks import WorkHours
from dashboard.domain.people import ANYONE
from dashboard.services import words
from layouts.field.table import table

ROOT = Path(__file__).parents[2]
ASSETS = ROOT / "assets" / "field"
TOKENS = ROOT / "assets" / "shared" / "00-tokens.css"
# what the shell is made of beside the assets: a change of any of them is a new version
SHELL = (TOKENS, *(ROOT / "layouts" / "templates").glob("field*"), *(ROOT / "layouts" / "field").glob("*.py"),
         ROOT / "dashboard" / "services" / "words.py", ROOT / "dashboard" / "domain" / "workflow.py",
         *(ROOT / "data" / "catalog").glob("*.toml"),
         ROOT / "dashboard" / "translations" / "en" / "LC_MESSAGES" / "messages.po")  # fmt: skip
KEPT = ("css", "js", "views", "icons", "fonts")
TYPES = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".woff2": "font/woff2",
}
LANGUAGES = ("zh", "en")
FOREVER = "public, max-age=31536000, immutable"
ALWAYS_ASK = "no-cache"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; connect-src 'self'; "
    "img-src 'self' blob: data:; manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)
blueprint = Blueprint("field", __name__, url_prefix="/field")


@blueprint.get("/")
@blueprint.get("/pair")
def shell():
    """The page in the reader's language, or in that of `?lang=`: the phone keeps one of each."""
    asked = request.args.get("lang", "")
    if asked in LANGUAGES:
        with force_locale(asked):
            return _kept_for_asking(_shell())
    return _kept_for_asking(_shell())


@blueprint.get("/a/<version>/<path:name>")
def asset(version: str, name: str):
    """A file of assets/field under the version of all of them; "field.css" is the tokens with every sheet after them."""
    if name == "field.css":
        answer = Response(_sheet(), mimetype="text/css")
    else:
        path = safe_join(str(ASSETS), name)
        if path is None or name.split("/")[0] not in KEPT or not Path(path).is_file():
            abort(404)
        answer = Response(Path(path).read_bytes(), mimetype=TYPES.get(Path(path).suffix, "text/plain"))
    answer.headers["Cache-Control"] = FOREVER if version == _version() else ALWAYS_ASK
    return answer


@blueprint.get("/manifest.webmanifest")
def manifest():
    text = render_template("field_manifest.json", version=_version(), colours=_colours(), words=table()["words"])
    return _kept_for_asking(Response(text, mimetype="application/manifest+json"))


@blueprint.get("/sw.js")
def worker():
    """The service worker with the list of what it keeps. `?plain`: for browsers whose workers cannot import modules,
    which then send the queue only while a page is open."""
    version = _version()
    head = (
        ""
        if "plain" in request.args
        else f'import {{ drain }} from "/field/a/{version}/js/sender.js";\nself.drain = drain;\n'
    )
    facts = {"version": version, "shells": {key: f"/field/?lang={key}" for key in LANGUAGES}, "files": _files(version)}
    text = f"{head}self.shell = {json.dumps(facts)};\n{(ASSETS / 'sw.js').read_text(encoding='utf-8')}"
    return _kept_for_asking(Response(text, mimetype="text/javascript"))


def _shell() -> str:
    settings = current_app.extensions["settings"]
    language = str(get_locale())
    hours = current_app.extensions["deps"].catalog.hours
    facts = {"version": _version(), "lang": language, "demo": settings.demo, "labels": _labels(language), **table(),
             "work_day": hours.minutes_a_day, "hours": _idle(hours)}  # fmt: skip
    modules = [name for name in _files(_version()) if name.endswith(".js")]
    return render_template("field.html", facts=facts, version=_version(), modules=modules, lang=words.lang(),
                           demo=settings.demo, colours=_colours())  # fmt: skip


def _idle(hours: WorkHours) -> dict[str, list[tuple[str, str]]]:
    """From when until when a clock of work time stands on a work day, by why."""
    opens, closes = ([f"{time:%H:%M}" for time in times] for times in zip(*hours.spans, strict=True))
    return {"night": [(closes[-1], opens[0])], "lunch": list(zip(closes, opens[1:], strict=False))}


def _labels(language: str) -> dict[str, dict[str, str]]:
    """Words of the domain's keys, for what is shown without a server."""
    tables = {"action": words.ACTIONS, "reason": words.REASONS, "limit": words.EXTENSIONS, "level": words.SUPERVISION,
              "state": words.STATES, "severity": words.SEVERITIES, "role": words.ROLES}  # fmt: skip
    rules = current_app.extensions["deps"].catalog.clocks
    return {"rule": {key: rule.name_en if language == "en" else rule.name for key, rule in rules.items()},
            **{name: {key: str(text) for key, text in kept.items()} for name, kept in tables.items()}}  # fmt: skip


def _kept_for_asking(answer: str | Response) -> Response:
    """With an ETag, so that asking again costs a few bytes."""
    made = current_app.make_response(answer)
    made.headers["Cache-Control"] = ALWAYS_ASK
    made.headers["Content-Security-Policy"] = POLICY
    made.headers["X-Content-Type-Options"] = "nosniff"
    made.add_etag()
    return made.make_conditional(request)


def _sheet() -> str:
    sheets = [TOKENS, *sorted((ASSETS / "css").glob("*.css"))]
    return "\n".join(sheet.read_text(encoding="utf-8") for sheet in sheets)


def _files(version: str) -> list[str]:
    """What the phone keeps for opening without a network."""
    base = f"/field/a/{version}"
    scripts = sorted(
        path.relative_to(ASSETS).as_posix() for part in ("js", "views") for path in (ASSETS / part).glob("*.js")
    )
    fonts = sorted(path.relative_to(ASSETS).as_posix() for path in (ASSETS / "fonts").glob("*.woff2"))
    return [f"{base}/field.css", *(f"{base}/{name}" for name in (*scripts, *fonts))]


def _version() -> str:
    """Hash of the content of everything; looked up again only when a file was changed."""
    paths = (*SHELL, *(path for path in sorted(ASSETS.rglob("*")) if path.is_file()))
    return _hash(tuple((path, path.stat().st_mtime_ns) for path in paths))


@lru_cache(maxsize=4)
def _hash(stamps: tuple[tuple[Path, int], ...]) -> str:
    whole = sha256()
    for path, _ in stamps:
        whole.update(path.name.encode() + path.read_bytes())
    return whole.hexdigest()[:12]


def _colours() -> dict[str, str]:
    """Ground and accent of the light tokens: a browser's own frame cannot read variables."""
    light = TOKENS.read_text(encoding="utf-8").split(".light{")[1]
    return {name: re.search(rf"--{name}:(#\w+)", light)[1] for name in ("ground", "panel", "accent")}


for _name in ("shell", "asset", "manifest", "worker"):
    gate.grant(f"field.{_name}", ANYONE)
