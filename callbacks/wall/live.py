"""The live tick: the browser asks /live/version and moves the version only when the data did (assets/wall/live.js)."""

from dash import ClientsideFunction, Dash, Input, Output, State

from layouts.wall import ids


def register(app: Dash) -> None:
    app.clientside_callback(
        ClientsideFunction("wall", "place"),
        Output(ids.PLACE, "data"),
        Input(ids.URL, "search"),
        State(ids.PLACE, "data"),
    )
    app.clientside_callback(
        ClientsideFunction("wall", "poll"),
        Output(ids.VERSION, "data"),
        Output(ids.SLOW_VERSION, "data"),
        Input(ids.TICK, "n_intervals"),
        State(ids.VERSION, "data"),
        State(ids.SLOW_VERSION, "data"),
        prevent_initial_call=True,
    )
