"""What every panel has: a head, and the three states in which it has no figures.

A failed panel keeps its frame, says so in words and when it last had data; the rest of the wall lives on.
"""

from dash import html
from dash.development.base_component import Component
from flask_babel import gettext as _


def head(title: str, subtitle: str = "", *more: Component) -> Component:
    """Heading of a panel: its name, a note, and tools or a figure at the right end."""
    parts = [html.H2(title, className="head__title")]
    if subtitle:
        parts.append(html.P(subtitle, className="head__note"))
    return html.Header([*parts, *more], className="head")


def loading() -> Component:
    """Before the first answer. Never shown over a panel that has figures."""
    return html.P(_("读取中"), className="quiet quiet--loading")


def empty(words: str = "", hint: str = "") -> Component:
    """Nothing to show, which is an answer."""
    lines = [html.P(words or _("没有数据"), className="quiet__words")]
    if hint:
        lines.append(html.P(hint, className="quiet__hint"))
    return html.Div(lines, className="quiet")


def failed(title: str, words: str, good: str | None = None, home: str = "") -> Component:
    """`good`: ISO time of the last good data; the browser writes it in the region's zone. `home`: a way out."""
    lines: list[Component] = [html.H2(title, className="quiet__title"), html.P(words, className="quiet__words")]
    if good:
        when = html.Time("", dateTime=good, **{"data-local": "time"})
        lines.append(html.P([_("上次读到数据："), when], className="quiet__hint"))
    if home:
        lines.append(html.A(_("回到全局"), href=home, className="button"))
    return html.Div(lines, className="quiet quiet--failed", role="alert")
