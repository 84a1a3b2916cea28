"""Who may do what: roles, capabilities, grants, and the person they are given to. One table; the gate reads it.

A grant is role × region subtree × unit. With a unit, it reaches only the cases that unit holds or held.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from dashboard.domain.scope import EVERYTHING, Scope

ROLES = ("leader", "dispatcher", "handler", "verifier", "grid_worker", "evaluator", "supervisor", "auditor",
         "administrator")  # fmt: skip
PUBLIC = "public"  # a resident who reported: of the county and the case that they hold the secret of
GUEST = "guest"  # who looks at a wall that stands open, or at one with a device token (kiosk)
ANYONE = "anyone"  # the capability of what needs no sign-in
SIGNED_IN = "signed_in"  # the capability of whoever has an account
CAPABILITIES: Mapping[str, frozenset[str]] = {
    key: frozenset(roles.split())
    for key, roles in {
        "wall.view": "leader dispatcher supervisor evaluator auditor guest",
        "live.hear": "leader dispatcher handler verifier grid_worker evaluator supervisor auditor administrator guest",
        "wall.export": "leader dispatcher supervisor evaluator auditor",
        "desk.view": "leader dispatcher handler verifier supervisor evaluator auditor administrator",
        "field.view": "leader dispatcher handler verifier grid_worker supervisor",
        "case.read": "leader dispatcher handler verifier grid_worker supervisor evaluator auditor",
        "case.report": "dispatcher handler grid_worker public",
        "case.act": "leader dispatcher handler verifier grid_worker supervisor",
        "case.export": "dispatcher supervisor evaluator auditor",
        "identity.read": "dispatcher handler",
        "patrol.record": "grid_worker",
        "directive.issue": "leader supervisor dispatcher",
        "wall.drive": "leader dispatcher supervisor",
        "people.manage": "administrator",
        "device.manage": "administrator",
        "audit.read": "auditor",
        "evaluation.view": "leader evaluator supervisor auditor dispatcher verifier",
        "evaluation.run": "evaluator",
        "evaluation.publish": "leader",
        "appeal.file": "leader supervisor",
        "appeal.decide": "auditor",
        "evidence.send": "leader dispatcher handler verifier grid_worker supervisor evaluator auditor",
        "exhibit.read": "leader supervisor evaluator auditor verifier",
        "problem.keep": "evaluator supervisor leader handler",
        "problem.read": "leader evaluator supervisor auditor dispatcher verifier handler",
        "finding.judge": "evaluator auditor",
        "sample.judge": "verifier auditor",
    }.items()
}


@dataclass(frozen=True, slots=True)
class Grant:
    role: str
    region: str
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """Who asks. `id` None: nobody with an account (a wall's guest, the public, the product's own jobs).

    `session`: key of the session that speaks for them, which a live stream ends with.
    """

    id: UUID | None
    name: str
    grants: tuple[Grant, ...] = ()
    session: str = ""
    everything: bool = False  # the product's own jobs

    def can(self, capability: str) -> bool:
        if capability == ANYONE or self.everything:
            return True
        if capability == SIGNED_IN:
            return self.id is not None
        return any(grant.role in CAPABILITIES[capability] for grant in self.grants)

    def scope(self, capability: str) -> Scope:
        """What the person may see for `capability`: subtrees of grants without a unit, and (region, unit) of others."""
        if self.everything:
            return EVERYTHING
        grants = [grant for grant in self.grants if grant.role in CAPABILITIES[capability]]
        return Scope(
            frozenset(grant.region for grant in grants if grant.unit is None),
            units=frozenset((grant.region, grant.unit) for grant in grants if grant.unit is not None),
        )

    def acting(self, roles: tuple[str, ...], path: frozenset[str], unit: str | None) -> Grant | None:
        """The grant by which the person acts in one of `roles` on a case at `path` (region codes) held by `unit`."""
        for grant in self.grants:
            if grant.role in roles and grant.region in path and grant.unit in (None, unit):
                return grant
        return None


SYSTEM = Person(None, "系统", everything=True)
RESIDENT = "群众"  # the name of residents in histories; their own stands apart, see data.models.work.Reporter
NOBODY = Person(None, "")
