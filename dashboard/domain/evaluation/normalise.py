"""From values in their units to points, 0–100, more is better. METHODS is the list of ways; each is (values, indicator).

Two sorts. Fixed references (goalposts, target, efficacy, efficacy_exp, bands, none): a region's points depend on its own
value alone, so nobody moves when another region joins. References within the sample (rank, z, minmax, percentile): points
depend on who takes part; equal values for all give 50 to all. NaN stays NaN and has no part in the sample.

DOMAIN.md §0.8, second mistake: polarity. `targets` are (bad, good) and must agree with `direction`.
"""

from collections.abc import Callable

import numpy as np
from scipy.stats import rankdata

from dashboard.domain.errors import UserError
from dashboard.domain.evaluation import treat
from dashboard.domain.evaluation.model import Indicator, Scheme

Method = Callable[[np.ndarray, Indicator], np.ndarray]
MIDDLE = 50.0  # points of everybody where the sample shows no difference
_SLACK = 1e-9  # what arithmetic may put a share above 100


def normalise(scheme: Scheme, values: np.ndarray, method: str = "") -> np.ndarray:
    """(R, L) values → (R, L) points; `method` overrides that of every indicator. Raises UserError for an unknown key."""
    columns = [find(method or one.normalise)(values[:, column], one) for column, one in enumerate(scheme.indicators)]
    return np.column_stack(columns) if columns else values


def find(key: str) -> Method:
    if key not in METHODS:
        raise UserError("normalise", "no such normalisation", got=key, allowed=tuple(METHODS))
    return METHODS[key]


def _in_sample(rule: Callable[[np.ndarray], np.ndarray]) -> Method:
    """`rule` sees what is known, treated, more is better, not all equal."""

    def points(values: np.ndarray, indicator: Indicator) -> np.ndarray:
        treated = treat.treat(np.asarray(values, dtype=float), indicator)
        known = ~np.isnan(treated)
        better = treated[known] if indicator.direction == "high" else -treated[known]
        found = np.full(treated.shape, np.nan)
        found[known] = rule(better) if better.size and np.ptp(better) > 0 else MIDDLE
        return found

    return points


def _by_reference(rule: Callable[[np.ndarray, Indicator], np.ndarray]) -> Method:
    def points(values: np.ndarray, indicator: Indicator) -> np.ndarray:
        return rule(treat.treat(np.asarray(values, dtype=float), indicator), indicator)

    return points


def _rank(better: np.ndarray) -> np.ndarray:
    """100·(n − r)/(n − 1), r the rank from the best, equal values at their mean rank. OECD/JRC 2008, step 5."""
    return 100 * (rankdata(better) - 1) / (len(better) - 1)


def _z(better: np.ndarray) -> np.ndarray:
    """50 + 10·z within 0–100, z by the standard deviation of all regions. OECD/JRC 2008, step 5; T scale: McCall 1922."""
    return np.clip(50 + 10 * (better - better.mean()) / better.std(), 0, 100)


def _minmax(better: np.ndarray) -> np.ndarray:
    """100·(x − min)/(max − min). OECD/JRC 2008, step 5."""
    return 100 * (better - better.min()) / np.ptp(better)


def _percentile(better: np.ndarray) -> np.ndarray:
    """Share of regions below, equal ones half: 100·(r − ½)/n, r the mean rank from the worst. Hazen 1914."""
    return 100 * (rankdata(better) - 0.5) / len(better)


def _goalposts(treated: np.ndarray, indicator: Indicator) -> np.ndarray:
    """100·(x − bad)/(good − bad) within 0–100. UNDP, Human Development Report 2021/22, technical note 1."""
    return 100 * _way(treated, indicator)


def _efficacy(treated: np.ndarray, indicator: Indicator) -> np.ndarray:
    """60 + 40·(x − bad)/(good − bad) within 60–100. DOMAIN.md §2.2 (功效系数法)."""
    return 60 + 40 * _way(treated, indicator)


def _efficacy_exp(treated: np.ndarray, indicator: Indicator) -> np.ndarray:
    """60·exp(ln(5/3)·(x − bad)/(good − bad)) within 60–100: the last step to good is worth most. DOMAIN.md §2.2."""
    return 60 * np.exp(np.log(5 / 3) * _way(treated, indicator))


def _way(treated: np.ndarray, indicator: Indicator) -> np.ndarray:
    """How far from bad (0) to good (1), not further than either."""
    bad, good = _targets(indicator)
    if (good > bad) != (indicator.direction == "high") or good == bad:
        raise UserError("polarity", f"{indicator.key}: targets (bad, good) do not fit its direction",
                        got=indicator.targets, allowed="bad < good where high is better, bad > good where low is",
                        hint=f"direction is {indicator.direction}")  # fmt: skip
    return np.clip((treated - bad) / (good - bad), 0, 1)


def _target(treated: np.ndarray, indicator: Indicator) -> np.ndarray:
    """Share of the target reached: 100·x/good, or 100·good/x where low is better, within 0–100; bad is not used.

    Distance to a reference: OECD/JRC 2008, step 5.
    """
    good = _targets(indicator)[1]
    if good <= 0:
        raise UserError("targets", f"{indicator.key}: distance to target needs a target above 0", got=indicator.targets,
                        hint="use goalposts")  # fmt: skip
    if indicator.direction == "high":
        return 100 * np.clip(treated / good, 0, 1)
    return 100 * good / np.maximum(treated, good)


def _targets(indicator: Indicator) -> tuple[float, float]:
    if indicator.targets is None:
        raise UserError("targets", f"{indicator.key}: this normalisation needs targets", allowed="(bad, good)")
    bad, good = treat.logarithm(np.array(indicator.targets, dtype=float), indicator)
    return float(bad), float(good)


def _bands(treated: np.ndarray, indicator: Indicator) -> np.ndarray:
    """Points of the best band reached; 0 beyond the last. Bands: `params` whose keys are numbers, {bound: points}, a
    bound being the largest value of its band where low is better, the smallest where high is. As the 立案数 score of the
    code after CJ/T 292-2008, DOMAIN.md §4.1. OECD/JRC 2008, step 5 (categorical scale).
    """
    steps = band_steps(indicator)
    bounds, points = np.array([bound for bound, _ in steps]), np.array([*(points for _, points in steps), 0.0])
    sign = 1 if indicator.direction == "low" else -1
    return np.where(np.isnan(treated), np.nan, points[np.searchsorted(sign * bounds, sign * treated)])


def band_steps(indicator: Indicator) -> list[tuple[float, float]]:
    """(bound, points), the best band first. Raises UserError without bands, or where a worse band has more points."""
    numbers = [(_number(key), float(points)) for key, points in indicator.params.items()]
    steps = sorted(((bound, points) for bound, points in numbers if bound is not None),
                   reverse=indicator.direction == "high")  # fmt: skip
    points = [points for _, points in steps]
    if not points or points != sorted(points, reverse=True) or not 0 <= points[-1] <= points[0] <= 100:
        raise UserError("bands", f"{indicator.key}: bands need points from 100 to 0 that fall from the best bound on",
                        got=dict(steps), hint='params = { "0" = 100, "2" = 90, "4" = 75 }')  # fmt: skip
    return steps


def _number(key: str) -> float | None:
    try:
        return float(key)
    except ValueError:
        return None


def _none(treated: np.ndarray, indicator: Indicator) -> np.ndarray:
    """The value itself, which must lie within 0–100; what it lacks to 100 where low is better."""
    outside = (treated < -_SLACK) | (treated > 100 + _SLACK)
    if outside.any():
        raise UserError("normalise", f"{indicator.key}: taken as it stands, a value must lie within 0–100",
                        got=float(treated[outside][0]), hint="check the table, or use goalposts")  # fmt: skip
    points = np.clip(treated, 0, 100)
    return points if indicator.direction == "high" else 100 - points


METHODS: dict[str, Method] = {
    "rank": _in_sample(_rank),
    "z": _in_sample(_z),
    "minmax": _in_sample(_minmax),
    "goalposts": _by_reference(_goalposts),
    "target": _by_reference(_target),
    "efficacy": _by_reference(_efficacy),
    "efficacy_exp": _by_reference(_efficacy_exp),
    "bands": _by_reference(_bands),
    "percentile": _in_sample(_percentile),
    "none": _by_reference(_none),
}
