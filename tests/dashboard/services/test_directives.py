"""Directives on real databases: who is addressed, whose scope, receipts sent twice, withdrawing, feed and audit."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from dashboard.cache import ReadCache
from dashboard.catalog import load_catalog
from dashboard.deps import Deps
from dashboard.domain.errors import NotFound, UserError
from dashboard.domain.people import Grant, Person
from dashboard.services.directive_lists import get_directive, list_directives
from dashboard.services.directives import Order, Step, issue, receive, withdraw
from data.models import AuditRow, ChangeRow, Directive, GrantRow, Receipt, User
from data.session import Database
from tests.factories import install_tree

NOW = datetime(2026, 6, 22, 2, tzinfo=UTC)
HOUR = timedelta(hours=1)
PEOPLE = {  # name: grants as (role, region, unit)
    "leader": (("leader", "P", None),),
    "county": (("leader", "K1", None),),
    "fire desk": (("dispatcher", "K1", "消防"),),
    "grid1": (("grid_worker", "G1", None),),
    "grid2": (("grid_worker", "G4", None), ("handler", "T1", None)),
    "grid far": (("grid_worker", "G6", None),),
    "fire": (("handler", "K1", "消防"),),
    "water": (("handler", "K1", "水务"),),
    "auditor": (("auditor", "P", None),),
    "left": (("grid_worker", "G2", None),),
    "revoked": (("grid_worker", "G2", None),),
}
ADDRESSED = (  # who orders, region, roles, unit, who is addressed
    ("leader", "P", ("grid_worker",), None, {"grid1", "grid2", "grid far"}),
    ("leader", "K1", ("grid_worker",), None, {"grid1", "grid2"}),
    ("county", "K1", ("grid_worker", "handler"), None, {"grid1", "grid2", "fire", "water"}),
    ("leader", "V1", ("grid_worker",), None, {"grid1"}),
    ("leader", "K1", (), "消防", {"fire", "fire desk"}),
    ("leader", "K1", ("handler",), "水务", {"water"}),
    ("fire desk", "K1", ("handler",), "消防", {"fire"}),
    ("leader", "C1", ("leader",), None, {"county"}),
    ("county", "K1", ("leader", "handler"), "消防", {"fire"}),  # never whoever orders
)
REFUSED = (  # who orders, region, roles, unit
    ("county", "K2", ("grid_worker",), None),  # another county
    ("county", "C1", ("grid_worker",), None),  # above
    ("county", "nowhere", ("grid_worker",), None),
    ("fire desk", "K1", ("handler",), None),  # beyond the unit
    ("fire desk", "K1", ("handler",), "水务"),
    ("auditor", "P", ("grid_worker",), None),  # may look, not order
    ("grid1", "G1", ("grid_worker",), None),
)


@dataclass
class Office:
    """The services with a clock that the test sets, and people by name."""

    deps: Deps
    people: dict[str, Person] = field(default_factory=dict)
    now: datetime = NOW

    def timed(self) -> Deps:
        return replace(self.deps, clock=lambda: self.now)

    def issue(self, who: str, region: str = "K1", **given) -> UUID:
        order = {"text": "请立即核查", "roles": ("grid_worker",), "due_in": "2h", **given}
        return issue(self.timed(), self.people[who], Order(region, **order)).id

    def receive(self, who: str, key: UUID, step: str, answer: str | None = None, **given):
        return receive(self.timed(), self.people[who], key, Step(step, answer, **given))

    def rows(self, model) -> list:
        with self.deps.database.read() as session:
            found = list(session.scalars(select(model)))
            session.expunge_all()
            return found

    def addressed(self, key: UUID) -> set[str]:
        names = {person.id: name for name, person in self.people.items()}
        return {names[row.user_id] for row in self.rows(Receipt) if row.directive_id == key}

    def list(self, who: str, **given):
        return list_directives(self.timed(), self.people[who], **given)


@pytest.fixture
def office(database: Database) -> Office:
    with database.write() as session:
        install_tree(session)
        people = {
            name: add_person(session, n, name, grants) for n, (name, grants) in enumerate(PEOPLE.items(), start=1)
        }
        session.flush()
        session.get(User, people["left"].id).disabled_at = NOW
        session.scalar(select(GrantRow).where(GrantRow.user_id == people["revoked"].id)).revoked_at = NOW
    return Office(Deps(database, load_catalog(), ReadCache(Flask(__name__))), people)


def add_person(session, number: int, name: str, grants: tuple) -> Person:
    key = UUID(int=number << 16)
    session.add(User(id=key, login=name, name=f"演示·{name}", password="-", created_at=NOW))
    session.flush()
    for place, (role, region, unit) in enumerate(grants):
        session.add(GrantRow(id=UUID(int=key.int + place + 1), user_id=key, role=role, region_code=region, unit=unit,
                             granted_at=NOW))  # fmt: skip
    return Person(key, f"演示·{name}", tuple(Grant(*one) for one in grants))


@pytest.mark.parametrize("who, region, roles, unit, expected", ADDRESSED)
def test_who_is_addressed(office: Office, who: str, region: str, roles: tuple, unit: str | None, expected: set):
    key = office.issue(who, region, roles=roles, unit=unit)
    assert office.addressed(key) == expected


@pytest.mark.parametrize("who, region, roles, unit", REFUSED)
def test_nobody_orders_beyond_their_own_scope_and_nothing_is_written(office: Office, who, region, roles, unit):
    with pytest.raises(NotFound):
        office.issue(who, region, roles=roles, unit=unit)
    assert [office.rows(model) for model in (Directive, Receipt, ChangeRow, AuditRow)] == [[], [], [], []]


def test_where_nobody_is_meant_the_answer_says_who_would_be(office: Office):
    with pytest.raises(UserError) as caught:
        office.issue("leader", "K1", roles=("verifier",))
    assert caught.value.code == "addressees"
    assert "1 handler (消防)" in str(caught.value)
    assert "2 grid_worker" in str(caught.value)
    with pytest.raises(UserError, match="order the region above"):
        office.issue("leader", "G5", roles=("verifier",))
    assert office.rows(Directive) == []


def test_an_order_is_told_to_the_region_and_to_each_addressee_and_audited(office: Office):
    key = office.issue("county", subject="?region=K1&list=overdue")
    changes = office.rows(ChangeRow)
    assert {(one.topic, one.action, one.ref, one.county_code) for one in changes} == {
        ("directive", "issued", str(key), "K1")
    }
    meant = sorted(str(office.people[name].id) for name in ("grid1", "grid2"))
    assert sorted(str(one.user_id) for one in changes if one.user_id) == meant
    assert [one.township_code for one in changes if one.user_id is None] == [None]
    (audit,) = office.rows(AuditRow)
    assert (audit.action, audit.subject, audit.user_id) == ("directive.issue", str(key), office.people["county"].id)
    (row,) = office.rows(Directive)
    assert (row.due_at, row.subject, row.roles) == (NOW + 2 * HOUR, "?region=K1&list=overdue", ["grid_worker"])


def test_an_order_sent_twice_is_given_once(office: Office):
    key = UUID(int=7)
    first = issue(office.timed(), office.people["county"], Order("K1", "请核查", ("handler",), due_in="1h", id=key))
    again = issue(office.timed(), office.people["county"], Order("K1", "请核查", ("handler",), due_in="1h", id=key))
    assert (first.repeated, again.repeated) == (False, True)
    assert (first.id, first.addressees) == (again.id, again.addressees) == (key, 3)
    assert len(office.rows(Directive)) == 1
    assert len(office.rows(ChangeRow)) == 4
    with pytest.raises(UserError, match="this id is taken"):
        office.issue("leader", id=key)


def test_a_receipt_climbs_and_what_is_sent_twice_is_done_once(office: Office):
    key = office.issue("county")
    office.now += HOUR
    assert office.receive("grid1", key, "read", id=UUID(int=1)).delivered_at == office.now
    first = office.now
    office.now += HOUR / 2
    assert office.receive("grid1", key, "delivered").delivered_at == first
    assert office.receive("grid1", key, "read", id=UUID(int=1)).read_at == first
    mine = office.receive("grid1", key, "answered", "已到场", id=UUID(int=2))
    assert (mine.read_at, mine.answered_at, mine.answer, mine.late) == (first, office.now, "已到场", False)
    told = len(office.rows(ChangeRow))
    assert office.receive("grid1", key, "answered", "已到场", id=UUID(int=2)) == mine
    assert office.receive("grid1", key, "answered", "已到场") == mine
    assert len(office.rows(ChangeRow)) == told, "what changed nothing is not told"
    with pytest.raises(UserError, match="answered before"):
        office.receive("grid1", key, "answered", "另一个答复")
    assert [one.answer for one in office.rows(Receipt) if one.answer] == ["已到场"]


@pytest.mark.parametrize("device, believed, late", [
    (NOW + HOUR, True, False),  # in time, without a signal until now
    (NOW + 3 * HOUR, True, True),
    (NOW - HOUR, False, True),  # before there was the order
    (NOW + 9 * HOUR, False, True),  # in the future
    (None, False, True),
])  # fmt: skip
def test_an_answer_given_in_time_without_a_signal_is_not_late(office: Office, device, believed: bool, late: bool):
    key = office.issue("county")
    office.now += 4 * HOUR
    mine = office.receive("grid1", key, "answered", "已处置", device_at=device)
    assert (mine.answered_at, mine.late) == (office.now, late)
    (row,) = [one for one in office.rows(Receipt) if one.answer]
    assert row.device_at == (device if believed else None)


@pytest.mark.parametrize("who", ["grid far", "county", "auditor"])
def test_only_who_is_addressed_has_a_receipt(office: Office, who: str):
    key = office.issue("county")
    with pytest.raises(NotFound):
        office.receive(who, key, "read")


def test_a_withdrawn_order_is_answered_no_more_but_what_was_said_before_counts(office: Office):
    key = office.issue("county")
    with pytest.raises(NotFound):
        withdraw(office.timed(), office.people["leader"], key)
    office.now += HOUR
    withdraw(office.timed(), office.people["county"], key)
    told = len(office.rows(ChangeRow))
    withdraw(office.timed(), office.people["county"], key)
    assert len(office.rows(ChangeRow)) == told
    with pytest.raises(UserError, match="withdrawn"):
        office.receive("grid1", key, "answered", "已到场")
    assert office.receive("grid1", key, "read").read_at == office.now
    assert office.receive("grid2", key, "answered", "已到场", device_at=NOW + HOUR / 2).answer == "已到场"
    assert [row.standing for row in office.list("county", box="issued")] == ["withdrawn"]
    assert office.list("grid1", open_only=True) == ()


def test_boxes_hold_what_is_ones_own_and_regions_what_is_not_done(office: Office):
    near, far = office.issue("leader", "K1"), office.issue("leader", "C2", due_in="30m")
    assert {row.id for row in office.list("grid1")} == {str(near)}
    assert {row.id for row in office.list("leader", box="issued")} == {str(near), str(far)}
    assert [row.id for row in office.list("leader", box="region", region="P")] == [str(far), str(near)], (
        "first due first"
    )
    assert [row.id for row in office.list("county", box="region", region="K1")] == [str(near)]
    with pytest.raises(NotFound):
        office.list("county", box="region", region="P")
    office.receive("grid far", far, "answered", "好")
    office.now += HOUR
    assert [row.id for row in office.list("leader", box="region", region="P")] == [str(near)], (
        "done, and no longer news"
    )
    office.now += HOUR * 2
    assert [row.standing for row in office.list("leader", box="region", region="P")] == ["late"]


def test_names_are_for_whoever_issued_it_and_texts_for_those_it_concerns(office: Office):
    key = office.issue("leader", "K1")
    office.receive("grid1", key, "answered", "已到场")
    for who, named in (("leader", True), ("county", False), ("grid2", False), ("auditor", False)):
        groups = get_directive(office.timed(), office.people[who], key).groups
        names = {answer.name for group in groups for answer in group.answers} | {n for g in groups for n in g.waiting}
        assert names == ({"演示·grid1", "演示·grid2"} if named else {None}), who
        assert sum(group.counts.answered for group in groups) == 1
    for who in ("grid far", "fire"):
        with pytest.raises(NotFound):
            get_directive(office.timed(), office.people[who], key)


def test_two_answers_at_once_are_one(office: Office):
    key = office.issue("county")

    def answer(text: str):
        try:
            return office.receive("grid1", key, "answered", text).answer
        except UserError as error:
            return error.code

    with ThreadPoolExecutor(2) as pool:
        got = list(pool.map(answer, ("甲", "乙")))
    (kept,) = [one.answer for one in office.rows(Receipt) if one.answer]
    assert sorted(got) == sorted([kept, "answered"])
    assert [one.action for one in office.rows(ChangeRow)].count("answered") == 1
