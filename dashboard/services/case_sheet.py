"""One case on the desk: its dossier with the units it can go to, what is similar, and words for its place."""

from uuid import UUID

from dashboard.services import words
from dashboard.services.desk_frame import Desk
from dashboard.services.dossier import dossier
from dashboard.services.unit_load import Units, choices
from dashboard.views.desk import CaseSheet
from dashboard.views.dossier import Dossier, Similar
from data.queries.dossier import get_case_seen


def sheet(desk: Desk, county: str, case_id: UUID) -> CaseSheet:
    """Raises NotFound where there is no such case or the person may not see it."""
    full = dossier(desk.deps, desk.person, county, str(case_id))
    head = full.head
    with desk.deps.database.read() as session:
        row = get_case_seen(session, desk.scope, county, case_id)
        kind = desk.catalog.kinds[head.kind]
        found, alike = choices(session, desk, row, kind.unit)
        units = Units(session, desk, [county])
    held = {step.unit for step in full.steps if step.unit} | {charge.holder for charge in full.charges}
    names = {unit: units.short(unit) for unit in {*held, head.holder_unit} - {None, ""}}
    kinds = tuple((key, words.named(entry)) for key, entry in desk.catalog.kinds.items())
    may = desk.person.can("identity.read") and desk.person.scope("identity.read").covers_case(row)
    return CaseSheet(
        full, desk.zone, desk.now, head.place, words.named(kind), alike, found, _similar(desk, full),
        full.reporter is not None and may, kinds=kinds, names=names,
    )  # fmt: skip


def _similar(desk: Desk, full: Dossier) -> tuple[Similar, ...]:
    """Cases that may be about the same, while this one can still be merged; the case itself is left out."""
    head = full.head
    if head.state not in ("reported", "accepted") or (head.sensitive and not head.description):
        return ()
    return ()
