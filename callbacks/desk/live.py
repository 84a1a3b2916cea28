"""What needs no server: each section follows the URL and the data version while it is shown (assets/desk/live.js), the
grid asks again when either moves (assets/desk/queue.js)."""

from dash import ClientsideFunction, Dash, Input, Output, State

from layouts.desk import ids
from layouts.desk.panels import PAGES


def register(app: Dash) -> None:
    places = ("all", *PAGES)
    app.clientside_callback(
        ClientsideFunction("desk", "places"),
        *(Output(ids.place(page), "data") for page in places),
        Input(ids.URL, "search"),
        Input(ids.VERSION, "data"),
        *(State(ids.place(page), "data") for page in places),
    )
    app.clientside_callback(
        ClientsideFunction("desk", "poll"),
        Output(ids.VERSION, "data"),
        Input(ids.TICK, "n_intervals"),
        State(ids.VERSION, "data"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        ClientsideFunction("desk", "done"),
        Output(ids.COMMAND, "data", allow_duplicate=True),
        Input(ids.DONE, "data"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        ClientsideFunction("desk", "home"),
        Output(ids.URL, "search", allow_duplicate=True),
        Input(ids.body(ids.HEADER), "children"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        ClientsideFunction("desk", "near"),
        Output(ids.NEAR, "data", allow_duplicate=True),
        Input(ids.COUNTS, "data"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        ClientsideFunction("desk", "paint_map"),
        Output(ids.MAP_STAGE, "data-painted"),
        Input(ids.place("board"), "data"),
        Input(ids.body(ids.MAP), "children"),
    )
