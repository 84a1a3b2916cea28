"""The gaming detectors' thresholds, read from data/catalog/detectors.toml and checked.

A mistake in the file is a UserError that names the line, what stands there and what is allowed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from dashboard.domain.errors import UserError
from dashboard.domain.evaluation.detect.model import PARAMS, Detector
from dashboard.tomlfile import TomlFile, name, one_of, table_of, whole

FILE = Path(__file__).parents[1] / "data" / "catalog" / "detectors.toml"


@dataclass(frozen=True, slots=True)
class Detectors:
    """`history_days`: cases from so long before the period tell what is usual."""

    history_days: int
    rows: Mapping[str, Detector]


@cache
def load_detectors(path: Path = FILE) -> Detectors:
    """Read and check the file, once. Raises UserError at the first mistake."""
    file = TomlFile(path)
    file.known(("history_days", "detector"))
    words = dict.fromkeys(("name", "name_en", "rule", "rule_en", "source"), name)
    checks = words | {"key": one_of(PARAMS), "least": whole, "false_alarms": _amount, "params": table_of(whole)}
    rows = file.rows("detector", Detector, checks)
    for nth, row in enumerate(rows.values()):
        if set(row.params) != set(PARAMS[row.key]):
            what = "params of another detector" if row.params else "lacks params"
            raise file.error_in("detector", "params", what, got=sorted(row.params), allowed=PARAMS[row.key], nth=nth)
    for key in PARAMS.keys() - rows.keys():
        raise file.error("a detector is missing", "", got=list(rows), allowed=f'key = "{key}"')
    return Detectors(
        file.value("history_days", whole), {key: _said(file, nth, row) for nth, (key, row) in enumerate(rows.items())}
    )


def _said(file: TomlFile, nth: int, row: Detector) -> Detector:
    """The detector with its thresholds put into the words of its rule."""
    figures = {**row.params, "least": row.least}
    try:
        return replace(row, rule=row.rule.format(**figures), rule_en=row.rule_en.format(**figures))
    except (KeyError, IndexError, ValueError):
        raise file.error_in("detector", "rule", "the rule names another figure", got=row.rule, nth=nth,
                            allowed=[f"{{{figure}}}" for figure in figures]) from None  # fmt: skip


def _amount(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value <= 10:
        raise UserError("catalog", "expected how many findings chance may bring", got=value, allowed="0 to 10")
    return float(value)
