"""Where callbacks find their views: the services' one table of reads, for the person who asks and the state they sent."""

from flask import current_app

from dashboard import gate
from dashboard.domain.desk_state import DeskState
from dashboard.services.desk import READS
from dashboard.services.desk_frame import Desk


def desk(state: DeskState) -> Desk:
    """The asker's desk. Raises NotFound for a region that is not theirs."""
    return Desk(deps(), gate.person(), state)


def read(name: str, state: DeskState, *more: object) -> object:
    """The view called `name` for this state."""
    return READS[name](desk(state), *more)


def deps():
    return current_app.extensions["deps"]
