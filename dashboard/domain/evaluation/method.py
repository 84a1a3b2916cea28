"""What the ranking owes to its method: the same figures under other weights, normalisation and aggregation.

Answers for rank bands and for the share of the three sources in them (OECD Handbook on Constructing Composite Indicators
2008, ch. 7; Saisana, Saltelli & Tarantola 2005, J. R. Stat. Soc. A 168(2); Saltelli et al. 2008, Global Sensitivity
Analysis: The Primer). Leaves the figures' own chance to `sampling`. The seed is the scheme's: the same in, the same out.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from SALib.analyze import sobol as sobol_analysis
from SALib.sample import sobol as sobol_sample
from scipy.stats import rankdata

from dashboard.domain.evaluation import tree
from dashboard.domain.evaluation.deduct import deduct
from dashboard.domain.evaluation.draws import totals
from dashboard.domain.evaluation.model import Inputs, Scheme, Scores
from dashboard.domain.evaluation.standing import round_half_up, vetoed_on

SOURCES = ("weights", "normalise", "aggregate")
BAND = (5, 95)  # percentiles of the draws' ranks
_DIGITS = 4  # of an index: more would be noise
_SLACK = 1e-9


def rank_bands(scheme: Scheme, inputs: Inputs, scores: Scores) -> tuple[np.ndarray, np.ndarray]:
    """(first (R,), last (R,)): 5th and 95th percentile of a region's ranks, outwards to whole ranks; NaN: not ranked.

    `scores`: the reckoning as the scheme says. Each draw is ranked as the edition is: after deductions, on the published
    precision, ties sharing the better rank.
    """
    model = _Model(scheme, inputs, scores)
    chance = np.random.default_rng(scheme.doubt.seed)
    ranks = model.ranks(chance.random((scheme.doubt.draws, model.width)))
    ends = (np.percentile(ranks, at, axis=0, method=way) for at, way in zip(BAND, ("lower", "higher"), strict=True))
    first, last = (model.spread(one) for one in ends)
    return first, last


def sobol(scheme: Scheme, inputs: Inputs) -> dict[str, tuple[float, float]]:
    """{source: (first order, total)} of the mean absolute shift of ranks against the scheme's own reckoning.

    Estimators of Saltelli et al. 2010 (Comput. Phys. Commun. 181) over groups of factors, by SALib, from the least power
    of 2 that reaches the scheme's draws; clipped to 0–1, which estimates may leave. A source with one option is 0 exactly;
    the only one that varies is 1; all are 0 where no rank ever moves.
    """
    model = _Model(scheme, inputs, tree.reckon(scheme, inputs))
    nothing = dict.fromkeys(SOURCES, (0.0, 0.0))
    if len(model.varied) > 1:
        return nothing | _shares(model)
    shift = model.shift(np.random.default_rng(scheme.doubt.seed).random((scheme.doubt.draws, model.width)))
    return nothing | dict.fromkeys(model.varied, (1.0, 1.0) if np.ptp(shift) > 0 else (0.0, 0.0))


def _shares(model: "_Model") -> dict[str, tuple[float, float]]:
    """(first order, total) of two or three sources that vary."""
    doubt, columns = model.scheme.doubt, [n for several in model.varied.values() for n in several]
    problem = {"num_vars": len(columns), "names": [str(n) for n in columns], "bounds": [[0, 1]] * len(columns),
               "groups": [source for source, several in model.varied.items() for _n in several]}  # fmt: skip
    base = 1 << (doubt.draws - 1).bit_length()
    cube = np.full((base * (len(model.varied) + 2), model.width), 0.5)
    cube[:, columns] = sobol_sample.sample(problem, base, calc_second_order=False, seed=doubt.seed)
    shift = model.shift(cube)
    if np.ptp(shift) == 0:
        return {}
    found = sobol_analysis.analyze(problem, shift, calc_second_order=False, num_resamples=2, seed=doubt.seed)
    pairs = np.round(np.clip(np.column_stack((found["S1"], found["ST"])), 0, 1), _DIGITS)
    return dict(zip(model.varied, map(tuple, pairs.tolist()), strict=True))


@dataclass(frozen=True, eq=False)
class _Model:
    """Ranks as a function of a point in the unit cube: one coordinate for each weight, then normalisation, aggregation."""

    scheme: Scheme
    inputs: Inputs
    scores: Scores

    @cached_property
    def parents(self) -> np.ndarray:
        """Position of the parent of each inner node but the root, then of each indicator."""
        keys = self.scheme.node_keys
        return np.array([keys.index(one.parent) for one in (*self.scheme.nodes, *self.scheme.indicators)])

    @cached_property
    def ways(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Keys of normalisation and of aggregation to choose from; ("",) where nothing is chosen: as the scheme says."""
        doubt = self.scheme.doubt
        normalise, aggregate = (keys if len(set(keys)) > 1 else ("",) for keys in (doubt.normalise, doubt.aggregate))
        return normalise, aggregate

    @property
    def width(self) -> int:
        return len(self.parents) + 2

    @cached_property
    def varied(self) -> dict[str, list[int]]:
        """Columns of each source that has more than one option."""
        count = len(self.parents)
        lengths = (2 if self.scheme.doubt.spread else 1, *map(len, self.ways))
        columns = (list(range(count)), [count], [count + 1])
        return {key: those for key, length, those in zip(SOURCES, lengths, columns, strict=True) if length > 1}

    @cached_property
    def normals(self) -> list[np.ndarray]:
        """(R, L) for each way of normalising."""
        return [tree.reckon(self.scheme, self.inputs, normalise=key).normal if key else self.scores.normal
                for key in self.ways[0]]  # fmt: skip

    @cached_property
    def ranked(self) -> np.ndarray:
        """Positions of the regions that have a rank."""
        enough = ~np.isnan(self.scores.nodes[:, 0]) & (self.scores.coverage >= self.scheme.least - _SLACK)
        vetoed = vetoed_on(self.inputs.vetoes, self.inputs.day)
        return np.flatnonzero(enough & [region not in vetoed for region in self.inputs.regions])

    @cached_property
    def reference(self) -> np.ndarray:
        return self.order(self.scores.nodes[:, :1].T)[0]

    def shift(self, cube: np.ndarray) -> np.ndarray:
        """(D,) mean absolute shift of ranks at each point; 0 where nobody is ranked."""
        return np.abs(self.ranks(cube) - self.reference).sum(axis=1) / max(1, len(self.ranked))

    def ranks(self, cube: np.ndarray) -> np.ndarray:
        """(D, ranked regions) ranks at each point (D, width)."""
        weights, node_weights = self.weights(cube[:, : len(self.parents)])
        ways = [(cube[:, n] * len(keys)).astype(int) for n, keys in zip((-2, -1), self.ways, strict=True)]
        found = np.empty((len(cube), len(self.inputs.regions)))
        for n, normal in enumerate(self.normals):
            for m, way in enumerate(self.ways[1]):
                these = (ways[0] == n) & (ways[1] == m)
                if these.any():
                    found[these] = totals(self.scheme, normal, weights[these], node_weights[these], way)
        return self.order(found)

    def weights(self, points: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """(D, L) and (D, N): each weight times 1 ± spread, evenly, then by what its siblings add up to."""
        given = np.concatenate((self.scores.node_weights[1:], self.scores.weights))
        moved = given * (1 + self.scheme.doubt.spread * (2 * points - 1))
        family = self.parents[:, None] == np.arange(len(self.scheme.node_keys))
        shares = moved / (moved @ family)[:, self.parents]
        split = len(self.scheme.nodes)
        return shares[:, split:], np.insert(shares[:, :split], 0, 1.0, axis=1)

    def order(self, found: np.ndarray) -> np.ndarray:
        """(D, ranked regions): competition ranks of (D, R) totals on the published precision."""
        taken = np.array(list(deduct(self.scheme, self.inputs)[1].values()))
        scores = np.clip(found - taken, 0, 100)[:, self.ranked]
        published = round_half_up(scores, self.scheme.digits)
        return rankdata(-np.nan_to_num(published, nan=-np.inf), method="min", axis=1)

    def spread(self, ranked: np.ndarray) -> np.ndarray:
        """(R,) from values of the ranked regions; NaN for the others."""
        whole = np.full(len(self.inputs.regions), np.nan)
        whole[self.ranked] = ranked
        return whole
