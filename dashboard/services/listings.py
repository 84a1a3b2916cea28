"""Red and black lists of an edition, and the rungs of the supervision ladder: records by people, never automatic."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from dashboard.deps import Deps
from dashboard.domain.errors import NotFound, UserError
from dashboard.domain.evaluation import problem as rules
from dashboard.domain.evaluation.edition import SHOWN
from dashboard.domain.people import Person
from dashboard.domain.scope import EVERYTHING
from dashboard.services import parties
from dashboard.services.ids import new_id
from dashboard.services.words import actor
from dashboard.views.appeals import ListingRow, RungRow
from data.models import Edition, Listing, Rung
from data.queries import problems as reads
from data.queries.appeals import find_standing
from data.queries.editions import find_latest
from data.queries.regions import get_region
from data.session import Session
from data.writes.audit import add_audit
from data.writes.verdicts import add_exhibits, lock, lock_region, tell_verdict


@dataclass(frozen=True, slots=True)
class NewListing:
    region: str
    side: str
    reason: str
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NewRung:
    region: str
    rung: str
    basis: str
    due_on: date | None = None
    outcome: str = ""
    evidence: tuple[str, ...] = ()
    problem: UUID | None = None
    edition: UUID | None = None


def add_listing(deps: Deps, person: Person, edition_id: UUID, given: NewListing) -> UUID:
    """Put a region on the red or the black list of a published edition; the entry's id. Raises NotFound, and UserError
    without reason or evidence, for a region without a rank, and for a second black list running with nothing done."""
    now, reason = deps.clock(), parties.said(given.reason, "reason")
    evidence = parties.shown_files(deps, person, given.evidence, least=1)
    with deps.database.write() as session:
        edition, root = parties.get_seen(session, person, edition_id)
        parties.check_granted(person, parties.RUN, root, seen=True)
        if edition.state not in SHOWN or edition.superseded_at is not None:
            raise UserError("edition", "lists belong to a published edition that stands", got=edition.state,
                            allowed=SHOWN)  # fmt: skip
        region = get_region(session, EVERYTHING, given.region)
        _check_listing(session, edition, region.code, given.side)
        row = Listing(id=new_id(now), edition_id=edition.id, region_code=region.code, side=given.side, reason=reason,
                      evidence=list(evidence), listed_at=now, listed_by=person.id, actor=person.name)  # fmt: skip
        session.add(row)
        session.flush()
        add_exhibits(session, row.id, region, evidence)
        add_audit(session, now, person, "listing.add", subject=str(row.id), region=region.code, reason=reason,
                  detail={"side": row.side})  # fmt: skip
        tell_verdict(session, now, "listing.added", edition.id, region)
        return row.id


def _check_listing(session: Session, edition: Edition, region: str, side: str) -> None:
    standing = find_standing(session, edition.id, region)
    listed = [row.side for row in reads.list_listings(session, edition.id, region=region)]
    last = find_latest(session, edition.scheme_key, edition.region_code, edition.level, before=edition.start)
    before = (
        [row for row in reads.list_listings(session, last.id, region=region) if row.side == "black"] if last else []
    )
    done = bool(before) and reads.has_step_done_since(session, region, before[0].listed_at)
    rules.check_listing(side, ranked=standing is not None and standing.rank is not None, listed=listed,
                        before=bool(before), done_since=done)  # fmt: skip


def withdraw_listing(deps: Deps, person: Person, listing_id: UUID, why: str) -> None:
    """Take a region off a list; the entry stays on record. Raises NotFound, UserError."""
    now, why = deps.clock(), parties.said(why, "why")
    missing = NotFound("listing", "no such listing", got=str(listing_id))
    with deps.database.write() as session:
        found = reads.find_listing(session, listing_id)
        if found is None:
            raise missing
        try:
            edition, root = parties.get_seen(session, person, found.edition_id)
        except NotFound:
            raise missing from None
        parties.check_granted(person, parties.RUN, root, seen=True)
        row = lock(session, Listing, listing_id)
        if row.withdrawn_at is not None:
            raise UserError("listing", "this entry was withdrawn", got=row.withdrawn_at.isoformat())
        row.withdrawn_at, row.withdrawn_why = now, why
        session.flush()
        region = get_region(session, EVERYTHING, row.region_code)
        add_audit(session, now, person, "listing.withdraw", subject=str(row.id), region=region.code, reason=why)
        tell_verdict(session, now, "listing.withdrawn", edition.id, region)


def list_listings(deps: Deps, person: Person, edition_id: UUID, *, withdrawn: bool = False) -> tuple[ListingRow, ...]:
    """The red and black lists of an edition, for everybody who may see it. Raises NotFound."""
    with deps.database.read() as session:
        parties.get_seen(session, person, edition_id)
        found = reads.list_listings(session, edition_id, withdrawn=withdrawn)
        regions = parties.names_of(session, (row.region_code for row in found))
        return tuple(_listing(person, row, regions[row.region_code]) for row in found)


def _listing(person: Person, row: Listing, region) -> ListingRow:
    return ListingRow(str(row.id), str(row.edition_id), region.code, region.name, row.side, row.reason,
                      parties.exhibits(person, region, row.evidence), len(row.evidence), row.listed_at, actor(row.actor),
                      row.withdrawn_at, row.withdrawn_why)  # fmt: skip


def climb(deps: Deps, person: Person, given: NewRung) -> UUID:
    """Record a rung of the ladder for a region; its id. Raises NotFound out of sight, and UserError where it does not
    follow the last one, lacks what it needs, or the person stands in no role for it above the region."""
    now, basis = deps.clock(), parties.said(given.basis, "basis")
    evidence = parties.shown_files(deps, person, given.evidence)
    said = {"due_on": given.due_on, "outcome": given.outcome.strip(), "evidence": evidence}
    with deps.database.write() as session:
        region = get_region(session, person.scope(parties.KEEP), given.region)
        lock_region(session, region)
        last = reads.find_last_rung(session, region.code)
        row = rules.climb(last.rung if last else "", given.rung, [name for name, one in said.items() if one])
        if not parties.above(person, region, row.roles):
            raise UserError("forbidden", "this rung is recorded by who stands above the region", got=given.rung,
                            allowed=row.roles)  # fmt: skip
        _check_refs(session, person, given, region.code)
        found = Rung(id=new_id(now), region_code=region.code, rung=given.rung, problem_id=given.problem,
                     edition_id=given.edition, basis=basis, due_on=given.due_on, outcome=said["outcome"] or None,
                     evidence=list(evidence), at=now, by=person.id, actor=person.name)  # fmt: skip
        session.add(found)
        session.flush()
        add_exhibits(session, found.id, region, evidence)
        add_audit(session, now, person, f"rung.{given.rung}", subject=str(found.id), region=region.code, reason=basis)
        tell_verdict(session, now, f"rung.{given.rung}", found.id, region)
        return found.id


def _check_refs(session: Session, person: Person, given: NewRung, region: str) -> None:
    if given.edition is not None:
        parties.get_seen(session, person, given.edition)
    problem = reads.find_problem(session, given.problem) if given.problem else None
    if given.problem is not None and (problem is None or problem.region_code != region):
        raise UserError("problem", "no such problem of this region", got=str(given.problem))


def list_rungs(deps: Deps, person: Person, *, region: str = "", capability: str = parties.VIEW) -> tuple[RungRow, ...]:
    """Rungs of the regions that the person may look at, the newest first; all of them, so that the way shows."""
    now, scope = deps.clock(), person.scope(capability)
    with deps.database.read() as session:
        place = get_region(session, scope, region) if region else None
        found = reads.list_rungs(session, scope, region=place)
        regions = parties.names_of(session, (row.region_code for row in found))
        days = {code: parties.today_in(session, one, now) for code, one in regions.items()}
        last = {row.region_code: row.id for row in reversed(found)}
        return tuple(
            RungRow(str(row.id), row.region_code, regions[row.region_code].name, row.rung,
                    row.problem_id and str(row.problem_id), row.edition_id and str(row.edition_id), row.basis,
                    row.due_on, row.outcome, parties.exhibits(person, regions[row.region_code], row.evidence), row.at,
                    actor(row.actor), _overdue(row, last, days))
            for row in found
        )  # fmt: skip


def _overdue(row: Rung, last: dict, days: dict) -> bool:
    return row.due_on is not None and last[row.region_code] == row.id and row.due_on < days[row.region_code]
