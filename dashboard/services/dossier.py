"""One case in full, as one person may see it. Reading a case of a sensitive kind, and unmasking, is audited."""

import json
from collections.abc import Iterable, Mapping
from uuid import UUID

from dashboard.deps import Deps
from dashboard.domain.commands import Contact
from dashboard.domain.errors import NotFound, UserError
from dashboard.domain.history import FIELDS, START, step_hash
from dashboard.domain.numbers import case_number
from dashboard.domain.people import Person
from dashboard.services import words
from dashboard.services.allowed import allowed_actions
from dashboard.services.heads import path_of, reads_text, surroundings
from dashboard.services.told import told_in_full
from dashboard.views.dossier import Dossier, DossierStep, MaskedReporter
from data.queries.dossier import case_key, evidence_of, find_reporter, get_case_seen, list_merged, list_steps_of
from data.session import Session
from data.writes.audit import add_audit

_HASHED = (*FIELDS, "detail")
_LONGEST_REASON = 200


def dossier(deps: Deps, person: Person, county_code: str, case_id: str) -> Dossier:
    """Raises NotFound where there is no such case or the person may not see it.

    The steps of cases that were merged into this one stand among its own, by time; their `detail` has "merged", the
    number of the case they belong to.
    """
    now = deps.clock()
    with deps.database.read() as session:
        case = get_case_seen(session, person.scope("case.read"), county_code, case_id)
        around = surroundings(session, deps.catalog, [case])
        told = reads_text(person, case)
        head = around.head(case, told=told)
        hidden = head.sensitive and not told
        own = list_steps_of(session, _key(case))
        steps = _steps(session, case, own, None, hidden)
        for other in list_merged(session, _key(case)):
            steps += _steps(session, other, list_steps_of(session, _key(other)), case_number(other["id"]), hidden)
        found = None if hidden else find_reporter(session, _key(case))
        clocks, charges = told_in_full(deps, session, case, own, now)
        full = Dossier(
            head, clocks, tuple(sorted(steps, key=lambda step: step.at)), charges, allowed_actions(person, case, now),
            MaskedReporter(mask_name(found.name), mask_phone(found.phone)) if found else None, chain_holds(own),
        )  # fmt: skip
    if head.sensitive and told:
        _audit(deps, person, case, "case.read", None)
    return full


def key_of(county_code: str, case_id: str) -> tuple[str, UUID]:
    """Raises NotFound for what is no UUID."""
    return case_key(county_code, case_id)


def unmask(deps: Deps, person: Person, county_code: str, case_id: str, reason: str) -> Contact:
    """Who reported, in full, for a reason that is kept. Raises NotFound, or UserError without a reason."""
    reason = reason.strip()
    if not 2 <= len(reason) <= _LONGEST_REASON:
        raise UserError("reason", "say why the reporter's name is needed", got=reason,
                        allowed=f"2 to {_LONGEST_REASON} characters")  # fmt: skip
    with deps.database.read() as session:
        case = get_case_seen(session, person.scope("identity.read"), county_code, case_id)
        found = find_reporter(session, _key(case))
        if found is None:
            raise NotFound("reporter", "nobody's name is kept for this case", got=case_id)
        contact = Contact(found.name, found.phone)
    _audit(deps, person, case, "identity.read", reason)
    return contact


def chain_holds(steps: Iterable[Mapping]) -> bool:
    """Is the history whole: numbered 1, 2, 3 ... and each hash that of its step and the hash before?"""
    previous, count = START, 0
    for count, step in enumerate(steps, start=1):
        previous = step_hash(previous, **{name: step[name] for name in _HASHED})
        if step["seq"] != count or step["hash"] != previous:
            return False
    return count > 0


def mask_name(name: str | None) -> str | None:
    """The first character, and that there is more."""
    return f"{name[0]}**" if name else None


def mask_phone(phone: str | None) -> str | None:
    """138****0421; of short numbers the last two digits."""
    if not phone:
        return None
    return f"{phone[:3]}****{phone[-4:]}" if len(phone) >= 11 else f"****{phone[-2:]}"


def _steps(session: Session, case: Mapping, rows: Iterable[Mapping], merged: str | None, hidden: bool):
    evidence = {} if hidden else evidence_of(session, _key(case))
    return [_step(row, evidence.get(row["seq"], ()), merged, hidden) for row in rows]


def _step(row: Mapping, evidence: tuple[str, ...], merged: str | None, hidden: bool) -> DossierStep:
    detail = json.loads(row["detail"]) if row["detail"] else {}
    given = detail.pop("evidence", ())  # the order in which the files were given
    evidence = tuple(sorted(evidence, key=lambda file: given.index(file) if file in given else len(given)))
    detail.pop("by", None)
    role = words.ROLES.get(row["role"]) or words.SOURCES.get(row["role"])
    return DossierStep(
        row["seq"], row["at"], row["device_at"], row["action"], str(words.ACTIONS.get(row["action"], row["action"])),
        row["actor"], row["role"], str(role or ""), row["unit"], row["reason"],
        str(words.REASONS[row["reason"]]) if row["reason"] in words.REASONS else row["reason"],
        None if hidden else row["note"], evidence, {**({} if hidden else detail), **({"merged": merged} if merged else {})},
    )  # fmt: skip


def _audit(deps: Deps, person: Person, case: Mapping, action: str, reason: str | None) -> None:
    grant = person.acting(tuple({one.role for one in person.grants}), path_of(case), case["holder_unit"])
    with deps.database.write() as session:
        add_audit(session, deps.clock(), person, action, subject=str(case["id"]), region=case["county_code"],
                  reason=reason, detail={"role": grant.role} if grant else None)  # fmt: skip


def _key(case: Mapping) -> tuple:
    return case["county_code"], case["id"]
