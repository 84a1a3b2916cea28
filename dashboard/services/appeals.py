"""Appeals: filing with evidence and within the window, deciding outside the scoring chain, and what was upheld.

Answers for one item at a time: a case, a value, a deduction. What an upheld appeal changes is worked out by
dashboard.domain.evaluation.appeal when the edition is computed again.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from dashboard.deps import Deps
from dashboard.domain.errors import UserError
from dashboard.domain.evaluation import appeal as rules
from dashboard.domain.evaluation.appeal import Correction
from dashboard.domain.people import Person
from dashboard.domain.regions import Region
from dashboard.domain.scope import EVERYTHING
from dashboard.services import parties
from dashboard.services.appeal_checks import (
    barred,
    check_first,
    check_item,
    check_window,
    frozen_scheme,
    get_seen_appeal,
)
from dashboard.services.appeal_lists import get_appeal, list_appeals, to_rows
from dashboard.services.ids import check_own, new_id
from dashboard.views.appeals import AppealRow
from data.models import Appeal, Edition
from data.queries import appeals as reads
from data.queries.regions import get_region
from data.session import Session
from data.writes.audit import add_audit
from data.writes.verdicts import add_exhibits, lock, tell_verdict

__all__ = ["Filing", "decide", "file", "get_appeal", "list_appeals", "withdraw"]


@dataclass(frozen=True, slots=True)
class Filing:
    """What is asked for. `wish`: how the item has to stand. `evidence`: SHA-256 of files that arrived."""

    wish: Correction
    claim: str
    evidence: tuple[str, ...] = ()
    id: UUID | None = None


def file(deps: Deps, person: Person, edition_id: UUID, given: Filing) -> UUID:
    """File an appeal; its id. Sent twice under the same `id`, it is filed once.

    Raises NotFound for an edition the person may not see; UserError outside the window, for another's region, without
    evidence, for what the edition does not count, and for an item about which an appeal is filed or was upheld.
    """
    now = deps.clock()
    wish, claim = rules.check(given.wish), parties.said(given.claim, "claim")
    evidence = parties.shown_files(deps, person, given.evidence, least=1)
    with deps.database.write() as session:
        edition, root = parties.get_seen(session, person, edition_id)
        region = _own_region(session, person, edition, wish.region)
        if given.id is not None and (found := reads.find_appeal(session, given.id)) is not None:
            check_own(person, found.id, found.filed_by)
            return found.id
        check_window(deps, session, edition, root, now)
        scheme = frozen_scheme(session, edition)
        check_item(session, edition, scheme, wish)
        check_first(session, edition, wish)
        row = Appeal(
            id=given.id or new_id(now), edition_id=edition.id, region_code=region.code, subject=wish.subject,
            indicator=wish.indicator, county_code=wish.county, case_id=wish.case, deduction_id=wish.deduction,
            claim=claim, wish=rules.to_dict(wish), evidence=list(evidence), state="filed", version=1, filed_at=now,
            filed_by=person.id, actor=person.name,
            due_at=parties.after_work_days(deps, session, root, now, scheme.decide_days),
        )  # fmt: skip
        session.add(row)
        session.flush()
        _note(session, now, person, "appeal.filed", row, region, {"wish": row.wish})
        return row.id


def _own_region(session: Session, person: Person, edition: Edition, code: str) -> Region:
    """The region that the person speaks for, if the edition evaluates it."""
    region = get_region(session, person.scope(parties.VIEW), code)
    if not parties.speaks_for(person, region):
        raise UserError("forbidden", "a region appeals for itself", got=code,
                        hint="its leader or its supervisor files the appeal")  # fmt: skip
    if reads.find_standing(session, edition.id, code) is None:
        raise UserError("region", "this region is not in the edition", got=code)
    return region


def _note(session: Session, now: datetime, person: Person, action: str, row: Appeal, region: Region,
          detail: Mapping) -> None:  # fmt: skip
    add_exhibits(session, row.id, region, row.evidence)
    add_audit(session, now, person, action, subject=str(row.id), region=region.code, detail=detail)
    tell_verdict(session, now, action, row.edition_id, region)


def decide(deps: Deps, person: Person, appeal_id: UUID, upheld: bool, decision: str, *,
           effect: Correction | None = None, version: int | None = None) -> AppealRow:  # fmt: skip
    """Settle an appeal, with the reasons. `effect` None: what was wished; only of one that is upheld.

    Raises NotFound out of sight, Conflict where it moved in between, and UserError "chain" for somebody who filed it,
    took a step in the edition, recorded the deduction, or speaks for the region.
    """
    now, text = deps.clock(), parties.said(decision, "decision")
    with deps.database.write() as session:
        row, edition, root, region = _get(session, person, appeal_id, version)
        if not person.scope(parties.DECIDE).covers(root):
            raise UserError("forbidden", "appeals are decided by somebody granted it for the whole edition",
                            got=root.code)  # fmt: skip
        _check_outside(session, person, row, region)
        row.state = rules.step(row.state, "uphold" if upheld else "refuse")
        if not upheld and effect is not None:
            raise UserError("effect", "an appeal that is refused has no effect", got=rules.to_dict(effect))
        if upheld:
            row.effect = rules.to_dict(_effect(session, edition, rules.from_dict(row.wish), effect))
        row.decided_at, row.decided_by, row.decider, row.decision = now, person.id, person.name, text
        row.version += 1
        session.flush()
        _note(session, now, person, f"appeal.{row.state}", row, region, {"effect": row.effect})
        return to_rows(session, person, [row], frozen_scheme(session, edition), now)[0]


def _effect(session: Session, edition: Edition, wish: Correction, effect: Correction | None) -> Correction:
    if effect is None:
        return wish
    rules.check_effect(wish, effect)
    check_item(session, edition, frozen_scheme(session, edition), effect)
    return effect


def _check_outside(session: Session, person: Person, row: Appeal, region: Region) -> None:
    bar = barred(session, person, row, region)
    if bar:
        raise UserError("chain", f"you may not decide: {rules.BARS[bar]}", got=bar,
                        hint="somebody outside the scoring chain has to")  # fmt: skip


def withdraw(deps: Deps, person: Person, appeal_id: UUID, *, version: int | None = None) -> AppealRow:
    """Take an appeal back, before it is decided; whoever speaks for its region may. Raises NotFound, Conflict, UserError."""
    now = deps.clock()
    with deps.database.write() as session:
        row, edition, _root, region = _get(session, person, appeal_id, version)
        if not parties.speaks_for(person, region):
            raise UserError("forbidden", "a region takes its own appeals back", got=region.code)
        row.state = rules.step(row.state, "withdraw")
        row.version += 1
        session.flush()
        _note(session, now, person, "appeal.withdrawn", row, region, {})
        return to_rows(session, person, [row], frozen_scheme(session, edition), now)[0]


def _get(session: Session, person: Person, appeal_id: UUID, version: int | None):
    """(appeal, held until the end; edition; its region; the region that appeals)."""
    _found, edition, root = get_seen_appeal(session, person, appeal_id)
    row = lock(session, Appeal, appeal_id, version)
    return row, edition, root, get_region(session, EVERYTHING, row.region_code)
