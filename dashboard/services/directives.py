"""Directives: issuing, the own receipt, withdrawing. What is read of them is in directive_lists.py."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from dashboard.deps import Deps
from dashboard.domain import directives as rules
from dashboard.domain.credit import credited
from dashboard.domain.errors import NotFound, UserError
from dashboard.domain.people import Person
from dashboard.domain.regions import LEVELS, Region
from dashboard.domain.scope import EVERYTHING, Scope
from dashboard.services.directive_lists import mine_of
from dashboard.services.ids import check_own, new_id
from dashboard.views.directives import MyReceipt
from data.models import Directive, Receipt
from data.queries import directives as reads
from data.queries.cases import get_case
from data.queries.regions import get_region
from data.writes import directives as writes
from data.writes.audit import add_audit

ISSUE = "directive.issue"


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked for. `case`: (county code, id). `subject`: the query string of what one looked at.

    `id`: made by the client, so that an order sent twice is given once. One of `due_at` and `due_in` ("2h").
    """

    region: str
    text: str
    roles: tuple[str, ...] = ()
    unit: str | None = None
    due_at: datetime | None = None
    due_in: str | None = None
    case: tuple[str, str] | None = None
    subject: str | None = None
    id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Issued:
    id: UUID
    addressees: int
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the own receipt. `device_at`: the device's clock, set right against the server's."""

    step: str
    answer: str | None = None
    id: UUID | None = None
    device_at: datetime | None = None


def issue(deps: Deps, person: Person, order: Order) -> Issued:
    """Give an order to everybody it means. Raises NotFound outside the person's own scope, UserError where nobody
    is there (`hint` says who would be)."""
    now = deps.clock()
    text = rules.clean_text(order.text, rules.TEXT_MOST, "text")
    roles = rules.check_roles(order.roles, order.unit)
    due_at = rules.due_time(now, order.due_at, order.due_in)
    subject = rules.clean_text(order.subject, rules.SUBJECT_MOST, "subject") if order.subject else None
    with deps.database.write() as session:
        given = _given_before(session, person, order.id)
        if given:
            return given
        region = get_ordered(session, person.scope(ISSUE), order.region, order.unit)
        case = _check_case(session, person, order.case)
        people = _addressees(session, person, region, roles, order.unit)
        key = order.id or new_id(now)
        row = {"id": key, "region_code": region.code, "text": text, "roles": list(roles), "unit": order.unit,
               "issued_by": person.id, "issuer": person.name, "issued_at": now, "due_at": due_at, "subject": subject,
               "county_code": case and case[0], "case_id": case and case[1]}  # fmt: skip
        writes.add_directive(session, row, people)
        writes.tell(session, now, "issued", key, region, [one.user_id for one in people])
        add_audit(session, now, person, "directive.issue", subject=str(key), region=region.code,
                  detail={"addressees": len(people), "roles": list(roles), "unit": order.unit})  # fmt: skip
        return Issued(key, len(people))


def get_ordered(session, scope: Scope, code: str, unit: str | None) -> Region:
    """The region, where `scope` may give orders to all of it, or to `unit` in it; else NotFound."""
    region = get_region(session, EVERYTHING, code)
    above = {one for _level, one in region.path}
    if unit is not None and any(root in above and unit == own for root, own in scope.units):
        return region
    return scope.check(region)


def _given_before(session, person: Person, key: UUID | None) -> Issued | None:
    found = reads.find_directive(session, key) if key else None
    if found is None:
        return None
    check_own(person, found.id, found.issued_by)
    return Issued(found.id, reads.count_receipts(session, [found.id])[found.id].addressed, repeated=True)


def _check_case(session, person: Person, key: tuple[str, str] | None) -> tuple[str, UUID] | None:
    """The case an order is about, if the person may see it; else NotFound."""
    if key is None:
        return None
    county = get_region(session, EVERYTHING, key[0])
    found = get_case(session, EVERYTHING, county, key[1])
    columns = ("holder_unit", *(f"{level}_code" for level in LEVELS))
    if not person.scope("case.read").covers_case({name: getattr(found, name) for name in columns}):
        raise NotFound("case", "no such case here", got=key[1])
    return found.county_code, found.id


def _addressees(session, person: Person, region: Region, roles: Sequence[str], unit: str | None) -> list:
    people = reads.list_addressees(session, region, roles, unit, but=person.id, limit=rules.ADDRESSEES_MOST + 1)
    if len(people) > rules.ADDRESSEES_MOST:
        hint = "order a smaller region, or fewer roles"
        raise UserError("addressees", "too many people", allowed=f"at most {rules.ADDRESSEES_MOST}", hint=hint)
    if not people:
        there = [f"{count} {role}" + (f" ({own})" if own else "")
                 for role, own, count in reads.count_people(session, region, rules.MEANT)]  # fmt: skip
        hint = f"here are: {', '.join(there)}" if there else "nobody has a role here; order the region above"
        raise UserError("addressees", "nobody here is meant", got=[*roles, *([unit] if unit else [])], hint=hint)
    return people


def receive(deps: Deps, person: Person, directive_id: UUID, given: Step) -> MyReceipt:
    """Take a step of the person's own receipt; one taken before changes nothing. Raises NotFound where they are not
    addressed, UserError for an answer that is empty, another than before, or to an order that was withdrawn."""
    now = deps.clock()
    answer = rules.clean_text(given.answer or "", rules.ANSWER_MOST, "answer") if given.step == "answered" else None
    with deps.database.write() as session:
        receipt = writes.lock_receipt(session, directive_id, person.id) if person.id else None
        if receipt is None:
            raise NotFound("directive", "no such directive", got=str(directive_id))
        found = reads.find_directive(session, directive_id)
        if writes.find_received(session, given.id, person.id) is not None:
            return mine_of(receipt, found.due_at)
        changes = rules.progress(_stamps(receipt), given.step, now)
        if changes:
            at = credited(given.device_at, found.issued_at, now)
            believed = {"device_at": at if at == given.device_at else None}
            _take(session, person, found, receipt, given.step, answer, changes | believed, now)
        elif answer is not None and answer != receipt.answer:
            raise UserError("answered", "this directive was answered before", got=receipt.answer)
        writes.add_received(session, now, given.id, person.id, {"id": str(directive_id), "step": given.step})
        return mine_of(receipt, found.due_at)


def _stamps(receipt: Receipt) -> dict[str, datetime | None]:
    return {f"{step}_at": getattr(receipt, f"{step}_at") for step in rules.STEPS}


def _take(session, person: Person, found: Directive, receipt: Receipt, step: str, answer: str | None,
          changes: dict, now: datetime) -> None:  # fmt: skip
    if step == "answered":
        if found.withdrawn_at is not None and (changes["device_at"] or now) >= found.withdrawn_at:
            raise UserError("withdrawn", "this directive was withdrawn", got=found.withdrawn_at.isoformat())
        changes["answer"] = answer
        add_audit(session, now, person, "directive.answer", subject=str(found.id), region=found.region_code)
    for name, value in changes.items():
        setattr(receipt, name, value)
    session.flush()
    writes.tell(session, now, step, found.id, get_region(session, EVERYTHING, found.region_code))


def withdraw(deps: Deps, person: Person, directive_id: UUID) -> None:
    """Take an order back. Whoever issued it may; for others it does not exist. Twice is once."""
    now = deps.clock()
    with deps.database.write() as session:
        found = reads.find_directive(session, directive_id)
        if found is None or person.id is None or found.issued_by != person.id:
            raise NotFound("directive", "no such directive of yours", got=str(directive_id))
        if found.withdrawn_at is not None:
            return
        found.withdrawn_at = now
        session.flush()
        users = [receipt.user_id for receipt, _name in reads.list_receipts(session, directive_id)]
        region = get_region(session, EVERYTHING, found.region_code)
        writes.tell(session, now, "withdrawn", directive_id, region, users)
        add_audit(session, now, person, "directive.withdraw", subject=str(directive_id), region=found.region_code)
