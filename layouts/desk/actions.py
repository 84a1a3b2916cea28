"""Actions on the desk: their keys, which of them are sent at once, and their buttons. Made from AllowedAction."""

import json
from collections.abc import Iterable

from dash import html
from dash.development.base_component import Component

from dashboard.views.dossier import AllowedAction

KEYS = {  # action: the key that takes it; no two that can be allowed at once share one
    "accept": "A", "dispatch": "D", "redispatch": "D", "reject": "X", "merge": "M", "supervise": "S", "take": "T",
    "object": "O", "uphold": "U", "handle": "H", "progress": "P", "verify": "V", "rework": "R", "call_back": "B",
    "close": "C", "grant_extension": "E", "refuse_extension": "N", "ask_extension": "E", "escalate": "L",
    "classify": "I", "stage": "Q", "pause": "W", "resume": "Y",
}  # fmt: skip
AT_ONCE = ("accept", "dispatch", "redispatch", "take")  # nothing is left to ask once the unit is chosen
SHOWN = 4


def button(action: AllowedAction, *, primary: bool = False) -> Component:
    """A button that names its key; assets/desk/actions.js does the rest."""
    key = KEYS.get(action.action)
    look = "button button--primary" if primary else "button"
    parts: list = [action.label]
    if key:
        parts.append(html.Kbd(key))
    attributes = {"data-action": action.action, "data-at-once": "true" if action.action in AT_ONCE else "false"}
    if key:
        attributes |= {"data-key": key.lower(), "aria-keyshortcuts": key}
    return html.Button(parts, className=look, **attributes)


def bar(actions: Iterable[AllowedAction], shown: int = SHOWN) -> Component | None:
    """The first ones as buttons, the others behind one that opens a menu."""
    actions = list(actions)
    if not actions:
        return None
    first, rest = actions[:shown], actions[shown:]
    parts = [button(action, primary=action.primary) for action in first]
    if rest:
        menu = html.Div([button(action) for action in rest], className="menu__list menu__list--up")
        parts.append(html.Details([html.Summary("⋯", className="button"), menu], className="menu"))
    return html.Div(parts, className="actions")


def spoken(values: object) -> str:
    """A value for a data attribute that a script reads."""
    return json.dumps(values, ensure_ascii=False)
