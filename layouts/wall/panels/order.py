"""The composer of a directive, large enough for a touch wall: about what, where, to whom, which words, until when.

The browser keeps what was chosen and sends it (assets/wall/order.js); it is told all it needs in data-* attributes.
"""

import json
from collections.abc import Iterable

from dash import html
from dash.development.base_component import Component
from flask_babel import gettext as _

from dashboard.domain.directives import TEXT_MOST
from dashboard.domain.state import WallState
from dashboard.views.directives import Deadline, OrderView
from layouts.shared.numbers import number
from layouts.shared.segments import segments
from layouts.shared.shorten import shorten

TITLE = "wall-order-title"
ABOUT_ROOM = 40


def draw(view: OrderView, state: WallState) -> Component:
    about = html.Span(shorten(_about(view), ABOUT_ROOM), className="order__about", title=_about(view))
    title = html.H2([_("下达指令"), about], id=TITLE, className="dialog__title", tabIndex=-1)
    close = html.A(
        _("取消"), href=view.back, className="button", **{"data-close": "true", "aria-keyshortcuts": "Escape"}
    )
    head = html.Header([title, html.Div(close, className="dialog__tools")], className="dialog__head")
    body = [_whom(view), _what(view), _send(view)] if not view.refused else [_refused(view)]
    name = "order order--refused" if view.refused else "order"
    return html.Div([head, html.Div(body, className=name, **_facts(view))], className="dialog dialog--order", role="dialog",
                    **{"aria-modal": "true", "aria-labelledby": TITLE})  # fmt: skip


def _about(view: OrderView) -> str:
    return f"{view.case.number} {view.case.title}" if view.case else view.region_label


def _facts(view: OrderView) -> dict[str, str]:
    """What is sent besides what is chosen, and the words for what may go wrong."""
    words = {
        "roles": _("请选择对象"),
        "text": _("请写明内容"),
        "due": _("期限不对，请重选"),
        "addressees": _("所选对象在这个辖区没有人员，请换对象或上一级辖区"),
        "region": _("您不能向这个辖区下达指令"),
        "sign_in": _("登录已失效，请重新登录"),
        "network": _("没有连上服务器，指令还没有发出，请再按一次"),
        "other": _("指令没有发出"),
        "sending": _("正在下达"),
    }
    case = {"data-county": view.case.county_code, "data-case": view.case.id} if view.case else {}
    return {"data-order": view.region, "data-subject": view.subject, "data-words": json.dumps(words), **case,
            "data-offset": str(view.minutes)}  # fmt: skip


def _refused(view: OrderView) -> Component:
    parts = [html.P(view.refused, className="quiet__words")]
    return html.Div([*parts, segments(_("辖区"), view.path, "order")] if view.path else parts, className="quiet")


def _whom(view: OrderView) -> Component:
    roles = [_choice(words, number(count), "role", key, False, off=not count) for key, words, count in view.roles]
    parts = [
        _part(_("辖区"), segments(_("辖区"), view.path, "order")),
        _part(_("对象"), _group(_("对象"), "group", roles)),
    ]
    if view.units:
        every = _choice(_("全部单位"), "", "unit", "", True, role="radio")
        units = [_choice(name, number(count), "unit", name, False, role="radio") for name, count in view.units]
        parts.append(_part(_("单位"), _group(_("单位"), "radiogroup", [every, *units])))
    return html.Div(parts, className="order__side")


def _what(view: OrderView) -> Component:
    ready = [html.Button(name, className="button order__ready", type="button", **{"data-template": text})
             for name, text in view.templates]  # fmt: skip
    text = html.Textarea(maxLength=TEXT_MOST, rows=4, className="order__text", **{"aria-label": _("内容")})
    dues = [_due(one, one.key == "2h") for one in view.deadlines]
    return html.Div([_part(_("内容"), html.Div(ready, className="order__chips")), text,
                     _part(_("期限"), _group(_("期限"), "radiogroup", dues)), _custom()], className="order__side")  # fmt: skip


def _due(one: Deadline, chosen: bool) -> Component:
    return _choice(one.label, "", "due", one.key, chosen, role="radio", span=one.span, at=one.at)


def _custom() -> Component:
    """A deadline that is made by pressing, because a wall may have no keys."""
    step = [("-24", _("−1 天")), ("-1", _("−1 小时")), ("1", _("+1 小时")), ("24", _("+1 天"))]
    buttons = [html.Button(words, className="button", type="button", **{"data-hours": hours}) for hours, words in step]
    said = html.B(className="order__until", **{"data-format": _("{h} 小时后 · {m}月{d}日 {t}"), "aria-live": "polite"})
    return html.Div([*buttons[:2], said, *buttons[2:]], className="order__custom", hidden=True)


def _send(view: OrderView) -> Component:
    fault = html.P(className="order__fault", role="alert")
    return html.Div([fault, html.Button(_("下达"), className="button button--main order__send", type="button",
                                        **{"data-send": "true"})], className="order__foot")  # fmt: skip


def _part(name: str, content: Component) -> Component:
    return html.Section([html.H3(name, className="order__name"), content], className="order__part")


def _group(label: str, role: str, choices: Iterable[Component]) -> Component:
    return html.Div(list(choices), className="order__chips", role=role, **{"aria-label": label})


def _choice(words: str, count: str, name: str, value: str, chosen: bool, *, role: str = "checkbox", off: bool = False,
            **data: str) -> Component:  # fmt: skip
    attributes = {"aria-checked": str(chosen).lower(), "data-pick": name, "data-value": value,
                  **{f"data-{key}": text for key, text in data.items()}}  # fmt: skip
    parts = [words, html.Span(count, className="choice__count")] if count else [words]
    return html.Button(parts, className="choice", type="button", role=role, disabled=off, **attributes)
