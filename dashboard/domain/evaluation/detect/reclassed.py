"""Re-classification before a freeze: voiding, merging, pausing and the like, in the last days more than ever."""

import numpy as np

from dashboard.domain.evaluation.detect.chance import limit, rate_above, told
from dashboard.domain.evaluation.detect.model import Detector, Found, Look, Watched, key_of

GROUPS = {
    "classify": "classify", "void": "drop", "reject": "drop", "merge": "drop", "pause": "stop_clock",
    "grant_extension": "stop_clock",
}  # fmt: skip
"""Action of a step: what it does to the figures. "drop": the case leaves every rate; "stop_clock": it falls due later."""
_DAY = 1440


def reclassed(watched: Watched, detector: Detector) -> Look:
    """Per region and group: steps in the last `days` before the freeze against the days before them. Given their sum, k
    falls into the last days as Bin(sum, days / all days)."""
    steps, days = watched.steps, detector.params["days"]
    last = watched.frozen - days * _DAY
    before = (last - watched.since) / _DAY
    known = (steps.at >= watched.since) & (steps.at < watched.frozen)
    pairs = list(dict.fromkeys(zip(steps.region[known], steps.group[known], strict=True)))
    threshold = limit(detector, len(pairs))
    found = []
    for region, group in pairs:
        mine = known & (steps.region == region) & (steps.group == group)
        late = mine & (steps.at >= last)
        observed, other = int(late.sum()), int((mine & ~late).sum())
        p = rate_above(observed, other, days / (days + before))
        if observed >= detector.least and p <= threshold:
            figures = told(observed, other * days / before, p, threshold, group=group, days=days)
            found.append(Found(region, key_of(region, group), tuple(np.unique(steps.case[late].astype(str))), figures))
    return Look(tuple(found), len(pairs), detector.false_alarms)
