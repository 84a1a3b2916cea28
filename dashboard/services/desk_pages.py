"""The desk's other pages: directives, patrols, accounts, the audit log. Each asks the service that owns the matter."""

from dataclasses import replace
from uuid import UUID

from dashboard.domain.numbers import case_number
from dashboard.domain.people import ROLES
from dashboard.services import accounts, audit, desk_words, directive_lists, kiosks, patrols, words
from dashboard.services.desk_frame import Desk
from dashboard.services.places_named import place_of
from dashboard.views.desk import AuditView, DirectivesPage, PatrolsView, PeopleView
from dashboard.views.people import AuditEntry

AUDIT_ROWS, PATROLS, ISSUED = 40, 200, 20
ORDERED = ("dispatcher", "handler", "verifier", "grid_worker", "supervisor")  # roles that a directive can be given to


def audit_page(desk: Desk) -> AuditView:
    page = desk.state.p
    found = audit.read_audit(desk.deps, desk.person, limit=AUDIT_ROWS, offset=(page - 1) * AUDIT_ROWS)
    rows = tuple(replace(one, action=_did(one.action), subject=_about(one)) for one in found.rows)
    return AuditView(rows, found.total, page, max(1, -(-found.total // AUDIT_ROWS)), desk.zone)


def _did(action: str) -> str:
    """In words, where there are some."""
    kind, _, verb = action.partition(".")
    if kind == "case" and verb in words.ACTIONS:
        return str(words.ACTIONS[verb])
    return str(desk_words.AUDITED.get(action, action))


def _about(one: AuditEntry) -> str | None:
    """A case by its number, everything else as it was written down."""
    try:
        return case_number(UUID(one.subject)) if one.action.startswith(("case.", "identity.")) else one.subject
    except (TypeError, ValueError):
        return one.subject


def patrol_page(desk: Desk) -> PatrolsView:
    """Of the region shown; whoever sees cases of one unit only sees none."""
    if not desk.scope.covers(desk.region):
        return PatrolsView((), desk.zone)
    return PatrolsView(patrols.list_patrols(desk.deps, desk.person, desk.region.code, limit=PATROLS), desk.zone)


def people_page(desk: Desk) -> PeopleView:
    roles = {role: str(words.ROLES[role]) for role in ROLES}
    walls = kiosks.list_kiosks(desk.deps, desk.person) if desk.person.can("device.manage") else ()
    return PeopleView(accounts.list_accounts(desk.deps, desk.person), walls, roles, place_of(desk.deps, desk.region))


def directive_page(desk: Desk) -> DirectivesPage:
    """Those to the person, and those they gave with receipts by unit."""
    mine = directive_lists.list_directives(desk.deps, desk.person, box="mine")
    may = desk.person.can("directive.issue") and desk.person.scope("directive.issue").covers(desk.region)
    own = directive_lists.list_directives(desk.deps, desk.person, box="issued") if may else ()
    issued = tuple(directive_lists.get_directive(desk.deps, desk.person, UUID(row.id)) for row in own[:ISSUED])
    roles = tuple((role, str(words.ROLES[role])) for role in ORDERED)
    return DirectivesPage(mine, issued, may, place_of(desk.deps, desk.region), roles, desk.zone)
