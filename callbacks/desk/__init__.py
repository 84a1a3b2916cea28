"""All callbacks of the desk. The list of modules is the table of contents."""

from dash import Dash

from callbacks.desk import (
    act,
    audit,
    case,
    directives,
    export,
    filters,
    header,
    live,
    load,
    map,
    patrols,
    people,
    queue,
    saved,
    side,
    supervise,
)

MODULES = (
    supervise,
    directives,
    patrols,
    people,
    audit,
    header,
    filters,
    queue,
    map,
    load,
    side,
    case,
    act,
    saved,
    export,
    live,
)


def register(app: Dash) -> None:
    for module in MODULES:
        module.register(app)
