"""Instant closes: a unit that handles far more cases at once than others handle of the same kinds."""

import numpy as np

from dashboard.domain.evaluation.detect.chance import at_least, expected_by_kind, limit, told
from dashboard.domain.evaluation.detect.model import Detector, Found, Look, Watched, by, key_of


def instant(watched: Watched, detector: Detector) -> Look:
    """A case counts that was handled within `minutes` of its report, or within `share_percent` of the handling limit.
    Per unit of a region: p = P(Poisson(expected) ≥ observed), expected by kind from all other units."""
    cases = watched.cases
    done = (cases.handled >= watched.start) & (cases.handled < watched.end) & (cases.unit != "")
    soon = cases.handled - cases.reported <= detector.params["minutes"]
    soon |= (cases.limit > 0) & (cases.used <= detector.params["share_percent"] / 100 * cases.limit)
    team = np.array([f"{region}|{unit}" for region, unit in zip(cases.region, cases.unit, strict=True)], dtype=object)
    expected = expected_by_kind(soon[done], cases.kind[done], team[done])
    threshold, found = limit(detector, len(expected)), []
    for key, here in by(team, done).items():
        hit = here[soon[here]]
        p = at_least(len(hit), expected[key])
        if len(hit) >= detector.least and p <= threshold:
            unit, region = cases.unit[here[0]], cases.region[here[0]]
            figures = told(len(hit), expected[key], p, threshold, unit=unit, of=len(here))
            found.append(Found(region, key_of(key), tuple(sorted(cases.key[hit])), figures))
    return Look(tuple(found), len(expected), detector.false_alarms)
