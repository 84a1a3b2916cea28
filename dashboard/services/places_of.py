"""Where a person's work lies: the region that a surface opens with."""

from dashboard.deps import Deps
from dashboard.domain.errors import NotFound
from dashboard.domain.scope import EVERYTHING
from data.queries.regions import get_root


def root_code(deps: Deps) -> str:
    """Code of the region that a wall without sign-in starts at; "" while no regions are installed."""
    with deps.database.read() as session:
        try:
            return get_root(session, EVERYTHING).code
        except NotFound:
            return ""
