"""Weights that somebody tries: what the browser sends goes to the engine, what would change comes back. Nothing is kept."""

from dash import Dash, Input, Output, State, no_update
from dash.development.base_component import Component

from callbacks.desk.source import read
from dashboard import gate
from dashboard.domain.desk_state import parse_desk
from dashboard.domain.errors import UserError
from layouts.desk import ids
from layouts.desk.panels import ranking_trial


def register(app: Dash) -> None:
    app.callback(
        Output(ids.RANKING_OUTCOME, "children"),
        Input(ids.RANKING_WEIGHTS, "data"),
        State(ids.URL, "search"),
    )(answer)


def answer(tried: dict | None, search: str | None) -> Component | object:
    """Whoever may not see the edition is told nothing."""
    if not tried or not gate.person().can("evaluation.view"):
        return no_update
    try:
        found = read("ranking_outcome", parse_desk(search or ""), tried)
    except UserError:
        return ranking_trial.refused()
    return ranking_trial.untried() if found is None else ranking_trial.outcome(found)
