"""All callbacks of the desk. The list of modules is the table of contents."""

from dash import Dash

from callbacks.desk import act, case, export, filters, header, live, load, map, queue, saved, side

MODULES = (header, filters, queue, map, load, side, case, act, saved, export, live)


def register(app: Dash) -> None:
    for module in MODULES:
        module.register(app)
