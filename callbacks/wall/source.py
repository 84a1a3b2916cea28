"""Where callbacks find their views: the services' one table of reads, given the parts the factory made and what whoever
asks may see."""

from flask import current_app

from dashboard import gate
from dashboard.domain.errors import UserError
from dashboard.domain.people import Person
from dashboard.domain.state import WallState, parse_place
from dashboard.services.wall import READS


def read(name: str, state: WallState, **more: object) -> object:
    """The view called `name` for this state, as far as the asker's grants reach."""
    return READS[name](current_app.extensions["deps"], state, gate.scope("wall.view"), **more)


def look(search: str) -> str:
    """What panels the page of this query shows; "" for one that cannot be read: then each says so for itself."""
    try:
        return current_app.extensions["deps"].catalog.page(parse_place(search).page).look
    except UserError:
        return ""


def asker() -> Person:
    """Who asks."""
    return gate.person()


def may(capability: str) -> bool:
    """May whoever asks do this?"""
    return gate.person().can(capability)
