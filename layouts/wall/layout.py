"""The wall's shell: header, main grid, playlist, and what opens over it. Panels fill it by callback.

The shell never changes; what the browser owns (map stage, clock, rotation bar) stands here and not in a panel, so that
a refresh of figures cannot take it away.
"""

from collections.abc import Sequence

from dash import dcc, html
from dash.development.base_component import Component
from flask_babel import get_locale
from flask_babel import gettext as _

from layouts.shared import frame
from layouts.wall import announcement, ids, remote
from layouts.wall.panels import PANELS, Panel, map, panels_in


def layout(rotation_seconds: int = 30, announced: Sequence[str] = (), announce_seconds: int = 12) -> Component:
    """`rotation_seconds`: how long a page of the playlist stays up. `announced`: severities of which a new case is
    announced, for `announce_seconds`."""
    return html.Div(
        [
            dcc.Location(id=ids.URL, refresh=False),
            dcc.Store(id=ids.PLACE),
            dcc.Store(id=ids.STREAM_VERSION),
            dcc.Store(id=ids.VERSION),
            dcc.Store(id=ids.SLOW_VERSION),
            dcc.Store(id=ids.DIRECTIVE_VERSION),
            dcc.Store(id=ids.MAP_DATA),
            _header(),
            html.Main([_panel(panel) for panel in panels_in("main")], id=ids.MAIN, className="main"),
            _footer(rotation_seconds),
            *(html.Div(id=ids.body(panel.id), className="over") for panel in panels_in("over")),
            announcement.frame(announced, announce_seconds),
            remote.frame(),
        ],
        className="wall",
        lang=_language(),
    )


def _language() -> str:
    """For the style sheets and screen readers: the page around the app may have been made in another language."""
    locale = get_locale()
    return "en" if locale is not None and locale.language == "en" else "zh-CN"


def _panel(panel: Panel) -> Component:
    body = html.Div(frame.loading(), id=ids.body(panel.id), className="panel__body")
    own = [html.Div(id=ids.MAP_STAGE, className="map__stage"), map.callout()] if panel.name == "map" else []
    look = "kpis" if panel.name == "kpis" else f"panel panel--{panel.name}"
    return html.Section(
        [body, *own], id=panel.id, className=f"{look} area area--{panel.name}", **{"aria-label": str(panel.label)}
    )


def _header() -> Component:
    title = html.H1(
        [_("一屏两端"), html.I(className="title__mark", **{"aria-hidden": "true"}), _("除险保安")], className="title"
    )
    panel = PANELS["header"]
    live = html.Div(html.Div(id=ids.body(panel.id), className="header__body"), id=panel.id, className="header__live")
    return html.Header(
        [live, title, _tools(), html.I(className="header__line", **{"aria-hidden": "true"})], className="header"
    )


def _tools() -> Component:
    other, words = ("zh", "中") if _language() == "en" else ("en", "EN")
    switch = html.A(
        words, href=f"/lang/{other}", className="tool", lang=other, **{"data-plain": "true", "data-next": "true"}
    )
    full = html.Button(
        html.I(className="tool__full"),
        id=ids.FULL_SCREEN,
        className="tool",
        title=_("全屏 F"),
        **{"aria-label": _("全屏"), "aria-keyshortcuts": "F"},
    )
    clock = html.Div(
        [
            html.B([html.Span(className="clock__time"), html.Span(className="clock__seconds")]),
            html.Span(className="clock__day"),
        ],
        id=ids.CLOCK,
        className="clock",
        role="timer",
        **{
            "data-days": _("周日,周一,周二,周三,周四,周五,周六"),
            "data-format": _("{m}月{d}日 {w}"),
            "aria-label": _("现在"),
        },
    )
    tools = html.Div([remote.button(), announcement.switch(), switch, full], className="header__tools")
    return html.Div([tools, clock], className="header__side")


def _footer(seconds: int) -> Component:
    panel = PANELS["playlist"]
    tabs = html.Nav(
        html.Div(id=ids.body(panel.id), className="footer__body"),
        id=panel.id,
        className="footer__tabs",
        **{"aria-label": str(panel.label)},
    )
    keys = [
        (_("方向键"), _("移动")),
        (_("回车"), _("下钻")),
        ("C", _("案件")),
        ("Esc", _("上一级")),
    ]
    hints = html.Ul(
        [html.Li([html.Kbd(key), words]) for key, words in keys], className="hints", **{"aria-label": _("按键")}
    )
    return html.Footer([tabs, hints, _rotation(seconds)], className="footer")


def _rotation(seconds: int) -> Component:
    words = {"data-pause": _("暂停"), "data-go": _("继续"), "data-label": _("轮播"), "data-held": _("轮播已停")}
    bar = html.Span(html.I(className="rotation__fill"), className="rotation__bar", **{"aria-hidden": "true"})
    label = html.Span(_("轮播"), className="rotation__label")
    button = html.Button(_("暂停"), id=ids.PAUSE, className="button", **{"aria-keyshortcuts": "Space"})
    return html.Div(
        [bar, label, button], id=ids.ROTATION, className="rotation", **{"data-seconds": str(seconds), **words}
    )
