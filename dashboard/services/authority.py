"""Who acts, and by which grant: what is not granted is forbidden, and what may not even be seen is not found."""

from collections.abc import Mapping

from dashboard.domain.errors import NotFound, UserError
from dashboard.domain.guards import Actor
from dashboard.domain.people import CAPABILITIES, PUBLIC, Person
from dashboard.domain.regions import LEVELS
from dashboard.domain.workflow import Transition
from data.queries.work import held_before
from data.session import Session

_READERS = frozenset().union(*(CAPABILITIES[key] for key in ("case.read", "case.act", "wall.view")))


def check_seen(session: Session, person: Person, case: Mapping) -> None:
    """Raises NotFound where the person may neither read the case nor act on it, nor ever held it."""
    scope = person.scope("case.read")
    if scope.covers_case(case) or person.scope("case.act").covers_case(case) or held_before(session, scope, case):
        return
    if not any(grant.role == PUBLIC and grant.region in path_of(case) for grant in person.grants):
        raise NotFound("case", "no such case", got=str(case["id"]))


def actor_for(person: Person, case: Mapping, step: Transition) -> Actor:
    """Who takes `step`. Raises UserError "forbidden" where none of the person's grants allows it."""
    if person.everything:
        return Actor(person.id, person.name, PUBLIC if step.roles == (PUBLIC,) else "system")
    grant = person.acting(step.roles, path_of(case), case["holder_unit"])
    if grant is None:
        raise UserError("forbidden", "your role does not allow this here", got=step.action,
                        allowed=step.roles)  # fmt: skip
    return Actor(person.id, person.name, grant.role, grant)


def reporter_for(person: Person, path: frozenset[str], place: str, source: str) -> Actor:
    """Who reports at `path`. Raises NotFound for a place out of sight, UserError "forbidden" for one in sight."""
    if person.everything:
        return Actor(person.id, person.name, source)
    here = [grant for grant in person.grants if grant.region in path]
    for grant in here:
        if grant.role in CAPABILITIES["case.report"] and (grant.role != PUBLIC or source == PUBLIC):
            return Actor(person.id, person.name, grant.role, grant)
    if not any(grant.role in _READERS for grant in here):
        raise NotFound("region", "no such region", got=place)
    raise UserError("forbidden", "your role does not allow reporting here", got=source,
                    allowed=sorted(CAPABILITIES["case.report"]))  # fmt: skip


def path_of(case: Mapping) -> frozenset[str]:
    """Codes of the regions that a case lies in."""
    return frozenset(case[f"{level}_code"] for level in LEVELS) - {None}
