"""The wall's funnel plot: of the rate in the URL, else of the one that counts most, with the way to the others."""

from dashboard.deps import Deps
from dashboard.domain.scope import Scope
from dashboard.domain.state import WallState
from dashboard.services import words
from dashboard.services.plots import chosen, funnel_of, is_rate
from dashboard.services.standings import Board
from dashboard.views.workshop import Funnel


def plot(deps: Deps, state: WallState, scope: Scope) -> tuple[Funnel | None, tuple[tuple[str, str, bool], ...]]:
    """(the plot of the state's indicator, else of the one that counts most; (words, link, chosen) of those there are)."""
    board = Board(deps, state, scope)
    if board.head is None:
        return None, ()
    scheme, inputs = board.scheme, board.loaded[1]
    rates = [one for one in scheme.indicators if is_rate(scheme, inputs, one)]
    one = chosen(scheme, inputs, rates, state.plot)
    choices = tuple((words.named(rate), state.closed().to(plot=rate.key), rate is one) for rate in rates)
    names = {code: region.short_name for code, region in board.regions.items()}
    return one and funnel_of(scheme, inputs, one, names, board.head.place, board.open_score), choices
