"""What a person may do with a case now: rows of workflow.TRANSITIONS that state, grants and guards let pass.

Leaves out what only the inputs can tell; casework judges those when the action is sent.
"""

from collections.abc import Mapping
from datetime import datetime

from dashboard.domain.errors import UserError
from dashboard.domain.guards import GUARDS, Actor, Move
from dashboard.domain.people import Person
from dashboard.domain.workflow import SUPERVISION, TRANSITIONS, Transition
from dashboard.services import words
from dashboard.services.heads import path_of
from dashboard.views.dossier import AllowedAction

ASKS_INPUT = frozenset({"merge_target", "changes", "said", "climbs", "reached"})
"""Guards that cannot be judged before the inputs are there."""
_ON = ("accept", "dispatch", "take", "redispatch", "grant_extension", "handle", "verify", "close", "call_back")
"""What moves a case on, in this order: the first that is allowed is offered first."""


def allowed_actions(person: Person, case: Mapping, now: datetime) -> tuple[AllowedAction, ...]:
    """The one that moves the case on comes first, the others in the order of the table. `case`: all its columns."""
    may = [t for t in TRANSITIONS.values() if _may(person, case, t, now)]
    first = next((action for action in _ON if any(t.action == action for t in may)), None)
    return tuple(_shown(t, t.action == first) for t in sorted(may, key=lambda t: t.action != first))


def _may(person: Person, case: Mapping, transition: Transition, now: datetime) -> bool:
    if case["state"] not in transition.sources:
        return False
    grant = person.acting(transition.roles, path_of(case), case["holder_unit"])
    if grant is None or (transition.action == "supervise" and case["supervision"] == SUPERVISION[-1]):
        return False
    move = Move(case, Actor(person.id, person.name, grant.role, grant), {}, now)
    try:
        for name in transition.guards:
            if name not in ASKS_INPUT:
                GUARDS[name](move)
    except UserError:
        return False
    return True


def _shown(transition: Transition, primary: bool) -> AllowedAction:
    reasons = tuple((code, str(words.REASONS[code])) for code in transition.reasons)
    return AllowedAction(transition.action, str(words.ACTIONS[transition.action]), transition.needs, transition.takes,
                         reasons, primary)  # fmt: skip
