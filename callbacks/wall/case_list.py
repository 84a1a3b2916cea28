"""The list over the wall: open while the URL names a list and nothing over it. It stands still while it is read."""

from dataclasses import replace

from dash import Dash
from dash.development.base_component import Component

from callbacks.wall.connect import connect
from callbacks.wall.source import asker, may, read
from dashboard.domain.errors import UserError
from dashboard.domain.state import parse_place, parse_state
from layouts.wall.panels import PANELS

PANEL = PANELS["case_list"]


def register(app: Dash) -> None:
    connect(app, PANEL, refresh)


def refresh(search: str) -> Component | None:
    try:
        state = parse_state(search)
    except UserError as error:
        parse_place(search)  # what is wrong with the place is said by the panels below
        raise UserError("list", "a list that cannot be read", hint=str(error)) from error
    if state.case or state.directive or state.order:
        return None
    if state.score and state.behind:
        return PANEL.draw(read("behind", state, person=asker()), state)
    if not state.list:
        return None
    view = read("case_list", state)
    view = view if may("wall.export") else replace(view, export="")
    return PANEL.draw(view, state, order=may("directive.issue"))
