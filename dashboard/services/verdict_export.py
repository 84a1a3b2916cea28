"""Lists of verdicts as files, CSV or a workbook, under the filters of the screen: appeals, problems, findings, records.

Written down in the audit log before the first line leaves. Heads of columns are keys, so that other programs can read them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from dashboard.domain.errors import NotFound
from dashboard.services import desk_appeals, desk_findings, desk_problems
from dashboard.services.deductions import list_deductions
from dashboard.services.desk_frame import Desk
from dashboard.services.evaluation_tabs import edition
from dashboard.services.findings import list_findings
from dashboard.services.listings import list_listings, list_rungs
from dashboard.services.problem_lists import list_problems
from dashboard.services.schemes import DEFAULT
from dashboard.services.spreadsheets import to_file
from dashboard.views.editions import EditionHead
from data.writes.audit import add_audit


@dataclass(frozen=True, slots=True)
class _List:
    """`rows(desk, head)` gives objects; `names`: the attributes that a file tells of each."""

    capability: str
    names: tuple[str, ...]
    rows: object
    of_edition: bool = True


def export(desk: Desk, form: str, remote: str = "") -> tuple[bytes, str]:
    """(file, its name). Raises NotFound where the section has no list that the person may see, UserError for the form."""
    asked = desk.state.section, desk.state.show
    one = _LISTS.get(asked) or _LISTS.get((desk.state.section, ""))
    head = edition(desk)
    if one is None or not desk.person.can(one.capability) or (one.of_edition and head is None):
        raise NotFound("export", "no such export", got=desk.state.section)
    name = "-".join(part for part in (desk.state.section, desk.state.show) if part)
    body = to_file([one.names, *_lines(one, desk, head)], form, name)
    with desk.deps.database.write() as session:
        add_audit(session, desk.now, desk.person, "verdicts.export", subject=name, region=desk.region.code,
                  detail={"query": desk.state.to(), "form": form}, remote=remote)  # fmt: skip
    return body, f"{name}.{form}"


def _lines(one: _List, desk: Desk, head: EditionHead | None) -> Iterator[list]:
    for row in one.rows(desk, head):
        yield [_plain(getattr(row, name)) for name in one.names]


def _plain(value: object) -> object:
    """One cell: no data is empty, a flag 1 or 0, several things stand beside each other, steps by who answers when."""
    if value is None or isinstance(value, (int, float)):
        return "" if value is None else int(value) if isinstance(value, bool) else value
    if hasattr(value, "isoformat"):
        return value.isoformat()
    if isinstance(value, Mapping):
        return "; ".join(f"{key}={_plain(one)}" for key, one in value.items())
    if isinstance(value, tuple):
        return "; ".join(str(_plain(one)) for one in value)
    if hasattr(value, "number"):
        return value.number
    if hasattr(value, "due_on"):
        return f"{value.step}: {value.owner or ''} {_plain(value.due_on)}".strip()
    return str(value)


def _scheme(head: EditionHead | None) -> str:
    return head.scheme_key if head else DEFAULT


_LISTS = {
    ("appeals", ""): _List("evaluation.view", (
        "id", "region", "region_name", "subject", "indicator", "case_number", "deduction", "claim", "wish", "state", "filed_at",
        "due_at", "late", "decided_at", "decider", "decision", "effect"),
        lambda desk, head: desk_appeals.chosen(desk, desk_appeals.listed(desk, head))),
    ("problems", ""): _List("problem.read", (
        "id", "region", "region_name", "title", "origin", "stage", "overdue", "opened_at", "closed_at", "steps"),
        lambda desk, _head: desk_problems.chosen(desk, list_problems(desk.deps, desk.person).rows), of_edition=False),
    ("problems", "lists"): _List("evaluation.view", (
        "id", "region", "region_name", "side", "reason", "shown", "listed_at", "actor", "withdrawn_at", "withdrawn_why"),
        lambda desk, head: list_listings(desk.deps, desk.person, head.id, withdrawn=True)),
    ("problems", "rungs"): _List("evaluation.view", (
        "id", "region", "region_name", "rung", "basis", "due_on", "outcome", "at", "actor", "overdue"),
        lambda desk, _head: list_rungs(desk.deps, desk.person), of_edition=False),
    ("problems", "deductions"): _List("evaluation.view", (
        "id", "region", "region_name", "rule", "rule_name", "day", "units", "points", "again", "secured", "reason", "recorded_at",
        "withdrawn_at", "withdrawn_why"),
        lambda desk, head: list_deductions(desk.deps, desk.person, _scheme(head), withdrawn=True), of_edition=False),
    ("findings", ""): _List("finding.judge", (
        "id", "detector", "detector_label", "region_code", "region", "place", "figures", "cases", "found_at", "verdict", "judge",
        "judged_at", "note"),
        lambda desk, head: desk_findings.chosen(desk, list_findings(desk.deps, desk.person, head.id).rows)),
}  # fmt: skip
