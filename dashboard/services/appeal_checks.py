"""What an appeal has to meet: the window it is filed in, the item it is about, and who may not decide it."""

from datetime import datetime
from uuid import UUID

from dashboard.deps import Deps
from dashboard.domain.errors import NotFound, UserError
from dashboard.domain.evaluation import appeal as rules
from dashboard.domain.evaluation.appeal import Correction
from dashboard.domain.evaluation.archive import COHORT, INPUTS, SCHEME
from dashboard.domain.evaluation.cohort import unpack
from dashboard.domain.evaluation.model import Scheme
from dashboard.domain.people import Person
from dashboard.domain.regions import Region
from dashboard.domain.scope import EVERYTHING
from dashboard.schemes.reading import read_scheme
from dashboard.services import parties
from data.models import Appeal, Edition
from data.queries import appeals as reads
from data.queries.deductions import find_deduction
from data.queries.editions import read_archive
from data.queries.regions import get_region
from data.session import Session


def get_seen_appeal(session: Session, person: Person, appeal_id: UUID) -> tuple[Appeal, Edition, Region]:
    """(appeal, edition, region of the edition). NotFound where the person may not see the edition."""
    found = reads.find_appeal(session, appeal_id)
    try:
        if found is not None:
            return found, *parties.get_seen(session, person, found.edition_id)
    except NotFound:
        found = None
    raise NotFound("appeal", "no such appeal", got=str(appeal_id))


def window(deps: Deps, session: Session, edition: Edition, root: Region, now: datetime) -> tuple[bool, datetime | None]:
    """(are appeals taken now?, until when; None: no end is set yet, or none are taken in this state)."""
    if edition.state in rules.HEARD_IN:
        until = edition.appeal_until
    elif edition.state in rules.LATE_IN and edition.superseded_at is None:
        until = parties.after_work_days(deps, session, root, edition.published_at, rules.LATE_DAYS)
    else:
        return False, None
    return until is None or now <= until, until


def check_window(deps: Deps, session: Session, edition: Edition, root: Region, now: datetime) -> None:
    """Raises UserError where no appeal is taken, saying until when or in which states one is."""
    taken, until = window(deps, session, edition, root, now)
    if taken:
        return
    if until is not None:
        raise UserError("window", "the time for appeals is over", got=now.isoformat(timespec="minutes"),
                        allowed=f"until {until.isoformat(timespec='minutes')}")  # fmt: skip
    hint = "appeal against the issue that stands" if edition.superseded_at else ""
    raise UserError("window", "no appeals are taken now", got=edition.state,
                    allowed=(*rules.HEARD_IN, *rules.LATE_IN), hint=hint)  # fmt: skip


def frozen_scheme(session: Session, edition: Edition) -> Scheme:
    """The scheme as it was frozen. Raises UserError before that."""
    found = read_archive(session, edition.id, [SCHEME])
    if SCHEME not in found:
        raise UserError("edition", "this edition is not locked yet", got=edition.state)
    return read_scheme(found[SCHEME].body.decode())


def check_item(session: Session, edition: Edition, scheme: Scheme, wish: Correction) -> None:
    """Raises UserError where the edition does not count the item for the region."""
    if wish.subject == "deduction":
        _check_deduction(session, edition, wish)
    elif wish.subject == "case":
        _check_case(session, edition, scheme, wish)
    elif scheme.indicator(wish.indicator).source == "cases":
        raise UserError("value", "this figure is counted from cases", got=wish.indicator, hint="name the case")


def _check_deduction(session: Session, edition: Edition, wish: Correction) -> None:
    found = find_deduction(session, wish.deduction)
    inputs = read_archive(session, edition.id, [INPUTS])[INPUTS].body
    if found is None or found.region_code != wish.region or str(found.id).encode() not in inputs:
        raise UserError("deduction", "no such deduction of this region counts here", got=str(wish.deduction))


def _check_case(session: Session, edition: Edition, scheme: Scheme, wish: Correction) -> None:
    region, county = (get_region(session, EVERYTHING, code) for code in (wish.region, wish.county))
    if region.code not in {code for _, code in county.path} and county.code not in {code for _, code in region.path}:
        raise UserError("case", "this case does not count for the region", got=wish.county, allowed=region.code)
    entry = read_archive(session, edition.id, [f"{COHORT}{wish.county}"])
    cohort = next((unpack(one.body) for one in entry.values()), None)
    mark = rules.mark_of(scheme, cohort, wish)
    rules.corrected_mark(scheme, scheme.indicator(wish.indicator), mark, wish)


def check_first(session: Session, edition: Edition, wish: Correction) -> None:
    """One appeal an item: what was refused or withdrawn may be asked again, with other evidence. Raises UserError."""
    for row in reads.list_appeals(session, edition.id, states=("filed", "upheld")):
        if rules.from_dict(row.wish).target == wish.target:
            raise UserError("appeal", "an appeal about this item is there already", got=row.state, hint=str(row.id))


def barred(session: Session, person: Person, row: Appeal, region: Region) -> str:
    """Key of appeal.BARS, or "" for somebody who stands outside. The product itself stands nowhere."""
    if person.everything:
        return ""
    deduction = find_deduction(session, row.deduction_id) if row.deduction_id else None
    return rules.barred(
        filed=row.filed_by == person.id, scored=reads.has_step_by(session, row.edition_id, person.id),
        recorded=deduction is not None and deduction.recorded_by == person.id,
        party=parties.speaks_for(person, region),
    )  # fmt: skip
