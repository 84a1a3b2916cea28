"""How the parts of a scheme must fit together. Each check looks at one thing and points at the line."""

from collections.abc import Sequence
from itertools import combinations_with_replacement
from math import isclose

from dashboard.domain.errors import UserError
from dashboard.domain.evaluation import weigh
from dashboard.domain.evaluation.ahp import ahp
from dashboard.domain.evaluation.model import BANDS, MOST_FACETS, ROOT, Indicator, Node, Scheme
from dashboard.domain.evaluation.normalise import band_steps
from dashboard.tomlfile import TomlFile

WITH_TARGETS = ("goalposts", "target", "efficacy", "efficacy_exp")
"""Ways of normalising that stand on two reference points fixed beforehand."""
PARAMS = ("low", "high", "log")
_EXPLAINED = ("definition", "cohort")
_HEAD = -1


def check(file: TomlFile, scheme: Scheme) -> Scheme:
    """The scheme itself. Raises UserError at the first thing that does not fit."""
    _keys(file, scheme)
    _tree(file, scheme)
    for nth, one in enumerate(scheme.indicators):
        _indicator(file, nth, one)
    _cuts(file, scheme)
    if len(scheme.facets) > MOST_FACETS:
        raise file.error_in("indicator", "", "too many different counters and kinds in all", got=len(scheme.facets),
                            allowed=f"at most {MOST_FACETS}")  # fmt: skip
    _weights(file, scheme)
    return scheme


def _keys(file: TomlFile, scheme: Scheme) -> None:
    seen = {ROOT}
    for table, rows in (("node", scheme.nodes), ("indicator", scheme.indicators)):
        for nth, one in enumerate(rows):
            if one.key in seen:
                raise file.error_in(table, "key", "this key is taken", got=one.key, nth=nth,
                                    allowed=f"a key of its own, and not {ROOT}")  # fmt: skip
            seen.add(one.key)


def _tree(file: TomlFile, scheme: Scheme) -> None:
    parents = {one.key: one.parent for one in scheme.nodes}
    allowed = (ROOT, *parents)
    for table, rows in (("node", scheme.nodes), ("indicator", scheme.indicators)):
        for nth, one in enumerate(rows):
            if one.parent not in allowed:
                raise file.error_in(table, "parent", "no such node", got=one.parent, allowed=allowed, nth=nth)
    above = {ROOT}
    for nth, node in enumerate(scheme.nodes):
        if circle := _circle(node.key, parents):
            raise file.error_in("node", "parent", "the tree goes round in a circle", got=circle, nth=nth)
        if node.parent not in above:
            raise file.error_in("node", "parent", "a node stands below its parent in the file", got=node.parent,
                                allowed=sorted(above), nth=nth)  # fmt: skip
        if not scheme.children(node.key):
            raise file.error_in("node", "key", "a node without children", got=node.key, nth=nth)
        above.add(node.key)
    if not scheme.children(ROOT):
        raise file.error_in("indicator", "parent", f"nothing stands below {ROOT}", got=None, allowed=allowed)


def _circle(key: str, parents: dict[str, str]) -> str:
    """The way round, where `key` is above itself."""
    way = [key]
    while (up := parents.get(way[-1])) is not None and up not in way:
        way.append(up)
    return " > ".join((*way, key)) if up == key else ""


def _indicator(file: TomlFile, nth: int, one: Indicator) -> None:
    def wrong(field: str, what: str, **more: object) -> UserError:
        return file.error_in("indicator", field, f"{one.key}: {what}", nth=nth, **more)

    for field in _EXPLAINED:
        if not getattr(one, field):
            raise wrong("key", f"has no {field}", allowed=f"{field} = words; nobody accepts a number unexplained")
    if one.source == "cases":
        _counted(one, wrong)
    elif not one.column:
        raise wrong("source", "reads a table and names no column", allowed="column = KEY")
    elif one.numerator or one.denominator:
        raise wrong("numerator", "reads a table and counts no cases", allowed='without, or source = "cases"')
    _params(one, wrong)
    if one.targets is None:
        if one.normalise in WITH_TARGETS:
            raise wrong("normalise", f"{one.normalise} needs targets", allowed="targets = [bad, good]")
        return
    bad, good = one.targets
    if bad == good:
        raise wrong("targets", "bad and good are the same", got=[bad, good], allowed="two different numbers")
    if (good > bad) != (one.direction == "high"):
        raise wrong("targets", f"the targets run against the direction {one.direction}", got=[bad, good],
                    allowed="[bad, good]: rising where high is good, falling where low is")  # fmt: skip
    least = good if one.normalise == "target" else min(one.targets) if one.params.get("log") else 1
    if least <= 0:
        raise wrong("targets", "a distance or a logarithm needs targets above 0", got=[bad, good])


def _params(one: Indicator, wrong) -> None:
    if one.normalise == "bands":
        try:
            band_steps(one)
        except UserError as error:
            raise wrong("params", error.what, got=error.got, allowed=error.hint) from None
        return
    for name in one.params:
        if name not in PARAMS:
            raise wrong("params", "unknown parameter", got=name, allowed=PARAMS)


def _counted(one: Indicator, wrong) -> None:
    if not one.numerator:
        raise wrong("source", "counts cases and has no numerator", allowed='numerator = ["due_on_time"]')
    if not one.denominator:  # DOMAIN.md §0.10: or silence would win
        raise wrong("source", "a mere number of cases scores nobody", allowed="a denominator of cases")
    if one.column or one.exposure:
        raise wrong("source", "counts cases and reads no table", got=one.column or one.exposure,
                    allowed='without column and exposure, or source = "table"')  # fmt: skip


def _cuts(file: TomlFile, scheme: Scheme) -> None:
    cuts = dict(scheme.cuts)
    if tuple(cuts) != BANDS:
        raise file.error_in("cuts", "", "five bands, A first", got=list(cuts), allowed=BANDS)
    lows = list(cuts.values())
    for letter, above, low in zip(BANDS[1:], lows, lows[1:], strict=False):
        if low >= above:
            raise file.error_in("cuts", letter, "cuts must fall from A to E", got=dict(cuts))
    if lows[-1] != 0 or lows[0] > 100:
        raise file.error_in("cuts", "E" if lows[-1] else "A", "cuts lie between 0 and 100 and E starts at 0", got=cuts)


def _weights(file: TomlFile, scheme: Scheme) -> None:
    for nth, parent in ((_HEAD, scheme), *enumerate(scheme.nodes)):
        key = ROOT if nth == _HEAD else parent.key
        children = scheme.children(key)
        if parent.weighting == "ahp":
            _matrix(file, parent, children, nth)
        elif parent.matrix:
            raise _at(file, nth, "matrix", "a matrix is read by ahp only", parent.weighting, 'weighting = "ahp"')
        total = sum(one.weight for one in children)
        if parent.weighting == "given" and not any(isclose(total, whole, rel_tol=1e-6) for whole in weigh.WHOLES):
            raise file.error(f"the weights below {key} must add up to 1 or to 100", rf'^key\s*=\s*"{children[0].key}"',
                             got=round(total, 6), allowed=", ".join(one.key for one in children))  # fmt: skip


def _matrix(file: TomlFile, parent: Scheme | Node, children: Sequence, nth: int) -> None:
    rows, size = parent.matrix, len(children)
    if len(rows) != size or any(len(row) != size for row in rows):
        raise _at(file, nth, "matrix", "a row and a column for each child", [len(row) for row in rows],
                  f"{size} rows of {size}: {', '.join(one.key for one in children)}")  # fmt: skip
    for i, j in combinations_with_replacement(range(size), 2):
        if not isclose(rows[i][j] * rows[j][i], 1, rel_tol=0.01):
            raise _at(file, nth, "matrix", f"row {i + 1} column {j + 1} is not 1 over its mirror image",
                      [rows[i][j], rows[j][i]], "like 3 and 0.3333; 1 on the diagonal")  # fmt: skip
    try:
        ahp(rows)
    except UserError as error:
        raise _at(file, nth, "matrix", error.what, error.got, error.allowed) from None


def _at(file: TomlFile, nth: int, field: str, what: str, got: object, allowed: object) -> UserError:
    """At a field of the nth node, or of the head."""
    if nth == _HEAD:
        return file.error(what, rf"^[ \t]*{field}\s*=", got=got, allowed=allowed)
    return file.error_in("node", field, what, got=got, allowed=allowed, nth=nth)
