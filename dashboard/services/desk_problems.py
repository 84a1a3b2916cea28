"""The desk's page of problems: the loop of each, then red and black lists, the ladder, deductions and vetoes.

Answers for what is listed, what is open and what the reader may do; each verdict's own service checks it again.
"""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from uuid import UUID

from flask_babel import gettext as _

from dashboard.domain.errors import NotFound
from dashboard.domain.evaluation.edition import SHOWN
from dashboard.domain.evaluation.problem import ACTS, CLOSED, LADDER, ORIGINS, STEPS
from dashboard.domain.people import CAPABILITIES
from dashboard.services import parties, words
from dashboard.services.deductions import list_deductions
from dashboard.services.desk_frame import Desk
from dashboard.services.evaluation_tabs import (
    appeal_link,
    case_link,
    edition,
    links,
    paged,
    regions_of,
    titled,
)
from dashboard.services.listings import list_listings, list_rungs
from dashboard.services.places_named import place_of
from dashboard.services.problem_lists import list_problems
from dashboard.services.schemes import DEFAULT
from dashboard.services.schemes import scheme as get_scheme
from dashboard.services.verdict_words import PROBLEM_ORIGINS, PROBLEM_STEPS, RUNGS, SIDES, STEP_STANDINGS
from dashboard.services.vetoes import list_vetoes
from dashboard.views.appeals import DeductionLine, ProblemRow, StepView
from dashboard.views.desk import Link, NamedPlace
from dashboard.views.editions import EditionHead
from dashboard.views.evaluation import Field, ListEntry, ProblemEntry, ProblemsPage, RungEntry, StepWords
from data.queries.regions import get_region

SHOWS = ("", "lists", "rungs", "deductions")
_LATEST = 200  # rungs, deductions and vetoes that the page shows
_APART = timedelta(days=7)  # between the days that a new problem's steps are proposed to be due
_KEYS = {  # order of the list: open ones first, those late before others
    "": lambda one: (one.closed_at is not None, not one.overdue, -one.opened_at.timestamp(), one.id),
    "due": lambda one: (one.closed_at is not None, _due(one), one.id),
    "region": lambda one: (one.region, -one.opened_at.timestamp(), one.id),
}


def page(desk: Desk) -> ProblemsPage:
    """Raises NotFound for a problem or edition out of sight."""
    state, head = desk.state, edition(desk)
    scheme = get_scheme(desk.deps, head.scheme_key if head else DEFAULT)
    found = list_problems(desk.deps, desk.person).rows
    shown, paging = paged(desk, chosen(desk, found))
    views = desk.person.can("evaluation.view")
    show = state.show if views and state.show in SHOWS else ""
    today = desk.now.astimezone(desk.zone).date()
    lists = show == "deductions"
    deductions = list_deductions(desk.deps, desk.person, scheme.key, withdrawn=True)[:_LATEST] if lists else ()
    return ProblemsPage(
        _shows(desk, views), show, _stages(desk, found), _late(desk, found),
        regions_of(desk, ((one.region, one.region_name) for one in found)), _sorts(desk),
        _entries(desk, shown), paging, _open(desk, found), state.item == "new",
        state.to(item="new") if desk.person.scope(parties.KEEP).roots else "", state.to(item=""),
        state.to(item="", p=1),
        _listings(desk, head) if show == "lists" else (), _rungs(desk) if show == "rungs" else (),
        deductions,
        list_vetoes(desk.deps, desk.person, scheme.key, lifted=True)[:_LATEST] if lists else (), _may(desk, head),
        str(head.id) if head else "", titled(head) if head else "", scheme.key,
        _place(desk), tuple(Field(key, str(PROBLEM_ORIGINS[key])) for key in ORIGINS),
        tuple(Field(key, str(RUNGS[key])) for key in LADDER),
        tuple(Field(one.key, _("%(name)s −%(n)s", name=words.named(one), n=f"{one.points:g}")) for one in scheme.rules),
        (today, *(today + _APART * n for n in range(1, len(STEPS) + 1))), desk.zone,
        _appeals(desk, head, deductions),
    )  # fmt: skip


def _appeals(desk: Desk, head: EditionHead | None, rows: Sequence[DeductionLine]) -> Mapping[str, str]:
    """{deduction: link} to the form of an appeal against each that counts in the edition."""
    counted = [one for one in rows if head and one.withdrawn_at is None and one.day <= head.end
               and one.day.year == head.end.year]  # fmt: skip
    found = (
        (one.id, appeal_link(desk, head, one.region, show="deduction", item=f"{one.region}:{one.id}"))
        for one in counted
    )
    return {key: href for key, href in found if href}


def _place(desk: Desk) -> NamedPlace:
    """What a form is about at first: the region in focus, else that of the desk. Raises NotFound out of sight."""
    if not desk.state.at:
        return place_of(desk.deps, desk.region)
    with desk.deps.database.read() as session:
        return place_of(desk.deps, get_region(session, desk.person.scope("problem.read"), desk.state.at))


def chosen(desk: Desk, rows: Sequence[ProblemRow]) -> list[ProblemRow]:
    """Those that the filters leave, in the order asked for."""
    state = desk.state
    kept = [
        one for one in rows
        if state.stage in ("", one.stage) and state.at in ("", one.region) and (state.due != "late" or one.overdue)
    ]  # fmt: skip
    return sorted(kept, key=_KEYS.get(state.sort, _KEYS[""]))


def _due(one: ProblemRow) -> str:
    """The day of the step it stands at."""
    now = next((step.due_on for step in one.steps if step.step == one.stage), None)
    return now.isoformat() if now else "9"


def _shows(desk: Desk, views: bool) -> tuple[Link, ...]:
    names = {"": _("四步闭环"), "lists": _("红黑榜"), "rungs": _("督办阶梯"), "deductions": _("扣分与否决")}
    keys = SHOWS if views else SHOWS[:1]
    return tuple(Link(key, names[key], desk.state.bare(edition=desk.state.edition, show=key), on=key == desk.state.show)
                 for key in keys)  # fmt: skip


def _stages(desk: Desk, rows: Sequence[ProblemRow]) -> tuple[Link, ...]:
    names = {**{key: str(PROBLEM_STEPS[key]) for key in STEPS}, CLOSED: _("四步已毕")}
    return links(desk, "stage", [("", _("全部"), len(rows)), *(
        (key, name, sum(one.stage == key for one in rows)) for key, name in names.items())])  # fmt: skip


def _late(desk: Desk, rows: Sequence[ProblemRow]) -> Link:
    on = desk.state.due == "late"
    return Link("late", _("逾期"), desk.state.to(due="" if on else "late", p=1, item=""),
                sum(one.overdue for one in rows), on)  # fmt: skip


def _sorts(desk: Desk) -> tuple[Link, ...]:
    return links(desk, "sort", [("", _("逾期在前"), None), ("due", _("先到期"), None), ("region", _("按辖区"), None)])


def _entries(desk: Desk, rows: Sequence[ProblemRow]) -> tuple[ProblemEntry, ...]:
    with desk.deps.database.read() as session:
        regions = parties.names_of(session, (one.region for one in rows))
    scope = desk.person.scope(parties.KEEP)
    return tuple(_entry(desk, one, scope.covers(regions[one.region])) for one in rows)


def _entry(desk: Desk, one: ProblemRow, keeps: bool) -> ProblemEntry:
    answers = _units(desk)
    stage = _("已销号") if one.closed_at else _("待销号") if one.stage == CLOSED else str(PROBLEM_STEPS[one.stage])
    steps = tuple(_step(desk, one, step, keeps, step.owner in answers) for step in one.steps)
    return ProblemEntry(one, str(PROBLEM_ORIGINS[one.origin]), stage, steps,
                        case_link(desk, one.county_code, one.case_id), desk.state.to(item=one.id),
                        desk.state.item == one.id, keeps and one.stage == CLOSED and one.closed_at is None)  # fmt: skip


def _units(desk: Desk) -> frozenset[str]:
    return frozenset(unit for _root, unit in desk.person.scope(parties.KEEP).units)


def _step(desk: Desk, one: ProblemRow, step: StepView, keeps: bool, mine: bool) -> StepWords:
    """Whoever did a step is not offered to check it."""
    done, checked = step.done_at is not None, step.checked_at is not None
    now = one.stage == step.step
    standing = "checked" if checked else "done" if done else "now" if now else "open"
    acts = [act for act, needs in ACTS.items() if needs == (done, checked) and (now or act == "assign")
            and (keeps or (mine and act == "done")) and one.closed_at is None
            and not (act in ("check", "send_back") and step.actor == desk.person.name)]  # fmt: skip
    return StepWords(
        step.step, str(PROBLEM_STEPS[step.step]), step.owner or "", step.due_on, step.done_at, step.actor or "",
        step.proof or "", step.evidence, step.checked_at, step.checker or "", str(STEP_STANDINGS[standing]), step.late,
        tuple(sorted(acts, key=("done", "check", "send_back", "assign").index)),
    )  # fmt: skip


def _open(desk: Desk, rows: Sequence[ProblemRow]) -> ProblemEntry | None:
    item = desk.state.item
    if item in ("", "new"):
        return None
    one = next((row for row in rows if row.id == item), None)
    if one is None:
        raise NotFound("problem", "no such problem", got=item)
    return _entries(desk, [one])[0]


def _listings(desk: Desk, head: EditionHead | None) -> tuple[ListEntry, ...]:
    if head is None:
        return ()
    rows = list_listings(desk.deps, desk.person, UUID(str(head.id)), withdrawn=True)
    return tuple(ListEntry(one, str(SIDES[one.side])) for one in rows)


def _rungs(desk: Desk) -> tuple[RungEntry, ...]:
    rows = list_rungs(desk.deps, desk.person)[:_LATEST]
    return tuple(RungEntry(one, str(RUNGS[one.rung])) for one in rows)


def _may(desk: Desk, head: EditionHead | None) -> frozenset[str]:
    """What the reader's forms are for; whether it is allowed of a region is checked when it is sent."""
    person = desk.person
    roots = {key: bool(person.scope(capability).roots or person.everything) for key, capability in
             (("open", parties.KEEP), ("list", parties.RUN), ("deduct", parties.RUN), ("veto", parties.PUBLISH))}  # fmt: skip
    ladder = {role for one in LADDER.values() for role in one.roles}
    roots["climb"] = any(one.role in ladder and one.role in CAPABILITIES[parties.KEEP] for one in person.grants)
    roots["list"] = roots["list"] and head is not None and head.state in SHOWN and not head.superseded
    return frozenset(key for key, allowed in roots.items() if allowed)
