"""A desk for tests of casework: the services with a clock that the test sets, people of every role, and one case."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

from flask import Flask
from sqlalchemy import insert, select

from dashboard.cache import ReadCache
from dashboard.catalog import load_catalog
from dashboard.deps import Deps
from dashboard.domain.commands import Command, Outcome, Report
from dashboard.domain.people import PUBLIC, ROLES, SYSTEM, Grant, Person
from dashboard.domain.workflow import TRANSITIONS
from dashboard.services import casework
from data.models import Attachment, Case, CaseStep, Evidence, Unit, rollup_delta
from data.queries.audit import compare_rollups
from data.queries.chains import find_broken_chains
from data.session import Database
from data.writes.regions import install_calendar
from tests.calendars import SHANGHAI
from tests.factories import install_tree

CATALOG = load_catalog()
MONDAY = datetime(2026, 6, 22, 2, tzinfo=UTC)  # 10:00 in Shanghai
CENTRE, FIRE, SAFETY, CITY_CENTRE, ELSEWHERE = "K1中心", "K1消防", "K1应急", "C1中心", "K2消防"
UNITS = (("K1", CENTRE, "centre"), ("K1", FIRE, "消防救援"), ("K1", SAFETY, "应急管理"), ("C1", CITY_CENTRE, "centre"),
         ("K2", ELSEWHERE, "消防救援"))  # fmt: skip
PHOTO, SENT = "a" * 64, "b" * 64  # a stored file, and the digest of the bytes it was made of
GIVEN = {  # something fitting for each input
    "note": "已到现场", "unit": FIRE, "limit": "2wd", "level": "ordinary", "rating": 5, "reached": True, "kind": "fire",
    "severity": "02",
}  # fmt: skip


def local(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-{text}").replace(tzinfo=SHANGHAI)


def person(role: str, region: str = "K1", unit: str | None = None, name: str = "") -> Person:
    return Person(None if role == PUBLIC else uuid4(), name or role, (Grant(role, region, unit),))


PEOPLE = {role: person(role, "G1" if role == "grid_worker" else "K1") for role in (*ROLES, PUBLIC)} | {"system": SYSTEM}


@dataclass
class Desk:
    """`act` works on the first case; time stands where the test puts it."""

    deps: Deps
    now: datetime = MONDAY
    first: UUID | None = None

    def report(self, place: str = "G1", kind: str = "worksafety", title: str = "楼道堆物", source: str = "grid",
               by: Person = SYSTEM, **more) -> Outcome:  # fmt: skip
        found = casework.report(self.at_now(), by, Report(place, kind, title, source, **more))
        self.first = self.first or found.id
        return found

    def act(self, action: str, by: Person = SYSTEM, *, key: tuple | None = None, version: int | None = None,
            id: UUID | None = None, device_at: datetime | None = None, **inputs) -> Outcome:  # fmt: skip
        command = Command(action, version, inputs, id, device_at)
        return casework.act(self.at_now(), by, key or self.key(), command)

    def walk(self, *moves: str | tuple[str, dict], hours: float = 1) -> None:
        """Actions by the product itself, `hours` apart."""
        for move in moves:
            action, inputs = (move, {}) if isinstance(move, str) else move
            self.now += timedelta(hours=hours)
            self.act(action, **{**needed(action), **inputs})

    def tick(self, now: datetime | None = None) -> int:
        self.now = now or self.now
        return casework.tick(self.at_now())

    def fold(self) -> int:
        return casework.fold_deltas(self.deps)

    def key(self) -> tuple[str, UUID]:
        return self.case()["county_code"], self.case()["id"]

    def cases(self) -> list[dict]:
        with self.deps.database.read() as session:
            return [dict(row) for row in session.execute(select(Case.__table__).order_by(Case.id)).mappings()]

    def case(self, case_id: UUID | None = None) -> dict:
        """The first that was reported, unless another is asked for."""
        wanted = case_id or self.first
        return next(case for case in self.cases() if wanted in (None, case["id"]))

    def steps(self, case_id: UUID | None = None) -> list[dict]:
        ask = select(CaseStep.__table__).where(CaseStep.case_id == (case_id or self.case()["id"]))
        with self.deps.database.read() as session:
            return [dict(row) for row in session.execute(ask.order_by(CaseStep.seq)).mappings()]

    def rows(self, table) -> list[dict]:
        with self.deps.database.read() as session:
            return [dict(row) for row in session.execute(select(getattr(table, "__table__", table))).mappings()]

    def everything(self) -> tuple:
        return self.cases(), self.rows(CaseStep), self.rows(rollup_delta), self.rows(Evidence)

    def faults(self) -> list[str]:
        """What is wrong with roll-ups and histories: nothing, always."""
        with self.deps.database.read() as session:
            return [*compare_rollups(session), *find_broken_chains(session)[1]]

    def at_now(self) -> Deps:
        return replace(self.deps, clock=lambda: self.now)


def open_desk(database: Database) -> Desk:
    furnish(database)
    return desk_on(database)


def furnish(database: Database) -> None:
    """Regions, days, units and a photo."""
    with database.write() as session:
        install_tree(session)
        install_calendar(session, "CN", date(2026, 1, 1), date(2027, 12, 31))
        rows = [{"region_code": code, "name": name, "kind_unit": kind} for code, name, kind in UNITS]
        session.execute(insert(Unit), rows)
        session.add(
            Attachment(sha256=PHOTO, original=SENT, media_type="image/jpeg", size=1, width=1, height=1, added_at=MONDAY)
        )


def desk_on(database: Database) -> Desk:
    return Desk(Deps(database, CATALOG, ReadCache(Flask(__name__))))


def needed(action: str) -> dict[str, object]:
    """Inputs without which the action is refused."""
    row = TRANSITIONS[action]
    given = {key: GIVEN[key] for key in row.needs if key in GIVEN}
    if "reason" in row.needs:
        given["reason"] = row.reasons[0]
    return given | {"progress": {"note": "正在处置"}, "classify": {"severity": "02"}}.get(action, {})
