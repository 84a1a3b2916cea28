"""The wall's reads in one table: name -> function of (deps, state, scope). The callbacks look here and nowhere else."""

from collections.abc import Callable, Mapping

from dashboard.deps import Deps
from dashboard.domain.scope import Scope
from dashboard.domain.state import WallState
from dashboard.services import cases, orders, overview, places, scores, shapes, standings, wall_directives, wall_plot


def _by_look(figures: Callable, evaluation: Callable) -> Callable:
    """A panel that pages of both looks show, each in its own sense."""

    def read(deps: Deps, state: WallState, scope: Scope) -> object:
        return (evaluation if deps.catalog.page(state.page).look == "evaluation" else figures)(deps, state, scope)

    return read


READS: Mapping[str, Callable] = {
    "header": overview.header,
    "kpis": overview.kpis,
    "funnel": overview.funnel,
    "trend": overview.trend,
    "kinds": overview.kinds,
    "clocks": overview.clocks,
    "repeats": overview.repeats,
    "pages": overview.pages,
    "map_view": _by_look(places.map_view, standings.map_view),
    "ranking": _by_look(places.ranking, standings.ranking),
    "edition": standings.edition,
    "now": standings.now,
    "plot": wall_plot.plot,
    "loop": scores.loop,
    "score": scores.score,
    "behind": scores.behind,
    "shapes": shapes.shapes,
    "stream": cases.stream,
    "case_list": cases.case_list,
    "case_detail": cases.case_detail,
    "directives": wall_directives.directives,
    "directive": wall_directives.directive,
    "order": orders.order,
}
