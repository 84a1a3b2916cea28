"""The live wall: assets/wall/live.js hears of changes and moves the versions; here it learns which place is shown."""

from dash import ClientsideFunction, Dash, Input, Output, State

from layouts.wall import ids


def register(app: Dash) -> None:
    app.clientside_callback(
        ClientsideFunction("wall", "place"),
        Output(ids.PLACE, "data"),
        Input(ids.URL, "search"),
        State(ids.PLACE, "data"),
    )
    app.clientside_callback(ClientsideFunction("wall", "listen"), Input(ids.PLACE, "data"))
