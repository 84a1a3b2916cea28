"""The API /api/v1: what the surfaces do, a program can do. ENDPOINTS is the table of all of it."""

from flask import Blueprint

from dashboard.api.v1 import (
    about,
    actions,
    appeals,
    audit,
    cases,
    catalogue,
    deductions,
    devices,
    directives,
    editions,
    errors,
    evidence,
    findings,
    grid,
    inbox,
    kiosks,
    listings,
    patrols,
    problems,
    public,
    regions,
    samples,
    schemes,
    session,
    similar,
    users,
    walls,
)
from dashboard.api.v1.endpoint import Endpoint, register

MODULES = (session, catalogue, inbox, cases, actions, similar, evidence, patrols, devices, directives, walls, users,
           kiosks, audit, regions, public, schemes, editions, findings, samples, grid, appeals,
           deductions, problems, listings)  # fmt: skip
_ROWS = tuple(row for module in MODULES for row in module.ENDPOINTS)
ENDPOINTS: tuple[Endpoint, ...] = (*_ROWS, *about.describing(_ROWS))
blueprint = Blueprint("v1", __name__, url_prefix="/api/v1")
register(blueprint, ENDPOINTS)
errors.install(blueprint)
