"""One row for each thing that a program can do: route, capability, models in and out. OpenAPI is made of the rows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from flask import Blueprint, current_app, jsonify, request
from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import to_jsonable_python
from werkzeug.wrappers import Response

from dashboard import gate
from dashboard.domain.errors import UserError


class Body(BaseModel):
    """What is sent: unknown keys are an error, so that a misspelt one is not lost."""

    model_config = ConfigDict(extra="forbid", frozen=True)


@dataclass(frozen=True, slots=True)
class Endpoint:
    """`call(deps, person, *, body, query, **path)` gives a model, a dataclass, a dict, a (body, status) or a Response.

    `path` as Flask writes it, below /api/v1. `body` and `query`: models of what is sent; `answer`: what comes back, a
    model or a dataclass. `name` becomes the endpoint "v1.<name>" and the operationId.
    `raw`: media types of a body that is not JSON, which `call` gets as `data`, at most `most` bytes. `gives`: media
    type of an answer that is not JSON. `example`: a body that can be sent.
    """

    name: str
    method: str
    path: str
    capability: str
    call: Callable
    summary: str
    body: type[BaseModel] | None = None
    query: type[BaseModel] | None = None
    answer: type | None = None
    status: int = 200
    errors: tuple[int, ...] = field(default=(400, 401, 404))
    raw: tuple[str, ...] = ()
    most: int = 0
    gives: str = "application/json"
    example: Mapping | None = None


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
        if endpoint.raw:
            given["data"] = _raw(endpoint)
        answer = endpoint.call(current_app.extensions["deps"], gate.person(), **given, **path)
        if isinstance(answer, Response):
            return answer
        body, status = answer if isinstance(answer, tuple) else (answer, endpoint.status)
        return jsonify(to_jsonable_python(body)), status

    return view


def _raw(endpoint: Endpoint) -> bytes:
    """Raises RequestEntityTooLarge, or UnsupportedMedia for another type than the row names."""
    request.max_content_length = endpoint.most
    if request.mimetype not in endpoint.raw:
        raise UnsupportedMedia(
            "media_type", "another type of body is wanted", got=request.mimetype, allowed=endpoint.raw
        )
    return request.get_data(cache=False)


class UnsupportedMedia(UserError):
    """The body is of a type that is not taken."""


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
