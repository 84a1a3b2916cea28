"""The next version of a scheme from what somebody changed on a form: weights, targets, cut-offs, comparisons of pairs.

What a form does not name stays as it was. The whole is checked as any scheme is, and saved with a note. Before that a draft
of weights that were tried stands in an address and nowhere else.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from dashboard.deps import Deps
from dashboard.domain.errors import UserError
from dashboard.domain.evaluation import aggregate, normalise
from dashboard.domain.evaluation.ahp import ahp
from dashboard.domain.evaluation.model import ROOT, Indicator, Node, Scheme
from dashboard.domain.evaluation.weigh import whole_of
from dashboard.domain.people import Person
from dashboard.schemes import scheme_text
from dashboard.services.schemes import save_version
from dashboard.services.schemes import scheme as get_scheme
from dashboard.views.schemes import SchemeHead

PAIR = "~"  # between the keys of two children that are compared
PARTS = 1000  # a weight that was tried is so many parts of the whole


@dataclass(frozen=True, slots=True)
class Edit:
    """Of one node or indicator; None: as it was. Only `weight` is said of a node."""

    weight: float | None = None
    bad: float | None = None
    good: float | None = None
    minimum: int | None = None
    normalise: str | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """`base`: the version it started from. `pairs`: {"a~b": how many times more a matters than b} of all pairs of
    children of `compared`, which is weighted by them from then on. Weights of a node that is weighted so are left as they
    are, unless `given` names it: its children's weights hold as they stand from then on. `normalise`, `aggregate`: of every
    indicator, of every node ("" as they were)."""

    base: int
    note: str
    edits: Mapping[str, Edit] = field(default_factory=dict)
    cuts: Mapping[str, float] = field(default_factory=dict)
    compared: str = ""
    pairs: Mapping[str, float] = field(default_factory=dict)
    given: str = ""
    normalise: str = ""
    aggregate: str = ""


def save_draft(deps: Deps, person: Person, key: str, draft: Draft) -> SchemeHead:
    """Raises NotFound for an unknown scheme, UserError where a newer version is there or what was changed does not fit."""
    newest = get_scheme(deps, key)
    if newest.version != draft.base:
        raise UserError("version", "there is a newer version", got=draft.base, allowed=newest.version,
                        hint="open the newest one and change that")  # fmt: skip
    return save_version(deps, person, scheme_text(revised(newest, draft)), draft.note)


def revised(scheme: Scheme, draft: Draft) -> Scheme:
    """The scheme with the changes, as the next version. Raises UserError for what names nothing in it."""
    known = {one.key: one for one in (*scheme.nodes, *scheme.indicators)}
    if strange := sorted(set(draft.edits) - set(known)):
        raise UserError("indicator", "no such node or indicator", got=strange, allowed=sorted(known))
    if strange := sorted(set(draft.cuts) - {letter for letter, _low in scheme.cuts}):
        raise UserError("cuts", "no such band", got=strange)
    base = _throughout(scheme, draft)
    out = replace(
        base, version=scheme.version + 1,
        nodes=tuple(_node(one, draft.edits.get(one.key)) for one in base.nodes),
        indicators=tuple(_indicator(one, draft.edits.get(one.key)) for one in base.indicators),
        cuts=tuple((letter, draft.cuts.get(letter, low)) for letter, low in scheme.cuts),
    )  # fmt: skip
    if draft.given:
        out = _weighted(out, draft.given, weighting="given", matrix=())
    return _compared(out, draft.compared, draft.pairs) if draft.compared else out


def _throughout(scheme: Scheme, draft: Draft) -> Scheme:
    """With the draft's way of normalising and adding up everywhere, where it says one."""
    if draft.normalise:
        changed = tuple(replace(one, normalise=draft.normalise) for one in scheme.indicators)
        scheme = replace(scheme, indicators=changed)
    if draft.aggregate:
        changed = tuple(replace(one, aggregate="") for one in scheme.nodes)
        scheme = replace(scheme, aggregate=draft.aggregate, nodes=changed)
    return scheme


def _node(one: Node, edit: Edit | None) -> Node:
    return one if edit is None or edit.weight is None else replace(one, weight=edit.weight)


def _indicator(one: Indicator, edit: Edit | None) -> Indicator:
    if edit is None:
        return one
    said = {name: value for name in ("weight", "minimum", "normalise") if (value := getattr(edit, name)) is not None}
    if edit.bad is not None or edit.good is not None:
        bad, good = one.targets or (None, None)
        targets = (edit.bad if edit.bad is not None else bad, edit.good if edit.good is not None else good)
        if None in targets:
            raise UserError("targets", f"{one.key}: a bad and a good value", got=targets, allowed="two numbers")
        said["targets"] = targets
    return replace(one, **said)


def _compared(scheme: Scheme, key: str, pairs: Mapping[str, float]) -> Scheme:
    matrix = square([one.key for one in scheme.children(key)], pairs)
    ahp(matrix)
    return _weighted(scheme, key, weighting="ahp", matrix=matrix)


def _weighted(scheme: Scheme, key: str, **said: object) -> Scheme:
    """Raises UserError for a key that is no node."""
    if key not in scheme.node_keys:
        raise UserError("node", "no such node", got=key, allowed=scheme.node_keys)
    if key == ROOT:
        return replace(scheme, **said)
    return replace(scheme, nodes=tuple(replace(one, **said) if one.key == key else one for one in scheme.nodes))


def square(keys: list[str], pairs: Mapping[str, float]) -> tuple[tuple[float, ...], ...]:
    """The comparisons as a square, one the reciprocal of its mirror. Raises UserError for pairs that are missing."""
    if len(keys) < 2:
        raise UserError("ahp", "nothing to compare", got=keys, allowed="a node with two children or more")
    needed = {f"{a}{PAIR}{b}" for n, a in enumerate(keys) for b in keys[n + 1 :]}
    if set(pairs) != needed or not all(value > 0 for value in pairs.values()):
        raise UserError("ahp", "each pair is compared once", got=sorted(pairs), allowed=sorted(needed))
    return tuple(tuple(_ratio(pairs, a, b) for b in keys) for a in keys)


def _ratio(pairs: Mapping[str, float], a: str, b: str) -> float:
    if a == b:
        return 1.0
    straight = pairs.get(f"{a}{PAIR}{b}")
    return float(straight) if straight is not None else 1.0 / pairs[f"{b}{PAIR}{a}"]


# Weights that were tried, in an address


def tried_words(scheme: Scheme, weights: Mapping[str, float], way: str = "", sum_up: str = "") -> str:
    """A draft in a few words for an address: "node:weights:normalisation:aggregation". The weights are those of all
    children of one node in their order, brought to the whole they add up to in the scheme; "": they stay. "" as a whole:
    they are not weights of all children of one node of this scheme, in any measure."""
    node = next((key for key in scheme.node_keys if {one.key for one in scheme.children(key)} == set(weights)), "")
    if weights and not node:
        return ""
    children = scheme.children(node) if weights else ()
    whole = whole_of([one.weight for one in children]) if weights else 1.0
    figures = apportioned([weights[one.key] for one in children], whole)
    return ":".join((node or ROOT, ",".join(f"{one:g}" for one in figures), way, sum_up))


def apportioned(weights: Sequence[float], whole: float) -> list[float]:
    """Weights in proportion, in thousandths of `whole`, which they add up to; what rounding leaves over goes to those it
    took most from (largest remainders, Hamilton 1792)."""
    total = sum(weights)
    exact = [PARTS * one / total for one in weights]
    parts = [int(one) for one in exact]
    behind = sorted(range(len(parts)), key=lambda at: (parts[at] - exact[at], at))
    for at in behind[: PARTS - sum(parts)]:
        parts[at] += 1
    return [round(whole * one / PARTS, 6) for one in parts]


def read_tried(scheme: Scheme, text: str) -> Draft:
    """The draft that `tried_words` wrote. Raises UserError for what does not fit this scheme."""
    node, _sep, rest = text.partition(":")
    figures, way, sum_up = (*rest.split(":"), "", "", "")[:3]
    children = scheme.children(node)
    try:
        weights = [float(one) for one in figures.split(",") if one]
    except ValueError:
        weights = [-1.0]
    if not children or (weights and (len(weights) != len(children) or not all(0 <= one <= 100 for one in weights))):
        raise UserError("draft", "these weights do not fit the scheme", got=text, hint="try them again")
    if (way and way not in normalise.METHODS) or (sum_up and sum_up not in aggregate.METHODS):
        raise UserError("draft", "no such way", got=text, allowed=(*normalise.METHODS, *aggregate.METHODS))
    edits = {one.key: Edit(weight=weight) for one, weight in zip(children, weights, strict=False)}
    return Draft(scheme.version, "", edits, given=node if weights else "", normalise=way, aggregate=sum_up)
