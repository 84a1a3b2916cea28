"""What may be read of appeals: all of an edition, for everybody it concerns, and one of them.

Claims and decisions are for all the ranked; evidence is for the parties, evaluators and auditors.
"""

from datetime import datetime
from uuid import UUID

from dashboard.deps import Deps
from dashboard.domain.evaluation.model import Scheme
from dashboard.domain.numbers import case_number
from dashboard.domain.people import Person
from dashboard.domain.regions import Region
from dashboard.services import parties
from dashboard.services.appeal_checks import barred, frozen_scheme, get_seen_appeal, window
from dashboard.services.words import actor, named
from dashboard.views.appeals import AppealRow, AppealsView
from data.models import Appeal
from data.queries import appeals as reads
from data.session import Session


def list_appeals(deps: Deps, person: Person, edition_id: UUID) -> AppealsView:
    """All appeals against an edition, for everybody who may see it. Raises NotFound."""
    now = deps.clock()
    with deps.database.read() as session:
        edition, root = parties.get_seen(session, person, edition_id)
        found = reads.list_appeals(session, edition_id)
        rows = to_rows(session, person, found, frozen_scheme(session, edition), now) if found else ()
        return AppealsView(str(edition_id), *window(deps, session, edition, root, now), rows)


def get_appeal(deps: Deps, person: Person, appeal_id: UUID) -> AppealRow:
    """One appeal. Raises NotFound."""
    with deps.database.read() as session:
        found, edition, _root = get_seen_appeal(session, person, appeal_id)
        return to_rows(session, person, [found], frozen_scheme(session, edition), deps.clock())[0]


def to_rows(
    session: Session, person: Person, found: list[Appeal], scheme: Scheme, now: datetime
) -> tuple[AppealRow, ...]:
    regions = parties.names_of(session, (row.region_code for row in found))
    return tuple(_row(session, person, row, regions[row.region_code], scheme, now) for row in found)


def _row(session: Session, person: Person, row: Appeal, region: Region, scheme: Scheme, now: datetime) -> AppealRow:
    indicator = scheme.indicator(row.indicator) if row.indicator else None
    return AppealRow(
        str(row.id), str(row.edition_id), region.code, region.name, row.subject, row.indicator,
        indicator and named(indicator), row.county_code, row.case_id and str(row.case_id),
        row.case_id and case_number(row.case_id), row.deduction_id and str(row.deduction_id), row.claim, row.wish,
        parties.exhibits(person, region, row.evidence), len(row.evidence), row.state, row.version, row.filed_at,
        actor(row.actor), row.due_at, scheme.decide_days, (row.decided_at or now) > row.due_at, row.decided_at,
        actor(row.decider), row.decision, row.effect, _actions(session, person, row, region),
    )  # fmt: skip


def _actions(session: Session, person: Person, row: Appeal, region: Region) -> tuple[str, ...]:
    """What the reader may do with it now."""
    if row.state != "filed":
        return ()
    decides = person.can(parties.DECIDE) and not barred(session, person, row, region)
    return (*(("uphold", "refuse") if decides else ()), *(("withdraw",) if parties.speaks_for(person, region) else ()))
