"""TOML files with line numbers: reads tables into dataclasses and points at the line of every mistake.

Answers for finding, checking and complaining. What the fields mean is the business of the file's own module.
"""

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields
from datetime import datetime
from pathlib import Path

from dashboard.domain.errors import UserError

Checks = Mapping[str, Callable]


class TomlFile:
    """One TOML file, with the line numbers that tomllib does not keep. `code` is the code of its errors.

    `text`: what the file would hold, where it lies in no folder; `path` only names it then.
    """

    def __init__(self, path: Path, code: str = "catalog", text: str | None = None):
        self.path, self.code = path, code
        try:
            self.text = path.read_text(encoding="utf-8") if text is None else text
            self.data = tomllib.loads(self.text)
        except FileNotFoundError:
            raise UserError(code, f"{path.name} is missing", hint=f"put it into {path.parent.name}/") from None
        except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
            raise UserError(code, f"{path.name} is not valid TOML: {error}") from None

    def error(self, what: str, near: str, *, got: object = None, allowed: object = None, nth: int = 0) -> UserError:
        """`near`: pattern of the line to point at, its `nth` occurrence; "" for the first line."""
        return self._error_at(self._line(near, nth), what, got, allowed)

    def error_in(self, table: str, name: str, what: str, *, got: object = None, allowed: object = None,
                 nth: int = 0) -> UserError:  # fmt: skip
        """An error that points at `name` in the table (the `nth`, where there are several), or at the table's head."""
        return self._error_at(self._line_in(table, name, nth), what, got, allowed)

    def value(self, name: str, check: Callable) -> object:
        if name not in self.data:
            raise self.error(f"{name} is missing", "", allowed=f"{name} = ...")
        return self._checked(check, self.data[name], name, lambda: self._line(rf"^[ \t]*{name}\s*=", 0))

    def table(self, table: str, kind: type, checks: Checks | None = None) -> object:
        """The table `[table]` as kind(...); fields checked by `checks`."""
        entry = self.data.get(table)
        if not isinstance(entry, dict):
            raise self.error(f"no [{table}] here", "", allowed=f"one [{table}]")
        return self._row(table, 0, entry, kind, checks or {}, f"[{table}]")

    def entries(self, table: str, kind: type, checks: Checks | None = None) -> list:
        """The array of tables `[[table]]` as [kind(...), ...], in file order; fields checked by `checks`."""
        found = self.data.get(table)
        if not isinstance(found, list) or not found:
            raise self.error(f"no [[{table}]] here", "", allowed=f"at least one [[{table}]]")
        return [self._row(table, nth, entry, kind, checks or {}, f"[[{table}]]") for nth, entry in enumerate(found)]

    def rows(self, table: str, kind: type, checks: Checks | None = None) -> dict:
        """The array of tables `[[table]]` as {key: kind(...)}, in file order; a key may stand only once."""
        out: dict = {}
        for nth, row in enumerate(self.entries(table, kind, checks)):
            if row.key in out:
                raise self.error_in(table, "key", "key stands twice", got=row.key, nth=nth)
            out[row.key] = row
        return out

    def known(self, tables: object) -> None:
        """Refuse what stands at the top of the file and is not one of `tables`: a mistyped name would be silent."""
        for name in self.data.keys() - set(tables):
            near = rf"^[ \t]*\[*[ \t]*{re.escape(name)}\b"
            raise self.error("unknown table or value", near, got=name, allowed=list(tables))

    def _row(self, table: str, nth: int, entry: dict, kind: type, checks: Checks, label: str) -> object:
        known = {field.name: field for field in fields(kind)}
        for name in entry.keys() - known.keys():
            raise self.error_in(table, name, f"unknown field in {label}", got=name, allowed=list(known), nth=nth)
        for name, field in known.items():
            if name not in entry and field.default is MISSING and field.default_factory is MISSING:
                what = f"{label} lacks {name}"
                raise self.error_in(table, "", what, got=sorted(entry), allowed=list(known), nth=nth)
        values = {}
        for name, value in entry.items():
            line = lambda name=name: self._line_in(table, name, nth)  # noqa: E731
            values[name] = self._checked(checks.get(name, plain), value, name, line)
        return kind(**values)

    def _checked(self, check: Callable, value: object, name: str, line: Callable[[], int]) -> object:
        try:
            return check(value)
        except UserError as error:
            raise self._error_at(line(), f"{name}: {error.what}", error.got, error.allowed) from None

    def _error_at(self, line: int, what: str, got: object, allowed: object) -> UserError:
        return UserError(self.code, f"{self.path.name} line {line}: {what}", got=got, allowed=allowed)

    def _line(self, pattern: str, nth: int) -> int:
        if not pattern:
            return 1
        starts = [m.start() for m in re.finditer(pattern, self.text, re.MULTILINE)]
        return self.text.count("\n", 0, starts[nth]) + 1 if nth < len(starts) else 1

    def _line_in(self, table: str, name: str, nth: int) -> int:
        """Line of `name =` within the nth `[table]` or `[[table]]`; the head's line where it is not found."""
        head = re.compile(rf"^\s*\[+\s*{re.escape(table)}\s*\]+")
        wanted = re.compile(rf'^\s*"?{re.escape(name)}"?\s*=') if name else None
        seen, start = -1, 0
        for number, line in enumerate(self.text.splitlines(), start=1):
            if head.match(line):
                seen += 1
                start = number if seen == nth else start
            elif seen == nth and wanted and wanted.match(line):
                return number
            elif seen == nth and re.match(r"^\s*\[", line):
                break
        return start or 1


def plain(value: object) -> object:
    if not isinstance(value, (str, bool)) or value == "":
        raise UserError("catalog", "expected words or true/false", got=value)
    return value


def words(value: object) -> str:
    """Text that may be empty."""
    if not isinstance(value, str):
        raise UserError("catalog", "expected words", got=value)
    return value


def name(value: object) -> str:
    """Text that says something."""
    if not isinstance(value, str) or not value.strip():
        raise UserError("catalog", "expected words", got=value)
    return value


def flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise UserError("catalog", "expected true or false", got=value, allowed="true, false")
    return value


def moment(value: object) -> datetime:
    """A local date and time without a zone."""
    if not isinstance(value, datetime) or value.tzinfo is not None:
        raise UserError("catalog", "expected a local date and time", got=value, allowed="2018-01-25T00:00:00, unquoted")
    return value


def one_of(allowed: object) -> Callable:
    def check(value: object) -> object:
        if not isinstance(value, (str, bool)) or value not in allowed:
            raise UserError("catalog", "not one of the known values", got=value, allowed=[a for a in allowed if a])
        return value

    return check


def list_of(check: Callable) -> Callable:
    """A list, each entry of which passes `check`; as a tuple."""

    def check_all(value: object) -> tuple:
        if not isinstance(value, list):
            raise UserError("catalog", "expected a list", got=value, allowed="[...]")
        return tuple(check(entry) for entry in value)

    return check_all


def table_of(check: Callable) -> Callable:
    """An inline table, each value of which passes `check`."""

    def check_all(value: object) -> dict:
        if not isinstance(value, dict):
            raise UserError("catalog", "expected a table", got=value, allowed="{ name = value }")
        return {str(name): check(entry) for name, entry in value.items()}

    return check_all


def share(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 < value < 1:
        raise UserError("catalog", "expected a share", got=value, allowed="above 0 and below 1")
    return float(value)


def whole(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise UserError("catalog", "expected a whole number", got=value, allowed="1 or more")
    return value
