"""The page of one case: facts, evidence, clocks explained, each minute charged to its holder, history, what can be done."""

from dash import html
from dash.development.base_component import Component
from flask_babel import gettext as _

from dashboard.domain.desk_state import DeskState
from dashboard.views.desk import CaseSheet
from layouts.desk import actions, clock_rows, history
from layouts.desk.panels import side
from layouts.shared import badge, numbers

BAR = 620.0  # pixels that a clock bar gets on this page
SHOWN = 7  # actions that stand as buttons


def draw(view: CaseSheet | None, state: DeskState) -> Component | None:
    """`view` None: no case is open."""
    if view is None:
        return None
    left = [
        _part(_("三钟"), *clock_rows.draw(view, width=BAR, full=True), id_="clocks"),
        _charged(view),
        _evidence(view),
    ]
    right = [_facts(view), _similar(view), _history(view)]
    columns = html.Div(
        [html.Div([part for part in left if part], className="sheet__column"),
         html.Div([part for part in right if part], className="sheet__column")],
        className="sheet__columns", tabIndex=0,
    )  # fmt: skip
    return html.Article([_head(view, state), columns, _foot(view)], className="sheet", **side.case_data(view),
                        **{"aria-labelledby": "desk-case-title"})  # fmt: skip


def _head(view: CaseSheet, state: DeskState) -> Component:
    head = view.dossier.head
    back = html.A([_("返回"), html.Kbd("Esc")], href=state.to(case=""), className="button", **{"data-back": "true"})
    title = html.H2([badge.severity(head.severity, head.severity_label), head.title], id="desk-case-title",
                    className="sheet__title", tabIndex=-1)  # fmt: skip
    where = "·".join(part for part in (head.place, head.address) if part)
    line = html.P([html.Span(_("案卷 %(number)s", number=head.number)), html.Span(where)], className="sheet__line")
    return html.Header([html.Div([title, line]), side.marks(view), back], className="sheet__head")


def _foot(view: CaseSheet) -> Component:
    bar = actions.bar(view.dossier.actions, SHOWN)
    return html.Footer(bar or html.P(_("这件案子现在没有您可做的动作"), className="dim"), className="sheet__foot")


def _part(title: str, *body: Component | None, id_: str = "", more: tuple = ()) -> Component:
    name = {"id": f"desk-case-{id_}"} if id_ else {}
    return html.Section([html.H3([title, *more]), *(one for one in body if one)], className="sheet__part", **name)


def _charged(view: CaseSheet) -> Component:
    return _part(_("用时归属"), history.charges(view), id_="charges")


def _evidence(view: CaseSheet) -> Component | None:
    files = tuple(one for step in view.dossier.steps for one in step.evidence)
    return _part(_("证据 %(n)s 件", n=len(files)), history.gallery(files), id_="evidence") if files else None


def _facts(view: CaseSheet) -> Component:
    head = view.dossier.head
    pairs = [
        (_("事项"), head.kind_label), (_("层级"), _("%(tier)s可结", tier=head.tier_label)), (_("来源"), head.source_label),
        (_("上报"), _at(view, head.reported_at)), (_("办结期限"), _at(view, head.close_due_at)),
        (_("承办"), side.holder(view) or numbers.NONE),
        (_("满意度"), _("%(n)s 分", n=head.satisfaction) if head.satisfaction else numbers.NONE),
    ]  # fmt: skip
    rows = [html.Div([html.Dt(name), html.Dd(words)]) for name, words in pairs]
    rows.append(html.Div([html.Dt(_("报告人")), html.Dd(_reporter(view))]))
    text = html.P(head.description, className="sheet__text") if head.description else None
    others = ((_("重复于另一件案卷："), head.repeat_of), (_("已并入另一件案卷："), head.merged_into))
    linked = [html.P([words, html.A(_("打开"), href=DeskState(case=f"{head.county_code}:{other}").to())])
              for words, other in others if other]  # fmt: skip
    return _part(_("案情"), text, html.Dl(rows, className="facts"), *linked, id_="facts")


def _reporter(view: CaseSheet) -> list:
    who = view.dossier.reporter
    if who is None:
        return [_("没有留下联系方式")]
    known = " ".join(part for part in (who.name, who.phone) if part)
    button = html.Button(_("查看须填理由"), className="textlink", **{"data-unmask": "true"})
    return [html.Span(known, **{"data-reporter": "true"}), *([button] if view.may_unmask else [])]


def _similar(view: CaseSheet) -> Component | None:
    if not view.similar:
        return None
    rows = [side.similar_row(one, n == 0, view) for n, one in enumerate(view.similar)]
    return _part(_("疑似重复 %(n)s 件", n=len(view.similar)), html.Ul(rows, className="similar"), id_="similar")


def _history(view: CaseSheet) -> Component:
    return _part(_("经过"), history.steps(view, pictures=True), id_="history", more=(history.chain(view),))


def _at(view: CaseSheet, at) -> str:
    return numbers.NONE if at is None else f"{at.astimezone(view.zone):%Y-%m-%d %H:%M}"
