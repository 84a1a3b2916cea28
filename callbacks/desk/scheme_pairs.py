"""Comparisons of pairs that somebody enters: what they come to, before anything is kept."""

from dash import Dash, Input, Output, State, no_update
from dash.development.base_component import Component

from callbacks.desk.source import read
from dashboard import gate
from dashboard.domain.desk_state import parse_desk
from dashboard.domain.errors import UserError
from layouts.desk import ids
from layouts.desk.panels import scheme_pairs


def register(app: Dash) -> None:
    app.callback(
        Output(ids.SCHEME_WEIGHED, "children"),
        Input(ids.SCHEME_PAIRS, "data"),
        State(ids.URL, "search"),
        prevent_initial_call=True,
    )(answer)


def answer(tried: dict | None, search: str | None) -> Component | object:
    """Whoever may not see evaluations is told nothing."""
    if not tried or not gate.person().can("evaluation.view"):
        return no_update
    try:
        found = read("scheme_weighed", parse_desk(search or ""), tried)
    except UserError:
        return no_update
    return scheme_pairs.weighed(found)
