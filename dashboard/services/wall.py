"""The wall's reads in one table: name -> function of (deps, state, scope). The callbacks look here and nowhere else."""

from collections.abc import Callable, Mapping

from dashboard.services import cases, orders, overview, places, shapes, wall_directives

READS: Mapping[str, Callable] = {
    "header": overview.header,
    "kpis": overview.kpis,
    "funnel": overview.funnel,
    "trend": overview.trend,
    "kinds": overview.kinds,
    "clocks": overview.clocks,
    "repeats": overview.repeats,
    "pages": overview.pages,
    "map_view": places.map_view,
    "ranking": places.ranking,
    "shapes": shapes.shapes,
    "stream": cases.stream,
    "case_list": cases.case_list,
    "case_detail": cases.case_detail,
    "directives": wall_directives.directives,
    "directive": wall_directives.directive,
    "order": orders.order,
}
