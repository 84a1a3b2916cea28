"""Puts the parts together. The only file that knows all of them."""

from functools import partial
from pathlib import Path

from flask import Flask, redirect, request, send_from_directory
from flask_babel import Babel
from flask_compress import Compress
from werkzeug.middleware.proxy_fix import ProxyFix

import callbacks.desk
import callbacks.wall
from dashboard import cli, faults, gate, headers, limits, pages
from dashboard.api import live as live_api
from dashboard.api import v1
from dashboard.api import wall as wall_api
from dashboard.cache import ReadCache
from dashboard.catalog import load_catalog
from dashboard.deps import Deps
from dashboard.evidence.store import FolderStore
from dashboard.live import Hub
from dashboard.services import schemes, words
from dashboard.settings import Settings
from dashboard.surface import SurfaceDash
from data.migrate import upgrade
from data.session import Database
from layouts.desk.layout import layout as desk_layout
from layouts.shared.page import index_string
from layouts.wall.layout import layout as wall_layout

ROOT = Path(__file__).parents[1]
ASSETS = ROOT / "assets"
DEFAULT_LANGUAGE = "zh"
_DAY = 86_400


def create_app(settings: Settings) -> Flask:
    """The server with its surfaces. Brings the database's schema up to date and enters the product's own schemes."""
    server = Flask("ypld", static_folder=None, template_folder=str(ROOT / "layouts" / "templates"))
    server.secret_key = settings.secret_key
    server.config["MAX_CONTENT_LENGTH"] = 1 << 20
    server.config["SEND_FILE_MAX_AGE_DEFAULT"] = _DAY  # Dash names its assets with the time they were changed
    database = Database(settings.database_url)
    upgrade(database.engine)
    deps = Deps(database, load_catalog(), ReadCache(server, settings.redis_url),
                evidence=FolderStore(settings.data_dir / "evidence"),
                live=Hub(database, redis_url=settings.redis_url))  # fmt: skip
    schemes.enter_shipped(deps)
    server.extensions |= {"deps": deps, "settings": settings}
    Babel(server, locale_selector=language, default_locale=DEFAULT_LANGUAGE,
          default_translation_directories=str(ROOT / "dashboard" / "translations"))  # fmt: skip
    Compress(server)
    limits.install(server, settings.redis_url)
    for blueprint in (wall_api.blueprint, live_api.blueprint, v1.blueprint, *pages.BLUEPRINTS):
        server.register_blueprint(blueprint)
    _add_pages(server)
    surfaces = {"/wall/": _add_wall(server), "/desk/": _add_desk(server)}
    server.extensions["surfaces"] = surfaces
    gate.install(server)
    headers.install(server, {path: headers.dash_policy(app.csp_hashes()) for path, app in surfaces.items()})
    faults.install(server)
    if settings.proxies:
        server.wsgi_app = ProxyFix(server.wsgi_app, x_for=settings.proxies, x_proto=settings.proxies,
                                   x_host=settings.proxies)  # fmt: skip
    cli.register(server)
    return server


def language() -> str:
    chosen = request.cookies.get("lang", DEFAULT_LANGUAGE) if request else DEFAULT_LANGUAGE
    return chosen if chosen in wall_api.LANGUAGES else DEFAULT_LANGUAGE


def _add_wall(server: Flask) -> SurfaceDash:
    app = SurfaceDash(
        __name__, server=server, url_base_pathname="/wall/", assets_folder=str(ASSETS / "wall"),
        title="一屏两端 · 除险保安", update_title=None, serve_locally=True, suppress_callback_exceptions=True,
        compress=False, page=lambda: index_string("wall", words.lang()),
    )  # fmt: skip
    catalog = server.extensions["deps"].catalog
    app.layout = partial(wall_layout, catalog.rotation_seconds, catalog.announced, catalog.announce_seconds)
    callbacks.wall.register(app)
    return app


def _add_desk(server: Flask) -> SurfaceDash:
    app = SurfaceDash(
        __name__, server=server, url_base_pathname="/desk/", assets_folder=str(ASSETS / "desk"),
        title="一屏两端 · 除险保安", update_title=None, serve_locally=True, suppress_callback_exceptions=True,
        compress=False, page=lambda: index_string("desk", words.lang()), drop=frozenset({"dash_table"}),
    )  # fmt: skip
    app.layout = desk_layout
    callbacks.desk.register(app)
    return app


def _add_pages(server: Flask) -> None:
    server.add_url_rule("/", "home", lambda: redirect(pages.sign_in.home_of(gate.person())))
    server.add_url_rule("/assets/shared/<path:name>", "shared_assets", _shared)


def _shared(name: str):
    return send_from_directory(ASSETS / "shared", name)
