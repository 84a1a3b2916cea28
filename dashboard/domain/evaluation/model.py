"""What the engine is given and gives back: schemes, inputs, results. Data only; the rules stand in the modules beside it.

R regions, L indicators (leaves), N nodes. Arrays are float64; NaN is "no data" and never 0.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import numpy as np

from dashboard.domain.errors import UserError

ROOT = "total"  # key of the node at the top
BANDS = ("A", "B", "C", "D", "E")
SOURCES = ("cases", "table")
DIRECTIONS = ("high", "low")
MISSING = ("reweight", "refuse")  # a node with missing children: the others' weights grow, or it has no score
MOST_FACETS = 62  # a case's marks are the bits of one signed 64-bit number


@dataclass(frozen=True, slots=True)
class Term:
    """One counter of dashboard.domain.measures, of one kind or group of cases ("" all), added or taken away."""

    counter: str
    kind: str = ""
    sign: int = 1

    @property
    def facet(self) -> tuple[str, str]:
        return self.counter, self.kind


@dataclass(frozen=True, slots=True)
class Indicator:
    """A leaf. `source` "cases": numerator and denominator are sums of terms; "table": `column` of an imported table.

    value = scale · numerator / denominator, or scale · numerator / exposure where `exposure` names one, or the numerator.
    `normalise`: a key of normalise.METHODS with its `params`. `targets`: (bad, good) in the indicator's unit, fixed for
    a year. `minimum`: a smaller denominator is no data. `outcome`: figures of what became of things, not of paperwork.
    """

    key: str
    name: str
    name_en: str
    parent: str
    weight: float
    source: str
    direction: str
    unit: str
    normalise: str
    targets: tuple[float, float] | None = None
    params: Mapping[str, float] = field(default_factory=dict)
    numerator: tuple[Term, ...] = ()
    denominator: tuple[Term, ...] = ()
    column: str = ""
    scale: float = 1.0
    exposure: str = ""
    digits: int = 2
    minimum: int = 0
    outcome: bool = False
    sensitive: bool = False
    definition: str = ""
    cohort: str = ""
    clock: str = ""
    standard: str = ""


@dataclass(frozen=True, slots=True)
class Node:
    """An inner node. `aggregate` "": the scheme's; `weighting`: a key of weigh.METHODS, "given" reads the weights as they
    stand. `matrix`: pairwise comparison of the children, in file order, for "ahp"."""

    key: str
    name: str
    name_en: str
    parent: str
    weight: float
    aggregate: str = ""
    weighting: str = "given"
    matrix: tuple[tuple[float, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """A deduction (DOMAIN.md §2.4). `points` are taken for each `per`; `doubles`: the same again, or within a security
    period, counts twice; `cap`: most that this rule takes from one region in a year (None: no limit); `days`: how long it
    counts from the day it occurred (None: to the end of the year)."""

    key: str
    name: str
    name_en: str
    points: float
    per: str = ""
    doubles: bool = False
    cap: float | None = None
    days: int | None = None


@dataclass(frozen=True, slots=True)
class Doubt:
    """Method uncertainty: how many draws from which seed; weights vary by ± `spread` of themselves, normalisation and
    aggregation among these keys (one key alone: not varied)."""

    draws: int = 1000
    seed: int = 20260101
    spread: float = 0.2
    normalise: tuple[str, ...] = ()
    aggregate: tuple[str, ...] = ()


@dataclass(frozen=True)
class Scheme:
    """A versioned tree of indicators. `cuts`: lower bounds of the five bands, A first. `digits`: published precision.

    `preview_days`, `appeal_days`: work days. `level`: of the regions that are ranked. `note`: what it is for.
    """

    key: str
    version: int
    name: str
    name_en: str
    level: str
    nodes: tuple[Node, ...]
    indicators: tuple[Indicator, ...]
    cuts: tuple[tuple[str, float], ...]
    digits: int = 1
    aggregate: str = "arithmetic"
    weighting: str = "given"  # of the root, as Node.weighting and Node.matrix
    matrix: tuple[tuple[float, ...], ...] = ()
    missing: str = "reweight"
    least: float = 0.5  # share of a region's weight that must have data, else it is not ranked
    rules: tuple[Rule, ...] = ()
    doubt: Doubt = field(default_factory=Doubt)
    preview_days: int = 3
    appeal_days: int = 3
    decide_days: int = 5
    note: str = ""
    note_en: str = ""

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """Keys of the indicators: the order of every (R, L) array."""
        return tuple(one.key for one in self.indicators)

    @cached_property
    def node_keys(self) -> tuple[str, ...]:
        """Keys of the inner nodes from the top down: the order of every (R, N) array; ROOT first."""
        return (ROOT, *(node.key for node in self.nodes))

    @cached_property
    def facets(self) -> tuple[tuple[str, str], ...]:
        """(counter, kind) that the indicators count, sorted: bit n of a case's marks is facet n."""
        terms = (term for one in self.indicators for term in (*one.numerator, *one.denominator))
        return tuple(sorted({term.facet for term in terms}))

    def children(self, key: str) -> tuple[Node | Indicator, ...]:
        """What stands directly below a node, in file order."""
        return tuple(one for one in (*self.nodes, *self.indicators) if one.parent == key)

    def indicator(self, key: str) -> Indicator:
        found = next((one for one in self.indicators if one.key == key), None)
        if found is None:
            raise UserError("indicator", "no such indicator", got=key, allowed=self.keys)
        return found

    def band(self, published: float | None) -> str | None:
        """The letter for a published score; None stays None."""
        return None if published is None else next(letter for letter, low in self.cuts if published >= low)


@dataclass(frozen=True, slots=True)
class Deduction:
    """One event that takes points. `again`: the same sort happened before in the year. `secured`: it fell into a security
    period. `units`: how many `per` of the rule (deaths, points, problems)."""

    id: str
    region: str
    rule: str
    day: date
    units: float = 1.0
    again: bool = False
    secured: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Veto:
    """一票否决: a flag, never a number. The score is still worked out and shown struck through."""

    id: str
    region: str
    basis: str
    decided: date
    until: date | None = None


@dataclass(frozen=True, eq=False)
class Inputs:
    """What is frozen. `numerator`, `denominator`: (R, L); where `denominator` is NaN the numerator stands alone.

    `exposure`: {name: (R,)}. `peers`: peer group of each region. `day`: the last day of the period.
    """

    regions: tuple[str, ...]
    numerator: np.ndarray
    denominator: np.ndarray
    exposure: Mapping[str, np.ndarray]
    peers: tuple[str, ...]
    day: date
    deductions: tuple[Deduction, ...] = ()
    vetoes: tuple[Veto, ...] = ()


@dataclass(frozen=True, eq=False)
class Scores:
    """What one way of reckoning gives. `value`: (R, L) in the indicators' units; `normal`: (R, L) 0–100; `nodes`: (R, N)
    0–100, ROOT first; `weights`: (L,) and `node_weights` (N,) of each among its siblings, adding up to 1."""

    value: np.ndarray
    normal: np.ndarray
    nodes: np.ndarray
    weights: np.ndarray
    node_weights: np.ndarray
    coverage: np.ndarray  # (R,) share of the weight that had data


@dataclass(frozen=True, slots=True)
class Standing:
    """One region's place. `score` after deductions, unrounded; `published`: rounded half up. `rank` None: not ranked
    (vetoed or too little data). `low`, `high`: 95 % sampling interval of the score. `first`, `last`: rank band (90 % of
    the draws). `close`: not distinguishable from the region ranked just before it."""

    region: str
    score: float | None
    published: float | None
    rank: int | None
    tied: bool
    band: str | None
    low: float | None
    high: float | None
    first: int | None
    last: int | None
    close: bool
    deducted: float
    vetoed: bool
    coverage: float
    peers: str
    peer_rank: int | None


@dataclass(frozen=True, eq=False)
class Result:
    """`sobol`: {source of doubt: (first order, total)} for the mean shift of ranks."""

    scores: Scores
    standings: tuple[Standing, ...]
    deducted: Mapping[str, float]  # by id of the deduction, as it counts after doubling, caps and expiry
    sobol: Mapping[str, tuple[float, float]]
