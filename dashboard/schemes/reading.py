"""From a TOML file to a Scheme: what each field may hold. How the parts must fit together stands in `checks`."""

import re
from collections.abc import Callable, Collection
from functools import partial
from pathlib import Path

from dashboard.domain.errors import UserError
from dashboard.domain.evaluation import aggregate, normalise, weigh
from dashboard.domain.evaluation.model import DIRECTIONS, MISSING, SOURCES, Doubt, Indicator, Node, Rule, Scheme, Term
from dashboard.domain.measures import FLOWS
from dashboard.domain.regions import LEVELS
from dashboard.schemes.checks import check
from dashboard.tomlfile import TomlFile, flag, list_of, name, one_of, table_of, whole, words

SHIPPED = Path(__file__).parents[2] / "data" / "catalog" / "schemes"
COUNTERS = tuple(counter.name for counter in FLOWS if counter.value is None)  # one case, one count: a bit of its marks
TABLES = ("cuts", "doubt", "node", "indicator", "rule")
MOST_DRAWS = 100_000
Kinds = Collection[str] | None


def shipped() -> dict[str, Path]:
    """{key: file} of the schemes that come with the product."""
    return {path.stem: path for path in sorted(SHIPPED.glob("*.toml"))}


def load_scheme(path: Path, kinds: Kinds = None) -> Scheme:
    """The scheme in the file. `kinds`: keys of kinds and groups of cases there are (None: not checked). UserError."""
    return _scheme(TomlFile(path, "scheme"), kinds)


def read_scheme(text: str, kinds: Kinds = None) -> Scheme:
    """The same for the text of such a file."""
    return _scheme(TomlFile(Path("scheme.toml"), "scheme", text), kinds)


def _scheme(file: TomlFile, kinds: Kinds) -> Scheme:
    file.known((*HEAD, *TABLES))
    head = {key: file.value(key, good) for key, good in HEAD.items() if key in file.data or key in REQUIRED}
    terms = list_of(partial(_term, kinds))
    indicators = file.rows("indicator", Indicator, INDICATOR | {"numerator": terms, "denominator": terms})
    scheme = Scheme(
        **head,
        cuts=tuple(_cuts(file).items()),
        nodes=tuple(file.rows("node", Node, NODE).values()) if "node" in file.data else (),
        indicators=tuple(indicators.values()),
        rules=tuple(file.rows("rule", Rule, RULE).values()) if "rule" in file.data else (),
        doubt=file.table("doubt", Doubt, DOUBT) if "doubt" in file.data else Doubt(),
    )
    return check(file, scheme)


def _cuts(file: TomlFile) -> dict[str, float]:
    cuts = file.data.get("cuts")
    if not isinstance(cuts, dict):
        raise file.error("no [cuts] here", "", allowed="[cuts] with A, B, C, D and E = 0")
    for letter, value in cuts.items():
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise file.error_in("cuts", letter, f"{letter}: not a number", got=value, allowed="0 to 100, unquoted")
    return {letter: float(value) for letter, value in cuts.items()}


def _term(kinds: Kinds, value: object) -> Term:
    """ "due_on_time", "-dispatched_returned", "reported:fire"."""
    found = re.fullmatch(r"(-?)\s*([a-z_]+)(?::([a-z0-9_]+))?", value) if isinstance(value, str) else None
    if found is None:
        raise UserError("scheme", "not a counter", got=value, allowed='like "due_on_time", "-reported:fire"')
    sign, counter, kind = found.groups()
    if counter not in COUNTERS:
        raise UserError("scheme", "unknown counter", got=counter, allowed=COUNTERS)
    if kind and kinds is not None and kind not in kinds:
        raise UserError("scheme", "unknown kind or group of cases", got=kind, allowed=kinds)
    return Term(counter, kind or "", -1 if sign else 1)


def _number(least: float | None, most: float | None, said: str) -> Callable:
    def good(value: object) -> float:
        number = not isinstance(value, bool) and isinstance(value, (int, float)) and abs(value) < 1e15
        if not number or (least is not None and value < least) or (most is not None and value > most):
            raise UserError("scheme", "not a fitting number", got=value, allowed=said)
        return float(value)

    return good


def _whole(least: int, most: int) -> Callable:
    def good(value: object) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            raise UserError("scheme", "expected a whole number", got=value, allowed=f"{least:,} to {most:,}")
        return value

    return good


def _above_zero(value: object) -> float:
    found = _any(value)
    if found <= 0:
        raise UserError("scheme", "not a fitting number", got=value, allowed="above 0")
    return found


def _slug(most: int) -> Callable:
    def good(value: object) -> str:
        if not isinstance(value, str) or not re.fullmatch(rf"[a-z][a-z0-9_]{{0,{most - 1}}}", value):
            raise UserError("scheme", "not a key", got=value, allowed=f"1 to {most} of a-z 0-9 _, a letter first")
        return value

    return good


def _targets(value: object) -> tuple[float, float]:
    found = list_of(_any)(value)
    if len(found) != 2:
        raise UserError("scheme", "expected two numbers", got=value, allowed="[bad, good]")
    return found


def _line(most: int) -> Callable:
    def good(value: object) -> str:
        if len(name(value)) > most or not value.isprintable():
            raise UserError("scheme", "expected one line of words", got=value, allowed=f"1 to {most} characters")
        return value

    return good


_any, _key = _number(None, None, "a number, without quotes"), _slug(64)
_NAMES = {"name": _line(200), "name_en": _line(200)}
_weight = _number(0, 100, "0 to 100")
_weighting, _matrix = one_of(weigh.METHODS), list_of(list_of(_above_zero))
_normalise, _aggregate = one_of(normalise.METHODS), one_of(aggregate.METHODS)
REQUIRED = ("key", "version", "name", "name_en", "level")
HEAD = {
    "key": _slug(32), "version": _whole(1, 100_000), **_NAMES, "level": one_of(("", *LEVELS)), "digits": _whole(0, 6),
    "aggregate": _aggregate, "weighting": _weighting, "matrix": _matrix, "missing": one_of(MISSING),
    "least": _number(0, 1, "0 to 1"), "preview_days": _whole(0, 60), "appeal_days": _whole(1, 60),
    "decide_days": _whole(1, 60), "note": words, "note_en": words,
}  # fmt: skip
NODE = _NAMES | {"key": _key, "parent": _key, "weight": _weight, "aggregate": _aggregate, "weighting": _weighting,
                 "matrix": _matrix}  # fmt: skip
INDICATOR = _NAMES | {
    "key": _key, "parent": _key, "weight": _weight, "source": one_of(SOURCES), "direction": one_of(DIRECTIONS),
    "unit": _line(32), "normalise": _normalise, "targets": _targets, "params": table_of(_any), "column": _key,
    "scale": _above_zero, "exposure": _key, "digits": _whole(0, 6), "minimum": _whole(0, 1_000_000_000), "outcome": flag,
    "sensitive": flag, "definition": name, "cohort": name, "clock": words, "standard": words,
}  # fmt: skip
RULE = _NAMES | {"key": _slug(32), "points": _above_zero, "per": words, "doubles": flag, "cap": _above_zero,
                 "days": whole}  # fmt: skip
DOUBT = {"draws": _whole(1, MOST_DRAWS), "seed": _whole(0, 2**63 - 1), "spread": _number(0, 0.95, "0 to 0.95"),
         "normalise": list_of(_normalise), "aggregate": list_of(_aggregate)}  # fmt: skip
