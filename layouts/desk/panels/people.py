"""Accounts: who may do what where. Grants are given and taken back, passwords are shown once, tokens are revoked."""

from dash import html
from dash.development.base_component import Component
from flask_babel import gettext as _

from dashboard.domain.desk_state import DeskState
from dashboard.views.desk import PeopleView
from dashboard.views.people import Account, GrantView, Kiosk
from layouts.desk import forms
from layouts.shared import frame, numbers

_USERS = "/api/v1/users"


def draw(view: PeopleView, _state: DeskState) -> Component:
    names = (_("账号"), _("姓名"), _("授权"), _("状态"), "")
    rows = [_row(view, one) for one in view.accounts]
    head = frame.head(_("账号"), _("%(n)s 个", n=numbers.number(len(view.accounts))))
    accounts = html.Section([head, forms.table(names, rows, _("账号"))], className="panel")
    side = html.Div([_new(view), _grant(view), _kiosks(view)], className="panel panel--forms", tabIndex=0)
    return html.Div([accounts, side], className="supervise")


def _row(view: PeopleView, one: Account) -> tuple:
    shut = one.disabled_at is not None
    tools = [forms.tool(f"POST {_USERS}/{one.id}/password", _("重置密码"), sure=_("重置 %(login)s 的密码？", login=one.login),
                        result=_("新密码（只显示这一次）：{password}")),
             forms.tool(f"POST {_USERS}/{one.id}/disable", _("启用") if shut else _("停用"),
                        fixed='{"disabled": false}' if shut else '{"disabled": true}',
                        sure="" if shut else _("停用 %(login)s？会话立即结束。", login=one.login))]  # fmt: skip
    login = [html.B(one.login), *([html.Em(_("演示"), className="mark")] if one.demo else [])]
    return (
        login,
        one.name,
        [_granted(view, one, grant) for grant in one.grants],
        _("已停用") if shut else _("正常"),
        tools,
    )


def _granted(view: PeopleView, one: Account, grant: GrantView) -> Component:
    words = " · ".join(part for part in (view.roles[grant.role], grant.place, grant.unit) if part)
    drop = forms.tool(f"DELETE {_USERS}/{one.id}/grants/{grant.id}", "×", sure=_("收回这项授权？"))
    drop.title = _("收回 %(words)s", words=words)
    return html.Span([words, drop], className="mark mark--grant")


def _new(view: PeopleView) -> Component:
    fields = [forms.line("login", _("登录名")), forms.line("name", _("姓名")),
              forms.choice("grants.0.role", _("角色"), list(view.roles.items())),
              forms.place("grants.0.region", _("辖区"), view.place),
              forms.units("grants.0.unit", _("单位（经办人须选）"), view.place)]  # fmt: skip
    done = _("{user.login} 的密码（只显示这一次）：{password}")
    return html.Section([frame.head(_("新账号")), forms.form(f"POST {_USERS}", fields, _("建立账号"), result=done)])


def _grant(view: PeopleView) -> Component:
    who = forms.choice("-user", _("给谁"), [(str(one.id), one.login) for one in view.accounts])
    fields = [who, forms.choice("role", _("角色"), list(view.roles.items())),
              forms.place("region", _("辖区"), view.place), forms.units("unit", _("单位（经办人须选）"), view.place)]  # fmt: skip
    return html.Section([frame.head(_("加授权")), forms.form(f"POST {_USERS}/{{-user}}/grants", fields, _("授权"))])


def _kiosks(view: PeopleView) -> Component:
    rows = [_kiosk(one) for one in view.kiosks]
    fields = [forms.line("name", _("大屏名称")), forms.place("region", _("辖区"), view.place)]
    new = forms.form("POST /api/v1/kiosks", fields, _("发令牌"), result=_("在大屏上打开（只显示这一次）：{path}"))
    return html.Section([frame.head(_("大屏令牌")), html.Ul(rows, className="kiosks"), new])


def _kiosk(one: Kiosk) -> Component:
    revoke = forms.tool(f"DELETE /api/v1/kiosks/{one.key}", _("收回"), sure=_("收回 %(name)s 的令牌？", name=one.name))
    return html.Li([html.B(one.name), html.Span(one.place, className="dim"), revoke])
