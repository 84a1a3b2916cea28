"""Ties a panel to the URL and the live version, and keeps its failures inside its own frame.

One place for all panels: what a person asked for wrongly is said in words with a way back; what broke is logged with
its traceback, and the screen shows when the panel last had data. What stands on the screen already is not sent again:
a browser spends more on drawing a panel anew than the server on reading it.
"""

import logging
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from hashlib import blake2b

from dash import Dash, Input, Output, State, no_update
from dash.development.base_component import Component
from flask_babel import gettext as _
from plotly.io.json import to_json_plotly

from callbacks.wall.source import look
from dashboard.domain.errors import NotFound, UserError
from layouts.shared import frame
from layouts.wall import ids
from layouts.wall.panels import Panel

log = logging.getLogger(__name__)
_FIRST = "stream"  # it shows that something came, and waits for no other panel


def connect(app: Dash, panel: Panel, refresh: Callable, more: Sequence[Output] = (), follows: str = "") -> None:
    """`refresh(search)` gives the panel's component; with `more` outputs a tuple, the component first.

    `follows`: id of the Store that makes it ask again, where that is not the data version.
    """
    over = panel.area == "over"  # follows the whole URL, and is read in peace
    still = over or panel.area == "footer"  # the list of pages does not change with the cases
    version = State(ids.VERSION, "data") if still else Input(ids.SLOW_VERSION if panel.slow else ids.VERSION, "data")
    if follows:
        version = Input(follows, "data")

    @app.callback(
        [Output(ids.body(panel.id), "children"), Output(ids.body(panel.id), "data-good"), *more],
        Input(ids.URL, "search") if over else Input(ids.PLACE, "data"),
        version,
        State(ids.body(panel.id), "data-good"),
        prevent_initial_call=not over,
    )
    def answer(search: str | None, _version: object, good: str | None) -> list:
        if panel.name != _FIRST:
            time.sleep(0)  # panels come in a bunch: between two of them, changes and whoever else waits have their turn
        if panel.look and look(search or "") not in ("", panel.look):
            return [no_update] * (2 + len(more))  # another page is shown
        since, _space, mark = (good if isinstance(good, str) else "").partition(" ")
        try:
            drawn = refresh(search or "")
        except Exception as error:
            return [explain(panel, error, since or None), since, *(no_update for _output in more)]
        return answer_of(drawn if more else (drawn,), mark)


def answer_of(parts: Sequence[object], shown: str) -> list:
    """The panel, "when it had data, mark of what was drawn", and what else there is; `shown`: the mark of what stands there.

    Only the time, where the mark is the same.
    """
    mark = blake2b(to_json_plotly(parts).encode(), digest_size=9).hexdigest()
    good = f"{datetime.now(UTC).isoformat(timespec='seconds')} {mark}"
    if mark == shown:
        return [no_update, good, *(no_update for _part in parts[1:])]
    return [parts[0], good, *parts[1:]]


def explain(panel: Panel, error: Exception, good: str | None) -> Component | None:
    """The failed state for an error; unexpected ones go to the log with their traceback.

    A link that means nothing is said once, by header, map and what stands over the wall; the rest stays dark.
    """
    title = str(panel.label)
    if isinstance(error, UserError):
        if panel.area == "over" and error.code == "state":
            return None
        if panel.area == "main" and panel.name != "map":
            return frame.empty("—")
        words = _("没有这样的辖区或案件") if isinstance(error, NotFound) else _("链接里的条件不对")
        return frame.failed(title, words, home="?")
    log.error("panel %s failed", panel.name, exc_info=error)
    home = "?" if panel.area == "over" else ""  # what stands over the wall can always be left
    return frame.failed(title, _("这一块暂时读不出来，会自动重试"), good, home)
