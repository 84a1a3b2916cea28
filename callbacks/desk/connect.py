"""Ties a panel to its section's place, checks what the person may, and keeps failures inside the panel's own frame."""

import logging
from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from dash import Dash, Input, Output, State, no_update
from dash.development.base_component import Component
from flask_babel import gettext as _

from dashboard import gate
from dashboard.domain.errors import NotFound, UserError
from layouts.desk import ids
from layouts.desk.panels import Panel
from layouts.shared import frame

log = logging.getLogger(__name__)


def connect(app: Dash, panel: Panel, refresh: Callable, more: Sequence[Input] = ()) -> None:
    """`refresh(search, *more)` gives the panel's component. It is asked only while its section is shown."""

    @app.callback(
        Output(ids.body(panel.id), "children"),
        Output(ids.body(panel.id), "data-good"),
        Input(ids.place(panel.section or "all"), "data"),
        *more,
        State(ids.body(panel.id), "data-good"),
        prevent_initial_call=True,
    )
    def answer(place: dict | None, *rest: object) -> list:
        *given, good = rest
        try:
            drawn = answer_for(panel, refresh, (place or {}).get("search", ""), given)
        except Exception as error:
            return [explain(panel, error, good), no_update]
        return [drawn, datetime.now(UTC).isoformat(timespec="seconds")]


def answer_for(panel: Panel, refresh: Callable, search: str, given: Sequence[object]) -> Component | None:
    """What the panel shows to the person who asks; NotFound where they may not see it."""
    if not gate.person().can(panel.capability):
        raise NotFound("panel", "no such panel", got=panel.name)
    return refresh(search, *given)


def explain(panel: Panel, error: Exception, good: str | None) -> Component:
    """The failed state for an error; unexpected ones go to the log with their traceback."""
    title = str(panel.label)
    if isinstance(error, NotFound):
        return frame.failed(title, _("没有这样的辖区或案件，或它不归您看"), home="?")
    if isinstance(error, UserError):
        return frame.failed(title, _("链接里的条件不对"), home="?")
    log.error("panel %s failed", panel.name, exc_info=error)
    return frame.failed(title, _("这一块暂时读不出来，会自动重试"), good)
