"""Where callbacks find their views: one service module, given the parts the factory made."""

from flask import current_app

from dashboard.domain.state import WallState
from dashboard.services import overview


def read(name: str, state: WallState) -> object:
    """The view called `name` for this state."""
    return getattr(overview, name)(current_app.extensions["deps"], state)
