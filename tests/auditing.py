"""An edition of June 2026 in the city C1 with what was frozen of it, and cases that look as if made for the score."""

import random
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import numpy as np
from sqlalchemy import insert

from dashboard.domain.evaluation.archive import COHORT, SCHEME
from dashboard.domain.evaluation.canonical import digest
from dashboard.domain.evaluation.cohort import make_cohort, pack
from dashboard.domain.periods import local_day
from dashboard.schemes import SHIPPED, load_scheme, scheme_text
from data.models import Edition, EditionArchive
from data.session import Session
from data.writes.cases import insert_case
from tests.factories import STEP, make_case

JUNE, END = datetime(2026, 5, 31, 16, tzinfo=UTC), datetime(2026, 6, 30, 16, tzinfo=UTC)
EDITION = UUID(int=0xE1)
PLAIN = {"state": "closed", "returned": 0, "reworked": 0, "repeat_of": None, "satisfaction": None, "rated_at": None}
PROCESS = load_scheme(SHIPPED / "process.toml")


def an_edition(
    session: Session, *, state: str = "published", region: str = "C1", level: str = "county", **given
) -> UUID:
    row = {"id": EDITION, "scheme_key": "process", "scheme_version": 1, "region_code": region, "level": level,
           "start": date(2026, 6, 1), "end": date(2026, 6, 30), "issue": 1, "state": state, "version": 1,
           "opened_at": JUNE, "frozen_at": END, "published_at": END, **given}  # fmt: skip
    session.execute(insert(Edition), [row])
    return row["id"]


def freeze(
    session: Session, counties: dict[str, dict[str, Sequence[tuple[UUID, int]]]], edition: UUID = EDITION
) -> None:
    """Archive the scheme and {county: {township: (id, marks)}}. Bits: PROCESS.facets, in order."""
    bodies = {SCHEME: scheme_text(PROCESS).encode()}
    for county, parts in counties.items():
        made = {township: (b"".join(key.bytes for key, _ in rows), np.array([mark for _, mark in rows], np.int64))
                for township, rows in parts.items()}  # fmt: skip
        bodies[COHORT + county] = pack(make_cohort(county, made))
    rows = [
        {"edition_id": edition, "name": name, "body": body, "digest": digest(body)} for name, body in bodies.items()
    ]
    session.execute(insert(EditionArchive), rows)


def mark(*facets: str) -> int:
    """The marks of a case that these counters count."""
    return sum(1 << PROCESS.facets.index((name, "")) for name in facets)


def add_case(session: Session, n: int, at: datetime, *, grid: str = "G1", **given: object) -> UUID:
    """A closed case reported `at`, handled a day later; its id ends in `n`."""
    case = make_case(random.Random(1), id=UUID(int=n), grid=grid, **{
        "kind": "fire", "kind_group": "hazard", "is_request": False, "reported_at": at, "title": f"事项 {n}",
        "accepted_at": at, "dispatched_at": at, "handled_at": at + timedelta(days=1),
        "verified_at": at + timedelta(days=1), "closed_at": at + timedelta(days=1), "ended_at": at + timedelta(days=1),
        "close_due_at": at + timedelta(days=5), "handle_minutes": 400, "handle_limit": 1680, "overdue": False,
        "holder_unit": "K1消防", **PLAIN, **given})  # fmt: skip
    insert_case(session, case, {**STEP, "at": at}, lambda one: local_day(one, ZoneInfo("Asia/Shanghai")))
    return case["id"]
