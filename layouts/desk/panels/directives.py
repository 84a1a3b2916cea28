"""Directives: those addressed to me, those I gave with their receipts, and a form to give one."""

import json
from datetime import tzinfo

from dash import html
from dash.development.base_component import Component
from flask_babel import gettext as _

from dashboard.domain.desk_state import DeskState
from dashboard.views.desk import DirectivesPage
from dashboard.views.directives import DirectiveDetail, DirectiveRow, Group
from layouts.desk import forms
from layouts.shared import frame

_API = "/api/v1/directives"


def draw(view: DirectivesPage, _state: DeskState) -> Component:
    mine = [_mine(row, view.zone) for row in view.mine]
    issued = [_issued(one, view.zone) for one in view.issued]
    parts = [_part(_("给我的指令"), mine, _("没有给您的指令"))]
    if view.may_issue:
        parts.append(_part(_("我下的指令"), issued, _("您还没有下过指令")))
    side = html.Div([_compose(view)] if view.may_issue else [frame.empty(_("您没有下指令的授权"))],
                    className="panel panel--forms", tabIndex=0)  # fmt: skip
    return html.Div([html.Div(parts, className="directives__lists"), side], className="supervise")


def _part(title: str, rows: list[Component], none: str) -> Component:
    body = html.Ul(rows) if rows else frame.empty(none)
    return html.Section([frame.head(title), html.Div(body, className="panel__scroll", tabIndex=0)], className="panel")


def _line(row: DirectiveRow, zone: tzinfo) -> Component:
    standing = {"open": _("进行中"), "late": _("已逾期"), "answered": _("已答复"), "withdrawn": _("已撤回")}[
        row.standing
    ]
    late = " mark--warn" if row.standing == "late" else ""
    until = _("%(at)s 前答复", at=f"{row.due_at.astimezone(zone):%m-%d %H:%M}")
    mark = html.Em(standing, className=f"mark{late}")
    return html.P(
        [mark, *(html.Span(words) for words in (row.region_label, row.issuer, until))], className="directive__line"
    )


def _mine(row: DirectiveRow, zone: tzinfo) -> Component:
    parts: list[Component] = [html.P(row.text, className="directive__text"), _line(row, zone)]
    if row.mine and row.mine.answer:
        parts.append(html.P(_("我的答复：%(text)s", text=row.mine.answer), className="dim"))
    elif row.standing in ("open", "late"):
        api, fixed = f"POST {_API}/{row.id}/receipts", json.dumps({"step": "answered"})
        parts.append(forms.form(api, [forms.line("answer", _("答复"), rows=2)], _("答复"), fixed=fixed))
    return html.Li(parts, className="directive", **{"data-directive": row.id})


def _issued(one: DirectiveDetail, zone: tzinfo) -> Component:
    row, counts = one.directive, one.directive.counts
    said = _("送达 %(d)s / %(n)s · 已读 %(r)s · 已答 %(a)s", d=counts.delivered, n=counts.addressed, r=counts.read,
             a=counts.answered)  # fmt: skip
    bars = html.Span([html.I(style={"width": f"{100 * value / max(counts.addressed, 1):.0f}%"}, className=f"receipts__{name}")
                      for name, value in (("delivered", counts.delivered), ("read", counts.read), ("answered", counts.answered))],
                     className="receipts", role="img", **{"aria-label": said})  # fmt: skip
    groups = html.Details(
        [html.Summary(_("按单位看"), className="textlink"), *(_group(group, zone) for group in one.groups)]
    )
    parts = [html.P(row.text, className="directive__text"), _line(row, zone), html.P([bars, said], className="directive__line"),
             groups]  # fmt: skip
    if row.standing in ("open", "late"):
        parts.append(forms.tool(f"DELETE {_API}/{row.id}", _("撤回指令"), sure=_("撤回这条指令？")))
    return html.Li(parts, className="directive", **{"data-directive": row.id})


def _group(group: Group, zone: tzinfo) -> Component:
    name = " · ".join(part for part in (group.region_label, group.unit) if part)
    counts = group.counts
    head = html.P([html.B(name), html.Span(_("送达 %(d)s / %(n)s · 已读 %(r)s · 已答 %(a)s", d=counts.delivered, n=counts.addressed,
                                           r=counts.read, a=counts.answered))], className="directive__line")  # fmt: skip
    answers = [html.P([html.Span(f"{one.at.astimezone(zone):%m-%d %H:%M}"), html.B(one.name or ""), one.text],
                      className="directive__line") for one in group.answers]  # fmt: skip
    waiting = [html.P(_("未答：%(names)s", names="、".join(group.waiting)), className="dim")] if group.waiting else []
    return html.Div([head, *answers, *waiting], className="directive__group")


def _compose(view: DirectivesPage) -> Component:
    spans = [("2h", _("2 小时内")), ("4h", _("4 小时内")), ("24h", _("24 小时内")), ("3d", _("3 天内"))]
    fields = [
        forms.line("text", _("指令内容"), rows=5), forms.choice("roles", _("给哪些角色"), list(view.roles), several=True),
        forms.choice("due_in", _("何时答复"), spans, "4h"), forms.place("region", _("给哪个辖区及以下"), view.place),
        forms.units("unit", _("只给某单位（可不选）"), view.place),
    ]  # fmt: skip
    done = _("已下达，{addressees} 人收到")
    return html.Section([frame.head(_("下指令")), forms.form(f"POST {_API}", fields, _("下达"), result=done)])
