"""From a Scheme to the TOML that reads as the same Scheme, for schemes that were changed on a desk."""

import json
from collections.abc import Iterable
from dataclasses import MISSING, fields

from dashboard.domain.evaluation.model import Scheme, Term

_TABLES = ("nodes", "indicators", "rules", "doubt", "cuts")


def scheme_text(scheme: Scheme) -> str:
    """TOML; read_scheme(scheme_text(scheme)) == scheme. What has its default is left out."""
    lines = [
        *_fields(scheme, skip=_TABLES),
        "",
        "[cuts]",
        *(f"{letter} = {_value(low)}" for letter, low in scheme.cuts),
    ]
    for title, rows in (("[[node]]", scheme.nodes), ("[[indicator]]", scheme.indicators), ("[[rule]]", scheme.rules)):
        for row in rows:
            lines += ["", title, *_fields(row)]
    return "\n".join([*lines, "", "[doubt]", *_fields(scheme.doubt), ""])


def _fields(row: object, skip: Iterable[str] = ()) -> list[str]:
    return [f"{field.name} = {_value(value)}" for field in fields(row)
            if field.name not in skip and not _is_default(field, value := getattr(row, field.name))]  # fmt: skip


def _is_default(field, value: object) -> bool:
    default = field.default if field.default is not MISSING else None
    if field.default_factory is not MISSING:
        default = field.default_factory()
    return value == default or value is None


def _value(value: object) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
        case Term():
            return json.dumps(f"{'-' if value.sign < 0 else ''}{value.counter}{':' * bool(value.kind)}{value.kind}")
        case dict():
            return "{ " + ", ".join(f"{json.dumps(key)} = {_value(one)}" for key, one in value.items()) + " }"
        case tuple():
            return f"[{', '.join(map(_value, value))}]"
        case _:
            return repr(value)
