"""Vetoes (一票否决): a flag that one person proposes and another, who leads, decides; with its basis, day and end."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from dashboard.deps import Deps
from dashboard.domain.errors import UserError
from dashboard.domain.people import CAPABILITIES, Person
from dashboard.domain.regions import Region
from dashboard.services import parties
from dashboard.services.deductions import check_day
from dashboard.services.ids import new_id
from dashboard.services.schemes import scheme as get_scheme
from dashboard.services.words import actor
from dashboard.views.appeals import VetoLine
from data.models import VetoRow
from data.queries import deductions as reads
from data.queries.regions import get_region
from data.session import Session
from data.writes.audit import add_audit
from data.writes.verdicts import add_exhibits, lock, tell_verdict


@dataclass(frozen=True, slots=True)
class NewVeto:
    """`until`: its last day; None: until somebody lifts it."""

    scheme: str
    region: str
    basis: str
    proposed_by: str
    decided_on: date
    until: date | None = None
    evidence: tuple[str, ...] = ()


def veto(deps: Deps, person: Person, given: NewVeto) -> UUID:
    """Enter a veto that `person` decided; its id. Raises NotFound, and UserError for somebody who does not lead a region
    above, for who proposed it, a day to come, an end before it, or no basis or evidence."""
    now, scheme = deps.clock(), get_scheme(deps, given.scheme)
    basis, proposer = parties.said(given.basis, "basis"), parties.said(given.proposed_by, "proposed_by", 2)
    evidence = parties.shown_files(deps, person, given.evidence, least=1)
    if proposer == person.name:
        raise UserError("proposed_by", "who proposes a veto does not decide it", got=proposer)
    if given.until is not None and given.until <= given.decided_on:
        raise UserError("until", "a veto ends after the day it was decided", got=given.until, allowed=given.decided_on)
    with deps.database.write() as session:
        region = get_region(session, person.scope(parties.VIEW), given.region)
        _check_leads(person, region)
        if region.level != scheme.level:
            raise UserError("region", "the scheme ranks another level", got=region.level, allowed=scheme.level)
        check_day(session, region, given.decided_on, now)
        row = VetoRow(id=new_id(now), scheme_key=scheme.key, region_code=region.code, basis=basis,
                      proposed_by=proposer, decided_by=person.id, actor=person.name, decided_on=given.decided_on,
                      until=given.until, evidence=list(evidence))  # fmt: skip
        session.add(row)
        session.flush()
        add_exhibits(session, row.id, region, evidence)
        add_audit(session, now, person, "veto.decide", subject=str(row.id), region=region.code, reason=basis)
        tell_verdict(session, now, "veto.decided", row.id, region)
        return row.id


def _check_leads(person: Person, region: Region) -> None:
    if not parties.above(person, region, CAPABILITIES[parties.PUBLISH]):
        raise UserError("forbidden", "a veto is decided by who leads a region above", got=region.code)


def lift(deps: Deps, person: Person, veto_id: UUID, why: str) -> None:
    """End a veto before its day; it stays on record. Raises NotFound, UserError."""
    now, why = deps.clock(), parties.said(why, "why")
    with deps.database.write() as session:
        region = parties.region_of(session, person, reads.find_veto(session, veto_id), "veto", veto_id)
        _check_leads(person, region)
        row = lock(session, VetoRow, veto_id)
        if row.lifted_at is not None:
            raise UserError("veto", "this veto was lifted", got=row.lifted_at.isoformat())
        row.lifted_at, row.lifted_why = now, why
        session.flush()
        add_audit(session, now, person, "veto.lift", subject=str(row.id), region=region.code, reason=why)
        tell_verdict(session, now, "veto.lifted", row.id, region)


def list_vetoes(
    deps: Deps, person: Person, scheme: str, *, region: str = "", lifted: bool = False
) -> tuple[VetoLine, ...]:
    """Vetoes of the regions the person may see, the newest first."""
    scope, now = person.scope(parties.VIEW), deps.clock()
    with deps.database.read() as session:
        if region:
            get_region(session, scope, region)
        found = reads.list_vetoes(session, scope, scheme, region=region, lifted=lifted)
        regions = parties.names_of(session, (row.region_code for row in found))
        return tuple(_line(session, person, row, regions[row.region_code], now) for row in found)


def _line(session: Session, person: Person, row: VetoRow, region: Region, now) -> VetoLine:
    today = parties.today_in(session, region, now)
    stands = row.lifted_at is None and row.decided_on <= today and (row.until is None or today <= row.until)
    return VetoLine(str(row.id), region.code, region.name, row.basis, row.proposed_by, actor(row.actor), row.decided_on,
                    row.until, parties.exhibits(person, region, row.evidence), stands, row.lifted_at,
                    row.lifted_why)  # fmt: skip
