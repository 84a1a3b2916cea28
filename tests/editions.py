"""A province with three counties whose cases fill three months, and the editions made of them."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from flask import Flask, current_app
from flask_babel import Babel
from sqlalchemy import select

from dashboard.cache import ReadCache
from dashboard.deps import Deps
from dashboard.domain.people import SYSTEM, Grant, Person
from dashboard.domain.periods import local_day
from dashboard.services import editions, tracing
from dashboard.views.editions import EditionHead
from data.models import Appeal
from data.session import Database
from data.writes.cases import insert_case
from tests.desk import desk_on, furnish, person
from tests.factories import STEP, make_case
from tests.templates import Templates

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 6, 8, 2, tzinfo=UTC)  # Monday, 10:00 in Shanghai
MAY, APRIL = date(2026, 5, 1), date(2026, 4, 1)
EVALUATOR, LEADER, AUDITOR = (person(role, "P") for role in ("evaluator", "leader", "auditor"))
RANKED, STRANGER = person("leader", "K1"), Person(EVALUATOR.id, "handler", (Grant("handler", "K1", "unit"),))
TO_PUBLISHED = ("lock", "try", "preview", "hear", "review", "publish")
A_LIFE = timedelta(days=14, hours=5)  # from lock to publish, as walk() goes


@dataclass
class Office:
    """`deps` with a clock that the test sets."""

    base: Deps
    now: datetime = NOW

    @property
    def deps(self) -> Deps:
        return replace(self.base, clock=lambda: self.now)

    def open(self, month: date = MAY, region: str = "P", key: str = "process", by: Person = SYSTEM) -> EditionHead:
        return editions.open_edition(self.deps, by, key, region, month)

    def walk(self, edition_id: UUID, *actions: str, by: Person = SYSTEM) -> EditionHead:
        """One action after another, two weeks apart once an appeal window is open."""
        head = editions.get_edition(self.deps, SYSTEM, edition_id)
        for action in actions:
            self.now += timedelta(days=14) if action == "review" else timedelta(hours=1)
            head = editions.act(self.deps, by, edition_id, action)
        return head

    def of(self, month: date) -> EditionHead:
        """The edition of that month that stands."""
        heads = editions.list_editions(self.deps, SYSTEM)
        return next(head for head in heads if head.start == month and head.state == "published")

    def published(self, month: date = MAY, region: str = "P", key: str = "process") -> EditionHead:
        return self.walk(self.open(month, region, key).id, *TO_PUBLISHED)


def an_office(templates: Templates, kind: str, folder: Path, cases: int = 400, *months: date) -> Iterator[Office]:
    """With the editions of `months` published. Inside a request, so that words have a language."""
    server = Flask("editions")
    Babel(server, default_locale="zh")
    with server.test_request_context(), templates.opened(kind, folder, furnish_office, cases, *months) as database:
        yield Office(_deps(database), NOW + A_LIFE * bool(months))


def _deps(database: Database) -> Deps:
    return replace(desk_on(database).deps, cache=ReadCache(current_app))


def furnish_office(database: Database, cases: int, *months: date) -> None:
    furnish(database)
    fill(database, cases)
    for month in months:
        Office(_deps(database)).published(month)


def fill(database: Database, cases: int) -> None:
    """Cases of all kinds reported from March to the first days of June, and one in each township that went well."""
    chance = random.Random(7)
    with database.write() as session:
        for _n in range(cases):
            case = make_case(chance)
            reported = datetime(2026, 3, 1, tzinfo=UTC) + timedelta(minutes=chance.randrange(0, 60 * 24 * 99))
            moved = reported - case["reported_at"]
            for name, value in case.items():
                if isinstance(value, datetime):
                    case[name] = value + moved
            case["id"] = UUID(int=chance.getrandbits(128))
            insert_case(session, case, {**STEP, "at": reported}, day_of)
        for number, grid in enumerate(("G1", "G4", "G5", "G6")):
            case = may_case(grid, number)
            insert_case(session, case, {**STEP, "at": case["reported_at"]}, day_of)


def day_of(at: datetime) -> date:
    return local_day(at, ZONE)


def rows(office: Office, model: type) -> list[dict]:
    with office.base.database.read() as session:
        return [dict(row) for row in session.execute(select(model.__table__)).mappings()]


def may_case(grid: str, number: int) -> dict:
    """Columns of a case of that grid that was dealt with in time, in the middle of May."""
    at = datetime(2026, 5, 12, 3, tzinfo=UTC)
    done = dict.fromkeys(("accepted_at", "dispatched_at", "handled_at", "verified_at", "closed_at", "ended_at"), at)
    limits = {f"{clock}_{part}": value for clock in ("accept", "handle", "verify")
              for part, value in (("minutes", 5), ("limit", 420), ("due_at", at))}  # fmt: skip
    return make_case(random.Random(number), grid=grid, state="closed", reported_at=at - timedelta(days=2),
                     close_due_at=at, overdue=False, card="none", rated_at=at, satisfaction=5, **done, **limits)  # fmt: skip


def uphold(office: Office, edition_id: UUID, state: str = "upheld") -> UUID:
    """An appeal of K1 against one case that was closed on time and shall not have been; its id."""
    indicator, part = "closing_on_time", "top"
    found = tracing.cases_behind(office.deps, SYSTEM, edition_id, "K1", indicator, part)
    case = UUID(found.rows[0].id)
    wish = {"subject": "case", "region": "K1", "indicator": indicator, "county": "K1", "case": str(case), "top": 0}
    key = uuid4()
    with office.base.database.write() as session:
        session.add(Appeal(
            id=key, edition_id=edition_id, region_code="K1", subject="case", indicator=indicator, county_code="K1",
            case_id=case, claim="not on time", wish=wish, effect=wish, state=state, filed_at=office.now, actor="x",
            due_at=office.now, decided_at=office.now,
        ))  # fmt: skip
    return key
