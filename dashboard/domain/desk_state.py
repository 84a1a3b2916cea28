"""What a desk shows: section, region, queue, its filters, the case that is open. It is the URL's query and nothing else.

The row under the cursor is no part of it: it changes with every key, and the browser writes it into the address itself.
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from urllib.parse import parse_qsl, urlencode
from uuid import UUID

from dashboard.domain.errors import UserError
from dashboard.domain.evaluation import appeal, problem
from dashboard.domain.evaluation.cohort import PARTS
from dashboard.domain.evaluation.detect.model import VERDICTS
from dashboard.domain.people import Person
from dashboard.domain.workflow import SEVERITIES, SOURCES, SUPERVISION

SECTIONS = {  # section: the capability it needs; the first one a person has is where their desk opens
    "board": "case.read",
    "supervise": "case.read",
    "directives": "case.read",
    "patrols": "case.read",
    "ranking": "evaluation.view",
    "appeals": "evaluation.view",
    "problems": "problem.read",
    "findings": "evaluation.view",
    "schemes": "evaluation.view",
    "people": "people.manage",
    "audit": "audit.read",
}
EVALUATION = ("ranking", "appeals", "problems", "findings", "schemes")  # sections that stand under one, as its tabs
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
NOW = "now-"  # before the key of a scheme: its provisional figures of the running month
VIEWS = ("profile", "weights", "cases", "changes")  # what stands beside or over the ranking
SORTS = ("region", "city", "score", "half", "rail", "moved", "gain")
LIST_SORTS = ("filed", "due")  # of lists of verdicts
STAGES = (*appeal.STATES, "open", *problem.STEPS, problem.CLOSED, *VERDICTS)  # where a thing of a list stands
SHOWS = ("case", "value", "deduction", "lists", "rungs", "deductions", "audit", "text", "changes", "tables", "weights")
DUES = ("late", "today", "week")
FILTERS = ("due", "kind", "source", "severity", "unit", "supervision", "q")
_ALLOWED = {
    "section": tuple(SECTIONS),
    "tab": ("", *TABS),
    "due": ("", *DUES),
    "source": ("", *SOURCES),
    "severity": ("", *SEVERITIES),
    "supervision": ("", *SUPERVISION[1:]),
    "view": ("", *VIEWS),
    "part": ("", *PARTS),
    "sort": ("", *SORTS, *LIST_SORTS),
    "stage": ("", *STAGES),
    "show": ("", *SHOWS),
}
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class DeskState:
    """`region` "" is the person's own; `tab` "" the first they have. `case`: "<county code>:<id>" of the case that is
    open in full. `p`: page of a list that has pages. The service checks codes and keys.

    Of evaluations: `edition`: an id, or NOW and a scheme ("" the newest); `at`: the region in focus; `node`: the node or
    indicator in focus; `part`: of PARTS; `peers`: a peer group ("" all); `view`, `sort`: of VIEWS and SORTS.
    `show`: of SHOWS, the part of a section; `stage`: of STAGES; `item`: what is open: an id, "new", "<county code>:<case id>",
    or "<scheme>:<version>". `draft`: weights that the scheme's form is filled with, see services.scheme_drafts."""

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
    edition: str = ""
    at: str = ""
    node: str = ""
    part: str = ""
    peers: str = ""
    view: str = ""
    sort: str = ""
    show: str = ""
    stage: str = ""
    item: str = ""
    draft: str = ""

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
    if given.get("edition"):
        _check_edition(given["edition"])
    return DeskState(**given)


def parse_key(text: str) -> tuple[str, UUID]:
    """ "330382:018f…" → ("330382", UUID). Raises UserError for anything else."""
    county, _, case_id = text.partition(":")
    try:
        return county, UUID(case_id)
    except ValueError:
        raise UserError("state", "case cannot be read", got=text, allowed="<county code>:<id>") from None


def _check_edition(text: str) -> None:
    if text.startswith(NOW):
        return
    try:
        UUID(text)
    except ValueError:
        raise UserError("state", "edition cannot be read", got=text, allowed=f"an id, or {NOW}<scheme>") from None


def sections_of(person: Person) -> tuple[str, ...]:
    return tuple(section for section, capability in SECTIONS.items() if person.can(capability))


def bar_of(person: Person) -> tuple[str, ...]:
    """What stands in the bar: of the sections about evaluation the first that is theirs leads to the others."""
    mine = sections_of(person)
    first = next((one for one in EVALUATION if one in mine), "")
    return tuple(one for one in mine if one not in EVALUATION or one == first)


def tabs_of(roles: Iterable[str]) -> tuple[str, ...]:
    """Queues for somebody who has these roles, in order."""
    mine = frozenset(roles)
    return tuple(tab for tab, shown in TABS.items() if shown & mine)


def _page(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:7]) <= 100_000):
        raise UserError("state", "not a page number", got=text, allowed="1 to 100000")
    return int(text)
