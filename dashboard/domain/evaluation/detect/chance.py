"""How likely chance alone is to bring what was seen, and what that has to undercut when many questions are asked.

`expected` always comes from the others of the same kind of case, or from the same place at other times: a place is never
compared with a norm from outside.
"""

import numpy as np
from scipy import stats

from dashboard.domain.evaluation.detect.model import Detector


def at_least(observed: int, expected: float) -> float:
    """P(X ≥ observed) of a Poisson variable with that mean."""
    return float(stats.poisson.sf(observed - 1, expected))


def rate_above(observed: int, other: int, share: float) -> float:
    """P of so many or more of the events falling into a part of the time: given the sum, they are Bin(sum, share)
    (Przyborowski & Wilenski 1940). Needs no estimate of the rate, so a short history makes it careful, not blind."""
    return float(stats.binom.sf(observed - 1, observed + other, share))


def rate_below(observed: int, other: int, share: float) -> float:
    """P of so few or fewer of observed + other being of a sort that makes up `share` elsewhere."""
    return float(stats.binom.cdf(observed, observed + other, share))


def expected_by_kind(hits: np.ndarray, kinds: np.ndarray, groups: np.ndarray) -> dict[str, float]:
    """{group: hits to expect if each kind had the rate that it has among all other groups} (indirect standardisation,
    Breslow & Day 1987, ch. 2). Half a hit is added, so that what others never did is unlikely and not impossible; of a
    kind that no other group has, every case may be a hit."""
    names, group = np.unique(groups.astype(str), return_inverse=True)
    sorts, kind = np.unique(kinds.astype(str), return_inverse=True)
    shape = (len(names), len(sorts))
    all_, hit = np.zeros(shape), np.zeros(shape)
    np.add.at(all_, (group, kind), 1)
    np.add.at(hit, (group, kind), hits)
    others = all_.sum(0) - all_
    rate = np.where(others > 0, (hit.sum(0) - hit + 0.5) / (others + 1), 1)
    return dict(zip(names.tolist(), (all_ * rate).sum(1).tolist(), strict=True))


def limit(detector: Detector, asked: int) -> float:
    """The largest probability that is a finding, so that chance brings no more than `false_alarms` in all."""
    return detector.false_alarms / max(asked, 1)


def told(observed: int, expected: float, p: float, threshold: float, **more: object) -> dict[str, object]:
    """Figures of a finding, rounded to what can be read."""
    ratio = round(float(observed / expected), 1) if expected else None
    return {"observed": observed, "expected": round(float(expected), 2), "ratio": ratio, "p": float(f"{p:.2g}"),
            "threshold": float(f"{threshold:.2g}"), **more}  # fmt: skip
