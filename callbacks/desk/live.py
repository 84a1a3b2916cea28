"""What needs no server: each section follows the URL and the data version while it is shown (assets/desk/live.js), the
grid asks again when either moves (assets/desk/queue.js)."""

from dash import ClientsideFunction, Dash, Input, Output, State

from layouts.desk import ids
from layouts.desk.panels import PAGES

_PLACES = [ids.place(page) for page in ("all", *PAGES)]
_ASKED = (  # the function in the browser, what it writes, what it follows, what it reads
    ("places", [Output(place, "data") for place in _PLACES], [Input(ids.URL, "search"), Input(ids.VERSION, "data")],
     [State(place, "data") for place in _PLACES]),
    ("paint_map", [Output(ids.MAP_STAGE, "data-painted")],
     [Input(ids.place("board"), "data"), Input(ids.body(ids.MAP), "children")], []),
)  # fmt: skip
_WHEN_MOVED = (  # likewise, but not at the start
    ("poll", Output(ids.VERSION, "data"), Input(ids.TICK, "n_intervals"), [State(ids.VERSION, "data")]),
    ("done", Output(ids.COMMAND, "data", allow_duplicate=True), Input(ids.DONE, "data"), []),
    ("home", Output(ids.URL, "search", allow_duplicate=True), Input(ids.body(ids.HEADER), "children"), []),
    ("near", Output(ids.NEAR, "data", allow_duplicate=True), Input(ids.COUNTS, "data"), []),
)


def register(app: Dash) -> None:
    for name, outputs, inputs, states in _ASKED:
        app.clientside_callback(ClientsideFunction("desk", name), *outputs, *inputs, *states)
    for name, output, asked, states in _WHEN_MOVED:
        app.clientside_callback(ClientsideFunction("desk", name), output, asked, *states, prevent_initial_call=True)
