"""Findings of the gaming detectors with figures and cases, judged by people; beside them the random audit."""

from dash import html
from dash.development.base_component import Component
from flask_babel import gettext as _

from dashboard.domain.desk_state import DeskState
from dashboard.domain.evaluation.detect.model import VERDICTS
from dashboard.views.desk import Link
from dashboard.views.evaluation import FindingEntry, FindingsPage
from dashboard.views.findings import DetectorTold
from layouts.desk import forms, verdicts
from layouts.desk.panels import finding_audit
from layouts.shared import frame, numbers

TONES = {"gaming": "bad", "harmless": "ok"}


def draw(view: FindingsPage, _state: DeskState) -> Component:
    if not view.edition:
        return html.Section(
            frame.empty(_("还没有锁数的一期"), _("锁数之后才有异常线索和抽查")), className="panel panel--whole"
        )
    if view.show == "audit":
        return finding_audit.draw(view)
    left = [_head(view), _bar(view), _list(view), verdicts.pages(view.paging)]
    return verdicts.columns(left, _side(view), _("线索详情"))


def _head(view: FindingsPage) -> Component:
    look = forms.tool(
        f"POST /api/v1/editions/{view.edition}/findings",
        _("查找线索"),
        result=_("查了 {asked} 处，线索 {found} 条，新增 {new} 条；纯属巧合的至多约 {expected} 条"),
    )
    look.className = "button button--small"
    shows = verdicts.tabs(_("线索与抽查"), view.shows)
    note = _("%(title)s · 线索本身不影响任何得分，由人判定", title=view.title)
    return verdicts.top(_("异常线索"), note, shows, verdicts.exports(view.export), look if "look" in view.may else None)


def _bar(view: FindingsPage) -> Component:
    links = tuple(link for _told, link in view.detectors)
    every = Link("", _("全部"), next((one.href for one in links if one.on), ""), None, not any(one.on for one in links))
    return verdicts.bar(verdicts.tabs(_("判定"), view.stages), verdicts.menu(_("哪种线索"), (every, *links)))


def _list(view: FindingsPage) -> Component:
    names = (_("辖区"), _("线索"), _("何处"), _("实际 / 约"), _("案件"), _("判定"))
    rows = [_row(one) for one in view.rows]
    return verdicts.table(
        names, rows, _("异常线索"), _("没有这样的线索"), _("判定过的也列在这里；没有线索也是一个结果"), figures=(3, 4)
    )


def _row(one: FindingEntry) -> Component:
    row, figures = one.row, one.row.figures
    found = f"{numbers.number(figures.get('observed'))} / {numbers.short(figures.get('expected') or 0)}"
    mark = (
        verdicts.mark(row.verdict_label, TONES.get(row.verdict, ""))
        if row.verdict
        else verdicts.mark(_("待判定"), "warn")
    )
    cells = (
        row.detector_label,
        html.Span(row.place or numbers.NONE, className="rows__text", title=row.place),
        found,
        numbers.number(len(row.cases)),
        mark,
    )
    return verdicts.row(row.region, one.href, cells, one.on, row.id)


def _side(view: FindingsPage) -> list[Component]:
    if view.open is None:
        return _detectors(view)
    one, row = view.open, view.open.row
    pairs = [
        (_("辖区"), row.region),
        (_("何处"), row.place),
        *one.said,
        (_("发现"), verdicts.at(row.found_at, view.zone)),
    ]
    told = next((told for told, _link in view.detectors if told.key == row.detector), None)
    rule = verdicts.part(_("怎么查的"), html.P(told.rule), html.P(told.source, className="dim")) if told else None
    problem = html.A(_("为它立一个问题"), href=one.problem, className="textlink") if one.problem else None
    return verdicts.opened(
        f"{row.region} · {row.detector_label}",
        view.close_href,
        verdicts.facts(pairs),
        rule,
        _cases(one),
        _judged(one, view),
        _judge(one, view),
        problem,
    )


def _detectors(view: FindingsPage) -> list[Component]:
    """What is looked for, and how often chance alone would bring it."""
    rows = [_told(told, link) for told, link in view.detectors]
    return [
        frame.head(_("七种查法")),
        html.Div(html.Ul(rows, className="detectors"), className="panel__scroll", tabIndex=0),
    ]


def _told(told: DetectorTold, link: Link) -> Component:
    """A detector, its rule, and how its findings stand; what there is none of is left out."""
    chance = html.Span(_("每期巧合至多 %(n)s 条", n=f"{told.false_alarms:g}"), className="dim")
    name = html.A(told.name, href=link.href, className="detectors__name")
    stages = ((_("异常线索"), told.found), (_("待判定"), told.open), (_("弄虚作假"), told.gaming),
              (_("并无问题"), told.harmless), (_("无法判断"), told.unclear))  # fmt: skip
    counts = " · ".join(f"{words} {numbers.number(count)}" for words, count in stages if count)
    return html.Li(
        [
            html.Div([name, chance], className="detectors__head"),
            html.P(told.rule),
            html.P(counts or _("未发现"), className="dim"),
        ],
        **{"data-detector": told.key},
    )


def _cases(one: FindingEntry) -> Component:
    items = [
        html.Li(html.A(case.label, href=case.href, className="textlink") if case.href else case.label)
        for case in one.cases
    ]
    more = len(one.row.cases) - len(items)
    rest = html.P(_("另有 %(n)s 件", n=more), className="dim") if more else None
    return verdicts.part(_("涉及案件 %(n)s 件", n=len(one.row.cases)), html.Ul(items, className="numbers"), rest)


def _judged(one: FindingEntry, view: FindingsPage) -> Component | None:
    row = one.row
    if row.verdict is None:
        return None
    who = f"{row.judge} · {verdicts.at(row.judged_at, view.zone)}"
    return verdicts.part(
        _("判定"),
        html.P([verdicts.mark(row.verdict_label or "", TONES.get(row.verdict, "")), " ", who]),
        html.P(row.note or "", className="verdicts__said"),
    )


def _judge(one: FindingEntry, view: FindingsPage) -> Component | None:
    if "judge" not in view.may:
        return None
    names = {"gaming": _("弄虚作假"), "harmless": _("并无问题"), "unclear": _("无法判断")}
    fields = [
        forms.choice("verdict", _("判定"), [(key, names[key]) for key in VERDICTS], one.row.verdict or ""),
        forms.line("note", _("依据"), rows=3),
    ]
    note = html.P(_("判定不改变得分；要扣分或更正，另走扣分或申诉。"), className="dim")
    form = forms.form(f"PUT /api/v1/findings/{one.row.id}", fields, _("判定"), result=_("已判定"))
    return verdicts.part(_("再判一次") if one.row.verdict else _("由您判定"), note, form)
