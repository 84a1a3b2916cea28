"""One case on the desk: its dossier with the units it can go to, what is similar, and words for its place."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from dashboard.domain.desk_state import parse_key
from dashboard.domain.errors import NotFound, UserError
from dashboard.domain.scope import Scope
from dashboard.domain.workflow import TRANSITIONS, Transition
from dashboard.services import words
from dashboard.services.desk_frame import Desk
from dashboard.services.dossier import dossier
from dashboard.services.similar import find_similar
from dashboard.services.unit_load import Units, bulk_choices, choices
from dashboard.views.desk import CaseSheet
from dashboard.views.dossier import AllowedAction, Dossier, Similar
from data.queries.dossier import get_case_seen
from data.session import Session

MERGEABLE = ("reported", "accepted")
ON_SCREEN = 60  # rows of which similar cases are counted at once
BULK = ("accept", "dispatch", "supervise")  # what can be done with several cases at once


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
        full.reporter is not None and may, kinds=kinds, names=names, states={key: str(name) for key, name in words.STATES.items()},
    )  # fmt: skip


def _similar(desk: Desk, full: Dossier) -> tuple[Similar, ...]:
    """Cases that may be about the same, while this one can still be merged; the case itself is left out."""
    head = full.head
    if head.state not in MERGEABLE or (head.sensitive and head.lon is None):
        return ()
    found = find_similar(desk.deps, desk.person, place=head.grid_code or head.county_code, kind=head.kind, title=head.title,
                         lon=head.lon, lat=head.lat)  # fmt: skip
    return tuple(one for one in found if one.id != head.id)


def similar_counts(desk: Desk, keys: Sequence[str]) -> dict[str, int]:
    """{key: how many cases may be about the same} for rows of the queue that stand on the screen."""
    out = {}
    with desk.deps.database.read() as session:
        for county, case_id in map(parse_key, keys[:ON_SCREEN]):
            row = find_case_seen(session, desk.scope, county, case_id)
            if row is not None:  # it can have gone to another unit meanwhile
                key = f"{county}:{case_id}"
                out[key] = desk.cached("similar", (key,), lambda row=row: (_count(desk, row),), version=desk.hour)[0]
    return out


def find_case_seen(session: Session, scope: Scope, county: str, case_id: UUID) -> dict | None:
    """The case, or None where there is none or the scope does not cover it."""
    try:
        return get_case_seen(session, scope, county, case_id)
    except NotFound:
        return None


def _count(desk: Desk, row: Mapping) -> int:
    if row["state"] not in MERGEABLE or desk.catalog.kinds[row["kind"]].sensitive:
        return 0
    found = find_similar(desk.deps, desk.person, place=row["grid_code"] or row["county_code"], kind=row["kind"],
                         title=row["title"], lon=row["lon"], lat=row["lat"])  # fmt: skip
    return sum(one.id != str(row["id"]) for one in found)


def asked(desk: Desk, action: str, cases: Sequence[Mapping], chosen: Mapping) -> dict:
    """What a dialogue needs: the action as the person may take it, and what its fields choose from.

    Several cases: the action by its row in the table alone; each case is judged when it is sent.
    Raises UserError where the action cannot be taken now, NotFound where a case is not theirs to see.
    """
    severities = {key: str(name) for key, name in words.SEVERITIES.items()}
    keys = [parse_key(str(one["key"])) for one in cases]
    if len(keys) == 1:
        view = sheet(desk, *keys[0])
        found = next((one for one in view.dossier.actions if one.action == action), None)
        if found is None:
            raise UserError("transition", "this cannot be done now", got=action)
        return {
            "action": found,
            "count": 1,
            "sheet": view,
            "units": view.choices,
            "severities": severities,
            "chosen": chosen,
        }
    if not keys or action not in BULK:
        raise NotFound("action", "this cannot be done with several cases", got=action, allowed=BULK)
    with desk.deps.database.read() as session:
        found_units = bulk_choices(session, desk)
    return {"action": shown(TRANSITIONS[action]), "count": len(keys), "sheet": None, "units": found_units,
            "severities": severities, "chosen": chosen}  # fmt: skip


def shown(transition: Transition) -> AllowedAction:
    reasons = tuple((code, str(words.REASONS[code])) for code in transition.reasons)
    return AllowedAction(transition.action, str(words.ACTIONS[transition.action]), transition.needs, transition.takes,
                         reasons, True)  # fmt: skip
