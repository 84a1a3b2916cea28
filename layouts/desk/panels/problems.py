"""Problems with their four steps; beside them the red and black lists, the ladder, deductions and vetoes."""

import json

from dash import html
from dash.development.base_component import Component
from flask_babel import gettext as _

from dashboard.domain.desk_state import DeskState
from dashboard.domain.evaluation.problem import STEPS
from dashboard.views.evaluation import ProblemEntry, ProblemsPage, StepWords
from layouts.desk import forms, history, verdicts
from layouts.desk.panels import problem_records

_API = "/api/v1/problems"


def draw(view: ProblemsPage, _state: DeskState) -> Component:
    if view.show:
        return problem_records.draw(view)
    return verdicts.columns(
        [_head(view), _bar(view), _list(view), verdicts.pages(view.paging)], _side(view), _("问题详情")
    )


def _head(view: ProblemsPage) -> Component:
    new = (
        html.A(
            _("立一个问题"),
            href=view.new_href,
            className="button button--small button--primary",
            **{"data-new": "true"},
        )
        if view.new_href
        else None
    )
    shows = verdicts.tabs(_("问题各页"), view.shows)
    return verdicts.top(_("问题"), "", shows, verdicts.exports(view.export), new)


def _bar(view: ProblemsPage) -> Component:
    late = (
        html.A(
            _("逾期 %(n)s", n=view.late.count),
            href=view.late.href,
            className="chip" + (" chip--on" if view.late.on else ""),
            **({"aria-current": "true"} if view.late.on else {}),
        )
        if view.late
        else None
    )
    return verdicts.bar(
        verdicts.tabs(_("走到哪一步"), view.stages),
        late,
        verdicts.menu(_("辖区"), view.regions),
        verdicts.menu(_("排序"), view.sorts),
    )


def _list(view: ProblemsPage) -> Component:
    steps = [one.label for one in view.rows[0].steps] if view.rows else []
    names = (_("辖区"), _("问题"), _("来源"), *steps, _("立案"))
    rows = [_row(one, view) for one in view.rows]
    return verdicts.table(
        names, rows, _("问题"), _("没有这样的问题"), _("晾晒、异常线索、抽查和明察暗访发现的问题在这里走完四步")
    )


def _row(one: ProblemEntry, view: ProblemsPage) -> Component:
    row = one.row
    title = html.Span(row.title, className="rows__text", title=row.title)
    cells = (title, one.origin, *(_dot(step) for step in one.steps), f"{row.opened_at.astimezone(view.zone):%m-%d}")
    return verdicts.row(row.region_name, one.href, cells, one.on, row.id)


def _dot(step: StepWords) -> Component:
    """How a step stands: drawn and said."""
    words = _("%(label)s：%(standing)s", label=step.label, standing=step.standing)
    until = f"{step.due_on:%m-%d}" if step.due_on else ""
    name = "checked" if step.checked_at else "done" if step.done_at else "late" if step.late else "open"
    sign = {"checked": "✓", "done": "●", "late": "!", "open": "○"}[name]
    late = _("逾期") if step.late else ""
    return html.Span(
        [
            html.I(sign, className=f"steps__dot steps__dot--{name}", **{"aria-hidden": "true"}),
            html.Span(until, className="bad" if step.late else "dim"),
        ],
        className="steps__cell",
        title=f"{words} {late}".strip(),
        role="img",
        **{"aria-label": f"{words} {until} {late}".strip()},
    )


def _side(view: ProblemsPage) -> list[Component] | None:
    if view.new:
        return verdicts.opened(_("立一个问题"), view.close_href, _new(view))
    if view.open is None:
        return None
    one = view.open
    return verdicts.opened(one.row.title, view.close_href, *_detail(one, view))


def _detail(one: ProblemEntry, view: ProblemsPage) -> list[Component | None]:
    row = one.row
    case = html.A(_("打开案件"), href=one.case_href, className="textlink") if one.case_href else ""
    pairs = [
        (_("辖区"), row.region_name),
        (_("来源"), one.origin),
        (_("现在"), one.stage),
        (_("案件"), case),
        (_("立案"), verdicts.at(row.opened_at, view.zone)),
        (_("销号"), verdicts.at(row.closed_at, view.zone)),
    ]
    steps = html.Ol([_step(step, one, view) for step in one.steps], className="loop", **{"aria-label": _("四步")})
    said = html.P(row.detail, className="verdicts__said") if row.detail else None
    return [verdicts.facts(pairs), said, steps, _closing(one)]


def _step(step: StepWords, one: ProblemEntry, view: ProblemsPage) -> Component:
    late = [verdicts.mark(_("逾期"), "bad")] if step.late else []
    head = html.H3([step.label, verdicts.mark(step.standing, "ok" if step.checked_at else ""), *late])
    pairs = [
        (_("责任"), step.owner),
        (_("期限"), f"{step.due_on:%Y-%m-%d}" if step.due_on else ""),
        (_("完成"), f"{step.actor} · {verdicts.at(step.done_at, view.zone)}" if step.done_at else ""),
        (_("核验"), f"{step.checker} · {verdicts.at(step.checked_at, view.zone)}" if step.checked_at else ""),
    ]
    proof = html.P(step.proof, className="verdicts__said") if step.proof else None
    files = history.gallery(step.evidence) if step.evidence else None
    acts = [_FORMS[act](step, one) for act in step.acts]
    tools = html.Div(acts, className="verdicts__acts") if acts else None
    name = "checked" if step.checked_at else "done" if step.done_at else "open"
    return html.Li(
        [part for part in (head, verdicts.facts(pairs), proof, files, tools) if part is not None],
        className=f"loop__step loop__step--{name}",
        **{"data-step": step.key},
    )


def _api(step: StepWords, one: ProblemEntry) -> str:
    return f"POST {_API}/{one.row.id}/steps/{step.key}"


def _fixed(act: str, one: ProblemEntry) -> str:
    return json.dumps({"act": act, "version": one.row.version})


def _done(step: StepWords, one: ProblemEntry) -> Component:
    fields = [
        forms.line("proof", _("做了什么"), rows=3),
        forms.files("evidence", _("证明照片（可不附）"), needed=False),
    ]
    return verdicts.folded(
        _("报完成"),
        forms.form(_api(step, one), fields, _("报完成"), fixed=_fixed("done", one), result=_("已报完成，待另一人核验")),
        primary=True,
    )


def _check(step: StepWords, one: ProblemEntry) -> Component:
    return forms.form(_api(step, one), [], _("核验通过"), fixed=_fixed("check", one), result=_("已核验"))


def _send_back(step: StepWords, one: ProblemEntry) -> Component:
    form = forms.form(
        _api(step, one),
        [forms.line("proof", _("为什么退回"), rows=2)],
        _("退回"),
        fixed=_fixed("send_back", one),
        result=_("已退回"),
    )
    return verdicts.folded(_("退回"), form)


def _assign(step: StepWords, one: ProblemEntry) -> Component:
    fields = [
        forms.line("owner", _("责任单位"), step.owner),
        forms.line("due_on", _("期限"), f"{step.due_on:%Y-%m-%d}" if step.due_on else "", hint="2026-07-31"),
    ]
    form = forms.form(
        _api(step, one), fields, _("改责任和期限"), fixed=_fixed("assign", one), result=_("责任和期限已改")
    )
    return verdicts.folded(_("改责任和期限"), form)


_FORMS = {"done": _done, "check": _check, "send_back": _send_back, "assign": _assign}


def _closing(one: ProblemEntry) -> Component | None:
    if not one.may_close:
        return None
    fixed = json.dumps({"version": one.row.version})
    form = forms.form(f"POST {_API}/{one.row.id}/closing", [], _("四步已毕，销号"), fixed=fixed, result=_("已销号"))
    return html.Div(form, className="verdicts__acts", **{"data-closing": "true"})


def _new(view: ProblemsPage) -> Component:
    """Where it comes from other than an inspection, it belongs to the edition that the tabs name."""
    origins = [(one.key, one.label) for one in view.origins if one.key == "inspection" or view.edition]
    fields: list[Component] = [
        forms.place("region", _("哪个辖区"), view.place),
        forms.line("title", _("问题（120 字以内）")),
        forms.line("detail", _("情况"), rows=3, needed=False),
        forms.choice("origin", _("来源"), origins, "inspection"),
    ]
    if view.edition:
        fields.append(html.P(_("属于：%(title)s", title=view.edition_title), className="dim"))
    names = {"find": _("发现"), "handle": _("处理"), "generalise": _("举一反三"), "rule": _("完善规章")}
    for n, step in enumerate(STEPS, start=1):
        pair = [
            forms.line(f"steps.{step}.owner", _("%(step)s · 责任单位", step=names[step])),
            forms.line(f"steps.{step}.due_on", _("期限"), f"{view.days[n]:%Y-%m-%d}"),
        ]
        fields.append(html.Div(pair, className="verdicts__pair"))
    fixed = json.dumps({"edition": view.edition} if view.edition else {})
    return forms.form(
        f"POST {_API}",
        fields,
        _("立案"),
        fixed=fixed,
        result=_("已立案"),
        then="?section=problems" + (f"&edition={view.edition}" if view.edition else "") + "&item={id}",
    )
