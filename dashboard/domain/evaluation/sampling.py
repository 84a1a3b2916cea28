"""What chance alone does to a figure: intervals of rates, funnel limits, shrinkage of small n, intervals of total scores.

Answers for the doubt in the figures themselves (Goldstein & Spiegelhalter 1996, J. R. Stat. Soc. A 159(3)); `method` answers
for the doubt in how they are put together. A month's cases are taken as one draw of what the region's ways would give.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import binom, norm

from dashboard.domain.evaluation import normalise, tree
from dashboard.domain.evaluation.model import Indicator, Inputs, Scheme, Scores

Z95, Z998 = 1.959964, 3.090232  # two-sided 95 % and 99.8 %
DRAWS = 500
# ways whose points hang on the value alone
POINTWISE = frozenset(("goalposts", "target", "efficacy", "efficacy_exp", "bands", "none"))
_PRIOR = 0.5  # Jeffreys, of a rate and of a count: 0 of 3 is not certainty
_FINE = 1e6  # an interval's ends, outward to so many parts of a point: two machines differ in less
Array = np.ndarray


def wilson(k: Array, n: Array, z: float = Z95) -> tuple[Array, Array]:
    """(low, high) of the rate k/n (Wilson 1927, J. Am. Stat. Assoc. 22), as fractions; NaN where n is 0 or no data."""
    k, n = np.asarray(k, dtype=float), _positive(n)
    rate, square = k / n, z * z
    middle = (rate + square / (2 * n)) / (1 + square / n)
    half = z / (1 + square / n) * np.sqrt(rate * (1 - rate) / n + square / (4 * n * n))
    return np.where(k == 0, 0.0 * n, middle - half), np.where(k == n, n / n, middle + half)  # exact at both ends


def funnel(rate: float, n: Array, z: float = Z95) -> tuple[Array, Array]:
    """(low, high) limits of a rate that differs from the pooled `rate` by chance alone, for each n; NaN where n is 0.

    Exact binomial, interpolated between whole counts so that the limits are smooth (Spiegelhalter 2005, Stat. Med. 24,
    appendix A.1), the upper limit as the lower one of what was missed, so that both sides are equally strict: k lies below
    where P(X ≤ k), above where P(X ≥ k) is under the tail of `z`. Z95 and Z998 draw the two usual funnels.
    """
    n = _positive(n)
    return np.maximum(_lower(n, rate, z) / n, 0), np.minimum(1 - _lower(n, 1 - rate, z) / n, 1)


def _lower(n: Array, rate: float, z: float) -> Array:
    tail = norm.cdf(-z)
    count = binom.ppf(tail, n, rate)
    at, below = binom.cdf(count, n, rate), binom.cdf(count - 1, n, rate)
    return count - (at - tail) / (at - below)


def shrink(k: Array, n: Array) -> Array:
    """(R,) rates drawn towards the pooled one, the more the fewer n; NaN where n is 0 or no data.

    Empirical Bayes by the beta-binomial's moments (Kleinman 1973, J. Am. Stat. Assoc. 68; Marshall 1991, Appl. Stat. 40):
    pooled + (k/n − pooled) · n / (n + M), M = the prior's n. Where rates differ no more than chance makes them, all are
    the pooled one.
    """
    k, n = np.asarray(k, dtype=float), _positive(n)
    known = np.isfinite(k) & np.isfinite(n)
    if not known.any():
        return np.full(k.shape, np.nan)
    pooled, mean_n = k[known].sum() / n[known].sum(), n[known].mean()
    chance = pooled * (1 - pooled)
    seen = (n[known] * (k[known] / n[known] - pooled) ** 2).sum() / n[known].sum()
    between = (seen - chance / mean_n) / (1 - 1 / mean_n) if mean_n > 1 else 0.0
    if between <= 0:
        return np.where(known, pooled, np.nan)
    prior = max(chance / between - 1, 0.0)
    return pooled + (k / n - pooled) * n / (n + prior)


def _positive(n: Array) -> Array:
    n = np.asarray(n, dtype=float)
    return np.where(n > 0, n, np.nan)


def intervals(scheme: Scheme, inputs: Inputs, scores: Scores) -> tuple[Array, Array]:
    """(low (R,), high (R,)): 95 % sampling interval of the total before deductions, 0–100; NaN where there is no total.

    Parametric bootstrap (Efron & Tibshirani 1993, ch. 6), DRAWS times: every figure is drawn anew (`_law`), normalised
    among the others drawn with it, and added up with the weights of `scores`. The draws' spread about their median is laid
    about the score, so that an interval holds its score. A region's chance comes from the scheme's seed and its own code:
    neither its place in the list nor who else takes part moves it.
    """
    found = {n: law for n, one in enumerate(scheme.indicators) if (law := _law(one, inputs, scores.value[:, n], n))}
    normal = np.repeat(scores.normal[None], DRAWS, axis=0)
    for drawn, column in zip(_draw(scheme.doubt.seed, inputs.regions, list(found.values())), found, strict=True):
        normal[:, :, column] = _points(scheme.indicators[column], drawn)
    total = tree.climb(scheme, normal, scores.weights, scores.node_weights)[..., 0]
    low, middle, high = np.percentile(total, (2.5, 50, 97.5), axis=0)
    score = scores.nodes[:, 0]
    return _outward(np.floor, score + low - middle), _outward(np.ceil, score + high - middle)


def _outward(way: Callable[[Array], Array], ends: Array) -> Array:
    return np.clip(way(ends * _FINE) / _FINE, 0, 100)


@dataclass(frozen=True, eq=False)
class Law:
    """What a figure would be in another month like this one: `factor` · Beta(a, b), or `factor` · Gamma(a) where `b` is
    None. Each (R,); `factor` NaN: no data."""

    a: Array
    b: Array | None
    factor: Array


def _law(indicator: Indicator, inputs: Inputs, value: Array, column: int) -> Law | None:
    """Of one indicator; None where nothing about it is chance, such as figures of a table that counts nothing.

    Whole counts: a share k of n is Beta(k + ½, n − k + ½), a count by itself or over an exposure Gamma(k + ½), both by
    Jeffreys' prior. A sum over n cases that can exceed n, such as minutes, is n times a mean: exponential, so Gamma(n) / n.
    """
    known = ~np.isnan(value)
    base = inputs.exposure[indicator.exposure] if indicator.exposure else inputs.denominator[:, column]
    alone, counted = np.isnan(base).all(), indicator.source == "cases"
    k, n = np.where(known, inputs.numerator[:, column], 0.0), np.where(known & ~np.isnan(base), base, 1.0)
    if not indicator.exposure and not alone:
        if _whole(k) and _whole(n) and (k <= n).all():
            return Law(k + _PRIOR, n - k + _PRIOR, np.where(known, indicator.scale, np.nan))
        if counted:
            return Law(n, None, value / n)
    if not _whole(k) or (alone and not counted):
        return None
    return Law(k + _PRIOR, None, np.where(known, 1.0 if alone else indicator.scale / n, np.nan))


def _whole(counts: Array) -> bool:
    return bool((counts >= 0).all() and (counts == np.floor(counts)).all())


def _draw(seed: int, regions: Sequence[str], laws: Sequence[Law]) -> Array:
    """(len(laws), DRAWS, R) values."""
    drawn = np.empty((len(laws), DRAWS, len(regions)))
    for r, region in enumerate(regions):
        chance = np.random.default_rng([seed, *region.encode()])
        for at, law in enumerate(laws):
            unit = chance.gamma(law.a[r], size=DRAWS) if law.b is None else chance.beta(law.a[r], law.b[r], DRAWS)
            drawn[at, :, r] = law.factor[r] * unit
    return drawn


def _points(indicator: Indicator, drawn: Array) -> Array:
    """(DRAWS, R) points of (DRAWS, R) values."""
    method = normalise.find(indicator.normalise)
    if indicator.normalise == "none":
        drawn = np.clip(drawn, 0, 100)  # as they stand they must lie there, and chance may carry them out
    if indicator.normalise in POINTWISE:
        return method(drawn.ravel(), indicator).reshape(drawn.shape)
    return np.array([method(one, indicator) for one in drawn])
