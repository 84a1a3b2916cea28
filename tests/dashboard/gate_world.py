"""Two counties for the tests of the gate: whatever lies in the second one says 乙, and whoever works in the first must
never be told so.

Answers for the rows and the people. Which questions are asked stands in gate_asks.
"""

import random
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from uuid import UUID
from zipfile import ZipFile

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update
from werkzeug.test import TestResponse

from dashboard import gate
from dashboard.deps import Deps
from dashboard.domain.people import ROLES, SYSTEM, Grant, Person
from dashboard.domain.periods import local_day
from dashboard.evidence.store import SIZES
from dashboard.factory import create_app
from dashboard.limits import limiter
from dashboard.services import editions, schemes
from dashboard.services.accounts import list_accounts
from dashboard.services.kiosks import add_kiosk
from dashboard.settings import Settings
from data.models import (
    Attachment,
    Base,
    Dataset,
    DeductionRow,
    Directive,
    Draw,
    Edition,
    Evidence,
    Finding,
    IndicatorEntry,
    IndicatorTable,
    Listing,
    Patrol,
    Problem,
    ProblemStep,
    Receipt,
    RegionRow,
    Reporter,
    Rung,
    Sample,
    SavedFilter,
    Unit,
    VetoRow,
)
from data.session import Session
from data.writes.audit import add_audit
from data.writes.cases import insert_case
from data.writes.regions import install_calendar
from tests.calendars import SHANGHAI
from tests.factories import STEP, install_tree, make_case
from tests.people import make_person, make_token

SIGN = "乙"
MARKS = (SIGN.encode(), rb"\u4e59", b"%E4%B9%99")
HERE, THERE = "甲", SIGN  # what everything of county K1 and of county K2 says
GRIDS = {HERE: "G1", THERE: "G5"}
COUNTIES = {HERE: "K1", THERE: "K2"}
PARTS = {HERE: ("K1", "T1", "V1", "G1"), THERE: ("K2", "T3", "V4", "G5")}
CASE = {HERE: UUID(int=0xA1), THERE: UUID(int=0xB1)}
THING = {HERE: UUID(int=0xA2), THERE: UUID(int=0xB2)}  # id of the directive and of the patrol
NUMBER = {HERE: "330001W20260618000001", THERE: "330002W20260618000002"}
FILE = {HERE: "a" * 64, THERE: "b" * 64}
# what the asking itself may write: sessions, tries, the log, the feed, what a phone or wall says of itself
MOVING = {"audit_log", "session", "login_attempt", "change_feed", "received", "device", "pairing"}


def grants(side: str) -> dict[str, Grant]:
    """One grant for each role, in the county of that side."""
    county = COUNTIES[side]
    special = {"handler": Grant("handler", county, f"{side}单位"), "grid_worker": Grant("grid_worker", GRIDS[side])}
    return {role: special.get(role, Grant(role, county)) for role in ROLES}


@dataclass
class World:
    server: Flask
    people: dict[tuple[str, str], Person] = field(default_factory=dict)  # by side and role
    tokens: dict[tuple[str, str], str] = field(default_factory=dict)
    kiosks: dict[str, str] = field(default_factory=dict)  # key by side
    grants: dict[str, UUID] = field(default_factory=dict)  # id of the leader's grant by side

    @property
    def deps(self) -> Deps:
        return self.server.extensions["deps"]

    def client(self, side: str = "", role: str = "") -> FlaskClient:
        """A browser of somebody, or (without a role) of nobody."""
        return self.client_of(self.tokens[side, role] if role else "")

    def client_of(self, token: str) -> FlaskClient:
        client = self.server.test_client()
        if token:
            client.set_cookie(gate.COOKIE, token)
        return client

    def standing(self) -> dict[str, list]:
        """All rows that no question of a stranger may change."""
        tables = [table for table in Base.metadata.sorted_tables if table.name not in MOVING]
        with self.deps.database.read() as session:
            return {table.name: sorted(map(repr, session.execute(select(table)))) for table in tables}


# what lies elsewhere -> what lies nowhere: a question about either has to be answered alike
NOWHERE = {"K2": "K9", "T3": "T9", "V4": "V9", "G5": "G9", "C1": "C9", "region=P": "region=P9",
           str(CASE[THERE]): str(UUID(int=0xC1)), str(THING[THERE]): str(UUID(int=0xC2)), FILE[THERE]: "c" * 64,
           NUMBER[THERE]: "330009W20260618000009"}  # fmt: skip
_GOOD = re.compile(rb'"data-good":"[^"]*"')
_TIMES = re.compile(rb"\d{4}-\d\d-\d\d[T ][\d:.+Z]*|\d\d:\d\d(:\d\d)?")


def to_nowhere(text: str) -> str:
    for one, other in NOWHERE.items():
        text = text.replace(one, other)
    return text


def without_echo(body: bytes) -> bytes:
    """An answer without what it repeats of the question, the time, and a panel's mark, which is a hash of both."""
    for one, other in NOWHERE.items():
        body = body.replace(other.encode(), one.encode())
    return _GOOD.sub(b"", _TIMES.sub(b"", body))


def is_told(answer: TestResponse) -> bool:
    """Does the answer say anything of county K2? Streams are read by whoever asks for them."""
    told = answer.get_data() + str(answer.headers).encode()
    if told.startswith(b"PK"):  # a workbook
        with ZipFile(BytesIO(answer.get_data())) as book:
            told += b"".join(book.read(name) for name in book.namelist())
    return any(mark in told for mark in MARKS)


@contextmanager
def a_world(folder: Path, url: str, **env: str) -> Iterator[World]:
    """The product over two counties on the database at `url`, without a wall that stands open."""
    given = {"DATA_DIR": str(folder), "DATABASE_URL": url, "DEMO": "0", "LIVE": "0", "SECRET_KEY": "test", **env}
    world = World(create_app(Settings.from_env(given)))
    limiter.reset()
    try:
        _fill(world)
        yield world
    finally:
        world.deps.live.close()
        world.deps.database.engine.dispose()


def _fill(world: World) -> None:
    deps = world.deps
    with deps.database.write() as session:
        install_tree(session)
        session.execute(update(Dataset).values(name="t"))
        today = deps.clock().date()
        install_calendar(session, "CN", today - timedelta(days=700), today + timedelta(days=400))
        for side in (HERE, THERE):
            _name(session, side)
    _judge_by_one_case(deps)
    for side in (HERE, THERE):
        for role, grant in grants(side).items():
            person = make_person(
                deps, f"{'a' if side == HERE else 'b'}-{role.replace('_', '-')}", grant, name="somebody"
            )
            world.people[side, role] = person
            world.tokens[side, role] = make_token(deps, person)
        made, _token = add_kiosk(deps, SYSTEM, f"{side}屏", COUNTIES[side])
        world.kiosks[side] = made.key
        leader = world.people[side, "leader"]
        world.grants[side] = next(a for a in list_accounts(deps, SYSTEM) if a.id == leader.id).grants[0].id
        for size in SIZES:
            deps.evidence.put(FILE[side], size, side.encode())
        with deps.database.write() as session:
            _add_case(session, deps, side)
            _add_rest(session, deps, world, side)
            _add_verdicts(session, deps, side)
        _publish(deps, THING[side])


def _judge_by_one_case(deps: Deps) -> None:
    """A version of the scheme that is content with the one case there is in each county."""
    text = schemes.stored(deps, "process").text
    text = re.sub(r"^minimum = \d+", "minimum = 1", text.replace("version = 1", "version = 2", 1), flags=re.MULTILINE)
    schemes.save_version(deps, SYSTEM, text, "for one case")


def _publish(deps: Deps, edition_id: UUID) -> None:
    """The edition gets its figures, as on the day after its last, and stands as published."""
    later = replace(deps, clock=lambda: deps.clock() + timedelta(days=2))
    for action in ("lock", "try"):
        editions.act(later, SYSTEM, edition_id, action)
    with deps.database.write() as session:
        session.execute(
            update(Edition).where(Edition.id == edition_id).values(state="published", published_at=deps.clock())
        )


def _name(session: Session, side: str) -> None:
    for code in PARTS[side]:
        session.execute(update(RegionRow).where(RegionRow.code == code).values(name=side + code, short_name=side + code,
                                                                               lon=120.0, lat=30.0))  # fmt: skip
    session.add(Unit(region_code=COUNTIES[side], name=f"{side}单位", kind_unit="消防救援", load_limit=None))


def _add_case(session: Session, deps: Deps, side: str) -> None:
    now = deps.clock()
    open_ = {"state": "handling", "accepted_at": now - timedelta(hours=2),
             "dispatched_at": now - timedelta(hours=1), "handled_at": None, "verified_at": None, "closed_at": None, "ended_at": None,
             "rated_at": None, "satisfaction": None, "returned": 0, "reworked": 0, "repeat_of": None}  # fmt: skip
    case = make_case(random.Random(1), id=CASE[side], grid=GRIDS[side], title=f"{side}事 沿街商铺飞线充电", kind="fire",
                     kind_group="hazard", is_request=False, holder_unit=f"{side}单位", source="public", lon=120.0, lat=30.0,
                     reported_at=now - timedelta(hours=3), close_due_at=now + timedelta(days=3), address=f"{side}路",
                     clock_kind="fast", **open_)  # fmt: skip
    step = {**STEP, "at": now - timedelta(hours=3), "actor": f"{side}人", "unit": f"{side}单位", "note": f"{side}说明"}
    insert_case(session, case, step, lambda at: local_day(at, SHANGHAI))


def _add_rest(session: Session, deps: Deps, world: World, side: str) -> None:
    now, county = deps.clock(), COUNTIES[side]
    leader, worker = world.people[side, "leader"], world.people[side, "grid_worker"]
    session.add(Attachment(sha256=FILE[side], original=FILE[side], media_type="image/jpeg", size=4, width=1, height=1,
                           added_at=now, added_by=worker.id))  # fmt: skip
    session.add(Reporter(county_code=county, case_id=CASE[side], number=NUMBER[side], secret="0" * 64, name=f"{side}某",
                         phone="13800000000"))  # fmt: skip
    session.add(Patrol(county_code=county, id=THING[side], region_code=GRIDS[side], user_id=worker.id, at=now,
                       note=f"{side}巡"))  # fmt: skip
    if side == THERE:
        session.add(SavedFilter(user_id=leader.id, name="mine", query=f"?q={side}", saved_at=now))
    session.add(Directive(id=THING[side], region_code=county, text=f"{side}令", roles=["grid_worker"], unit=None,
                          issued_by=leader.id, issuer=f"{side}人", issued_at=now, due_at=now + timedelta(hours=2)))  # fmt: skip
    session.flush()
    session.add(Receipt(directive_id=THING[side], user_id=worker.id, region_code=GRIDS[side], role="grid_worker"))
    session.add(Evidence(county_code=county, case_id=CASE[side], seq=1, sha256=FILE[side]))
    add_audit(session, now, leader, "case.export", subject=f"{side}单", region=county)


def _add_verdicts(session: Session, deps: Deps, side: str) -> None:
    """An edition of the county's townships, and what people said of the county; all under THING's id."""
    now, key, county = deps.clock(), THING[side], COUNTIES[side]
    today = local_day(now, SHANGHAI)
    by = {"region_code": county, "actor": f"{side}人"}
    session.add(
        Edition(
            id=key,
            scheme_key="process",
            scheme_version=2,
            region_code=county,
            level="township",
            start=today - timedelta(days=1),
            end=today,
            state="collecting",
            version=0,
            opened_at=now,
        )
    )
    session.add(DeductionRow(id=key, scheme_key="process", rule="x", day=today, units=1.0, again=False, secured=False,
                             reason=f"{side}因", evidence=[], recorded_at=now, **by))  # fmt: skip
    session.add(VetoRow(id=key, scheme_key="process", basis=f"{side}因", proposed_by=f"{side}某", decided_on=today,
                        evidence=[], **by))  # fmt: skip
    session.add(Problem(id=key, origin="inspection", title=f"{side}问题", opened_at=now, **by))
    session.add(IndicatorTable(id=key, scheme_key="peace_index", month=date(2026, 5, 1), name=f"{side}表", source="x",
                               synthetic=True, digest="x", imported_at=now, actor="x"))  # fmt: skip
    session.add(Rung(id=key, rung="notice", basis=f"{side}因", evidence=[], at=now, **by))
    session.flush()
    session.add(IndicatorEntry(table_id=key, region_code=county, column_key="env_pm25", numerator=30.0))
    session.add_all(ProblemStep(problem_id=key, step=step, owner=f"{side}单位", due_on=today, evidence=[])
                    for step in ("find", "handle", "generalise", "rule"))  # fmt: skip
    session.add(Finding(id=key, edition_id=key, detector="burst", key="x", cases=[f"{county}:{CASE[side]}"],
                        region_code=county, figures={"place": GRIDS[side]}, found_at=now))  # fmt: skip
    session.add(Draw(id=key, edition_id=key, seed=f"{side}签", size=1, per="region", drawn_at=now, actor="x"))
    session.flush()
    session.add(Sample(draw_id=key, county_code=county, case_id=CASE[side], region_code=county, evidence=[]))
    session.add(Listing(id=key, edition_id=key, side="black", reason=f"{side}因", evidence=[], listed_at=now, **by))
