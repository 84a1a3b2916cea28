"""What a person may read of directives: rows with counts and the own receipt, and one with its receipts by unit."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from dashboard.deps import Deps
from dashboard.domain import directives as rules
from dashboard.domain.errors import NotFound
from dashboard.domain.numbers import case_number
from dashboard.domain.people import Person
from dashboard.domain.regions import Region
from dashboard.domain.scope import EVERYTHING
from dashboard.views.directives import (
    Answer,
    CaseRef,
    DirectiveDetail,
    DirectiveRow,
    Group,
    MyReceipt,
    ReceiptCounts,
)
from data.models import Directive, Receipt
from data.queries import directives as reads
from data.queries.regions import find_regions, get_region

LOOK, ISSUE = "wall.view", "directive.issue"
ROWS = 100
FRESH = timedelta(minutes=30)  # how long an order that all have answered is still shown


def list_directives(
    deps: Deps, person: Person, *, box: str = "mine", region: str = "", open_only: bool = False
) -> tuple[DirectiveRow, ...]:
    """`box` "mine": addressed to the person; "issued": by the person; "region": those for `region` and below that are
    not done. Raises NotFound for a region that the person may not look at."""
    now = deps.clock()
    with deps.database.read() as session:
        if box == "region":
            place = get_region(session, person.scope(LOOK), region)
            found = reads.list_in_region(session, person.scope(LOOK), place, since=now - FRESH, limit=ROWS)
        elif box == "mine":
            found = reads.list_of_user(session, person.id, open_only=open_only, limit=ROWS)
        else:
            found = reads.list_issued(session, person.id, limit=ROWS)
            within = find_regions(session, person.scope(ISSUE), {one.region_code for one in found})
            found = [one for one in found if one.region_code in within]  # with the office go its orders
        if not person.grants:
            found = []
        rows = to_rows(session, found, person.id, now)
    if open_only and box == "issued":
        rows = tuple(row for row in rows if row.standing in ("open", "late"))
    return rows


def get_directive(deps: Deps, person: Person, directive_id: UUID) -> DirectiveDetail:
    """With receipts by region and unit. NotFound but for whoever issued it, is addressed, or may look at its region.
    Names only for whoever issued it."""
    with deps.database.read() as session:
        return read_detail(session, person, directive_id, deps.clock())


def read_detail(session, person: Person, directive_id: UUID, now: datetime) -> DirectiveDetail:
    found = reads.find_directive(session, directive_id)
    missing = NotFound("directive", "no such directive", got=str(directive_id))
    if found is None:
        raise missing
    receipts = reads.list_receipts(session, directive_id)
    place = get_region(session, EVERYTHING, found.region_code)
    issued = person.id is not None and found.issued_by == person.id and person.scope(ISSUE).covers(place)
    addressed = bool(person.grants) and any(receipt.user_id == person.id for receipt, _name in receipts)
    if not (issued or addressed or person.scope(LOOK).covers(place)):
        raise missing
    row = to_rows(session, [found], person.id, now)[0]
    return DirectiveDetail(row, _groups(session, found, receipts, issued), issued)


def _groups(session, found: Directive, receipts: list, named: bool) -> tuple[Group, ...]:
    parts: dict[tuple, list] = {}
    for receipt, name in receipts:
        parts.setdefault((receipt.region_code, receipt.unit), []).append((receipt, name))
    labels = labels_of(session, {code for code, _unit in parts})
    return tuple(_group(found, key, labels[key[0]], rows, named) for key, rows in parts.items())


def _group(found: Directive, key: tuple, label: str, rows: list, named: bool) -> Group:
    late = [rules.answered_late(one.answered_at, one.device_at, found.due_at) for one, _name in rows]
    counts = ReceiptCounts(len(rows), *(sum(getattr(one, f"{step}_at") is not None for one, _name in rows)
                                        for step in rules.STEPS))  # fmt: skip
    answers = [Answer(name if named else None, one.answer, one.answered_at, was) for (one, name), was in
               zip(rows, late, strict=True) if one.answer]  # fmt: skip
    waiting = tuple(name for one, name in rows if one.answered_at is None) if named else ()
    return Group(key[0], label, key[1], counts, sum(late), tuple(answers), waiting)


def to_rows(session, found: Iterable[Directive], user: UUID | None, now: datetime) -> tuple[DirectiveRow, ...]:
    """Orders with their counts and the receipt of `user`."""
    found = list(found)
    ids = [one.id for one in found]
    counts, mine = reads.count_receipts(session, ids), (reads.find_receipts(session, user, ids) if user else {})
    labels = labels_of(session, {one.region_code for one in found})
    return tuple(_row(one, counts[one.id], mine.get(one.id), labels[one.region_code], now) for one in found)


def _row(one: Directive, counts: reads.Counts, mine: Receipt | None, label: str, now: datetime) -> DirectiveRow:
    state = rules.standing(due_at=one.due_at, withdrawn_at=one.withdrawn_at, addressed=counts.addressed,
                           answered=counts.answered, now=now)  # fmt: skip
    return DirectiveRow(
        str(one.id), one.text, one.issuer, one.issued_at, one.due_at, one.region_code, label, tuple(one.roles), one.unit,
        CaseRef(one.county_code, str(one.case_id), case_number(one.case_id)) if one.case_id else None, one.subject, state,
        ReceiptCounts(counts.addressed, counts.delivered, counts.read, counts.answered),
        mine_of(mine, one.due_at) if mine else None,
    )  # fmt: skip


def mine_of(receipt: Receipt, due_at: datetime) -> MyReceipt:
    late = rules.answered_late(receipt.answered_at, receipt.device_at, due_at)
    return MyReceipt(receipt.delivered_at, receipt.read_at, receipt.answered_at, receipt.answer, late)


def labels_of(session, codes: Iterable[str]) -> dict[str, str]:
    """{code: words for where it is}: the last two levels, e.g. 西湖·灵隐; of a root its name."""
    regions = find_regions(session, EVERYTHING, codes)
    above = {region.parent_code for region in regions.values() if region.parent_code}
    parents = find_regions(session, EVERYTHING, above)
    return {code: _label(region, parents.get(region.parent_code)) for code, region in regions.items()}


def _label(region: Region, parent: Region | None) -> str:
    return region.name if parent is None or parent.parent_code is None else f"{parent.short_name}·{region.short_name}"
