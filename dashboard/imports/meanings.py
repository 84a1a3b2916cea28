"""What a row's values mean: its kind, its state, the channel it came by. The tables are the mapping's."""

from collections.abc import Callable
from dataclasses import dataclass
from fnmatch import fnmatchcase

from dashboard.catalog import Catalog
from dashboard.imports.mapping import SourceMapping, ValuesPart


@dataclass(frozen=True, slots=True)
class KindAnswer:
    """`clock`: key of the clock, None for none. `fault`: why there is no kind, or ""."""

    kind: str = ""
    name: str = ""
    group: str = ""
    is_request: bool = False
    severity: str = ""
    clock: str | None = None
    fault: str = ""


class Kinds:
    """The first rule whose patterns all match gives the kind."""

    def __init__(self, mapping: SourceMapping, catalog: Catalog):
        self._mapping, self._catalog = mapping, catalog
        self.columns = tuple(sorted({column for rule in mapping.kinds for column in rule.when}))

    def find(self, values: tuple[str, ...]) -> KindAnswer:
        cells = {column: value.casefold() for column, value in zip(self.columns, values, strict=True)}
        for rule in self._mapping.kinds:
            if all(fnmatchcase(cells[column], pattern.casefold()) for column, pattern in rule.when.items()):
                return self._answer(rule.kind)
        said = ", ".join(f"{column} {value!r}" for column, value in zip(self.columns, values, strict=True))
        return KindAnswer(fault=f"{said}: no [[kind]] rule matches")

    def _answer(self, key: str) -> KindAnswer:
        kind, record, clock = self._catalog.kinds[key], self._mapping.record, self._mapping.clock.key
        severity = kind.severity if record.severity == "kind" else record.severity
        chosen = {"none": None, "kind": kind.clock}.get(clock, clock)
        return KindAnswer(key, kind.name, kind.group, kind.request and record.requests, severity, chosen)


def meaning(part: ValuesPart) -> Callable[[tuple[str, ...]], tuple[str, str]]:
    """An answer (meaning, fault) for the value of `part`'s column, case ignored."""
    known = {value.casefold(): found for value, found in part.values.items()}

    def find(values: tuple[str, ...]) -> tuple[str, str]:
        found = known.get(values[0].casefold(), part.default)
        fault = f"{part.column} {values[0]!r} is unknown; allowed: {', '.join(part.values)}"
        return found, "" if found else fault

    return find
