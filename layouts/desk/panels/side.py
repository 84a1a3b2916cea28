"""The selected case: who should get it and why, its clocks, what is similar, how it came here, what can be done."""

from dash import html
from dash.development.base_component import Component
from flask_babel import gettext as _

from dashboard.domain.desk_state import DeskState
from dashboard.views.desk import CaseSheet, UnitChoice
from dashboard.views.dossier import Similar
from layouts.desk import actions, clock_rows, history
from layouts.shared import badge, frame

CHOICES, STEPS, SIMILAR = 4, 8, 3
_UNSENT = ("reported", "accepted")
_DISPATCHING = ("dispatch", "redispatch")


def draw(view: CaseSheet | None, state: DeskState) -> Component:
    """`view` None: nothing is selected."""
    if view is None:
        return html.Div(frame.empty(_("没有选中案卷"), _("按 J、K 上下移动，回车看整页")), className="side")
    parts = [_head(view, state), _suggested(view), _clocks(view), _similar(view), _history(view)]
    scroll = html.Div([part for part in parts if part], className="side__scroll", tabIndex=0)
    allowed = view.dossier.actions
    bar = actions.bar(allowed) if allowed else html.P(_("这件案子现在没有您可做的动作"), className="dim")
    return html.Div([scroll, html.Div(bar, className="side__foot")], className="side", **case_data(view))


def case_data(view: CaseSheet) -> dict[str, str]:
    """What scripts must know of the case that is shown."""
    head = view.dossier.head
    return {"data-case": f"{head.county_code}:{head.id}", "data-version": str(head.version), "data-state": head.state,
            "data-number": head.number}  # fmt: skip


def _head(view: CaseSheet, state: DeskState) -> Component:
    head = view.dossier.head
    link = html.A(
        [_("整页"), html.Kbd("↵")], href=state.to(case=f"{head.county_code}:{head.id}"), className="side__full"
    )
    line = html.P([badge.severity(head.severity, head.severity_label),
                   html.Span(_("案卷 %(number)s · %(tier)s可结", number=head.number, tier=head.tier_label)), link],
                  className="side__line")  # fmt: skip
    where = "·".join(part for part in (head.place, head.address) if part)
    facts = [html.P(where), html.P([_who(view), *_unmask(view)])]
    picture = next((step.evidence for step in view.dossier.steps if step.evidence), ())
    thumb = [_thumb(view, picture)] if picture else []
    title = html.H2(head.title, className="side__title", tabIndex=-1)
    return html.Header([line, *thumb, title, *facts, marks(view)], className="side__head")


def _thumb(view: CaseSheet, files: tuple[str, ...]) -> Component:
    count = sum(len(step.evidence) for step in view.dossier.steps)
    picture = html.Img(src=f"/api/v1/evidence/{files[0]}?size=thumb", alt="")
    return html.A([picture, html.Em(_("照片 %(n)s", n=count))], href=f"/api/v1/evidence/{files[0]}?size=full",
                  className="thumb", **{"data-plain": "true", "data-picture": files[0]})  # fmt: skip


def _who(view: CaseSheet) -> str:
    head, who = view.dossier.head, view.dossier.reporter
    known = " ".join(part for part in (who.name, who.phone) if part) if who else ""
    return f"{head.source_label} · {_('报告人')} {known}" if known else f"{head.source_label} · {head.kind_label}"


def _unmask(view: CaseSheet) -> list[Component]:
    if not view.may_unmask:
        return []
    return [html.Button(_("查看须填理由"), className="textlink", **{"data-unmask": "true"})]


def marks(view: CaseSheet) -> Component:
    """Card, supervision, extension, sensitivity: only those that are there."""
    head = view.dossier.head
    found: list[Component] = []
    if head.card != "none":
        found.append(badge.card(head.card, _("黄牌") if head.card == "yellow" else _("红牌")))
    if head.supervision != "none":
        level = {"ordinary": _("普通督办"), "yellow": _("黄牌督办"), "red": _("红牌督办")}[head.supervision]
        found.append(html.Span(level, className="mark mark--warn"))
    if head.extension == "pending":
        found.append(html.Span(_("延期待批"), className="mark mark--warn"))
    if head.staged_at:
        found.append(html.Span(_("已阶段办结"), className="mark"))
    if head.sensitive:
        found.append(html.Span(_("敏感类 · 查看留痕"), className="mark"))
    found.append(html.Span(head.state_label, className="mark mark--state"))
    return html.P(found, className="side__marks")


def dispatching(view: CaseSheet) -> bool:
    return any(one.action in _DISPATCHING for one in view.dossier.actions)


def _suggested(view: CaseSheet) -> Component | None:
    head = view.dossier.head
    if not dispatching(view) or not view.choices:
        if not head.holder_unit:
            return None
        return _section(_("承办"), html.P(html.B(holder(view)), className="side__holder"))
    first, *others = view.choices[:CHOICES]
    rest = [_other(one, n) for n, one in enumerate(others, start=2)]
    box = html.Button(
        [html.B(first.short), html.Kbd("1"), html.P(_reason(view, first))], className="suggest", role="radio",
        **{"data-unit": first.unit, "data-key": "1", "aria-checked": "true", "aria-keyshortcuts": "1"},
    )  # fmt: skip
    group = html.Div(
        [box, html.Div(rest, className="suggest__others")], role="radiogroup", **{"aria-label": _("承办单位")}
    )
    return _section(_("建议承办"), group)


def holder(view: CaseSheet) -> str:
    """Who works on the case. Before it is dispatched nobody does: it waits at the desk that takes cases in."""
    head = view.dossier.head
    unit = (view.names or {}).get(head.holder_unit or "", head.holder_unit)
    if unit and head.state in _UNSENT:
        return _("尚未分派，在%(unit)s", unit=unit)
    return " · ".join(part for part in (unit, head.holder_person) if part)


def _reason(view: CaseSheet, choice: UnitChoice) -> str:
    words = [_("规则：%(kind)s归口", kind=view.rule)] if choice.by_rule else []
    if view.alike:
        words.append(_("近 30 日同类办结 %(all)s 件，%(own)s 件由其办结", all=view.alike, own=choice.settled))
    else:
        words.append(_("近 30 日没有同类办结"))
    words.append(_load(choice))
    return "；".join(words)


def _load(choice: UnitChoice) -> str:
    if choice.limit:
        return _("在办 %(n)s / %(limit)s", n=choice.open, limit=choice.limit)
    return _("在办 %(n)s", n=choice.open)


def _other(choice: UnitChoice, n: int) -> Component:
    return html.Button(
        [html.Kbd(str(n)), choice.short], className="suggest__other", role="radio", title=_load(choice),
        **{"data-unit": choice.unit, "data-key": str(n), "aria-checked": "false", "aria-keyshortcuts": str(n)},
    )  # fmt: skip


def _clocks(view: CaseSheet) -> Component | None:
    rows = clock_rows.draw(view)
    return _section(_("三钟"), html.Div(rows, className="clocks")) if rows else None


def _similar(view: CaseSheet) -> Component | None:
    if not view.similar:
        return None
    rows = [similar_row(one, n == 0, view) for n, one in enumerate(view.similar[:SIMILAR])]
    return _section(_("疑似重复 %(n)s 件", n=len(view.similar)), html.Ul(rows, className="similar"))


def similar_row(one: Similar, first: bool, view: CaseSheet) -> Component:
    """`first`: the one that M merges into."""
    key = f"{one.county_code}:{one.id}"
    may = (
        any(action.action == "merge" for action in view.dossier.actions)
        and one.county_code == view.dossier.head.county_code
    )
    merge = html.Button([html.Kbd("M")] if first else _("并入"), className="similar__merge", title=_("并入这件"),
                        **{"data-merge": key, "data-merge-title": f"{one.number} {one.title}",
                           "aria-label": _("并入 %(number)s", number=one.number)})  # fmt: skip
    title = html.A([html.Span(one.number), one.title, html.I(one.state_label)], href=DeskState(case=key).to())
    score = html.Span(_("相似 %(score)s", score=f"{one.score:.2f}"), className="dim")
    return html.Li([title, score, *([merge] if may else [])])


def _history(view: CaseSheet) -> Component:
    return _section(_("经过"), history.steps(view, STEPS), history.chain(view))


def _section(title: str, body: Component, *more: Component) -> Component:
    return html.Section([html.H3([title, *more]), body], className="side__part")
