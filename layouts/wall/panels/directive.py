"""One directive over the wall: its whole text, its facts, receipts by unit and region, and what was answered."""

from dash import html
from dash.development.base_component import Component
from flask_babel import gettext as _

from dashboard.domain.state import WallState
from dashboard.views.directives import DirectiveView, WallAnswer, WallGroup
from layouts.shared import frame
from layouts.shared.numbers import number
from layouts.wall.panels.directives import bar

TITLE = "wall-directive-title"


def draw(view: DirectiveView, state: WallState) -> Component:
    title = html.H2(view.row.text, id=TITLE, className="dialog__title dialog__title--text", tabIndex=-1)
    left = html.B(view.row.left, className=f"directives__left directives__left--{view.row.standing}")
    facts = [html.Div([html.Dt(name), html.Dd(words)]) for name, words in view.facts]
    head = html.Header([title, html.Div(_tools(view), className="dialog__tools"), html.P(left, className="dialog__due")],
                       className="dialog__head")  # fmt: skip
    about = html.Section([html.H3(_("指令信息"), className="case__part"), html.Dl(facts, className="facts")])
    body = html.Div(
        [html.Div([about, _answers(view.answers)]), _groups(view.groups)],
        className="dialog__body dialog__body--case dialog__body--directive",
        tabIndex=0,
    )
    return html.Div([head, body], className="dialog", role="dialog", **{"aria-modal": "true", "aria-labelledby": TITLE,
                                                                        "data-directive": view.row.id})  # fmt: skip


def _tools(view: DirectiveView) -> list[Component]:
    tools: list[Component] = []
    if view.withdraw:
        words = {"data-sure": _("再按一次撤回"), "data-failed": _("没有撤回，请再试")}
        tools.append(html.Button(_("撤回"), className="button", **{"data-withdraw": view.withdraw, **words}))
    if view.case_href:
        tools.append(html.A(_("看案件"), href=view.case_href, className="button"))
    close = {"data-close": "true", "aria-keyshortcuts": "Escape"}
    return [*tools, html.A(_("返回"), href=view.back, className="button", **close)]


def _answers(rows: tuple[WallAnswer, ...]) -> Component:
    items = [html.Li([html.P([html.B(row.label), html.Time(f"{row.at:%m-%d %H:%M}", dateTime=row.at.isoformat()),
                              *([html.Span(_("逾期"), className="directives__late")] if row.late else [])]),
                      html.P(row.text, className="answers__text")]) for row in rows]  # fmt: skip
    shown = html.Ol(items, className="answers") if items else html.P(_("还没有答复"), className="quiet__hint")
    return html.Section([html.H3(_("答复"), className="case__part"), shown])


def _groups(groups: tuple[WallGroup, ...]) -> Component:
    names = (_("单位、辖区"), _("应收"), _("送达"), _("已阅"), _("已答"), "")
    top = html.Tr([html.Th(name, scope="col") for name in names[:-1]] + [html.Td()])
    rows = [html.Tr([html.Th(group.label, scope="row"), *(html.Td(number(count)) for count in (
        group.counts.addressed, group.counts.delivered, group.counts.read, group.counts.answered)),
        html.Td(bar(group.counts))]) for group in groups]  # fmt: skip
    table = html.Table([html.Thead(top), html.Tbody(rows)], className="receipts")
    return html.Section([html.H3(_("回执"), className="case__part"), table if rows else frame.empty()])
