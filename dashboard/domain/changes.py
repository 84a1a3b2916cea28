"""Changes as live streams tell of them: what one is, who may hear of it, and in which words.

A change is a hint: what moved and where. It carries no title, no person, no position; who hears it asks for what they may
see, through the same gate as always.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from dashboard.domain.errors import UserError
from dashboard.domain.people import Person
from dashboard.domain.scope import Scope

TOPICS = ("case", "directive", "patrol", "device", "drive", "edition", "session")
HEARD = TOPICS[:-1]  # "session" ends streams and is told to nobody
HEARING = ("wall.view", "case.read")  # capabilities whose scopes together say what a person hears of
_TOLD = ("kind", "severity", "state", "card", "county_code", "version")  # of a case's detail; nothing else leaves
_PERSONAL = ("session", "drive")


@dataclass(frozen=True, slots=True)
class Change:
    """One row of the feed. `path`: codes of the place from the root down; empty: of no place."""

    seq: int
    at: datetime
    topic: str
    action: str
    ref: str | None
    path: tuple[str, ...]
    unit: str | None
    unit_before: str | None
    user_id: UUID | None
    detail: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Hearing:
    """What one stream hears of: what `person` may see, of `topics`, within `region` ("": wherever that is).

    `wall`: the random id of the wall that listens; drives of other walls are not for it. What is meant for the person
    alone is heard wherever it happens.
    """

    person: Person
    scope: Scope
    region: str = ""
    topics: frozenset[str] = frozenset(HEARD)
    wall: str = ""

    def hears(self, change: Change) -> bool:
        if change.topic not in self.topics or change.topic == "session":
            return False
        if change.topic == "drive":
            return bool(self.wall) and change.ref == self.wall
        if change.user_id is not None:
            return change.user_id == self.person.id
        return (not self.region or self.region in change.path) and _covers(self.scope, change)

    def concerns(self, change: Change) -> bool:
        """Does the change say that the session behind this stream may have ended, or what it is granted changed?"""
        if change.topic != "session":
            return False
        mine = bool(self.person.session) and change.ref == self.person.session
        return mine or (change.user_id is not None and change.user_id == self.person.id)


def hearing(person: Person, region: str = "", topics: str = "", wall: str = "") -> Hearing:
    """`topics`: names with commas; "": all. Raises UserError for a topic nobody can listen to."""
    wanted = frozenset(part for part in topics.split(",") if part) or frozenset(HEARD)
    if unknown := sorted(wanted - set(HEARD)):
        raise UserError("topics", "unknown topic", got=unknown[0], allowed=HEARD)
    return Hearing(person, union(*(person.scope(capability) for capability in HEARING)), region, wanted, wall)


def union(*scopes: Scope) -> Scope:
    """What any of them covers."""
    return Scope(
        frozenset().union(*(scope.roots for scope in scopes)),
        any(scope.everything for scope in scopes),
        frozenset().union(*(scope.units for scope in scopes)),
    )


def _covers(scope: Scope, change: Change) -> bool:
    """A unit hears of the cases it holds and of those it has just handed on. What has no place is for nobody."""
    if not change.path:
        return False
    if scope.everything or any(code in scope.roots for code in change.path):
        return True
    holders = {change.unit, change.unit_before} - {None}
    return any(root in change.path and unit in holders for root, unit in scope.units)


def told(change: Change) -> dict:
    """The change as everybody with an account reads it, ready for JSON."""
    detail = dict(change.detail) if change.topic in _PERSONAL else _only(change.detail, _TOLD)
    at = change.at.isoformat(timespec="seconds")
    return {"seq": change.seq, "at": at, "topic": change.topic, "action": change.action, "ref": change.ref,
            "path": list(change.path), "unit": change.unit, "detail": detail}  # fmt: skip


def told_guest(change: Change, sensitive: frozenset[str]) -> dict:
    """The change as a wall's guest reads it: what the figures show anyway, and of sensitive kinds not which case."""
    out = told(change) | {"unit": None}
    if change.topic not in _PERSONAL and (change.topic != "case" or change.detail.get("kind") in sensitive):
        out["ref"] = None
    return out


def _only(detail: Mapping[str, object], names: tuple[str, ...]) -> dict:
    return {name: detail[name] for name in names if name in detail}
