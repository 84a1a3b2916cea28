"""The API /api/v1: what the surfaces do, a program can do. ENDPOINTS is the table of all of it."""

from flask import Blueprint

from dashboard.api.v1 import directives, session, walls
from dashboard.api.v1.endpoint import Endpoint, register

ENDPOINTS: tuple[Endpoint, ...] = (*session.ENDPOINTS, *directives.ENDPOINTS, *walls.ENDPOINTS)
blueprint = Blueprint("v1", __name__, url_prefix="/api/v1")
register(blueprint, ENDPOINTS)
