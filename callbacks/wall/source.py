"""Where callbacks find their views: the services' one table of reads, given the parts the factory made."""

from flask import current_app

from dashboard.domain.state import WallState
from dashboard.services.wall import READS


def read(name: str, state: WallState) -> object:
    """The view called `name` for this state."""
    return READS[name](current_app.extensions["deps"], state)
