"""The audit log, the newest first. That it was read stands in it, too."""

from dash import html
from dash.development.base_component import Component
from flask_babel import gettext as _

from dashboard.domain.desk_state import DeskState
from dashboard.views.desk import AuditView
from layouts.desk import forms
from layouts.shared import frame, numbers


def draw(view: AuditView, state: DeskState) -> Component:
    links = [html.A(words, href=state.to(p=page), className="button button--small")
             for words, page in ((_("上一页"), view.page - 1), (_("下一页"), view.page + 1))
             if 1 <= page <= view.pages]  # fmt: skip
    note = _("共 %(n)s 条 · 第 %(page)s / %(pages)s 页", n=numbers.number(view.total), page=view.page, pages=view.pages)
    head = frame.head(_("审计日志"), note, html.Div(links, className="head__end actions"))
    names = (_("时间"), _("谁"), _("做了什么"), _("对象"), _("辖区"), _("理由"), _("来自"), _("已封存"))
    rows = [(f"{one.at.astimezone(view.zone):%Y-%m-%d %H:%M:%S}", one.actor, one.action, one.subject or numbers.NONE,
             one.region or numbers.NONE, one.reason or numbers.NONE, one.remote or numbers.NONE,
             _("第 %(n)s 条", n=one.position) if one.position else _("待封存")) for one in view.rows]  # fmt: skip
    return html.Section([head, forms.table(names, rows, _("审计日志"))], className="panel panel--whole")
