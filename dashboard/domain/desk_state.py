"""What a desk shows: section, region, queue, its filters, the case that is open. It is the URL's query and nothing else.

The row under the cursor is no part of it: it changes with every key, and the browser writes it into the address itself.
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from urllib.parse import parse_qsl, urlencode
from uuid import UUID

from dashboard.domain.errors import UserError
from dashboard.domain.people import Person
from dashboard.domain.workflow import SEVERITIES, SOURCES, SUPERVISION

SECTIONS = {  # section: the capability it needs; the first one a person has is where their desk opens
    "board": "case.read",
    "supervise": "case.read",
    "directives": "case.read",
    "patrols": "case.read",
    "people": "people.manage",
    "audit": "audit.read",
}
_FLOW = frozenset({"dispatcher", "supervisor", "leader"})
_ALL = _FLOW | {"handler", "verifier", "evaluator", "auditor", "grid_worker"}
TABS = {  # queue: the roles that are shown it, in the order in which work comes
    "accept": _FLOW - {"supervisor"},
    "dispatch": _FLOW - {"supervisor"},
    "objected": _FLOW,
    "extension": frozenset({"supervisor", "leader"}),
    "mine": frozenset({"handler"}),
    "verify": frozenset({"verifier", "leader"}),
    "call_back": frozenset({"dispatcher", "verifier"}),
    "yellow": _ALL,
    "red": _ALL,
    "open": _ALL,
}
DUES = ("late", "today", "week")
FILTERS = ("due", "kind", "source", "severity", "unit", "supervision", "q")
_ALLOWED = {
    "section": tuple(SECTIONS),
    "tab": ("", *TABS),
    "due": ("", *DUES),
    "source": ("", *SOURCES),
    "severity": ("", *SEVERITIES),
    "supervision": ("", *SUPERVISION[1:]),
}
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class DeskState:
    """`region` "" is the person's own; `tab` "" the first they have. `case`: "<county code>:<id>" of the case that is
    open in full. `p`: page of a list that has pages. The service checks codes and keys."""

    section: str = "board"
    region: str = ""
    tab: str = ""
    due: str = ""
    kind: str = ""
    source: str = ""
    severity: str = ""
    unit: str = ""
    supervision: str = ""
    q: str = ""
    case: str = ""
    p: int = 1

    def to(self, **changes: object) -> str:
        """Query string of this state with changes; defaults are left out, so equal states have equal links."""
        other = replace(self, **changes)
        pairs = [(f.name, getattr(other, f.name)) for f in fields(other) if getattr(other, f.name) != f.default]
        return "?" + urlencode(pairs)

    def bare(self, **changes: object) -> str:
        """Link to the same section and region, or to others, without filters."""
        return DeskState(self.section, self.region).to(**changes)

    @property
    def filtered(self) -> bool:
        return any(getattr(self, name) for name in FILTERS)

    @property
    def key(self) -> tuple[str, UUID]:
        """(county code, id) of the open case; UserError where `case` is none."""
        return parse_key(self.case)


def parse_desk(query: str) -> DeskState:
    """Read a query string, with or without "?". Raises UserError for a value outside the allowed ones."""
    known = {field.name for field in fields(DeskState)}
    given: dict = {name: value for name, value in parse_qsl(query.lstrip("?")) if name in known}
    for name, value in given.items():
        if not value.isprintable() or len(value) > _LONGEST:
            raise UserError("state", f"{name} cannot be read", got=value, allowed=f"{_LONGEST} printable characters")
        if value not in _ALLOWED.get(name, (value,)):
            raise UserError("state", f"unknown {name}", got=value, allowed=[one for one in _ALLOWED[name] if one])
    if "p" in given:
        given["p"] = _page(given["p"])
    if given.get("case"):
        parse_key(given["case"])
    return DeskState(**given)


def parse_key(text: str) -> tuple[str, UUID]:
    """ "330382:018f…" → ("330382", UUID). Raises UserError for anything else."""
    county, _, case_id = text.partition(":")
    try:
        return county, UUID(case_id)
    except ValueError:
        raise UserError("state", "case cannot be read", got=text, allowed="<county code>:<id>") from None


def sections_of(person: Person) -> tuple[str, ...]:
    return tuple(section for section, capability in SECTIONS.items() if person.can(capability))


def tabs_of(roles: Iterable[str]) -> tuple[str, ...]:
    """Queues for somebody who has these roles, in order."""
    mine = frozenset(roles)
    return tuple(tab for tab, shown in TABS.items() if shown & mine)


def _page(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:7]) <= 100_000):
        raise UserError("state", "not a page number", got=text, allowed="1 to 100000")
    return int(text)
