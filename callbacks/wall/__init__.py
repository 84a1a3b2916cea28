"""All callbacks of the wall. The list of modules is the table of contents."""

from dash import Dash

from callbacks.wall import (
    announcement,
    case,
    case_list,
    clocks,
    directive,
    directives,
    funnel,
    header,
    kinds,
    kpis,
    live,
    map,
    order,
    playlist,
    ranking,
    repeats,
    shapes,
    stream,
    trend,
)

MODULES = (
    header,
    kpis,
    repeats,
    map,
    ranking,
    clocks,
    funnel,
    stream,
    kinds,
    trend,
    playlist,
    case_list,
    case,
    directives,
    directive,
    order,
    shapes,
    live,
    announcement,
)


def register(app: Dash) -> None:
    for module in MODULES:
        module.register(app)
