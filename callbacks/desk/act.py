"""Actions: what is asked opens a dialogue, what is sent is carried out, and what came of it is said."""

from dash import Dash, Input, Output, State, no_update
from dash.development.base_component import Component

from callbacks.desk.source import deps, desk, read
from dashboard import gate
from dashboard.domain.desk_state import parse_desk
from dashboard.domain.errors import NotFound, UserError
from dashboard.services import desk_actions
from dashboard.views.desk import Result
from layouts.desk import dialog, ids


def register(app: Dash) -> None:
    app.callback(
        Output(ids.DIALOG, "children"),
        Input(ids.ASK, "data"),
        State(ids.URL, "search"),
        prevent_initial_call=True,
    )(ask)
    app.callback(
        Output(ids.TOAST, "children"),
        Output(ids.DIALOG, "children", allow_duplicate=True),
        Output(ids.DONE, "data"),
        Input(ids.COMMAND, "data"),
        prevent_initial_call=True,
    )(send)


def ask(asked: dict | None, search: str | None) -> Component | object | None:
    """The dialogue for an action; None closes it."""
    if not asked or not asked.get("action"):
        return None
    if asked["action"] == "unmask":
        return dialog.unmask()
    try:
        found = read("asked", parse_desk(search or ""), asked["action"], asked["cases"], asked.get("chosen") or {})
    except UserError as error:
        return dialog.broken(desk_actions.told(error))
    return dialog.draw(dialog.Asked(**found))


def send(command: dict | None) -> tuple:
    """(message, dialogue, what was done): a conflict is answered in the dialogue, all else in the message."""
    if not command:
        return no_update, no_update, no_update
    try:
        if not gate.person().can("case.act"):
            raise NotFound("action", "no such action")
        result = desk_actions.carry_out(deps(), gate.person(), desk_actions.parse_order(command))
    except UserError as error:
        return dialog.said(desk_actions.told(error), failed=True), no_update, {"failed": True}
    done = {"done": list(result.done), "failed": bool(result.failed), "action": result.action}
    words = desk_actions.summary(result)
    if result.standing and not result.done and len(result.failed) == 1:
        return None, _conflict(result), done
    if result.failed and not result.done:
        return dialog.said(words, failed=True), no_update, done
    return dialog.said(words, failed=bool(result.failed)), None, done


def _conflict(result: Result) -> Component:
    now = result.standing
    at = now["at"]
    return dialog.conflict(result.failed[0].number, result.label, now["actor"], now["role_label"], now["action_label"],
                           now["state_label"], at.astimezone(desk(parse_desk("")).zone))  # fmt: skip
