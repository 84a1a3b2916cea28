"""All callbacks of the wall. The list of modules is the table of contents."""

from dash import Dash

from callbacks.wall import (
    announcement,
    case,
    case_list,
    clocks,
    directive,
    directives,
    edition,
    funnel,
    header,
    kinds,
    kpis,
    live,
    loop,
    map,
    now,
    order,
    playlist,
    plot,
    ranking,
    repeats,
    score,
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
    edition,
    loop,
    plot,
    now,
    playlist,
    case_list,
    case,
    score,
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
