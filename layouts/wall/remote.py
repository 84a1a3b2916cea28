"""A phone as the wall's remote control: the button in the header and the frame of the dialog with the code.

The dialog belongs to this browser tab and is in no link; the browser fills it (assets/wall/pairing.js).
"""

import json

from dash import html
from dash.development.base_component import Component
from flask_babel import gettext as _

from layouts.wall import ids


def button() -> Component:
    phone = html.I(className="tool__phone", **{"aria-hidden": "true"})
    words = html.Span(_("遥控中"), className="tool__words")
    return html.Button([phone, words], id=ids.PAIR, className="tool tool--pair", title=_("手机遥控 P"),
                       **{"aria-label": _("手机遥控"), "aria-keyshortcuts": "P"})  # fmt: skip


def frame() -> Component:
    words = {
        "title": _("手机遥控"),
        "close": _("关闭"),
        "scan": _("用手机扫码，登录后即可遥控这块大屏"),
        "valid": _("配对码一次有效，{m} 分 {s} 秒后失效"),
        "old": _("配对码已失效"),
        "again": _("换一个"),
        "driven": _("手机正在遥控这块大屏"),
        "until": _("最迟 {t} 自动结束"),
        "end": _("结束遥控"),
        "loading": _("读取中"),
        "failed": _("没有取到配对码，请重试"),
        "code": _("配对码"),
    }
    return html.Div(id=ids.PAIRING, className="over", **{"data-words": json.dumps(words)})
