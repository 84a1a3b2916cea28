"""The API's description, OpenAPI 3.1, made of the rows: nothing is written twice, so nothing can be left behind."""

import re
from collections.abc import Iterator, Mapping, Sequence

from pydantic import BaseModel, TypeAdapter

from dashboard.api.v1.endpoint import Endpoint
from dashboard.domain.people import ANYONE, CAPABILITIES

VERSION = "1"
ERRORS = {
    400: "Something sent is not allowed; the message names it, what came and what is allowed",
    401: "Sign in first",
    404: "Not there, or not yours to see",
    409: "Somebody else changed the case first; `standing` says who, when and how it stands",
    413: "The body is too large",
    415: "Another type of body is wanted",
    429: "Too many requests",
}
ABOUT = """What the surfaces do, a program can do. Times are ISO 8601 with an offset; positions are WGS-84; ids are UUIDs,
which the client may make itself (UUIDv7): what is sent twice under one id is done once. What is not granted is not
found. Errors are {"error": code, "message": text}. A program signs in with POST /session ("program": true) and sends
the token as "Authorization: Bearer"; a page of this site uses its cookie."""
_REF = "#/components/schemas/{model}"
_PART = re.compile(r"<(?:(\w+):)?(\w+)>")
_FORMS = {"uuid": {"type": "string", "format": "uuid"}, "int": {"type": "integer"}, None: {"type": "string"}}
_JSON = "application/json"


class Error(BaseModel):
    """`error` is stable for programs; `message` is one line for people."""

    error: str
    message: str


class Standing(BaseModel):
    """How the case stands, and the step that led there."""

    version: int
    state: str
    state_label: str
    action: str
    action_label: str
    actor: str
    role: str
    at: str


class Conflicted(Error):
    standing: Standing | None


def document(rows: Sequence[Endpoint], *, cookie: str) -> dict:
    """`cookie`: the name of the session's cookie."""
    schemas, components = _schemas(rows)
    paths: dict[str, dict] = {}
    for row in rows:
        paths.setdefault(shown_path(row), {})[row.method.lower()] = _operation(row, schemas)
    return {
        "openapi": "3.1.0",
        "info": {"title": "One screen, two ends: public safety", "version": VERSION, "description": ABOUT},
        "servers": [{"url": "/api/v1"}],
        "paths": paths,
        "components": {
            "schemas": components,
            "responses": {f"Error{code}": _error(code) for code in ERRORS},
            "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer"},
                                "cookie": {"type": "apiKey", "in": "cookie", "name": cookie}},
        },
        "tags": [{"name": name} for name in dict.fromkeys(subject(row) for row in rows)],
    }  # fmt: skip


def shown_path(row: Endpoint) -> str:
    """Flask's "/cases/<county>/<uuid:id>" as "/cases/{county}/{id}"."""
    return _PART.sub(r"{\2}", row.path)


def subject(row: Endpoint) -> str:
    """What the row is about: the first part of its path."""
    return row.path.split("/")[1].removesuffix(".json") or "about"


def roles_of(row: Endpoint) -> tuple[str, ...]:
    """Roles that may, () where the row asks for no role."""
    return tuple(sorted(CAPABILITIES.get(row.capability, ())))


def _models(rows: Sequence[Endpoint]) -> Iterator[tuple[type, str]]:
    yield from ((Error, "serialization"), (Conflicted, "serialization"))
    for row in rows:
        yield from ((model, "validation") for model in (row.body, row.query) if model)
        if row.answer:
            yield row.answer, "serialization"


def _schemas(rows: Sequence[Endpoint]) -> tuple[Mapping, dict]:
    """({(model, mode): schema}, the components they refer to)."""
    wanted = list(dict.fromkeys(_models(rows)))
    inputs = [((model, mode), mode, TypeAdapter(model)) for model, mode in wanted]
    made, definitions = TypeAdapter.json_schemas(inputs, ref_template=_REF)
    return {key: schema for (key, _mode), schema in made.items()}, definitions["$defs"]


def _operation(row: Endpoint, schemas: Mapping) -> dict:
    out = {"operationId": row.name, "summary": row.summary, "tags": [subject(row)], "x-capability": row.capability,
           "parameters": [*_path_parameters(row), *_query_parameters(row, schemas)],
           "responses": {str(row.status): _answer(row, schemas), **_errors(row)}}  # fmt: skip
    if roles := roles_of(row):
        out["x-roles"] = list(roles)
    out["security"] = [] if row.capability == ANYONE else [{"bearer": []}, {"cookie": []}]
    if row.body:
        media = {"schema": schemas[row.body, "validation"], **({"example": dict(row.example)} if row.example else {})}
        out["requestBody"] = {"required": True, "content": {_JSON: media}}
    elif row.raw:
        content = {media: {"schema": {"type": "string", "format": "binary"}} for media in row.raw}
        out["requestBody"] = {"required": True, "description": f"At most {row.most} bytes", "content": content}
    return out


def _path_parameters(row: Endpoint) -> list[dict]:
    return [{"name": name, "in": "path", "required": True, "schema": _FORMS.get(form or None, _FORMS[None])}
            for form, name in _PART.findall(row.path)]  # fmt: skip


def _query_parameters(row: Endpoint, schemas: Mapping) -> list[dict]:
    if not row.query:
        return []
    adapter = TypeAdapter(row.query)
    full = adapter.json_schema(ref_template=_REF)
    needed = full.get("required", ())
    return [{"name": name, "in": "query", "required": name in needed, "schema": schema, **_listed(schema)}
            for name, schema in full.get("properties", {}).items()]  # fmt: skip


def _listed(schema: Mapping) -> dict:
    """Several values stand in one parameter, with commas."""
    return {"style": "form", "explode": False} if schema.get("type") == "array" else {}


def _answer(row: Endpoint, schemas: Mapping) -> dict:
    if row.gives != _JSON:
        return {"description": row.summary, "content": {row.gives: {"schema": {"type": "string"}}}}
    schema = schemas[row.answer, "serialization"] if row.answer else {"type": "object"}
    return {"description": row.summary, "content": {_JSON: {"schema": schema}}}


def _errors(row: Endpoint) -> dict:
    return {str(code): {"$ref": f"#/components/responses/Error{code}"} for code in row.errors}


def _error(code: int) -> dict:
    model = "Conflicted" if code == 409 else "Error"
    return {"description": ERRORS[code], "content": {_JSON: {"schema": {"$ref": _REF.format(model=model)}}}}
