"""The announcement of a new serious case: a band under the header, and the switch of its sound. assets/wall/announce.js
decides when it is shown and for how long."""

from collections.abc import Sequence

from dash import dcc, html
from dash.development.base_component import Component
from flask_babel import gettext as _

from dashboard.views.announcement import Announcement
from layouts.shared import badge
from layouts.wall import ids


def frame(severities: Sequence[str], seconds: int) -> Component:
    """The place of the band, empty. Screen readers hear what comes into it."""
    about = {"data-severities": ",".join(severities), "data-seconds": str(seconds)}
    band = html.Div(id=ids.ANNOUNCEMENT, className="announce__body", role="status", **{"aria-live": "assertive"})
    return html.Div([dcc.Store(id=ids.ANNOUNCED), band], id=ids.ANNOUNCE, className="announce", **about)


def switch() -> Component:
    """Sound on or off; the browser remembers it."""
    words = {
        "data-on": _("提示音已开"),
        "data-off": _("提示音已关"),
        "aria-label": _("重大案件提示音"),
        "aria-pressed": "false",
    }
    return html.Button(html.I(className="tool__sound"), id=ids.SOUND, className="tool", title=_("提示音已关"), **words)


def draw(view: Announcement) -> Component:
    parts = [
        html.B(_("新案件"), className="announce__new"),
        badge.severity(view.severity, view.severity_label),
        html.Span(view.kind, className="announce__kind"),
        html.Span(view.place, className="announce__place"),
        html.Span(view.text, className="announce__text"),
        html.Time(f"{view.at:%H:%M}", dateTime=view.at.isoformat(), className="announce__time"),
    ]
    more = {"className": f"announce__link announce__link--{view.severity}"}
    return html.A(parts, href=view.href, **more) if view.href else html.P(parts, **more)
