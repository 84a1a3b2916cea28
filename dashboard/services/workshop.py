"""The evaluator's desk: the life of the edition in focus, what may be done with it, which others there are, and its tree."""

import json
from collections.abc import Sequence
from datetime import datetime

from flask_babel import gettext as _

from dashboard.catalog import Catalog
from dashboard.domain.desk_state import NOW
from dashboard.domain.evaluation.ahp import ahp
from dashboard.domain.evaluation.edition import ACTIONS, SHOWN, STATES
from dashboard.domain.evaluation.model import ROOT, Indicator, Node, Term
from dashboard.services import words, workshop_words
from dashboard.services.desk_frame import Desk
from dashboard.services.edition_words import EDITION_ACTIONS, EDITION_STAGES, issue_words
from dashboard.services.editions import list_steps
from dashboard.services.scheme_words import scheme_title, spoken
from dashboard.services.workshop_frame import Workshop
from dashboard.views.desk import Link
from dashboard.views.editions import EditionHead, EditionStepRow
from dashboard.views.workshop import Act, Branch, EditionBar, Past, Stage, TreeView

SMALL = 24  # indicators of a scheme whose whole tree stands open
PERIODS = 12  # editions that the picker offers
_PATHS = {"publish": ("publication", {}), "reissue": ("issues", {})}  # of actions that have a route of their own


def edition(desk: Desk) -> EditionBar:
    """The edition's bar; there is always one, if only of the running month."""
    here = Workshop(desk)
    head = here.head
    steps = list_steps(desk.deps, desk.person, head.id) if head else ()
    return EditionBar(
        str(head.id) if head else "", head.version if head else 0, _title(here, head), _scheme(here),
        (head.inputs_digest or "") if head else "", here.provisional, head.state if head else "",
        _stages(here, head, steps), _waiting(here, head), _acts(here, head), tuple(_past(one) for one in steps),
        _schemes(here), _editions(here), desk.zone, head.issue if head else 1,
    )  # fmt: skip


def _title(here: Workshop, head: EditionHead | None) -> str:
    day = head.start if head else here.desk.now.astimezone(here.desk.zone).date()
    return _("%(year)s 年 %(month)s 月晾晒", year=day.year, month=day.month)


def _scheme(here: Workshop) -> str:
    place = here.head.place if here.head else here.desk.region.name
    return f"{place} · {scheme_title(here.scheme)}"


def _stages(here: Workshop, head: EditionHead | None, steps: Sequence[EditionStepRow]) -> tuple[Stage, ...]:
    now = STATES.index(head.state) if head else 0
    standing = ["done" if n < now else "now" if n == now else "next" for n in range(len(STATES))]
    return tuple(
        Stage(state, str(EDITION_STAGES[state]), standing[n], _note(here, head, state, steps))
        for n, state in enumerate(STATES)
    )


def _note(here: Workshop, head: EditionHead | None, state: str, steps: Sequence[EditionStepRow]) -> str:
    """The date that belongs to a state, as far as it is known."""
    if head is None:
        return _("每小时更新") if state == STATES[0] else ""
    tries = sum(one.action == "try" for one in steps)
    notes = {
        "collecting": _("至 %(day)s", day=f"{head.end:%m-%d}"), "locked": _at(here, head.frozen_at),
        "trial": _("第 %(n)s 次", n=tries) if tries else "", "preview": _until(here, head.preview_until),
        "appeal": _until(here, head.appeal_until), "published": _at(here, head.published_at),
    }  # fmt: skip
    return notes.get(state) or next((_at(here, one.at) for one in reversed(steps) if one.state == state), "")


def _at(here: Workshop, at: datetime | None) -> str:
    return f"{at.astimezone(here.desk.zone):%m-%d %H:%M}" if at else ""


def _until(here: Workshop, at: datetime | None) -> str:
    return _("至 %(day)s", day=f"{at.astimezone(here.desk.zone):%m-%d %H:%M}") if at else ""


def _waiting(here: Workshop, head: EditionHead | None) -> str:
    """Work days that are left of a window which runs."""
    until = {"preview": head.preview_until, "appeal": head.appeal_until}.get(head.state) if head else None
    if until is None:
        return ""
    if until <= here.desk.now:
        return _("期限已到")
    minutes = here.desk.calendar.minutes(here.desk.now, until, True)
    days = -(-minutes // here.desk.deps.catalog.hours.minutes_a_day)
    return _("还剩 %(n)s 个工作日", n=days)


def _acts(here: Workshop, head: EditionHead | None) -> tuple[Act, ...]:
    """What the person may do now, what moves the edition on first."""
    if head is None:
        return _open_act(here)
    keys = sorted(head.actions, key=lambda key: ACTIONS[key].target == head.state)  # what is done again comes last
    if head.state in SHOWN and here.person.can("evaluation.run"):
        keys.append("reissue")
    return tuple(_act(head, key) for key in keys)


def _act(head: EditionHead, key: str) -> Act:
    base = f"POST /api/v1/editions/{head.id}"
    api, fixed = _PATHS.get(key, ("actions", {"action": key}))
    given = fixed if key == "reissue" else {**fixed, "version": head.version}
    return Act(key, str(EDITION_ACTIONS[key]), str(workshop_words.HINTS[key]), f"{base}/{api}", json.dumps(given))


def _open_act(here: Workshop) -> tuple[Act, ...]:
    """Opening an edition of the running month, for whoever evaluates the region."""
    if not here.may_run:
        return ()
    today = here.desk.now.astimezone(here.desk.zone).date()
    fixed = {"scheme": here.scheme_key, "region": here.desk.region.code, "month": f"{today:%Y-%m}"}
    return (
        Act(
            "open",
            str(EDITION_ACTIONS["open"]),
            str(workshop_words.HINTS["open"]),
            "POST /api/v1/editions",
            json.dumps(fixed),
            False,
        ),
    )


def _past(one: EditionStepRow) -> Past:
    role = "" if one.role == "system" else str(words.ROLES.get(one.role, one.role))
    return Past(one.at, one.action_label, one.actor, role, one.note or "")


def _schemes(here: Workshop) -> tuple[Link, ...]:
    """Each leads to its newest edition, or to the running month."""
    out = []
    for key, head in here.schemes.items():
        newest = next((str(one.id) for one in here.heads if one.scheme_key == key), NOW + key)
        out.append(Link(key, head.name, here.state.bare(edition=newest), on=key == here.scheme_key))
    return tuple(out)


def _editions(here: Workshop) -> tuple[Link, ...]:
    rows = [one for one in here.heads if one.scheme_key == here.scheme_key][:PERIODS]
    found = [
        Link(
            str(one.id),
            f"{_period(one)} · {one.state_label}",
            here.link(edition=str(one.id)),
            on=here.head is not None and one.id == here.head.id,
        )
        for one in rows
    ]
    if here.may_run:
        now = Link(NOW, _("本月至今 · 试算 · 未发布"), here.link(edition=NOW + here.scheme_key), on=here.head is None)
        found.insert(0, now)
    return tuple(found)


def _period(one: EditionHead) -> str:
    return " ".join(part for part in (f"{one.start:%Y-%m}", one.place, issue_words(one.issue)) if part)


# The tree


def tree(desk: Desk) -> TreeView:
    """Weights as they count in the whole; below, what the node in focus means."""
    here = Workshop(desk)
    branches = tuple(_branch(here, one) for one in here.scheme.children(ROOT))
    matrix = here.node.matrix if isinstance(here.node, Node) else here.scheme.matrix if here.node is None else ()
    title = words.named(here.node) if here.node else words.named(here.scheme)
    return TreeView(_("版本 %(n)s", n=here.scheme.version), branches, sum(one.weight for one in branches),
                    float(ahp(matrix)[1]) if matrix else None, title, _about(here), here.link(view="weights"))  # fmt: skip


def _branch(here: Workshop, one: Node | Indicator) -> Branch:
    leaf = isinstance(one, Indicator)
    children = () if leaf else tuple(_branch(here, child) for child in here.scheme.children(one.key))
    on = here.node is not None and here.node.key == one.key
    opened = len(here.scheme.indicators) <= SMALL or on or any(child.open or child.on for child in children)
    return Branch(one.key, words.named(one), here.weights.get(one.key, 0.0), here.link(node=one.key), leaf, on,
                  opened and bool(children), None, children)  # fmt: skip


def _about(here: Workshop) -> tuple[tuple[str, str], ...]:
    """(term, words) of the indicator or node in focus, else of the scheme."""
    if here.indicator:
        return indicator_about(here.indicator, here.desk.catalog)
    one = here.node or here.scheme
    weighting = one.weighting
    pairs = [
        (_("合成"), str(workshop_words.AGGREGATE[one.aggregate or here.scheme.aggregate])),
        (_("赋权"), str(workshop_words.WEIGHTING[weighting])),
    ]
    if here.node is None:
        cuts = " · ".join(f"{letter} ≥{low:g}" for letter, low in here.scheme.cuts[:-1])
        pairs += [(_("分档"), cuts), (_("说明"), here.scheme.note_en if words.english() else here.scheme.note)]
    return tuple(pairs)


def indicator_about(one: Indicator, catalog: Catalog) -> tuple[tuple[str, str], ...]:
    bad_good = (
        _("%(bad)s 得 0 分 · %(good)s 得 100 分", bad=f"{one.targets[0]:g}", good=f"{one.targets[1]:g}")
        if one.targets
        else ""
    )
    pairs = (
        (_("公式"), formula(one, catalog)), (_("方向"), str(workshop_words.DIRECTIONS[one.direction])),
        (_("目标值"), bad_good), (_("标准化"), str(workshop_words.NORMALISE[one.normalise])), (_("定义"), spoken(one.definition)),
        (_("统计口径"), spoken(one.cohort)), (_("计时规则"), spoken(one.clock)), (_("出处"), spoken(one.standard)),
        (_("最小样本"), _("分母不足 %(n)s 不评", n=one.minimum) if one.minimum else ""),
    )  # fmt: skip
    return tuple(pair for pair in pairs if pair[1])


def formula(one: Indicator, catalog: Catalog) -> str:
    """The figure in the words of its counters: 按时受理 ÷ 已受理 × 100."""
    if one.source == "table":
        return _("导入表：%(column)s", column=one.column)
    below = one.exposure or _sum(one.denominator, catalog)
    scale = f" × {one.scale:g}" if one.scale != 1 else ""
    return _sum(one.numerator, catalog) + (f" ÷ {below}" if below else "") + scale


def _sum(terms: Sequence[Term], catalog: Catalog) -> str:
    """Bracketed where there are several."""
    parts = [(" − " if one.sign < 0 else " + " if n else "") + _term(one, catalog) for n, one in enumerate(terms)]
    return f"({''.join(parts)})" if len(parts) > 1 else "".join(parts)


def _term(one: Term, catalog: Catalog) -> str:
    """A counter, with the kind or group of cases that it is narrowed to."""
    name = words.list_name(one.counter)
    return f"{name} [{words.named((catalog.kinds | catalog.groups)[one.kind])}]" if one.kind else name
