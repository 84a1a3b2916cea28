"""The check of histories finds any edit, deletion, insertion and reordering of steps, and of the evidence they show."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import delete, insert, literal, select, update

from dashboard.domain.history import COLUMNS, canonical, step_hash
from data.models import Attachment, AuditRow, Case, CaseStep, Dataset, Evidence
from data.queries.chains import find_broken_chains
from tests.desk import MONDAY, PHOTO, SENT, Desk, open_desk, person

HERE = CaseStep.__table__.c
EDITS = [(column, 3) for column in (*COLUMNS[3:], "hash")] + [("actor", 1), ("actor", 5)]
VALUE = {
    "at": MONDAY + timedelta(seconds=1),
    "device_at": MONDAY,
    "hash": b"\0" * 32,
    "detail": canonical({"by": "nobody"}),
}


@pytest.fixture
def desk(sqlite_database) -> Desk:
    """Two cases, one with a history of five steps and evidence at the fifth."""
    desk = open_desk(sqlite_database)
    desk.report(id=UUID(int=1))
    desk.report(id=UUID(int=2))
    dispatcher = person("dispatcher")
    for action, inputs in (("accept", {"note": "受理"}), ("dispatch", {"unit": "K1消防"}), ("take", {}),
                           ("progress", {"note": "到场", "evidence": [SENT]})):  # fmt: skip
        desk.act(
            action, *((dispatcher,) if action in ("accept", "dispatch") else ()), key=("K1", UUID(int=1)), **inputs
        )
    assert check(desk) == (6, [])
    return desk


def check(desk: Desk) -> tuple[int, list[str]]:
    with desk.deps.database.read() as session:
        return find_broken_chains(session)


def tamper(desk: Desk, *statements) -> list[str]:
    with desk.deps.database.write() as session:
        for statement in statements:
            session.execute(statement)
    return check(desk)[1]


def step(seq: int, case: int = 1):
    return (HERE.case_id == UUID(int=case), HERE.seq == seq)


@pytest.mark.parametrize("column, seq", EDITS)
def test_any_edit_of_a_step_is_found_and_named(desk: Desk, column: str, seq: int):
    faults = tamper(desk, update(CaseStep.__table__).where(*step(seq)).values({column: VALUE.get(column, "另")}))
    assert faults == [f"history of case {UUID(int=1)} is broken at step {seq}"]


@pytest.mark.parametrize("seq", range(1, 6))
def test_any_deletion_is_found_even_at_the_end(desk: Desk, seq: int):
    gone = delete(Evidence).where(Evidence.seq == seq), delete(CaseStep.__table__).where(*step(seq))
    faults = tamper(desk, *gone)
    assert len(faults) == 1
    assert str(UUID(int=1)) in faults[0]
    assert f"step {seq + 1 if seq == 1 else seq if seq < 5 else 4}" in faults[0]


def test_a_history_that_is_gone_altogether_is_found(desk: Desk):
    everything = delete(CaseStep.__table__).where(HERE.case_id == UUID(int=2))
    assert tamper(desk, everything) == [f"history of case {UUID(int=2)} is missing"]


@pytest.mark.parametrize("one, other", ((1, 2), (2, 3), (3, 4), (2, 5)))
def test_any_reordering_is_found(desk: Desk, one: int, other: int):
    table = CaseStep.__table__
    move = [(one, 90), (other, one), (90, other)]
    faults = tamper(desk, delete(Evidence), *(update(table).where(*step(a)).values(seq=b) for a, b in move))
    assert faults == [f"history of case {UUID(int=1)} is broken at step {one}"]


def test_a_step_put_in_at_the_end_is_found_though_its_hash_is_right(desk: Desk):
    with desk.deps.database.read() as session:
        last = dict(session.execute(select(CaseStep.__table__).where(*step(5))).mappings().one())
    more = {**{name: last[name] for name in COLUMNS}, "seq": 6, "action": "handle", "state": "handled", "detail": None}
    more["hash"] = step_hash(last["hash"], **{name: more[name] for name in COLUMNS})
    faults = tamper(desk, insert(CaseStep.__table__).values(**more))
    assert faults == [f"history of case {UUID(int=1)} is broken: it ends at step 6, the case says 5"]


def test_steps_of_two_cases_cannot_be_exchanged(desk: Desk):
    table = CaseStep.__table__
    moves = [(1, 9), (2, 1)]
    with desk.deps.database.write() as session:
        session.execute(insert(Case.__table__).from_select(*_copied(session)))
        for one, other in (*moves, (9, 2)):
            session.execute(update(table).where(*step(1, one)).values(case_id=UUID(int=other)))
    assert len(check(desk)[1]) >= 2


def _copied(session) -> tuple:
    """A third case, so that a step can be parked at it."""
    columns = [column.key for column in Case.__table__.columns]
    parked = literal(UUID(int=9), Case.__table__.c.id.type)
    values = [Case.__table__.c[name] if name != "id" else parked for name in columns]
    return columns, select(*values).where(Case.__table__.c.id == UUID(int=2))


def test_evidence_put_in_taken_away_or_exchanged_is_found(desk: Desk):
    other = Attachment(
        sha256="c" * 64, original="d" * 64, media_type="image/jpeg", size=1, width=1, height=1, added_at=MONDAY
    )
    with desk.deps.database.write() as session:
        session.add(other)
    told = f"history of case {UUID(int=1)} is broken at step 5: its evidence is not what was shown"
    assert tamper(desk, update(Evidence).values(sha256="c" * 64)) == [told]
    assert tamper(desk, delete(Evidence)) == [told]
    added = insert(Evidence).values(county_code="K1", case_id=UUID(int=1), seq=2, sha256=PHOTO)
    assert "broken at step 2: its evidence" in tamper(desk, added)[0]


def test_a_demo_that_keeps_only_some_histories_is_whole_until_somebody_wrote_to_a_case(desk: Desk):
    with desk.deps.database.write() as session:
        row = dict(session.execute(select(Case.__table__).where(Case.id == UUID(int=2))).mappings().one())
        session.execute(insert(Case.__table__).values(**{**row, "id": UUID(int=3), "version": 7}))
    assert check(desk)[1] == []  # its dataset is synthetic
    desk.act("accept", key=("K1", UUID(int=3)))
    assert check(desk)[1] == []
    assert len(tamper(desk, delete(CaseStep.__table__).where(HERE.case_id == UUID(int=3)))) == 1
    assert desk.rows(AuditRow)[-1]["subject"] == str(UUID(int=3))


def test_of_real_records_every_history_must_be_there(desk: Desk):
    with desk.deps.database.write() as session:
        session.execute(update(Dataset).values(synthetic=False))
        session.execute(delete(AuditRow))
    assert len(tamper(desk, delete(CaseStep.__table__).where(HERE.case_id == UUID(int=2)))) == 1
