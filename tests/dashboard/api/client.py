"""The API as a program meets it: the real routes behind the real gate, on a real database, with people of each role.

Regions are tests.factories.TREE. Answers for signing people in without passwords; a token is a row of the session table.
"""

import hashlib
import json
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace
from uuid import UUID

from flask import Flask
from flask.testing import FlaskClient
from flask_babel import Babel
from PIL import Image

from dashboard import faults, gate
from dashboard.api import v1
from dashboard.api import wall as wall_api
from dashboard.cache import ReadCache
from dashboard.catalog import load_catalog
from dashboard.deps import Deps
from dashboard.evidence.store import FolderStore
from dashboard.services.casework import tick
from dashboard.services.ids import new_id
from data.models import GrantRow, SessionRow, User
from data.session import Database
from data.writes.regions import install_calendar
from data.writes.units import put_units
from tests.calendars import SHANGHAI
from tests.factories import install_tree

MONDAY = datetime(2026, 6, 22, 10, tzinfo=SHANGHAI)  # a work day
CATALOG = load_catalog()
FIRE, OTHER, ROOM = "K1 fire", "K1 safety", "K1 centre"
PEOPLE = {  # login: (role, region, unit)
    "grid": ("grid_worker", "G1", None), "grid3": ("grid_worker", "G3", None), "grid4": ("grid_worker", "G4", None),
    "dispatcher": ("dispatcher", "K1", None), "dispatcher2": ("dispatcher", "K2", None),
    "handler": ("handler", "K1", FIRE), "handler2": ("handler", "K1", OTHER), "verifier": ("verifier", "K1", None),
    "supervisor": ("supervisor", "K1", None), "leader": ("leader", "C1", None), "evaluator": ("evaluator", "K1", None),
    "auditor": ("auditor", "P", None), "administrator": ("administrator", "P", None),
}  # fmt: skip
UNITS = (("K1", FIRE, "消防救援"), ("K1", OTHER, "应急管理"), ("K1", ROOM, "centre"))


@dataclass
class Answer:
    status: int
    body: object
    headers: dict
    data: bytes


@dataclass
class Caller:
    """Somebody's program: JSON in, JSON out."""

    client: FlaskClient
    token: str | None

    def __call__(self, method: str, path: str, body: object = None, *, data: bytes | None = None,
                 media: str = "image/jpeg", headers: dict | None = None) -> Answer:  # fmt: skip
        sent = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        kind = {"data": data, "content_type": media} if data is not None else {"json": body} if body is not None else {}
        found = self.client.open(f"/api/v1{path}", method=method, headers={**sent, **(headers or {})}, **kind)
        return Answer(found.status_code, found.get_json(silent=True), dict(found.headers), found.data)

    def get(self, path: str, **more) -> Answer:
        return self("GET", path, **more)

    def post(self, path: str, body: object) -> Answer:
        return self("POST", path, body)

    def put(self, data: bytes, *, sha256: str | None = None, media: str = "image/jpeg") -> Answer:
        """Send a picture."""
        return self("PUT", f"/evidence/{sha256 or digest(data)}", data=data, media=media)

    def report(self, **given) -> Answer:
        return self.post("/cases", {"place": "G1", "kind": "fire", "title": "楼道堆物", **given})

    def act(self, case: dict, action: str, **more) -> Answer:
        return self.post(f"/cases/{case['county_code']}/{case['id']}/actions", {"action": action, **more})

    def dossier(self, case: dict) -> dict:
        found = self.get(f"/cases/{case['county_code']}/{case['id']}")
        assert found.status == 200, found.body
        return found.body


@dataclass
class Api:
    app: Flask
    folder: Path
    moment: datetime = MONDAY
    tokens: dict[str, str] = field(default_factory=dict)
    ids: dict[str, UUID] = field(default_factory=dict)

    @property
    def deps(self) -> Deps:
        return self.app.extensions["deps"]

    def by(self, login: str | None) -> Caller:
        """`login` None: nobody is signed in."""
        return Caller(self.app.test_client(), self.tokens[login] if login else None)

    def later(self, **gap) -> datetime:
        """Let time pass, and the job do its round."""
        self.moment += timedelta(**gap)
        with self.app.app_context():
            tick(self.deps)
        return self.moment

    def files(self) -> list[str]:
        return sorted(path.name for path in self.folder.rglob("*") if path.is_file())


def make_api(database: Database, folder: Path) -> Api:
    app = Flask("ypld", static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = 1 << 20
    api = Api(app, folder)
    deps = Deps(database, CATALOG, ReadCache(app), lambda: api.moment, evidence=FolderStore(folder))
    app.extensions |= {"deps": deps, "settings": SimpleNamespace(wall_open=False, secure_cookies=False)}
    Babel(app, default_locale="zh")
    for blueprint in (wall_api.blueprint, v1.blueprint):
        app.register_blueprint(blueprint)
    faults.install(app)
    gate.install(app)
    with database.write() as session:
        install_tree(session)
        install_calendar(session, "CN", date(2025, 1, 1), date(2027, 12, 31))
        put_units(session, [{"region_code": r, "name": n, "kind_unit": k, "load_limit": None} for r, n, k in UNITS],
                  replace=False)  # fmt: skip
        for login, grant in PEOPLE.items():
            _add_person(session, api, login, grant)
    return api


def _add_person(session, api: Api, login: str, grant: tuple[str, str, str | None]) -> None:
    key, token = new_id(api.moment), f"token of {login}"
    role, region, unit = grant
    session.add(User(id=key, login=login, name=f"{login}·甲", password="-", created_at=api.moment, demo=True))
    session.flush()
    session.add(GrantRow(id=new_id(api.moment), user_id=key, role=role, region_code=region, unit=unit,
                         granted_at=api.moment))  # fmt: skip
    session.add(SessionRow(key=hashlib.sha256(token.encode()).digest(), kind="api", user_id=key, name="api",
                           created_at=api.moment, seen_at=api.moment, expires_at=api.moment + timedelta(days=400)))  # fmt: skip
    api.tokens[login], api.ids[login] = token, key


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def picture(shade: int = 120, *, size: tuple[int, int] = (640, 480), form: str = "JPEG", **how) -> bytes:
    """A picture whose pixels depend on `shade`."""
    image = Image.new("RGB", size, (shade, 255 - shade, 90))
    image.paste((255 - shade, shade, 30), (10, 10, size[0] // 2, size[1] // 3))
    out = BytesIO()
    image.save(out, form, **how)
    return out.getvalue()


def shown(body: object) -> str:
    return json.dumps(body, ensure_ascii=False)
