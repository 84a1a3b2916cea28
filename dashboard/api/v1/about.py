"""The API describes itself: as OpenAPI for programs, as a page for people."""

from collections.abc import Sequence
from functools import lru_cache

from flask import make_response, render_template

from dashboard.api.v1.endpoint import Endpoint
from dashboard.api.v1.openapi import ABOUT, ERRORS, document, roles_of, shown_path, subject
from dashboard.deps import Deps
from dashboard.domain.people import ANYONE, Person
from dashboard.gate import COOKIE


def describing(rows: Sequence[Endpoint]) -> tuple[Endpoint, ...]:
    """The rows that describe `rows` and themselves."""

    @lru_cache(maxsize=1)
    def described() -> dict:
        return document((*rows, *own), cookie=COOKIE)

    def show(_deps: Deps, _person: Person) -> dict:
        return described()

    def page(_deps: Deps, _person: Person):
        groups = _groups(described(), (*rows, *own))
        return make_response(render_template("api.html", about=ABOUT, groups=groups, errors=ERRORS))

    own = (
        Endpoint("openapi", "GET", "/openapi.json", ANYONE, show, "This description, OpenAPI 3.1", errors=()),
        Endpoint("about", "GET", "/", ANYONE, page, "This description, to read", gives="text/html", errors=()),
    )
    return own


def _groups(full: dict, rows: Sequence[Endpoint]) -> dict[str, list[dict]]:
    """{subject: its rows as the page shows them}."""
    groups: dict[str, list[dict]] = {}
    for row in rows:
        told = full["paths"][shown_path(row)][row.method.lower()]
        groups.setdefault(subject(row), []).append(
            {"row": row, "path": f"/api/v1{shown_path(row)}", "roles": roles_of(row), "open": row.capability == ANYONE,
             "parameters": told["parameters"], "body": _fields(full, row.body), "answer": _fields(full, row.answer),
             "body_says": row.body and _first_line(row.body), "codes": row.errors}
        )  # fmt: skip
    return groups


def _fields(full: dict, model: type | None) -> list[tuple[str, str, bool]]:
    """(name, type, required) of a model's fields."""
    schema = full["components"]["schemas"].get(model.__name__, {}) if model else {}
    needed = schema.get("required", ())
    return [(name, _type(one), name in needed) for name, one in schema.get("properties", {}).items()]


def _type(schema: dict) -> str:
    if "$ref" in schema:
        return schema["$ref"].rsplit("/", 1)[1]
    if "anyOf" in schema:
        return " | ".join(_type(one) for one in schema["anyOf"])
    if schema.get("type") == "array":
        return f"[{_type(schema.get('items', {}))}]"
    if "enum" in schema:
        return " | ".join(str(one) for one in schema["enum"][:12])
    return schema.get("format") or schema.get("type") or "any"


def _first_line(model: type) -> str:
    return " ".join((model.__doc__ or "").replace("`", "").split())
