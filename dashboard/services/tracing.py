"""From a score to what it is made of: down the tree to one indicator, its numbers, and the cases they count.

Answers for the numbers being those that were frozen (as corrected by upheld appeals), whatever became of the cases since.
"""

from dataclasses import replace
from itertools import repeat
from uuid import UUID

import numpy as np

from dashboard.deps import Deps
from dashboard.domain.changes import union
from dashboard.domain.errors import NotFound, UserError
from dashboard.domain.evaluation import archive
from dashboard.domain.evaluation.cohort import amounts
from dashboard.domain.evaluation.edition import SHOWN
from dashboard.domain.evaluation.model import ROOT, Indicator, Inputs, Node, Result, Scheme, Term
from dashboard.domain.evaluation.standing import competition_ranks
from dashboard.domain.people import Person
from dashboard.domain.regions import Region
from dashboard.domain.scope import EVERYTHING
from dashboard.services.edition_views import get_shown, head
from dashboard.services.evaluating import load
from dashboard.services.heads import surroundings
from dashboard.services.recomputing import counted_cases, counted_inputs, facts, read_bodies
from dashboard.services.scheme_words import spoken
from dashboard.services.words import named
from dashboard.views.dossier import CaseHead
from dashboard.views.editions import CasesBehind, Figure, Part, Trace, TraceStep
from data.models import Edition
from data.queries.cohort import find_heads
from data.queries.regions import get_region
from data.session import Session

_PERSONAL = dict.fromkeys(("description", "address", "holder_person", "lon", "lat"))
Key = tuple[str, UUID]


def trace(deps: Deps, person: Person, edition_id: UUID, region: str, node: str = ROOT) -> Trace:
    """What the score of a region is made of at `node`: a key of a node or an indicator. Raises NotFound for an edition
    out of sight and a region that is not in it, UserError for a key that the scheme does not have."""
    with deps.database.read() as session:
        edition, root = get_shown(session, person, edition_id)
        shown = head(session, person, edition, root)
        name = get_region(session, EVERYTHING, region).name
    scheme, inputs, result = load(deps, edition_id)
    tree = _Tree(scheme, inputs, result, _row(inputs, region))
    path = tree.path(node)
    leaf = next((one for one in scheme.indicators if one.key == node), None)
    below = sorted((tree.step(one.key) for one in scheme.children(node)), key=lambda one: -(one.lost or 0))
    return Trace(shown, region, name, path, tuple(below), tree.figure(leaf) if leaf else None)


class _Tree:
    """One region's way through the tree. Shares are those that counted for it: where a child has no data, its siblings'
    weights grow, so that what all leaves lost adds up to what the total lacks (under arithmetic means)."""

    def __init__(self, scheme: Scheme, inputs: Inputs, result: Result, row: int):
        self.scheme, self.inputs, self.result, self.row = scheme, inputs, result, row
        scores = result.scores
        self.nodes = {one.key: one for one in (*scheme.nodes, *scheme.indicators)}
        self.scores = {key: scores.nodes[:, at] for at, key in enumerate(scheme.node_keys)}
        self.scores |= {key: scores.normal[:, at] for at, key in enumerate(scheme.keys)}
        weights = dict(zip(scheme.node_keys, scores.node_weights, strict=True))
        self.weights = weights | dict(zip(scheme.keys, scores.weights, strict=True))
        self.shares = {ROOT: 1.0}
        self._share(ROOT)

    def _share(self, parent: str) -> None:
        children = [one.key for one in self.scheme.children(parent)]
        known = sum(self.weights[key] for key in children if not np.isnan(self.scores[key][self.row]))
        for key in children:
            has = known > 0 and not np.isnan(self.scores[key][self.row])
            self.shares[key] = self.shares[parent] * self.weights[key] / known if has else 0.0
            self._share(key)

    def path(self, key: str) -> tuple[TraceStep, ...]:
        if key != ROOT and key not in self.nodes:
            raise UserError("node", "no such node in this scheme", got=key, allowed=(ROOT, *self.nodes))
        keys = [key]
        while keys[0] != ROOT:
            keys.insert(0, self.nodes[keys[0]].parent)
        return tuple(self.step(one) for one in keys)

    def step(self, key: str) -> TraceStep:
        node: Node | Indicator | Scheme = self.nodes.get(key, self.scheme)
        score, share = _plain(self.scores[key][self.row]), self.shares[key]
        lost = None if score is None else share * (100 - score)
        weight = 1.0 if key == ROOT else float(self.weights[key])
        return TraceStep(
            key, named(node), score, weight, share, _mean(self.scores[key]), lost, isinstance(node, Indicator)
        )

    def figure(self, one: Indicator) -> Figure:
        column, row = self.scheme.keys.index(one.key), self.row
        top = _plain(self.inputs.numerator[row, column])
        base = self.inputs.exposure[one.exposure][row] if one.exposure else self.inputs.denominator[row, column]
        value = self.result.scores.value[:, column]
        counts, normal = one.source == "cases", self.scores[one.key]
        rounded = [None if np.isnan(score) else round(float(score), 6) for score in normal]
        return Figure(
            one.key, named(one), spoken(one.unit), top, _plain(base), _plain(value[row]), _plain(normal[row]), _mean(value),
            competition_ranks(rounded)[row], formula(one, top, _plain(base), _plain(value[row])), spoken(one.definition),
            spoken(one.cohort), spoken(one.clock), spoken(one.standard), one.source, one.normalise, one.targets, _parts(one.numerator),
            _parts(one.denominator), round(base) if counts and one.denominator and not one.exposure else None,
            None if top is None or not counts else round(top),
        )  # fmt: skip


def formula(one: Indicator, top: float | None, base: float | None, value: float | None) -> str:
    """The figure with its numbers, e.g. "100 × 57 ÷ 60 = 95.00 %"; "" without a numerator."""
    if top is None:
        return ""
    terms = [*([f"{one.scale:g}"] if one.scale != 1 else []), f"{top:,.12g}"]
    left = " × ".join(terms) + (f" ÷ {base:,.12g}" if base is not None else "")
    return f"{left} = " + ("—" if value is None else f"{value:,.{one.digits}f} {spoken(one.unit)}".rstrip())


def cases_behind(deps: Deps, person: Person, edition_id: UUID, region: str, indicator: str, part: str, *,
                 offset: int = 0, limit: int = 50) -> CasesBehind:  # fmt: skip
    """A page of the cases that an indicator's figure counts in a region: `part` "base" its denominator, "top" its
    numerator, "rest" what is in the one and not in the other.

    Raises NotFound for what is not granted, UserError for an indicator that counts no cases. On a wall, who may not read
    cases sees of them what the wall's lists show.
    """
    with deps.database.read() as session:
        edition, _root = get_shown(session, person, edition_id)
        own = get_region(session, EVERYTHING, region)
        reads = person.scope("case.read")
        scope = union(reads, person.scope("wall.view")) if edition.state in SHOWN else reads
        scope.check(own)
        keys, figure = _keys(session, edition, own, indicator, part)
        rows = find_heads(session, keys[offset : offset + limit])
        around = surroundings(session, deps.catalog, rows)
    seen = (row for row in rows if scope.covers_case(row))
    heads = tuple(_shown(around.head(row), reads.covers_case(row)) for row in seen)
    return CasesBehind(len(keys), figure, offset, heads)


def _shown(case: CaseHead, whole: bool) -> CaseHead:
    return case if whole else replace(case, **_PERSONAL)


def _keys(session: Session, edition: Edition, region: Region, indicator: str, part: str) -> tuple[list[Key], float]:
    """(county and id of every case, by county and id; what they add up to)."""
    bodies = read_bodies(session, edition.id)
    if archive.FACTS not in bodies:
        raise NotFound("edition", "this edition has no figures yet", got=str(edition.id))
    scheme, inputs = counted_inputs(bodies)
    _row(inputs, region.code)
    one = scheme.indicator(indicator)
    if one.source != "cases":
        raise UserError(
            "indicator", "this figure is not counted from cases", got=indicator, hint="it comes from a table"
        )
    homes = facts(bodies)["homes"]  # None: its townships are ranked, and there is no other county
    counties = [county for county, home in homes.items() if home in (None, region.code)]
    bodies = read_bodies(session, edition.id, counties=counties)
    keys: list[Key] = []
    total = 0
    for county in counties:
        cohort = counted_cases(bodies, scheme, county)
        cohort = cohort.within(region.code) if edition.level == "township" else cohort
        amount = amounts(scheme, one, part, cohort.marks)
        total += int(amount.sum())
        keys += zip(repeat(county), cohort.keep(amount != 0).keys(), strict=False)
    return keys, float(total)


def _row(inputs: Inputs, region: str) -> int:
    if region not in inputs.regions:
        raise NotFound("region", "this region is not in the edition", got=region)
    return inputs.regions.index(region)


def _parts(terms: tuple[Term, ...]) -> tuple[Part, ...]:
    return tuple(Part(one.counter, one.kind, one.sign) for one in terms)


def _plain(number: float) -> float | None:
    return None if np.isnan(number) else float(number)


def _mean(values: np.ndarray) -> float | None:
    """Of the regions that have a value."""
    known = values[~np.isnan(values)]
    return float(known.mean()) if len(known) else None
