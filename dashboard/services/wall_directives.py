"""Directives on the wall: the panel of open orders, one order with its receipts by unit, and the composer.

No personal names, no telephone numbers; of orders about a sensitive kind of case the kind, not the text.
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from flask_babel import gettext as _

from dashboard.deps import Deps
from dashboard.domain import directives as rules
from dashboard.domain.errors import NotFound
from dashboard.domain.people import Person
from dashboard.domain.scope import Scope
from dashboard.domain.state import WallState
from dashboard.services import words
from dashboard.services.directive_lists import FRESH, read_detail, to_rows
from dashboard.services.frame import Frame
from dashboard.views.directives import (
    DirectiveDetail,
    DirectiveRow,
    DirectivesView,
    DirectiveView,
    Group,
    WallAnswer,
    WallDirective,
    WallGroup,
)
from data.queries.cases import get_case
from data.queries.directives import list_in_region
from data.queries.regions import get_region

PANEL_ROWS, MOST = 2, 100
_ORDER = {"late": 0, "open": 1, "answered": 2}


def directives(deps: Deps, state: WallState, scope: Scope) -> DirectivesView:
    """Open orders for the region shown and all below it. Read anew each time: the data version says nothing of them."""
    frame, now = Frame(deps, state, scope), deps.clock()
    with deps.database.read() as session:
        found = list_in_region(session, frame.scope, frame.region, since=now - FRESH, limit=MOST)
        rows = sorted(to_rows(session, found, None, now), key=lambda row: (_ORDER[row.standing], row.due_at, row.id))
        shown = tuple(_wall_row(frame, row, _shown_text(session, frame, row), now) for row in rows[:PANEL_ROWS])
    late = sum(row.standing == "late" for row in rows)
    open_ = sum(row.standing in ("open", "late") for row in rows)
    late_words = _("逾期 %(late)s 件", late=late) if late else ""
    subtitle = _("未答复 %(open)s 件", open=open_) if open_ else _("均已答复")
    return DirectivesView(_("指令"), subtitle, late_words, shown)


def directive(deps: Deps, state: WallState, scope: Scope, *, person: Person) -> DirectiveView:
    """One order over the wall. NotFound where there is none or it is out of scope."""
    frame, now = Frame(deps, state, scope), deps.clock()
    with deps.database.read() as session:
        found = read_detail(session, person, _uuid(state.directive), now)
        frame.scope.check(get_region(session, frame.scope, found.directive.region))
        hidden = _hidden_kind(session, frame, found.directive)
        row = _wall_row(frame, found.directive, _text(found.directive, hidden), now)
    return DirectiveView(
        row, _facts(frame, found.directive), tuple(_wall_group(group) for group in found.groups),
        tuple(sorted(_answers(frame, found, hidden), key=lambda answer: answer.at)), state.to(directive=""),
        _case_link(state, found.directive), found.directive.id if _is_issuer(found, person) else None,
    )  # fmt: skip


def _is_issuer(found: DirectiveDetail, person: Person) -> bool:
    return found.issued and person.can("directive.issue") and found.directive.standing in ("open", "late")


def _wall_row(frame: Frame, row: DirectiveRow, text: str, now: datetime) -> WallDirective:
    return WallDirective(row.id, text, whom(row), row.counts, left_words(row, now), row.standing,
                         frame.state.closed().to(directive=row.id))  # fmt: skip


def whom(row: DirectiveRow) -> str:
    """Where, and which unit or roles there: "温州·乐清 · 承办人、网格员"."""
    roles = _("、").join(str(words.ROLES[role]) for role in row.roles)
    parts = [row.unit] if row.unit and set(row.roles) == set(rules.MEANT) else [row.unit, roles]
    return " · ".join(part for part in (row.region_label, *parts) if part)


def left_words(row: DirectiveRow, now: datetime) -> str:
    """The deadline in words: what is left of it, or by how much it has passed."""
    if row.standing == "answered":
        return _("均已答复")
    if row.standing == "withdrawn":
        return _("已撤回")
    gap = abs(row.due_at - now)
    minutes = int(gap.total_seconds() // 60)
    told = _("%(days)s 天", days=minutes // 1440) if minutes >= 2880 else f"{minutes // 60}:{minutes % 60:02d}"
    return _("超 %(time)s", time=told) if row.standing == "late" else _("剩 %(time)s", time=told)


def _shown_text(session, frame: Frame, row: DirectiveRow) -> str:
    return _text(row, _hidden_kind(session, frame, row))


def _text(row: DirectiveRow, hidden: str) -> str:
    return _("%(kind)s类案件的指令（内容不上屏）", kind=hidden) if hidden else rules.without_numbers(row.text)


def _hidden_kind(session, frame: Frame, row: DirectiveRow) -> str:
    """The kind of the case an order is about, where that is sensitive; else ""."""
    if row.case is None:
        return ""
    county = get_region(session, frame.scope, row.case.county_code)
    kind = frame.catalog.kinds[get_case(session, frame.scope, county, row.case.id).kind]
    return words.named(kind) if kind.sensitive else ""


def _facts(frame: Frame, row: DirectiveRow) -> tuple[tuple[str, str], ...]:
    zone = frame.place.zone
    counts = row.counts
    reached = _("应收 %(all)s · 送达 %(delivered)s · 已阅 %(read)s · 已答 %(answered)s", all=counts.addressed,
                delivered=counts.delivered, read=counts.read, answered=counts.answered)  # fmt: skip
    return (
        (_("对象"), whom(row)),
        (_("下达"), f"{row.issued_at.astimezone(zone):%Y-%m-%d %H:%M}"),
        (_("期限"), f"{row.due_at.astimezone(zone):%Y-%m-%d %H:%M}"),
        (_("回执"), reached),
    )


def _wall_group(group: Group) -> WallGroup:
    return WallGroup(_group_label(group), group.counts, group.late)


def _group_label(group: Group) -> str:
    return group.unit or group.region_label


def _answers(frame: Frame, found: DirectiveDetail, hidden: str) -> Iterable[WallAnswer]:
    for group in found.groups:
        for answer in group.answers:
            text = _("（内容不上屏）") if hidden else rules.without_numbers(answer.text)
            yield WallAnswer(_group_label(group), text, answer.at.astimezone(frame.place.zone), answer.late)


def _case_link(state: WallState, row: DirectiveRow) -> str | None:
    """The case on the wall of its county, where it can be found."""
    if row.case is None:
        return None
    return state.closed().to(region=row.case.county_code, case=row.case.id)


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise NotFound("directive", "no such directive", got=text) from None
