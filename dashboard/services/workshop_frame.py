"""What every read of the evaluator's desk stands on: the edition that the URL means, its figures, and the names of its regions.

`edition` of the state is an id, "now-<scheme>" for the running month, or "": the newest edition the person may see, else the
running month of the default scheme, where they may see that.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

import numpy as np

from dashboard.domain.desk_state import NOW, sections_of
from dashboard.domain.errors import NotFound, UserError
from dashboard.domain.evaluation.edition import SHOWN
from dashboard.domain.evaluation.model import ROOT, Indicator, Node, Scheme, Standing
from dashboard.domain.evaluation.weigh import shares
from dashboard.domain.regions import LEVELS, Region
from dashboard.domain.scope import EVERYTHING
from dashboard.services import evaluating
from dashboard.services.desk_frame import Desk
from dashboard.services.editions import get_edition, list_editions
from dashboard.services.schemes import DEFAULT, list_schemes
from dashboard.services.schemes import scheme as get_scheme
from dashboard.views.editions import EditionHead
from dashboard.views.schemes import SchemeHead
from data.queries.regions import find_regions

UNWORKED = ("collecting", "locked")  # states of an edition that has no result yet


@dataclass(frozen=True, slots=True)
class Named:
    """A region as the table calls it."""

    name: str
    around: str


class Workshop:
    """A person at the evaluator's desk. Raises NotFound for an edition they may not see."""

    def __init__(self, desk: Desk):
        self.desk, self.deps, self.person, self.state = desk, desk.deps, desk.person, desk.state

    # ---- which edition

    @cached_property
    def heads(self) -> tuple[EditionHead, ...]:
        """Editions the person may see, the newest first, all schemes; of a period only the issue that holds."""
        return tuple(one for one in list_editions(self.deps, self.person) if not one.superseded)

    @cached_property
    def head(self) -> EditionHead | None:
        """The edition in focus; None for provisional figures, or none at all."""
        asked = self.state.edition
        if asked.startswith(NOW):
            return None
        if asked:
            return get_edition(self.deps, self.person, UUID(asked))
        worked = [one for one in self.heads if one.state not in UNWORKED]
        mine = [one for one in worked if one.scheme_key == DEFAULT]
        return next(iter(mine or worked or self.heads), None)

    @cached_property
    def scheme_key(self) -> str:
        if self.head:
            return self.head.scheme_key
        key = self.state.edition.removeprefix(NOW) or DEFAULT
        if key not in self.schemes:
            raise NotFound("scheme", "no such scheme", got=key)
        return key

    @cached_property
    def schemes(self) -> Mapping[str, SchemeHead]:
        """The newest version of each, by key; the default first."""
        get_scheme(self.deps, DEFAULT)  # there, though no server has entered it yet
        newest = {one.key: one for one in reversed(list_schemes(self.deps))}
        return dict(sorted(newest.items(), key=lambda item: (item[0] != DEFAULT, item[0])))

    @cached_property
    def may_run(self) -> bool:
        """Whether figures that nobody has shown to the ranked yet are for this person."""
        return self.person.can("evaluation.run") and self.person.scope("evaluation.run").covers(self.desk.region)

    @property
    def provisional(self) -> bool:
        """Whether the figures are of the running month, frozen nowhere."""
        return self.head is None or self.head.state in UNWORKED

    # ---- its figures

    @cached_property
    def loaded(self) -> evaluating.Loaded | None:
        """None: nothing is worked out yet, no region has any data, or it is not for this person."""
        found = self._load()
        return found if found and found[2].scores.coverage.any() else None

    def _load(self) -> evaluating.Loaded | None:
        try:
            if self.head and self.head.state not in UNWORKED:
                return evaluating.load(self.deps, self.head.id)
            region = self.head.region_code if self.head else self.desk.region.code
            return evaluating.provisional(self.deps, self.scheme_key, region) if self._runs_now else None
        except NotFound:
            raise
        except UserError:
            return None

    @property
    def _runs_now(self) -> bool:
        """Whether the figures of the running month stand for what is in focus, and are for this person."""
        today = self.desk.now.astimezone(self.desk.zone).date()
        if self.head:
            return self.may_run and self.head.start <= today <= self.head.end
        return self.may_run and LEVELS.index(self.desk.region.level) < LEVELS.index("county")

    @cached_property
    def scheme(self) -> Scheme:
        if self.loaded:
            return self.loaded[0]
        version = self.head.scheme_version if self.head else None
        return get_scheme(self.deps, self.scheme_key, version)

    @cached_property
    def places(self) -> Mapping[str, Standing]:
        return {one.region: one for one in self.loaded[2].standings} if self.loaded else {}

    @cached_property
    def size(self) -> int:
        """Regions that have a rank."""
        return sum(one.rank is not None for one in self.places.values())

    @cached_property
    def names(self) -> Mapping[str, Named]:
        with self.deps.database.read() as session:
            found = find_regions(session, EVERYTHING, self.places)
            parents = find_regions(session, EVERYTHING, {one.parent_code for one in found.values() if one.parent_code})
        return {code: Named(one.name, _short(parents.get(one.parent_code))) for code, one in found.items()}

    def name(self, code: str) -> str:
        return self.names[code].name if code in self.names else code

    @cached_property
    def previous(self) -> tuple[EditionHead, ...]:
        """Earlier editions of the same scheme and regions, the newest first."""
        if self.head is None:
            return tuple(
                one
                for one in self.heads
                if one.scheme_key == self.scheme_key and one.region_code == self.desk.region.code
            )
        same = (self.head.scheme_key, self.head.region_code, self.head.level)
        return tuple(
            one
            for one in self.heads
            if (one.scheme_key, one.region_code, one.level) == same and one.start < self.head.start
        )

    @property
    def predecessor(self) -> EditionHead | None:
        """The newest of them that is published: what movement is measured against."""
        return next((one for one in self.previous if one.state in SHOWN), None)

    def standings_of(self, head: EditionHead) -> Mapping[str, Standing]:
        """{} where nothing is worked out."""
        try:
            return {one.region: one for one in evaluating.load(self.deps, head.id)[2].standings}
        except UserError:
            return {}

    # ---- what is in focus

    @cached_property
    def at(self) -> str:
        """Code of the region in focus: the one of the URL; the person's own where it is ranked; else the last in rank."""
        if self.state.at:
            if self.loaded and self.state.at not in self.places:
                raise NotFound("region", "takes no part in this edition", got=self.state.at)
            return self.state.at if self.loaded else ""
        if self.desk.home in self.places:
            return self.desk.home
        ranked = [one for one in self.places.values() if one.rank is not None]
        return max(ranked, key=lambda one: (one.rank, one.region)).region if ranked else next(iter(self.places), "")

    @cached_property
    def node(self) -> Node | Indicator | None:
        """What the URL's node means in this scheme; None: the root."""
        if self.state.node in ("", ROOT):
            return None
        return self.find(self.state.node)

    @property
    def indicator(self) -> Indicator | None:
        return self.node if isinstance(self.node, Indicator) else None

    def find(self, key: str) -> Node | Indicator:
        found = next((one for one in (*self.scheme.nodes, *self.scheme.indicators) if one.key == key), None)
        if found is None:
            raise NotFound("node", "no such node", got=key)
        return found

    def path(self, key: str) -> tuple[Node | Indicator, ...]:
        """From below the root down to `key`."""
        found: list[Node | Indicator] = []
        while key != ROOT:
            found.append(self.find(key))
            key = found[-1].parent
        return tuple(reversed(found))

    @cached_property
    def weights(self) -> Mapping[str, float]:
        """{key of node or indicator: its part of the whole, points of 100}, as they were reckoned; given ones before."""
        if self.loaded is None:
            return given_shares(self.scheme)
        scores = self.loaded[2].scores
        leaves = dict(zip(self.scheme.keys, shares(self.scheme, scores.weights, scores.node_weights), strict=True))
        return _summed(self.scheme, {key: 100 * float(part) for key, part in leaves.items()})

    @cached_property
    def shares(self) -> Mapping[str, float]:
        """The same for the region in focus: where a child has no data, its siblings' weights grow."""
        found = {ROOT: 100.0}
        for one in (*self.scheme.nodes, *self.scheme.indicators):
            known = [other for other in self.scheme.children(one.parent) if self.score(self.at, other) is not None]
            whole = sum(self.weights[other.key] for other in known)
            found[one.key] = found[one.parent] * self.weights[one.key] / whole if one in known and whole else 0.0
        return found

    def score(self, region: str, one: Node | Indicator) -> float | None:
        """0–100 of a region under a node or indicator; None: no data."""
        return self._cell(region, one, self.loaded[2].scores.nodes, self.loaded[2].scores.normal)

    def mean(self, one: Node | Indicator | None) -> float | None:
        """Of all regions that have a score there; None: the total's."""
        scores = self.loaded[2].scores
        column = scores.nodes[:, 0] if one is None else self._column(one, scores.nodes, scores.normal)
        return None if np.isnan(column).all() else float(np.nanmean(column))

    def _cell(self, region: str, one: Node | Indicator, nodes: np.ndarray, leaves: np.ndarray) -> float | None:
        value = self._column(one, nodes, leaves)[self.row(region)]
        return None if np.isnan(value) else float(value)

    def _column(self, one: Node | Indicator, nodes: np.ndarray, leaves: np.ndarray) -> np.ndarray:
        if isinstance(one, Indicator):
            return leaves[:, self.scheme.keys.index(one.key)]
        return nodes[:, self.scheme.node_keys.index(one.key)]

    def row(self, region: str) -> int:
        return self.loaded[1].regions.index(region)

    def link(self, **changes: object) -> str:
        """This place with changes; a region, node or view that changes leaves the list of cases."""
        return self.state.to(**{"part": "", "p": 1, "case": "", **changes})

    def section(self, name: str, **changes: object) -> str:
        """Link to another section about the same edition; "" where the person has none."""
        edition = str(self.head.id) if self.head else ""
        return self.state.bare(section=name, edition=edition, **changes) if name in sections_of(self.person) else ""


def given_shares(scheme: Scheme) -> Mapping[str, float]:
    """What the file says, each among its siblings, multiplied down; points of 100."""
    found = {ROOT: 100.0}
    for one in (*scheme.nodes, *scheme.indicators):
        whole = sum(child.weight for child in scheme.children(one.parent)) or 1.0
        found[one.key] = found[one.parent] * one.weight / whole
    return found


def _summed(scheme: Scheme, leaves: Mapping[str, float]) -> Mapping[str, float]:
    found = dict(leaves)
    for node in reversed(scheme.nodes):  # a node stands before what is below it
        found[node.key] = sum(found.get(child.key, 0.0) for child in scheme.children(node.key))
    return found


def _short(region: Region | None) -> str:
    return region.short_name if region else ""
