"""The public end as a resident meets it: a server on a small tree, a time that the test sets, and forms filled in."""

import re
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from html import unescape
from io import BytesIO

from flask import Flask
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from dashboard.deps import Deps
from dashboard.domain.commands import Command, Contact, Report
from dashboard.domain.people import SYSTEM
from dashboard.factory import create_app
from dashboard.limits import limiter
from dashboard.services import casework
from dashboard.settings import Settings
from data.models import Attachment, Case, CaseStep, Received, Reporter, Unit
from data.session import Database
from data.writes.regions import install_calendar
from tests.factories import install_tree

MONDAY = datetime(2026, 6, 22, 2, tzinfo=UTC)  # 10:00 in Shanghai
SAID = {"kind": "fire", "place": "V1", "text": "三楼楼道堆满了纸箱，走不过去"}
PRIVATE = {"name": "虚构的甲", "phone": "000-0000-1234"}
UNITS = ("消防救援", "综合执法")
CLOSING = (("accept", {}), ("dispatch", {"unit": "消防救援"}), ("take", {}), ("handle", {"note": "清了"}), ("verify", {}),
           ("call_back", {"reached": True}), ("close", {}))  # fmt: skip
WRITTEN = (Case, CaseStep, Reporter, Attachment, Received)


@dataclass
class Slip:
    """What a resident takes home."""

    number: str
    secret: str


@dataclass
class Site:
    """`now` is the server's time."""

    server: Flask
    database: Database
    now: datetime = MONDAY
    pages: list[str] = field(default_factory=list)  # every answer given

    def __post_init__(self):
        self.server.extensions["deps"] = replace(self.server.extensions["deps"], clock=lambda: self.now)
        self.client: FlaskClient = self.server.test_client()

    @property
    def deps(self) -> Deps:
        return self.server.extensions["deps"]

    def get(self, path: str, **given) -> TestResponse:
        return self._kept(self.client.get(f"/public{path}", **given))

    def post(self, path: str, said: dict | None = None, **given) -> TestResponse:
        return self._kept(self.client.post(f"/public{path}", data=said or {}, **given))

    def _kept(self, answer: TestResponse) -> TestResponse:
        self.pages.append(answer.get_data(as_text=True))
        answer.request.environ["wsgi.input"].close()  # a file, where a large form was sent
        answer.close()
        return answer

    def ticket(self, kind: str = "fire", place: str = "V1") -> str:
        page = self.get("/report/what", query_string={"kind": kind, "place": place}).get_data(as_text=True)
        return re.search(r'name="ticket" value="(\w+)"', page)[1]

    def send(self, **said: object) -> TestResponse:
        """A filled form; what is None is left out."""
        form = {**SAID, **({} if "ticket" in said else {"ticket": self.ticket()}), **said}
        return self.post("/report/what", {name: value for name, value in form.items() if value is not None})

    def report(self, **said: object) -> Slip:
        answer = self.send(**said)
        assert answer.status_code in (200, 201), words(answer)
        return slip(answer)

    def track(self, number: str, secret: str) -> TestResponse:
        return self.post("/track", {"number": number, "secret": secret})

    def act(self, action: str, minutes: int = 10, **inputs: object) -> None:
        """The product moves the one case on."""
        self.now += timedelta(minutes=minutes)
        case = self.case()
        casework.act(self.deps, SYSTEM, (case["county_code"], case["id"]), Command(action, inputs=inputs))

    def close(self) -> None:
        """The one case goes straight through the loop."""
        for action, inputs in CLOSING:
            self.act(action, **inputs)

    def case(self) -> dict:
        """The case that was reported last."""
        with self.database.read() as session:
            return dict(session.execute(select(Case.__table__).order_by(Case.id.desc()).limit(1)).mappings().one())

    def counts(self) -> list[int]:
        with self.database.read() as session:
            return [session.scalar(select(func.count()).select_from(table)) for table in WRITTEN]

    def reporters(self) -> list[Reporter]:
        with self.database.read() as session:
            found = list(session.scalars(select(Reporter).order_by(Reporter.case_id)))
            session.expunge_all()
            return found


def make_site(database: Database, folder) -> Site:
    with database.write() as session:
        install_tree(session)
        session.add_all(Unit(region_code="K1", name=name, kind_unit=name) for name in UNITS)
        install_calendar(session, "CN", date(2025, 1, 1), date(2027, 12, 31))
    env = {
        "DATABASE_URL": database.engine.url.render_as_string(hide_password=False),
        "DATA_DIR": str(folder),
        "LIVE": "0",
    }
    server = create_app(Settings.from_env(env))
    with server.app_context():
        limiter.reset()
    return Site(server, database)


def by_grid_worker(site: Site) -> str:
    """A case that no resident reported; its number."""
    given = Report("G1", "fire", "网格员的事", "grid", contact=Contact("虚构的乙", "000-0000-9999"))
    return casework.report(site.deps, SYSTEM, given).number


def picture(size: tuple[int, int] = (60, 40)) -> bytes:
    out = BytesIO()
    Image.new("RGB", size, (200, 30, 40)).save(out, "PNG")
    return out.getvalue()


def words(answer: TestResponse) -> str:
    """What a reader sees."""
    body = re.sub(r"<(script|style)\b.*?</\1>", "", answer.get_data(as_text=True), flags=re.DOTALL)
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body.partition("<main")[2].partition("</main>")[0])))


def slip(answer: TestResponse) -> Slip:
    page = answer.get_data(as_text=True)
    return Slip(*(re.search(rf"data-{name}>([^<]+)<", page)[1] for name in ("number", "secret")))
