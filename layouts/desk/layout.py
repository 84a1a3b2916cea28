"""The desk's shell: bar, queue, map, load, side, keys, and what opens over them. Panels fill it by callback.

The shell never changes; what the browser owns (grid, map stage, typed text) stands here and not in a panel, so that a
refresh cannot take it away. Only the part of the section shown is visible: assets/desk/10-shell.css.
"""

from dash import dcc, html
from dash.development.base_component import Component
from flask_babel import get_locale
from flask_babel import gettext as _

from layouts.desk import ids, keys, queue
from layouts.desk.panels import PAGES, PANELS, Panel, panels_in
from layouts.shared import frame

TICK_MS = 2000
STORES = (ids.VERSION, ids.PICK, ids.NEAR, ids.COUNTS, ids.ASK, ids.COMMAND, ids.DONE, ids.SAVE, ids.UNMASK,
          ids.RANKING_WEIGHTS, ids.SCHEME_PAIRS)  # fmt: skip


def layout() -> Component:
    return html.Div(
        [
            dcc.Location(id=ids.URL, refresh=False),
            dcc.Interval(id=ids.TICK, interval=TICK_MS),
            *(dcc.Store(id=name) for name in STORES),
            *(dcc.Store(id=ids.place(page)) for page in ("all", *PAGES)),
            html.Header(html.Div(id=ids.body(ids.HEADER)), className="bar", id=ids.HEADER),
            html.Div(html.Div(id=ids.body(ids.EVALUATION_TABS)), id=ids.EVALUATION_TABS),
            html.Main([_board(), *(part for page in PAGES[1:] for part in _pages(page))], className="main"),
            keys.foot(),
            html.Div(id=ids.DIALOG),
            html.Div([html.Div(id=ids.TOAST), html.Div(id=ids.SAID)], className="toasts", **{"aria-live": "polite"}),
        ],
        id=ids.ROOT,
        className="desk",
        lang=_language(),
        **{"data-section": "board"},
    )


def _language() -> str:
    locale = get_locale()
    return "en" if locale is not None and locale.language == "en" else "zh-CN"


def _board() -> Component:
    stage = html.Div(id=ids.MAP_STAGE, className="map__stage")
    lower = html.Div([_panel(PANELS["map"], stage), _panel(PANELS["load"])], className="board__lower")
    grid = html.Section([queue.grid(), _bulk()], id=ids.QUEUE, className="panel queue", **{"aria-label": _("队列")})
    filters = html.Div(html.Div(id=ids.body(ids.FILTERS)), id=ids.FILTERS, className="strip")
    wrap = html.Div([grid, lower, _panel(PANELS["side"])], className="board__grid")
    return html.Div([filters, wrap], className="page page--board")


def _panel(panel: Panel, *more: Component) -> Component:
    body = html.Div(frame.loading(), id=ids.body(panel.id), className="panel__body")
    return html.Section([body, *more], id=panel.id, className=f"panel panel--{panel.name}",
                        **{"aria-label": str(panel.label)})  # fmt: skip


def _pages(page: str) -> list[Component]:
    """One panel fills its page; several share one, each in its own frame, at places of the style sheets."""
    panels = panels_in(page)
    if len(panels) == 1:
        return [_page(panels[0])]
    return [html.Div([_panel(panel) for panel in panels], className=f"page page--{page}")]


def _page(panel: Panel) -> Component:
    body = html.Div(id=ids.body(panel.id), className="page__body")
    return html.Div(body, id=panel.id, className=f"page page--{panel.name}")


def _bulk() -> Component:
    """What can be done with the rows that are ticked; shown while some are (assets/desk/queue.js)."""
    words = html.Span("", **{"data-bulk-count": "true", "data-words": _("已勾选 {n} 件")})
    tools = [html.Button([label, html.Kbd(key)], className="button button--small", **{"data-bulk": action})
             for action, label, key in (("accept", _("批量受理"), "A"), ("dispatch", _("批量分派"), "D"),
                                        ("supervise", _("批量督办"), "S"))]  # fmt: skip
    clear = html.Button(
        [_("取消勾选"), html.Kbd("Esc")], className="button button--small", **{"data-bulk-clear": "true"}
    )
    return html.Div([words, *tools, clear], className="bulk", hidden=True, role="toolbar", **{"aria-label": _("批量")})
