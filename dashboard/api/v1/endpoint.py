"""One row for each thing that a program can do: route, capability, models in and out. OpenAPI is made of the rows."""

from collections.abc import Callable
from dataclasses import dataclass, field

from flask import Blueprint, current_app, jsonify, request
from pydantic import BaseModel, ConfigDict, ValidationError
from werkzeug.wrappers import Response

from dashboard import gate
from dashboard.domain.errors import UserError


class Body(BaseModel):
    """What is sent: unknown keys are an error, so that a misspelt one is not lost."""

    model_config = ConfigDict(extra="forbid", frozen=True)


@dataclass(frozen=True, slots=True)
class Endpoint:
    """`call(deps, person, *, body, query, **path)` gives a dict, a list, a (dict, status) or a Response.

    `path` as Flask writes it, below /api/v1. `body` and `query`: models of what is sent; `answer`: what comes back.
    `name` becomes the endpoint "v1.<name>" and the operationId.
    """

    name: str
    method: str
    path: str
    capability: str
    call: Callable
    summary: str
    body: type[BaseModel] | None = None
    query: type[BaseModel] | None = None
    answer: type[BaseModel] | None = None
    status: int = 200
    errors: tuple[int, ...] = field(default=(400, 401, 404))


def register(blueprint: Blueprint, endpoints: tuple[Endpoint, ...]) -> None:
    """Add the rows as routes, each with its row at the gate."""
    for endpoint in endpoints:
        blueprint.add_url_rule(endpoint.path, endpoint.name, _view(endpoint), methods=[endpoint.method])
        gate.grant(f"{blueprint.name}.{endpoint.name}", endpoint.capability)


def _view(endpoint: Endpoint) -> Callable:
    def view(**path: object):
        given: dict = {}
        if endpoint.body:
            given["body"] = _read(endpoint.body, request.get_json(silent=True), "body")
        if endpoint.query:
            given["query"] = _read(endpoint.query, request.args.to_dict(), "query")
        answer = endpoint.call(current_app.extensions["deps"], gate.person(), **given, **path)
        if isinstance(answer, Response):
            return answer
        body, status = answer if isinstance(answer, tuple) else (answer, endpoint.status)
        return jsonify(_plain(body)), status

    return view


def _plain(body: object) -> object:
    return body.model_dump(mode="json") if isinstance(body, BaseModel) else body


def _read(model: type[BaseModel], given: object, where: str) -> BaseModel:
    """Raises UserError naming the first field that is wrong."""
    if given is None:
        raise UserError("json", "the request has no JSON body", allowed="application/json")
    try:
        return model.model_validate(given)
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"]) or where
        raise UserError(
            "field", f"{name}: {first['msg']}", got=first.get("input"), hint="see /api/v1/openapi.json"
        ) from None
